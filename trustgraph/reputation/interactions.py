"""Whether two intermediaries need each other, or stand in for each other."""

from itertools import combinations
from typing import Any, Final, Literal

import numpy as np
import pandas as pd

from trustgraph._html import card_html, shown, table_html
from trustgraph._typing import Graph, Seed
from trustgraph.engine.reliability_pairs import PairNumbers, second_differences
from trustgraph.engine.reliability_transfer import transfer
from trustgraph.graph.index import TrustIndex
from trustgraph.models.ask import Ask
from trustgraph.models.base import FrozenModel
from trustgraph.models.result import SequenceResult
from trustgraph.reputation._given import check_trust_model, people_between
from trustgraph.steps.question import Question, ask_question
from trustgraph.steps.seed import is_whole, number_of_seed
from trustgraph.steps.subgraph import StepGraph, admissible_subgraph, check_max_intermediaries
from trustgraph.trust.model import TrustModel

__all__ = ["Interaction", "Interactions", "interactions"]

SAMPLES: Final = 16_384
MOST: Final = 10
"""People who are looked at if none are named: those with the largest Shapley values."""
MOST_TOLD: Final = 8
LITTLE: Final = 0.0005
"""An interaction that would be told as 0.000 or 0.001."""


class Interaction(FrozenModel):
    """What two intermediaries do together.

    Attributes
    ----------
    person, other
        Who, in the order of their ids.
    name, other_name
        For reading.
    value
        R - R(without person) - R(without other) + R(without both), in [-1, 1]. Positive: they need
        each other, each is worth more with the other. Negative: they stand in for each other.
    standard_error
        0 where it is exact.

    Examples
    --------
    >>> G = nx.DiGraph([("bo", "s", {"trust": 0.5}), ("cy", "s", {"trust": 0.5})])
    >>> G.add_edge("t", "bo", trust=1.0)
    >>> G.add_edge("t", "cy", trust=1.0)
    >>> tg.reputation.interactions(G, "s", "t")[0].value
    -0.25
    """

    person: Any
    other: Any
    name: str
    other_name: str
    value: float
    standard_error: float = 0.0

    def explain(self) -> str:
        """Return a sentence.

        Examples
        --------
        >>> G = nx.DiGraph([("bo", "s", {"trust": 0.5}), ("cy", "bo", {"trust": 0.5})])
        >>> G.add_edge("t", "cy", trust=1.0)
        >>> tg.reputation.interactions(G, "s", "t")[0].explain()
        'bo and cy need each other: 0.125 of the total takes both.'
        """
        both = f"{self.name} and {self.other_name}"
        size = abs(self.value)
        if size <= max(LITTLE, 2 * self.standard_error):
            told = f"{both} hardly depend on each other ({self.value:+.3f})."
        elif self.value > 0:
            told = f"{both} need each other: {size:.3f} of the total takes both."
        else:
            told = (
                f"{both} stand in for each other: if both refuse, {size:.3f} more is lost than "
                "their two losses together."
            )
        return shown(told)


