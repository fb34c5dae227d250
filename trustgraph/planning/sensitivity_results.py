"""Over which range of each judgement a ranking holds."""

from typing import Any, Final, Literal

import numpy as np
import pandas as pd

from trustgraph._html import card_html, shown, table_html
from trustgraph.models.base import FrozenModel
from trustgraph.models.result import SequenceResult
from trustgraph.planning._sensitivity_words import lines, short_lines

__all__ = ["FirstShare", "JointSweep", "ParameterRange", "Sensitivity"]

SCHEMA_VERSION: Final = 1
SPANS: Final = ("first", "order", "answer")


class ParameterRange(FrozenModel):
    """Over which range of one parameter a ranking holds, all others at their defaults.

    Attributes
    ----------
    name, value, unit, meaning, confidence
        The parameter and its default.
    low, high
        Its likely range, as far as the model allows it together with the other defaults.
    first_from, first_to
        Range around the default in which the first stays first.
    order_from, order_to
        The same for the order of the first k.
    answer_from, answer_to
        The same for who is among the first k.
    below, above
        What is first beyond ``first_from`` and ``first_to``, in words; empty where nothing takes
        over within the range.
    tau_low, tau_high
        Kendall's tau between the order at either end of the range and that at the default, in
        [-1, 1]; None for fewer than two rows.
    score_low, score_high
        Smallest and largest score of whatever is first, over all values tried.
    at_low, at_high
        That score at both ends of the range.
    evaluations
        Values at which the question was asked.

    Examples
    --------
    >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
    >>> paths = tg.find_introductions(G, "ana", "cy")
    >>> found = tg.planning.sensitivity(paths, "paths.retention", network=G)
    >>> found[0].stays, found[0].first_from, found[0].first_to
    (True, 0.25, 1.0)
    """

    name: str
    value: float
    unit: str
    meaning: str
    confidence: str
    low: float
    high: float
    first_from: float
    first_to: float
    order_from: float
    order_to: float
    answer_from: float
    answer_to: float
    below: str = ""
    above: str = ""
    tau_low: float | None = None
    tau_high: float | None = None
    score_low: float
    score_high: float
    at_low: float
    at_high: float
    evaluations: int

    @property
    def stays(self) -> bool:
        """Whether the first stays first over the whole range."""
        return (self.first_from, self.first_to) == (self.low, self.high)

    @property
    def order_stays(self) -> bool:
        """Whether the order of the first k stays over the whole range."""
        return (self.order_from, self.order_to) == (self.low, self.high)

    @property
    def answer_stays(self) -> bool:
        """Whether the first k stay the same over the whole range."""
        return (self.answer_from, self.answer_to) == (self.low, self.high)

    @property
    def swing(self) -> float:
        """By how much the score of whatever is first moves over the range."""
        return self.score_high - self.score_low


class FirstShare(FrozenModel):
    """In how many of the joint draws something is first.

    Attributes
    ----------
    name
        What, in words.
    share
        Share of the draws, in [0, 1].
    is_first
        Whether it is first at the defaults.

    Examples
    --------
    >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
    >>> paths = tg.find_introductions(G, "ana", "cy")
    >>> tg.planning.sensitivity(paths, "paths.retention", network=G).joint.first[0].share
    1.0
    """

    name: str
    share: float
    is_first: bool


class JointSweep(FrozenModel):
    """All parameters drawn at once, each uniformly over its likely range.

    Attributes
    ----------
    draws
        How many the model allowed.
    refused
        How many it did not.
    first
        How often each was first, most often first.
    order_kept, answer_kept
        Share of the draws in which the order of the first k, and who they are, stayed.
    score_low, score_median, score_high
        5 %, 50 % and 95 % quantile of the score of whatever is first; None without draws.

    Examples
    --------
    >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
    >>> paths = tg.find_introductions(G, "ana", "cy")
    >>> tg.planning.sensitivity(paths, "paths.retention", network=G, draws=10).joint.draws
    10
    """

    draws: int
    refused: int = 0
    first: tuple[FirstShare, ...] = ()
    order_kept: float | None = None
    answer_kept: float | None = None
    score_low: float | None = None
    score_median: float | None = None
    score_high: float | None = None


