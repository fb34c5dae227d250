"""What would arrive if somebody refused, or if trust were different."""

from collections.abc import Iterable, Mapping
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
from trustgraph.graph.changed import TrustChange, read_changes, with_trust
from trustgraph.graph.index import TrustIndex
from trustgraph.models.ask import Ask
from trustgraph.reputation._given import check_trust_model, index_of, people_between
from trustgraph.reputation.change_results import CarrierChange, Change, TrustChanged, WhatIf
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
    G: Graph | TrustIndex,
    ask: Ask | str,
    target: Any = None,
    *,
    remove: Any = (),
    trust: Mapping[Any, Any] | None = None,
    max_intermediaries: int = 3,
    model: TrustModel | None = None,
    observed_only: bool = True,
    samples: int = SAMPLES,
    seed: Seed = 0,
) -> WhatIf:
    """Return what would change if some people refused, or some trust were different.

    Parameters
    ----------
    G
        The graph, or its index; it stays as it is.
    ask, target
        An `Ask`, or a seeker and a target, as in `reputation_transfer`.
    remove
        Who refuses to pass anything on: a person (id or unique full name), or several.
    trust
        (who trusts, whom) -> trust in [0, 1], or (trust, certainty); the tie may be a new one.
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
        If ``trust`` is no mapping, ``model`` is no trust model, or one of ``remove`` is no person.
    ValueError
        If the seeker or a target is to refuse, a trust is no number in [0, 1], or an option is out
        of range.
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
    alone just has another trust. Where both worlds are exact, so is the change. Otherwise both are
    sampled with common random numbers, so that the change is known far better than the totals, and
    a change of nothing is 0.

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
    """
    most = check_max_intermediaries(max_intermediaries)
    if not is_whole(samples) or samples < 1:
        message = f"samples is {samples!r}; draw at least 1, a whole number"
        raise ValueError(message)
    number = number_of_seed(seed)
    check_trust_model(model)
    index = index_of(G)
    changes = read_changes(index, {} if trust is None else trust)
    in_force = model or index.model or TrustModel()
    # Of a large graph what is told is rounded: both worlds are made of the same numbers.
    base = with_trust(index, (), in_force) if changes else index
    question = ask_question(base, ask, target, model=model, observed_only=observed_only)
    gone = people_between(question, remove)
    after = question
    if changes:
        changed = with_trust(index, changes, in_force)
        after = ask_question(changed, ask, target, model=model, observed_only=observed_only)
    before_world = _world(question, most)
    after_world = _world(after, most, gone)
    found = compare(before_world, after_world, samples=int(samples), seed=number)
    same = not changes and not len(np.intersect1d(gone, before_world.people))
    errors = np.zeros_like(found.error) if same else found.error
    both = found.before.tolist(), found.after.tolist(), errors.tolist()
    numbers = [_change(*each) for each in zip(*both, strict=True)]
    return WhatIf(
        ask=question.ask,
        seeker_name=question.seeker_name,
        target_name=question.target_name,
        total=numbers[0],
        direct=_change(before_world.network.direct, after_world.network.direct, 0.0),
        carriers=_carriers(index, found, numbers[1:]),
        removed=tuple(index.labels[one] for one in gone),
        removed_names=tuple(index.names[one] for one in gone),
        trust=tuple(_told(index, change) for change in changes),
        exact=not found.samples,
        samples=found.samples,
        truncated=found.truncated,
        max_intermediaries=most,
        observed_only=observed_only,
        as_of=index.as_of,
        seed=number,
    )


def _world(question: Question, most: int, gone: Iterable[int] = ()) -> World:
    """Return the network of a question without those who refuse."""
    steps = admissible_subgraph(question, most)
    people: LongInts = steps.nodes[1:-1].astype(np.int64)
    return without_people(World(steps.network(), people), list(gone))


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
    index: TrustIndex, found: Compared, numbers: list[Change]
) -> tuple[CarrierChange, ...]:
    many = len(found.people)
    carriers = [
        CarrierChange(
            person=index.labels[node],
            name=index.names[node],
            **{name: numbers[row * many + place] for row, name in enumerate(COMPARED)},
        )
        for place, node in enumerate(found.people.tolist())
    ]
    # The index is in the order of ids, and sorting is stable.
    return tuple(sorted(carriers, key=lambda one: -round(abs(one.shapley.change), 12)))


def _told(index: TrustIndex, change: TrustChange) -> TrustChanged:
    known = change.step >= 0
    return TrustChanged(
        source=index.labels[change.source],
        target=index.labels[change.target],
        source_name=index.names[change.source],
        target_name=index.names[change.target],
        before=float(told(index, "trust", np.array([change.step]))[0]) if known else None,
        after=change.trust,
    )
