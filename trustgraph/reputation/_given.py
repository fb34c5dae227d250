"""What a question about reputation is given: people to trust beforehand, and pairs."""

from collections.abc import Hashable, Iterable, Mapping
from math import inf
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from trustgraph._typing import Floats, Graph, Ints
from trustgraph.graph.contract import is_number
from trustgraph.graph.index import TrustIndex
from trustgraph.models.people import Person
from trustgraph.steps.question import Question
from trustgraph.trust.model import TrustModel

__all__ = [
    "Pairs",
    "Seeds",
    "check_trust_model",
    "index_of",
    "number_of",
    "pair_numbers",
    "pair_series",
    "people_between",
    "seed_shares",
    "standing_series",
]

Seeds: TypeAlias = Any
"""Whom to trust beforehand: a person, several, a mapping from people to weights, or None."""
Pairs: TypeAlias = Any
"""(who trusts, whom): pairs, a frame with columns ``source`` and ``target``, or a MultiIndex."""
PAIR_FORMS: Final = (
    "give a list of (who trusts, whom), a frame with columns source and target, or a MultiIndex"
)


def index_of(G: Graph | TrustIndex) -> TrustIndex:
    """Return the index of a graph, compiled if need be.

    Examples
    --------
    >>> from trustgraph.reputation._given import index_of
    >>> index_of(nx.DiGraph([("bo", "ana", {"trust": 0.8})]))
    TrustIndex(people=2, edges=1)
    """
    return G if isinstance(G, TrustIndex) else TrustIndex.from_graph(G)


def number_of(index: TrustIndex, person: Any) -> int:
    """Return the number of a person given by id, by unique full name, or as a `Person`.

    Raises
    ------
    UnknownPersonError, AmbiguousPersonError
        If the person is not known, or not by that name alone.
    TypeError
        If it is no person at all, such as a list of people.

    Examples
    --------
    >>> from trustgraph.reputation._given import index_of, number_of
    >>> index = index_of(nx.DiGraph([("bo", "ana", {"trust": 0.8})]))
    >>> number_of(index, "bo"), number_of(index, tg.Person(id="ana", name="Ana"))
    (1, 0)
    """
    if isinstance(person, Person):
        return index.number(person.id)
    if person is None or not isinstance(person, Hashable):
        message = f"{person!r} is no person; give an id, a unique full name or a Person"
        raise TypeError(message)
    return index.number(person)


def check_trust_model(model: Any) -> None:
    """Raise a TypeError if something given as a trust model is none.

    Examples
    --------
    >>> from trustgraph.reputation._given import check_trust_model
    >>> check_trust_model("x")
    Traceback (most recent call last):
        ...
    TypeError: model is 'x'; give a TrustModel, or None for that of the graph
    """
    if model is not None and not isinstance(model, TrustModel):
        message = f"model is {model!r}; give a TrustModel, or None for that of the graph"
        raise TypeError(message)


def seed_shares(index: TrustIndex, seeds: Seeds) -> Floats:
    """Return how the trust that is given beforehand is divided among people.

    Parameters
    ----------
    index
        The graph.
    seeds
        A person (id, unique full name or `Person`), several, a mapping from people to weights, at
        least 0 and not all 0, or None: everybody alike.

    Returns
    -------
    ndarray
        Share of each person, shape (n,), sum 1 (empty for an empty graph).

    Raises
    ------
    UnknownPersonError, AmbiguousPersonError
        If a person is not known, or not by that name alone.
    TypeError
        If one of the seeds is no person.
    ValueError
        If nobody is named, or a weight is negative or not finite, or all are 0.

    Examples
    --------
    >>> from trustgraph.reputation._given import index_of, seed_shares
    >>> index = index_of(nx.DiGraph([("bo", "ana", {"trust": 0.8})]))
    >>> seed_shares(index, {"bo": 3, "ana": 1}).tolist()
    [0.25, 0.75]
    """
    if seeds is None:
        return np.full(index.n, 1.0 / max(index.n, 1))
    shares = np.zeros(index.n)
    if isinstance(seeds, Mapping | pd.Series):
        for person, weight in seeds.items():
            if not is_number(weight) or not 0 <= weight < inf:
                message = f"the weight of seed {person!r} is {weight!r}; give a number from 0"
                raise ValueError(message)
            shares[number_of(index, person)] += weight
    else:
        # Who is named twice counts once.
        shares[[number_of(index, person) for person in _each(seeds)]] = 1.0
    if not shares.sum() > 0:
        message = "seeds name nobody with a weight above 0; name somebody, or None for everybody"
        raise ValueError(message)
    shares /= shares.sum()
    return shares