class Interactions(SequenceResult[Interaction]):
    """What pairs of intermediaries do together.

    A sequence of `Interaction`, the largest in size first, then by id.

    Attributes
    ----------
    ask
        The question.
    seeker_name, target_name
        For reading.
    pairs
        One a pair of ``people``.
    people
        Ids of those looked at, in the order of the ids.
    exact
        Whether the values are exact up to rounding.
    samples
        Random draws behind them; 0 where they are exact.
    max_intermediaries, observed_only
        What was asked for.
    as_of
        Date of the graph.
    seed
        Seed of the draws.
    schema_version
        Version of the dictionary form.

    Examples
    --------
    >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
    >>> G.add_edge("dee", "cy", trust=1.0)
    >>> found = tg.reputation.interactions(G, "ana", "dee")
    >>> found.people, len(found)
    (('bo', 'cy'), 1)
    """

    ask: Ask
    seeker_name: str
    target_name: str
    pairs: tuple[Interaction, ...]
    people: tuple[Any, ...]
    exact: bool = True
    samples: int = 0
    max_intermediaries: int = 3
    observed_only: bool = True
    as_of: str = ""
    seed: int = 0
    schema_version: Literal[1] = 1

    def held(self) -> tuple[Interaction, ...]:
        """Return the pairs, the largest in size first."""
        return self.pairs

    def to_frame(self) -> pd.DataFrame:
        """Return one row a pair.

        Returns
        -------
        pandas.DataFrame
            Indexed by ``person`` and ``other``; columns ``name``, ``other_name``, ``interaction``
            and ``standard_error``.

        Examples
        --------
        >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
        >>> G.add_edge("dee", "cy", trust=1.0)
        >>> tg.reputation.interactions(G, "ana", "dee").to_frame()["interaction"].tolist()
        [0.2]
        """
        ends = [[getattr(one, end) for one in self.pairs] for end in ("person", "other")]
        index = pd.MultiIndex.from_arrays(ends, names=["person", "other"])
        columns: dict[str, Any] = {
            name: pd.Series([getattr(one, name) for one in self.pairs], index, dtype="str")
            for name in ("name", "other_name")
        }
        for name, field in (("interaction", "value"), ("standard_error", "standard_error")):
            values = [getattr(one, field) for one in self.pairs]
            columns[name] = pd.Series(values, index, dtype="float64")
        return pd.DataFrame(columns, index=index)

    def matrix(self) -> pd.DataFrame:
        """Return the values as a square, symmetric, NaN on the diagonal.

        Returns
        -------
        pandas.DataFrame
            Indexed by ``person``, columns by ``other``, both in the order of `people`.

        Examples
        --------
        >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
        >>> G.add_edge("dee", "cy", trust=1.0)
        >>> tg.reputation.interactions(G, "ana", "dee").matrix().loc["cy", "bo"].item()
        0.2
        """
        people = list(self.people)
        square = np.full((len(people), len(people)), np.nan)
        place = {person: number for number, person in enumerate(people)}
        for one in self.pairs:
            row, column = place[one.person], place[one.other]
            square[row, column] = square[column, row] = one.value
        rows = pd.Index(people, name="person", tupleize_cols=False)
        return pd.DataFrame(square, index=rows, columns=rows.rename("other"))

    def explain(self) -> str:
        """Return the answer in plain sentences.

        Returns
        -------
        str
            One sentence a pair, the largest first, and how sure they are.

        Examples
        --------
        >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
        >>> print(tg.reputation.interactions(G, "ana", "cy").explain())
        Fewer than two people carry anything, so there is no pair to look at.
        """
        return "\n".join(map(shown, _lines(self)))

    def _repr_html_(self) -> str:
        title = f"Who needs whom, from {self.seeker_name} to {self.target_name}"
        body = table_html(self.to_frame()) if self.pairs else ""
        return card_html(title, body, lines=_lines(self)[-1:])