class Sensitivity(SequenceResult[ParameterRange]):
    """Over which range of each judgement a ranking holds.

    A sequence of `ParameterRange`, those that change what is first and move it soonest first.

    Attributes
    ----------
    ranges
        One a parameter.
    joint
        All at once.
    first
        What is first at the defaults, in words; empty if the answer is.
    score
        Its score.
    ranked
        Number of rows at the defaults.
    k
        How many of them count as the answer.
    grid, halvings
        Values tried over each range, and halvings of the gap in which a change was seen.
    evaluations
        How often the question was asked in all.
    most_evaluations
        How often it could have been.
    from_records
        Whether the graph was built again from records.
    seed
        Of the joint draws.
    schema_version
        Version of the dictionary form.

    Examples
    --------
    >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
    >>> paths = tg.find_introductions(G, "ana", "cy")
    >>> found = tg.planning.sensitivity(paths, "paths.retention", network=G)
    >>> len(found), found.first
    (1, 'ana → bo → cy')
    """

    ranges: tuple[ParameterRange, ...]
    joint: JointSweep
    first: str = ""
    score: float = 0.0
    ranked: int
    k: int
    grid: int
    halvings: int
    evaluations: int
    most_evaluations: int
    from_records: bool
    seed: int = 0
    schema_version: Literal[1] = SCHEMA_VERSION

    def held(self) -> tuple[ParameterRange, ...]:
        """Return the ranges."""
        return self.ranges

    def to_frame(self) -> pd.DataFrame:
        """Return one row a parameter.

        Returns
        -------
        pandas.DataFrame
            Indexed by ``parameter``; ``value, low, high, first_from, first_to, order_from,
            order_to, answer_from, answer_to, stays, order_stays, answer_stays, below, above,
            tau_low, tau_high, score_low, score_high, swing, evaluations``.

        Examples
        --------
        >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
        >>> paths = tg.find_introductions(G, "ana", "cy")
        >>> found = tg.planning.sensitivity(paths, "paths.retention", network=G)
        >>> found.to_frame()[["value", "first_from", "first_to"]]
                         value  first_from  first_to
        parameter
        paths.retention    0.5        0.25       1.0
        """
        spans = [f"{name}_{end}" for name in SPANS for end in ("from", "to")]
        numbers = ["value", "low", "high", *spans]
        flags = ["stays", "order_stays", "answer_stays"]
        scores = ["tau_low", "tau_high", "score_low", "score_high", "swing"]
        kinds: dict[str, Any] = {
            **dict.fromkeys(numbers, "float64"),
            **dict.fromkeys(flags, "bool"),
            **dict.fromkeys(["below", "above"], "str"),
            **dict.fromkeys(scores, "float64"),
            "evaluations": "int64",
        }
        index = pd.Index([one.name for one in self.ranges], name="parameter", dtype="object")
        return pd.DataFrame(
            {
                name: pd.Series([getattr(one, name) for one in self.ranges], index, dtype=kind)
                for name, kind in kinds.items()
            },
            index=index,
        )

    def tornado(self) -> pd.DataFrame:
        """Return how far each parameter alone moves the score of whatever is first.

        Returns
        -------
        pandas.DataFrame
            Indexed by ``parameter``, the largest move first; ``at_low`` and ``at_high``, the score
            at both ends of the range, ``score`` at the default, and ``swing``, largest less
            smallest over all values tried.

        Examples
        --------
        >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
        >>> G.add_edge("dee", "cy", trust=1.0)
        >>> paths = tg.find_introductions(G, "ana", "dee")
        >>> tg.planning.sensitivity(paths, "paths.retention", network=G).tornado()
                         at_low  score  at_high  swing
        parameter
        paths.retention     0.1    0.2      0.4    0.3
        """
        ordered = sorted(self.ranges, key=lambda one: (-one.swing, one.name))
        index = pd.Index([one.name for one in ordered], name="parameter", dtype="object")
        columns = {
            "at_low": [one.at_low for one in ordered],
            "score": [self.score] * len(ordered),
            "at_high": [one.at_high for one in ordered],
            "swing": [one.swing for one in ordered],
        }
        return pd.DataFrame(columns, index=index, dtype=np.float64)

    def explain(self) -> str:
        """Return the answer in plain sentences.

        Returns
        -------
        str
            Whether the first stays first, which judgements change that and where, what takes over,
            how far the score moves, and what all judgements at once do.

        Examples
        --------
        >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
        >>> paths = tg.find_introductions(G, "ana", "cy")
        >>> found = tg.planning.sensitivity(paths, "paths.retention", network=G)
        >>> print(found.explain().splitlines()[0])
        First is ana → bo → cy, with a score of 0.400.
        """
        return "\n".join(map(shown, lines(self)))

    def _repr_html_(self) -> str:
        frame = self.to_frame().reset_index()
        columns = ["parameter", "value", "first_from", "first_to", "below", "above", "swing"]
        body = table_html(frame[columns]) if len(frame) else ""
        return card_html(
            "How much the ranking depends on judgements", body, lines=short_lines(self)
        )
