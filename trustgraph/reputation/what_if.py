"""What would arrive if somebody refused, or if anything else in the graph were different."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from trustgraph._typing import Graph, LongInts, Seed
from trustgraph.engine.reliability_change import (
    COMPARED,
    Compared,
    World,
    compare,
    without_people,
)
from trustgraph.graph.added import Newcomers, read_newcomers, with_people
from trustgraph.graph.changed import TrustChange, read_changes, with_trust
from trustgraph.graph.contract import sorted_labels
from trustgraph.graph.index import TrustIndex
from trustgraph.models.ask import Ask
from trustgraph.models.network import Network
from trustgraph.models.people import Person
from trustgraph.reputation._given import check_trust_model, index_of, people_between
from trustgraph.reputation._more_evidence import as_records, both_indexes
from trustgraph.reputation.change_results import (
    CarrierChange,
    Change,
    TieChanged,
    TrustChanged,
    WhatIf,
)
from trustgraph.steps.question import Question, ask_question
from trustgraph.steps.seed import is_whole, number_of_seed
from trustgraph.steps.subgraph import admissible_subgraph, check_max_intermediaries
from trustgraph.steps.told import told
from trustgraph.trust.model import TrustModel

__all__ = ["what_if"]

SAMPLES: Final = 16_384
WIDTH: Final = 1.959963984540054
"""Standard errors on either side of a 95 % interval."""


def what_if(  # noqa: PLR0913 - the question, what is changed, and how to answer it
    G: Graph | TrustIndex | Network,
    ask: Ask | str,
    target: Any = None,
    *,
    remove: Any = (),
    trust: Mapping[Any, Any] | None = None,
    add: Any = (),
    evidence: Any = (),
    instead: Graph | TrustIndex | None = None,
    max_intermediaries: int = 3,
    model: TrustModel | None = None,
    observed_only: bool = True,
    samples: int = SAMPLES,
    seed: Seed = 0,
) -> WhatIf:
    """Return what would change if people refused, or ties, people or records were different.

    Parameters
    ----------
    G
        The graph, its index, or the network it is built from; it stays as it is.
    ask, target
        An `Ask`, or a seeker and a target, as in `reputation_transfer`.
    remove
        Who refuses to pass anything on: a person (id or unique full name), or several. Among
        several also ties that end, each (who trusts, whom): ``[("bo", "ana")]`` is a tie,
        ``("bo", "ana")`` are two people.
    trust
        (who trusts, whom) -> trust in [0, 1], or (trust, certainty), or a mapping from some of
        ``trust``, ``certainty``, ``recall``, ``response``, ``willingness``, ``endorsed_trust``,
        ``forwards`` and ``observed`` to what they would be. The tie may be a new one.
    add
        People who would be there: an id or a `Person`, several, or a mapping from ids to what is
        known of them, as ``{"eve": {"organisation": "Acme"}}``. Their ties go into ``trust`` or
        ``evidence``.
    evidence
        Acts that would be on record too, as `Network.from_records` takes them; only with a
        `Network`.
    instead
        A whole graph to compare with, edited in any way, with ids of the same kind. The other
        changes are made to it.
    max_intermediaries
        Largest number of intermediaries on a path, 0 to 5.
    model
        Trust model; default: the one of the graph, else the default model.
    observed_only
        Whether to leave out inferred ties; a changed tie stays what it is, a new one is observed.
    samples
        Random draws where the exact answer would take too long, at least 1; made up to a multiple
        of 64.
    seed
        Of these draws; None: a number left to chance, which the result tells.

    Returns
    -------
    WhatIf
        The total and the numbers of each intermediary before and after, with a 95 % interval of
        each change.

    Raises
    ------
    UnknownPersonError, AmbiguousPersonError
        If a person is not known, or not by that name alone.
    TypeError
        If ``trust`` is no mapping, ``model`` is no trust model, one of ``remove`` is no person,
        one of ``add`` is none, or there is evidence for a graph that holds no records.
    ValueError
        If the seeker or a target is to refuse, a value is no number in [0, 1], a tie to end does
        not exist, somebody to be added is there, evidence is of a later day than the graph, or an
        option is out of range.
    RecordError
        If evidence does not fit, or names people who are neither there nor added.
    GraphContractError
        If the graph breaks the contract.

    See Also
    --------
    bottlenecks : Who has to refuse, so that nothing arrives.
    interactions : What two people do together.

    Notes
    -----
    A changed trust is a judgement: it replaces the opinion behind the tie and all that follows from
    it, as `Network.with_judgement` does (`trustgraph.graph.changed`); a tie of a graph with trust
    alone just has another trust. Another recall changes the response with it. What is stated of a
    tie besides its trust replaces what would follow from that. Evidence is read as the network's
    own is, at the date of the network. Both answers are those of `reputation_transfer` on the
    graph as it is and on the edited one.

    Where both worlds are exact, so is the change. Otherwise both are sampled with common random
    numbers, so that the change is known far better than the totals, and a change of nothing is 0.

    Examples
    --------
    >>> G = nx.DiGraph()
    >>> G.add_edge("bo", "ana", trust=0.8)
    >>> G.add_edge("cy", "ana", trust=0.5)
    >>> G.add_edge("dee", "bo", trust=0.5)
    >>> G.add_edge("dee", "cy", trust=0.6)
    >>> round(tg.reputation.what_if(G, "ana", "dee", remove="bo").change, 3)
    -0.28
    >>> better = tg.reputation.what_if(G, "ana", "dee", trust={("dee", "bo"): 0.9})
    >>> round(better.total.before, 3), round(better.total.after, 3)
    (0.58, 0.804)
    >>> new = {("eve", "ana"): 0.9, ("dee", "eve"): 0.5}
    >>> round(tg.reputation.what_if(G, "ana", "dee", add="eve", trust=new).change, 3)
    0.189
    >>> tg.reputation.what_if(G, "ana", "bo", trust={("bo", "ana"): {"response": 0.5}}).change
    -0.4
    """
    most = check_max_intermediaries(max_intermediaries)
    if not is_whole(samples) or samples < 1:
        message = f"samples is {samples!r}; draw at least 1, a whole number"
        raise ValueError(message)
    number = number_of_seed(seed)
    check_trust_model(model)
    newcomers = read_newcomers(add)
    index, other, records = _both(G, evidence, newcomers, model)
    if instead is not None:
        other = with_people(index_of(instead), newcomers)
    refusing, ended = _people_and_ties(remove)
    changes = read_changes(other, {} if trust is None else trust, ended)
    # Of a large graph what is told is rounded: both worlds are made of the same numbers.
    whole = other is index
    base = with_trust(index, (), model or index.model or TrustModel()) if changes else index
    options: dict[str, Any] = {"model": model, "observed_only": observed_only}
    question = ask_question(base, ask, target, **options)
    after = question
    if changes:
        other = with_trust(other, changes, model or other.model or TrustModel())
    if changes or not whole:
        after = ask_question(other, ask, target, **options)
    gone = people_between(after, refusing)
    people = _Numbers.of(index, other)
    before_world = _world(question, most, people.before)
    after_world = _world(after, most, people.after, gone)
    found = compare(before_world, after_world, samples=int(samples), seed=number)
    same = whole and not changes and not len(np.intersect1d(gone, before_world.people))
    errors = np.zeros_like(found.error) if same else found.error
    both = found.before.tolist(), found.after.tolist(), errors.tolist()
    numbers = [_change(*each) for each in zip(*both, strict=True)]
    return WhatIf(
        ask=question.ask,
        seeker_name=question.seeker_name,
        target_name=question.target_name,
        total=numbers[0],
        direct=_change(before_world.network.direct, after_world.network.direct, 0.0),
        carriers=_carriers(people, found, numbers[1:]),
        removed=tuple(other.labels[one] for one in gone),
        removed_names=tuple(other.names[one] for one in gone),
        trust=tuple(_trust_told(base, other, one) for one in changes if one.trust is not None),
        ties=tuple(each for one in changes for each in _told(base, other, one)),
        added=tuple(newcomers),
        added_names=tuple(other.names[other.number(one)] for one in newcomers),
        evidence=records,
        instead=instead is not None,
        exact=not found.samples,
        samples=found.samples,
        truncated=found.truncated,
        max_intermediaries=most,
        observed_only=observed_only,
        as_of=index.as_of,
        seed=number,
    )


def _both(
    G: Graph | TrustIndex | Network, evidence: Any, newcomers: Newcomers, model: TrustModel | None
) -> tuple[TrustIndex, TrustIndex, int]:
    """Return the graph with the new people, the same with the new records, and their number."""
    if isinstance(G, Network):
        return both_indexes(G, evidence, newcomers, model)
    if len(as_records(evidence)):
        message = (
            "evidence is read by the trust model together with the records that are there: pass "
            "the Network instead of its graph"
        )
        raise TypeError(message)
    index = with_people(index_of(G), newcomers)
    return index, index, 0


def _people_and_ties(remove: Any) -> tuple[list[Any], list[Any]]:
    """Return who refuses, and the ties that end."""
    if isinstance(remove, (str, Person)) or not isinstance(remove, Iterable):
        return [remove], []
    several = list(remove)
    ties = [one for one in several if isinstance(one, (tuple, list))]
    return [one for one in several if not isinstance(one, (tuple, list))], ties


@dataclass(frozen=True)
class _Numbers:
    """Numbers that both graphs share, in the order of ids, and what they stand for."""

    before: LongInts
    after: LongInts
    labels: tuple[Any, ...]
    names: list[str]

    @classmethod
    def of(cls, index: TrustIndex, other: TrustIndex) -> "_Numbers":
        if index.labels == other.labels:
            own = np.arange(index.n)
            return cls(own, own, index.labels, other.names)
        told = dict(zip(index.labels, index.names, strict=True))
        told |= zip(other.labels, other.names, strict=True)
        labels = sorted_labels(told)
        number = {label: place for place, label in enumerate(labels)}
        before, after = (
            np.array([number[label] for label in one.labels], np.int64) for one in (index, other)
        )
        return cls(before, after, tuple(labels), [told[label] for label in labels])


def _world(question: Question, most: int, number: LongInts, gone: Iterable[int] = ()) -> World:
    """Return the network of a question without those who refuse, by the shared numbers."""
    steps = admissible_subgraph(question, most)
    people: LongInts = number[steps.nodes[1:-1]]
    return without_people(World(steps.network(), people), number[list(gone)])


def _change(before: float, after: float, error: float) -> Change:
    change = after - before
    return Change(
        before=before,
        after=after,
        standard_error=error,
        low=max(change - WIDTH * error, -1.0),
        high=min(change + WIDTH * error, 1.0),
    )


def _carriers(
    people: _Numbers, found: Compared, numbers: list[Change]
) -> tuple[CarrierChange, ...]:
    many = len(found.people)
    carriers = [
        CarrierChange(
            person=people.labels[node],
            name=people.names[node],
            **{name: numbers[row * many + place] for row, name in enumerate(COMPARED)},
        )
        for place, node in enumerate(found.people.tolist())
    ]
    # The numbers are in the order of ids, and sorting is stable.
    return tuple(sorted(carriers, key=lambda one: -round(abs(one.shapley.change), 12)))


def _trust_told(index: TrustIndex, other: TrustIndex, change: TrustChange) -> TrustChanged:
    pair = other.labels[change.source], other.labels[change.target]
    return TrustChanged(
        source=pair[0],
        target=pair[1],
        source_name=other.names[change.source],
        target_name=other.names[change.target],
        before=_before(index, pair, "trust"),
        after=change.trust,
    )


def _told(index: TrustIndex, other: TrustIndex, change: TrustChange) -> list[TieChanged]:
    """Return what is stated of a tie besides its trust."""
    pair = other.labels[change.source], other.labels[change.target]
    stated: dict[str, Any] = {"trust": None} if change.gone else dict(change.stated)
    return [
        TieChanged(
            source=pair[0],
            target=pair[1],
            source_name=other.names[change.source],
            target_name=other.names[change.target],
            quantity=name,
            before=_before(index, pair, name),
            after=None if value is None else float(value),
        )
        for name, value in stated.items()
    ]


def _before(index: TrustIndex, pair: tuple[Any, Any], name: str) -> float | None:
    """Return a number of a tie as it is; None if there is no tie, or nothing is told."""
    known = set(index.labels)
    if not known.issuperset(pair):
        return None
    step = index.step(index.number(pair[1]), index.number(pair[0]))
    if step < 0:
        return None
    value = index.observed[step] if name == "observed" else told(index, name, np.array([step]))[0]
    return None if np.isnan(value) else float(value)