def interactions(  # noqa: PLR0913 - the question, and how to answer it
    G: Graph | TrustIndex,
    ask: Ask | str,
    target: Any = None,
    *,
    people: Any = None,
    max_intermediaries: int = 3,
    model: TrustModel | None = None,
    observed_only: bool = True,
    samples: int = SAMPLES,
    seed: Seed = 0,
) -> Interactions:
    """Return whether intermediaries need each other or stand in for each other, pair by pair.

    Parameters
    ----------
    G
        The graph, or its index.
    ask, target
        An `Ask`, or a seeker and a target, as in `reputation_transfer`.
    people
        Two or more people (ids or unique full names); default: the ten with the largest Shapley
        values. Somebody on no admissible path interacts with nobody: 0.
    max_intermediaries
        Largest number of intermediaries on a path, 0 to 5.
    model
        Trust model; default: the one of the graph, else the default model.
    observed_only
        Whether to leave out inferred ties.
    samples
        Random draws where the exact answer would take too long, at least 1; made up to a multiple
        of 64.
    seed
        Of these draws; None: a number left to chance, which the result tells.

    Returns
    -------
    Interactions
        One value a pair, with its standard error.

    Raises
    ------
    UnknownPersonError, AmbiguousPersonError
        If a person is not known, or not by that name alone.
    TypeError
        If ``model`` is no trust model.
    ValueError
        If the seeker or a target is among the people, fewer than two are named, or an option is
        out of range.
    GraphContractError
        If the graph breaks the contract.

    Notes
    -----
    With R the total, the interaction of a and b is R - R(-a) - R(-b) + R(-a, -b): the loss of both
    together is the sum of the two losses less the interaction. It is the joint reliability
    importance [1]_ of the two, on the scale of R. In a chain it is R itself; of two ways side by
    side it is minus the product of their chances.

    References
    ----------
    .. [1] Hong, J. S., Lie, C. H. (1993). Joint reliability-importance of two edges in an
       undirected network. IEEE Transactions on Reliability 42(1), 17-23.

    Examples
    --------
    >>> G = nx.DiGraph()
    >>> G.add_edge("bo", "ana", trust=0.8)
    >>> G.add_edge("cy", "ana", trust=0.5)
    >>> G.add_edge("dee", "bo", trust=0.5)
    >>> G.add_edge("dee", "cy", trust=0.6)
    >>> round(tg.reputation.interactions(G, "ana", "dee", people=["bo", "cy"])[0].value, 3)
    -0.12
    """
    most = check_max_intermediaries(max_intermediaries)
    if not is_whole(samples) or samples < 1:
        message = f"samples is {samples!r}; draw at least 1, a whole number"
        raise ValueError(message)
    number = number_of_seed(seed)
    check_trust_model(model)
    question = ask_question(G, ask, target, model=model, observed_only=observed_only)
    steps = admissible_subgraph(question, most)
    if people is None:
        looked_at = _largest(steps, int(samples), number)
    else:
        looked_at = people_between(question, people)
        if len(looked_at) < 2:  # noqa: PLR2004 - a pair
            message = f"people is {people!r}; name at least two different people"
            raise ValueError(message)
    place = {node: local for local, node in enumerate(steps.nodes[1:-1].tolist(), start=1)}
    there = [node for node in looked_at if node in place]
    locals_ = [place[node] for node in there]
    found = second_differences(steps.network(), locals_, samples=int(samples), seed=number)
    index = question.index
    return Interactions(
        ask=question.ask,
        seeker_name=question.seeker_name,
        target_name=question.target_name,
        pairs=_pairs(question, looked_at, there, found),
        people=tuple(index.labels[node] for node in looked_at),
        exact=not found.samples,
        samples=found.samples,
        max_intermediaries=most,
        observed_only=observed_only,
        as_of=index.as_of,
        seed=number,
    )


def _largest(steps: StepGraph, samples: int, seed: int) -> list[int]:
    """Return the people with the largest Shapley values, sorted by number."""
    found = transfer(steps.network(), samples=samples, rng=np.random.default_rng(seed))
    order = np.argsort(-np.round(found.numbers.shapley, 12), kind="stable")
    return sorted(steps.nodes[1:-1][order[:MOST]].tolist())


def _pairs(
    question: Question, looked_at: list[int], there: list[int], found: PairNumbers
) -> tuple[Interaction, ...]:
    index = question.index
    place = {node: number for number, node in enumerate(there)}
    pairs = []
    for one, other in combinations(looked_at, 2):
        known = one in place and other in place
        where = (place[one], place[other]) if known else None
        pairs.append(
            Interaction(
                person=index.labels[one],
                other=index.labels[other],
                name=index.names[one],
                other_name=index.names[other],
                value=float(found.value[where]) if where else 0.0,
                standard_error=float(found.error[where]) if where else 0.0,
            )
        )
    # Pairs are made in the order of ids, and sorting is stable.
    return tuple(sorted(pairs, key=lambda pair: -round(abs(pair.value), 12)))


def _lines(found: Interactions) -> list[str]:
    if not found.pairs:
        return ["Fewer than two people carry anything, so there is no pair to look at."]
    told = [one.explain() for one in found.pairs[:MOST_TOLD]]
    if rest := found.pairs[MOST_TOLD:]:
        size = abs(rest[0].value)
        told.append(f"Of the other {len(rest)} pairs none has more than {size:.3f}.")
    if found.exact:
        return [*told, "Given that every step works or fails by itself, the numbers are exact."]
    largest = max(one.standard_error for one in found.pairs)
    return [
        *told,
        (
            f"The numbers are estimates from {found.samples:,} random draws, each known to within "
            f"about {2 * largest:.3f} (two standard errors)."
        ),
    ]