def pair_numbers(index: TrustIndex, pairs: Pairs) -> tuple[Ints, Ints]:
    """Return both ends of pairs as numbers.

    Parameters
    ----------
    index
        The graph.
    pairs
        (who trusts, whom), ids, unique full names or `Person` objects; or a frame with columns
        ``source`` and ``target``, or an index of two levels.

    Returns
    -------
    source, target : ndarray
        Numbers, shape (number of pairs,) each.

    Raises
    ------
    UnknownPersonError, AmbiguousPersonError
        If a person is not known, or not by that name alone.
    TypeError
        If what is given are no pairs, or an end of a pair is no person.
    ValueError
        If something given is no pair.

    Examples
    --------
    >>> from trustgraph.reputation._given import index_of, pair_numbers
    >>> index = index_of(nx.DiGraph([("bo", "ana", {"trust": 0.8})]))
    >>> [ends.tolist() for ends in pair_numbers(index, [("bo", "ana")])]
    [[1], [0]]
    """
    if isinstance(pairs, pd.DataFrame):
        if missing := {"source", "target"} - set(pairs.columns):
            message = f"the frame of pairs has no column {min(missing)!r}; it needs source, target"
            raise ValueError(message)
        pairs = zip(pairs["source"].tolist(), pairs["target"].tolist(), strict=True)
    if isinstance(pairs, str) or not isinstance(pairs, Iterable):
        message = f"pairs is {pairs!r}; {PAIR_FORMS}"
        raise TypeError(message)
    known: dict[Any, int] = {}
    ends: list[int] = []
    for pair in pairs:
        both = _each(pair)
        if len(both) != len(("source", "target")):
            message = f"{pair!r} is no pair; give (who trusts, whom)"
            raise ValueError(message)
        for person in both:
            key = person.id if isinstance(person, Person) else person
            if not isinstance(key, Hashable) or key not in known:
                known[key] = number_of(index, person)
            ends.append(known[key])
    numbers = np.array(ends, np.int32).reshape(-1, 2)
    return numbers[:, 0].copy(), numbers[:, 1].copy()


def standing_series(index: TrustIndex, values: npt.ArrayLike, name: str) -> "pd.Series[float]":
    """Return one number a person, indexed by ``person``, in the order of ids."""
    return pd.Series(np.asarray(values, np.float64), index=index.ids, name=name)


def pair_series(
    index: TrustIndex, source: Ints, target: Ints, values: npt.ArrayLike, name: str
) -> "pd.Series[float]":
    """Return one number a pair, indexed by ``source`` and ``target``, in the order of the pairs."""
    ids = index.ids
    both = pd.MultiIndex.from_arrays([ids[source], ids[target]], names=["source", "target"])
    return pd.Series(np.asarray(values, np.float64), index=both, name=name)


def people_between(question: Question, people: Any) -> list[int]:
    """Return people who may stand between seeker and target, by number.

    Parameters
    ----------
    question
        The question.
    people
        A person (id, unique full name or `Person`), or several.

    Returns
    -------
    list of int
        Numbers, sorted, each once.

    Raises
    ------
    UnknownPersonError, AmbiguousPersonError
        If a person is not known, or not by that name alone.
    TypeError
        If one of them is no person.
    ValueError
        If one of them is the seeker or a target.

    Examples
    --------
    >>> from trustgraph.reputation._given import people_between
    >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
    >>> people_between(tg.steps.ask_question(G, "ana", "cy"), "bo")
    [1]
    """
    index = question.index
    found = {number_of(index, person) for person in _each(people)}
    if barred := found.intersection(question.barred.tolist()):
        role = "seeker" if min(barred) == question.seeker else "target"
        message = f"{index.labels[min(barred)]!r} is the {role}, who is no intermediary"
        raise ValueError(message)
    return sorted(found)


def _each(people: Any) -> tuple[Any, ...]:
    """Return several people, or the one who is named alone."""
    alone = isinstance(people, (str, Person)) or not isinstance(people, Iterable)
    return (people,) if alone else tuple(people)
