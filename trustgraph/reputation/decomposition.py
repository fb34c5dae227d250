"""What makes up a person's score."""

from typing import Any, Final, Literal

import pandas as pd

from trustgraph._html import card_html, shown, table_html
from trustgraph.models.base import FrozenModel
from trustgraph.models.result import ResultModel
from trustgraph.reputation import _explain_parts

__all__ = ["Decomposition", "EdgePart", "WalkPart"]

SCHEMA_VERSION: Final = 1


class EdgePart(FrozenModel):
    """What one person's trust gives to the score.

    Attributes
    ----------
    source, name
        Who trusts.
    trust
        Their trust in the person, in [0, 1].
    part
        What it gives, in the unit of the score.

    Examples
    --------
    >>> G = nx.DiGraph([("ana", "bo", {"trust": 0.8})])
    >>> tg.reputation.decompose(G, "bo", seeds="ana").incoming[0].source
    'ana'
    """

    source: Any
    name: str
    trust: float
    part: float


class WalkPart(FrozenModel):
    """What flows to the person along one walk.

    Attributes
    ----------
    path, names
        The people from the seed to the person, ids and names; somebody may be met again.
    part
        What flows along it, in the unit of the score.

    Examples
    --------
    >>> G = nx.DiGraph([("ana", "bo", {"trust": 0.8})])
    >>> tg.reputation.decompose(G, "bo", seeds="ana").walks[0].path
    ('ana', 'bo')
    """

    path: tuple[Any, ...]
    names: tuple[str, ...]
    part: float


class Decomposition(ResultModel):
    """What makes up a person's score in a linear model of standing.

    It adds up twice: ``seed + returned + sum of the edges' parts`` is the score, and so is ``sum of
    the walks' parts + smaller + longer``.

    Attributes
    ----------
    person, name
        Whose score.
    model
        ``"eigentrust"`` or ``"personalised_pagerank"``.
    score
        In [0, 1]; the scores of all people sum to 1. Also ``float(result)``.
    error
        What the score is at most away from the exact one.
    seed
        The part that is given beforehand, because the person is a seed or everybody is one.
    returned
        The part that the person gets as a seed from people who trust nobody.
    incoming
        The part that each person with an edge to this one gives, the largest first.
    walks
        The strongest walks from the seeds, the strongest first. What people who trust nobody give
        back starts at the seeds again, and is in the walks from there.
    smaller
        What all other walks of at most ``max_steps`` steps bring together.
    longer
        What all walks of more steps bring together.
    people
        Number of people in the graph.
    inactive
        Number of those who trust nobody.
    damping
        Part that flows on in a round; 1 - alpha for EigenTrust.
    seeds
        Ids and shares of the seeds; None: everybody alike.
    max_steps, top
        What was asked for.
    as_of
        Date of the graph.
    schema_version
        Version of the dictionary form.

    Examples
    --------
    >>> G = nx.DiGraph([("ana", "bo", {"trust": 0.8}), ("bo", "cy", {"trust": 0.5})])
    >>> parts = tg.reputation.decompose(G, "cy", seeds="ana")
    >>> round(parts.score, 3), round(parts.longer, 3)
    (0.299, 0.0)
    """

    person: Any
    name: str
    model: Literal["eigentrust", "personalised_pagerank"]
    score: float
    error: float
    seed: float
    returned: float
    incoming: tuple[EdgePart, ...]
    walks: tuple[WalkPart, ...]
    smaller: float
    longer: float
    people: int
    inactive: int
    damping: float
    seeds: tuple[tuple[Any, float], ...] | None = None
    max_steps: int
    top: int
    as_of: str = ""
    schema_version: Literal[1] = SCHEMA_VERSION

    def __float__(self) -> float:
        """Return the score."""
        return self.score

    def share(self, part: float) -> float:
        """Return a part as a share of the score, 0 if that is 0.

        Parameters
        ----------
        part
            In the unit of the score.

        Returns
        -------
        float
            In [0, 1].

        Examples
        --------
        >>> G = nx.DiGraph([("ana", "bo", {"trust": 0.8})])
        >>> parts = tg.reputation.decompose(G, "bo", seeds="ana")
        >>> parts.share(parts.incoming[0].part)
        1.0
        """
        return part / self.score if self.score > 0 else 0.0

    @property
    def edges(self) -> pd.DataFrame:
        """One row a person with an edge to this one: ``source``, ``part``, ``share`` of the score.

        Sorted by part, then id.
        """
        rows = [(edge.source, edge.part, self.share(edge.part)) for edge in self.incoming]
        return _frame(rows, ["source", "part", "share"])

    @property
    def paths(self) -> pd.DataFrame:
        """One row a walk: ``path`` (a tuple of ids), ``part``, ``share`` of the score.

        Sorted by part, then number of steps, then ids.
        """
        rows = [(walk.path, walk.part, self.share(walk.part)) for walk in self.walks]
        return _frame(rows, ["path", "part", "share"])

    def to_frame(self) -> pd.DataFrame:
        """Return one row a part; the parts sum to the score.

        Returns
        -------
        pandas.DataFrame
            Columns ``kind`` (``seed``, ``returned``, then an ``edge`` each), ``source`` (who
            trusts; None for the first two), ``part``, ``share`` of the score.

        Examples
        --------
        >>> G = nx.DiGraph([("ana", "bo", {"trust": 0.8}), ("bo", "ana", {"trust": 0.5})])
        >>> tg.reputation.decompose(G, "ana", seeds="ana").to_frame().round(3)
               kind source   part  share
        0      seed   None  0.100   0.19
        1  returned   None  0.000   0.00
        2      edge     bo  0.426   0.81
        """
        rows: list[tuple[Any, ...]] = [
            ("seed", None, self.seed, self.share(self.seed)),
            ("returned", None, self.returned, self.share(self.returned)),
        ]
        rows += [("edge", one.source, one.part, self.share(one.part)) for one in self.incoming]
        return _frame(rows, ["kind", "source", "part", "share"])

    def explain(self) -> str:
        """Return the answer in plain sentences.

        Returns
        -------
        str
            How much is given beforehand, how much comes back, who gives the rest, and the
            strongest ways to there.

        Examples
        --------
        >>> G = nx.DiGraph([("ana", "bo", {"trust": 0.8}), ("bo", "cy", {"trust": 0.5})])
        >>> print(tg.reputation.decompose(G, "cy", seeds="ana").explain().splitlines()[1])
        100 % of it comes from 1 person who trusts cy:
        """
        return "\n".join(map(shown, _explain_parts.lines(self)))

    def _repr_html_(self) -> str:
        edges = pd.DataFrame(
            [(edge.name, edge.part, self.share(edge.part)) for edge in self.incoming],
            columns=["who trusts", "part", "share"],
        )
        paths = pd.DataFrame(
            [(walk.names, walk.part, self.share(walk.part)) for walk in self.walks],
            columns=["way", "part", "share"],
        )
        body = "".join(table_html(frame) for frame in (edges, paths) if len(frame))
        title = f"{_explain_parts.MODELS[self.model]} of {self.name}: {self.score:.3g}"
        return card_html(title, body, lines=_explain_parts.summary(self))


def _frame(rows: list[tuple[Any, ...]], columns: list[str]) -> pd.DataFrame:
    """Return a frame in which ids and paths stay what they are, and numbers are float64."""
    told = dict(zip(columns, zip(*rows, strict=True), strict=True)) if rows else {}
    return pd.DataFrame(
        {
            name: pd.Series(
                list(told.get(name, ())), dtype="float64" if name in {"part", "share"} else object
            )
            for name in columns
        }
    )
