"""On whom the goals of a seeker depend: all targets together, person by person."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from trustgraph._typing import Graph, Seed
from trustgraph.graph.index import TrustIndex
from trustgraph.models.ask import Ask, Organisation, Prospect
from trustgraph.models.people import Person
from trustgraph.planning.key_people_results import KeyGoal, KeyPeople, KeyPerson
from trustgraph.reputation.bottlenecks import bottlenecks
from trustgraph.reputation.results import Transfer
from trustgraph.reputation.transfer import reputation_transfer
from trustgraph.steps.question import make_ask
from trustgraph.steps.seed import number_of_seed
from trustgraph.steps.targets import named_targets
from trustgraph.trust.model import TrustModel

__all__ = ["key_people"]


def key_people(
    G: Graph | TrustIndex,
    seeker: Any,
    targets: Any,
    *,
    max_intermediaries: int = 3,
    model: TrustModel | None = None,
    observed_only: bool = True,
    samples: int | None = None,
    seed: Seed = 0,
) -> KeyPeople:
    """Return the people on whom the goals of a seeker depend, for all targets together.

    Parameters
    ----------
    G
        The graph, or its index.
    seeker
        Whose goals: a person (id or unique full name).
    targets
        One or several of: a person, an `Organisation`, a `Prospect`, or an `Ask` of this seeker.
        Each is a goal of its own; who is named twice counts once.
    max_intermediaries
        Largest number of intermediaries on a path, 0 to 5.
    model
        Trust model; default: the one of the graph, else the default model.
    observed_only
        Whether to leave out inferred ties.
    samples
        Number of random draws for a target whose exact numbers would take longer, at least 1;
        default 16,384.
    seed
        Of these draws, the same for every target; None: a number left to chance.

    Returns
    -------
    KeyPeople
        Everybody on the way to some target: to how many, what is lost without them, which targets
        then are out of reach, their fair share; and how concentrated all of it is.

    Raises
    ------
    UnknownPersonError, AmbiguousPersonError
        If a person is not known, or not by that name alone.
    TypeError
        If ``model`` is no trust model.
    ValueError
        If there is no target, one of them is the seeker, an ask is another seeker's, or an option
        is out of range.
    GraphContractError
        If the graph breaks the contract.

    See Also
    --------
    trustgraph.reputation.reputation_transfer : One target, with every intermediary.
    trustgraph.reputation.bottlenecks : Larger sets of people who together stop everything.

    Notes
    -----
    For each target the numbers are those of `reputation_transfer`: R, the chance that at least one
    admissible path works, and each person's removal and Shapley value. Both are summed over the
    targets, so that they are parts of the expected number of targets reached, sum R, were each
    asked for by itself. A person who leaves passes nothing on any more; that they may be a target
    themselves stays out of it. Targets named by id have clarity 1, an `Ask` the clarity of its
    fields.

    Whom a target hangs on is exact whatever else is sampled: who stands on every admissible path.
    The concentration is the Herfindahl index [1]_ of the fair shares among the people, and its
    inverse the effective number of them.

    Standard errors are summed over the targets: an upper bound, reached only if all errors go the
    same way.

    References
    ----------
    .. [1] Hirschman, A. O. (1964). The paternity of an index. American Economic Review 54(5),
       761.

    Examples
    --------
    >>> G = nx.DiGraph()
    >>> G.add_edge("bo", "ana", trust=0.8)
    >>> G.add_edge("cy", "ana", trust=0.5)
    >>> G.add_edge("dee", "bo", trust=0.5)
    >>> G.add_edge("dee", "cy", trust=0.6)
    >>> G.add_edge("eve", "bo", trust=0.9)
    >>> found = tg.planning.key_people(G, "ana", ["dee", "eve"])
    >>> found.to_frame()[["targets", "unreachable", "removal", "shapley"]].round(3)
            targets  unreachable  removal  shapley
    person
    bo            2            1     1.00     1.06
    cy            1            0     0.18     0.24
    """
    index = G if isinstance(G, TrustIndex) else TrustIndex.from_graph(G)
    number = number_of_seed(seed)
    who = index.number(_id(seeker))
    asks = _asks(index, who, targets)
    goals: list[KeyGoal] = []
    owed: dict[Any, _Owed] = {}
    for target, ask in asks:
        question: dict[str, Any] = {
            "max_intermediaries": max_intermediaries,
            "model": model,
            "observed_only": observed_only,
        }
        moved = reputation_transfer(index, ask, samples=samples, seed=number, **question)
        alone: tuple[Any, ...] = ()
        if moved.carriers and not moved.direct:
            sets = bottlenecks(index, ask, max_size=1, **question)
            alone = tuple(person for one in sets for person in one.people)
        goals.append(_goal(target, moved, alone))
        for carrier in moved.carriers:
            owed.setdefault(carrier.person, _Owed(carrier.name)).add(carrier, goals[-1])
    expected = sum(goal.total for goal in goals)
    # In the order of ids before sorting, which is stable.
    people = sorted(owed, key=index.number)
    return KeyPeople(
        seeker=index.labels[who],
        seeker_name=index.names[who],
        goals=tuple(goals),
        people=tuple(
            sorted(
                (owed[one].as_person(one, expected) for one in people),
                key=lambda one: -round(one.shapley, 12),
            )
        ),
        max_intermediaries=max_intermediaries,
        observed_only=observed_only,
        as_of=index.as_of,
        seed=number,
    )


@dataclass
class _Owed:
    """What the goals so far owe to one person."""

    name: str
    targets: list[str] = field(default_factory=list)
    unreachable: list[str] = field(default_factory=list)
    removal: float = 0.0
    shapley: float = 0.0
    removal_error: float = 0.0
    shapley_error: float = 0.0

    def add(self, carrier: Any, goal: KeyGoal) -> None:
        self.targets.append(goal.name)
        if carrier.person in goal.hangs_on:
            self.unreachable.append(goal.name)
        for quantity in ("removal", "shapley", "removal_error", "shapley_error"):
            setattr(self, quantity, getattr(self, quantity) + getattr(carrier, quantity))

    def as_person(self, person: Any, expected: float) -> KeyPerson:
        return KeyPerson(
            person=person,
            name=self.name,
            targets=tuple(self.targets),
            unreachable=tuple(self.unreachable),
            removal=self.removal,
            lost=min(self.removal / expected, 1.0) if expected else 0.0,
            shapley=self.shapley,
            share=min(self.shapley / expected, 1.0) if expected else 0.0,
            removal_error=self.removal_error,
            shapley_error=self.shapley_error,
        )


def _goal(target: Any, moved: Transfer, alone: tuple[Any, ...]) -> KeyGoal:
    named = isinstance(moved.ask.target, (Organisation, Prospect))
    return KeyGoal(
        target=moved.target_name if isinstance(target, tuple) else target,
        name=target if named else moved.target_name,
        ask=moved.ask,
        total=moved.total,
        direct=moved.direct,
        standard_error=moved.standard_error,
        exact=moved.exact,
        truncated=moved.truncated,
        carriers=len(moved.carriers),
        hangs_on=alone,
        reason=moved.reason,
    )


def _asks(index: TrustIndex, seeker: int, targets: Any) -> list[tuple[Any, Ask]]:
    """Return the target and the ask of each goal, in the order given, each goal once."""
    alone = isinstance(targets, (str, Person, Organisation, Prospect, Ask))
    each = (targets,) if alone or not isinstance(targets, Iterable) else tuple(targets)
    if not each:
        message = "there is no target; name at least one person, organisation, prospect or ask"
        raise ValueError(message)
    asks: dict[str, tuple[Any, Ask]] = {}
    for one in each:
        ask = one if isinstance(one, Ask) else make_ask(str(index.labels[seeker]), _id(one))
        if index.number(ask.seeker) != seeker:
            message = (
                f"the ask to {ask.target!r} is one of {ask.seeker!r}, not of "
                f"{index.labels[seeker]!r}: the goals of one seeker are looked at together"
            )
            raise ValueError(message)
        target = _target(index, ask)
        rest = ask.model_dump_json(exclude={"seeker", "target"})
        asks.setdefault(f"{target!r} {ask.clarity} {rest}", (target, ask))
    return list(asks.values())


def _target(index: TrustIndex, ask: Ask) -> Any:
    """Return what a target is called: an id, ids, or the name of what is outside the graph."""
    target = ask.target
    if isinstance(target, Organisation):
        return f"{target.name} ({target.role})" if target.role else target.name
    if isinstance(target, Prospect):
        return target.name
    ids = tuple(one.id for one in named_targets(index, ask))
    return ids[0] if isinstance(target, str) else ids


def _id(person: Any) -> Any:
    return person.id if isinstance(person, Person) else person
