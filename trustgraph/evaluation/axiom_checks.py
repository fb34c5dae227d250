"""The axioms: what is tried in a world, and what would break them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from trustgraph.evaluation.axiom_cases import Broken, Case, Change
from trustgraph.evaluation.axiom_worlds import World, even_chain
from trustgraph.reputation.model import ReputationModel

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["AXIOMS", "SLACK", "Axiom", "Viewer"]

SLACK: Final = 1e-6
"""Difference, relative to the largest score, that counts as none: some scores are iterated."""
TRIES: Final = 3
"""Ratings that are changed in each world."""
CHAINS: Final = (2, 3, 5)
"""Lengths of the chains, in steps."""


@dataclass(frozen=True, eq=False)
class Viewer:
    """A model under test, which is asked once about each world.

    Examples
    --------
    >>> from trustgraph.evaluation.axiom_checks import Viewer
    >>> from trustgraph.evaluation.axiom_worlds import even_chain
    >>> Viewer(tg.reputation.as_model("best_path")).view(even_chain(0.5, 2)).to_dict()
    {'p0': nan, 'p1': 0.5, 'p2': 0.25}
    """

    model: ReputationModel
    _known: "dict[World, pd.Series[float]]" = field(default_factory=dict)

    def view(self, world: World) -> "pd.Series[float]":
        """Return what the model says of everybody, as seen from the seed; NaN: no answer."""
        if world not in self._known:
            self._known[world] = self.model.standing(world.graph(), world.seed)
        return self._known[world]

    @property
    def has_answers(self) -> bool:
        """Whether the model said anything of anybody."""
        return any(scores.notna().any() for scores in self._known.values())


@dataclass(frozen=True)
class Axiom:
    """Something that one may want to be true of a model.

    Parameters
    ----------
    name, statement
        What it is called, and what exactly is compared.
    cases
        What is tried in a world.
    broken
        How a model breaks it in a case, None if it does not.
    excused
        Why it has no meaning for a model; empty: it has.
    """

    name: str
    statement: str
    cases: Callable[[World, np.random.Generator], Iterator[Case]]
    broken: Callable[[Viewer, Case], Broken | None]
    excused: Callable[[ReputationModel], str] = lambda _: ""


# ------------------------------------------------------------------------------ what is tried


def _as_it_is(world: World, _: np.random.Generator) -> Iterator[Case]:
    yield Case(world)


def _with_and_without_seed(world: World, _: np.random.Generator) -> Iterator[Case]:
    yield Case(world)
    yield Case(replace(world, seed=None))


def _raised(world: World, rng: np.random.Generator) -> Iterator[Case]:
    """Yield ratings that are raised, of others than the seed."""
    edges = [edge for edge in world.edges if edge[1] != world.seed and edge[2] < 1]
    for place in _some(len(edges), rng):
        source, target, rating = edges[place]
        higher = 1.0 if rng.random() < 0.5 else round(rating + (1 - rating) / 2, 2)  # noqa: PLR2004
        yield Case(world, Change(source, target, rating, higher))


def _added(world: World, rng: np.random.Generator) -> Iterator[Case]:
    """Yield ratings above 0 that are given where there was none, to others than the seed."""
    free = _free(world)
    for place in _some(len(free), rng):
        rating = round(float(rng.uniform(0.05, 1.0)), 2)
        yield Case(world, Change(*free[place], None, rating))


def _worsened(world: World, rng: np.random.Generator) -> Iterator[Case]:
    """Yield trust that is lost or turned into distrust, and distrust where there was no rating."""
    trusted = [edge for edge in world.edges if edge[1] != world.seed and edge[2] > 0]
    for place in _some(len(trusted), rng):
        source, target, rating = trusted[place]
        yield Case(world, Change(source, target, rating, 0.0))
        yield Case(world, Change(source, target, rating, -0.5))
    free = _free(world)
    for place in _some(len(free), rng):
        yield Case(world, Change(*free[place], None, round(float(rng.uniform(-1.0, -0.05)), 2)))


def _chains(world: World, rng: np.random.Generator) -> Iterator[Case]:  # noqa: ARG001
    """Yield a chain of equal trust; the world has no part in it."""
    trust = round(float(rng.uniform(0.2, 0.95)), 2)
    yield Case(even_chain(trust, int(rng.choice(CHAINS))), even=True)


def _some(number: int, rng: np.random.Generator) -> list[int]:
    return [int(place) for place in rng.permutation(number)[:TRIES]]


def _free(world: World) -> list[tuple[str, str]]:
    return [
        (source, target)
        for source in world.people
        for target in world.people
        if source != target != world.seed and world.rating(source, target) is None
    ]


# ------------------------------------------------------------------------------ what breaks them


def _outside(viewer: Viewer, case: Case) -> Broken | None:
    scores = viewer.view(case.world).dropna()
    low, high = viewer.model.span
    slack = SLACK * max(abs(low), abs(high))
    wrong = scores[~((scores >= low - slack) & (scores <= high + slack))]
    if wrong.empty:
        return None
    value = float(wrong.iloc[0])
    claim = f"{wrong.index[0]} has {value:.6g}, outside {low:g} to {high:g}."
    return Broken(claim, str(wrong.index[0]), np.nan, value)


def _falls(viewer: Viewer, case: Case) -> Broken | None:
    """Tell where more trust in somebody means a lower score, or none."""
    if case.change is None or not _higher(case.change.after, case.change.before):
        return None
    person, before, after, slack = _compared(viewer, case)
    if np.isnan(before) or after >= before - slack:
        return None
    return _told(case, person, before, after)


def _rises(viewer: Viewer, case: Case) -> Broken | None:
    """Tell where less trust in somebody means a higher score."""
    if case.change is None or not _higher(case.change.before or 0.0, case.change.after):
        return None
    person, before, after, slack = _compared(viewer, case)
    if np.isnan(after) or after <= (0.0 if np.isnan(before) else before) + slack:
        return None
    return _told(case, person, before, after)


def _reaches_far(viewer: Viewer, case: Case) -> Broken | None:
    """Tell where somebody further down a chain of equal trust has no less than the one before."""
    scores = viewer.view(case.world)
    slack = SLACK * _largest(scores)
    people = case.world.people[1:]
    for near, far in pairwise(people):
        before, after = float(scores[near]), float(scores[far])
        nothing = not abs(after) > slack  # NaN, or 0: trust has come to its end
        if nothing or after < before - slack:
            continue
        claim = f"{far} has {_number(after)}, {near}, who is nearer, {_number(before)}."
        return Broken(claim, far, before, after)
    return None


def _depends_on_names(viewer: Viewer, case: Case) -> Broken | None:
    world = case.world
    ids = sorted(world.people)
    names = dict(zip(ids, reversed(ids), strict=True))
    scores, again = viewer.view(world), viewer.view(world.renamed(names))
    slack = SLACK * _largest(scores)
    for person in world.people:
        before, after = float(scores[person]), float(again[names[person]])
        if np.isnan(before) == np.isnan(after) and not abs(before - after) > slack:
            continue
        claim = (
            f"{person} has {_number(before)}, but {_number(after)} if ids are given in the "
            f"opposite order ({person} is called {names[person]})."
        )
        return Broken(claim, person, before, after)
    return None


def _leaks(viewer: Viewer, case: Case) -> Broken | None:
    model = viewer.model
    if model.total is None or (model.needs_seeds and case.world.seed is None):
        return None
    total = float(viewer.view(case.world).sum())
    if abs(total - model.total) <= SLACK * abs(model.total):
        return None
    claim = f"the scores sum to {total:.6g}, not to {model.total:g}."
    return Broken(claim, None, model.total, total)


def _compared(viewer: Viewer, case: Case) -> tuple[str, float, float, float]:
    """Return who is compared, both scores, and the difference that counts as none."""
    assert case.change is not None  # noqa: S101 - both that call have looked
    person = case.change.target
    before, after = viewer.view(case.world), viewer.view(case.changed)
    slack = SLACK * max(_largest(before), _largest(after))
    return person, float(before[person]), float(after[person]), slack


def _largest(scores: "pd.Series[float]") -> float:
    return float(scores.abs().fillna(0.0).max()) if len(scores) else 0.0


def _higher(one: float | None, other: float | None) -> bool:
    return one is not None and (0.0 if other is None else other) < one


def _told(case: Case, person: str, before: float, after: float) -> Broken:
    change = case.change
    assert change is not None  # noqa: S101
    rating = (
        f"when {change.source} rates {change.target} {change.after:g}, not "
        f"{'at all' if change.before is None else f'{change.before:g}'}"
    )
    claim = f"{rating}, the score of {person} goes from {_number(before)} to {_number(after)}."
    return Broken(claim, person, before, after)


def _number(value: float) -> str:
    return "no answer" if np.isnan(value) else f"{value:.6g}"


def _nobody_s_view(model: ReputationModel) -> str:
    return "" if model.personal else "it looks at no seed, so that nobody is near or far"


def _no_fixed_total(model: ReputationModel) -> str:
    return "" if model.total is not None else "it deals out no fixed amount"


AXIOMS: Final = (
    Axiom(
        "bounded",
        "Every score lies in the span that the model states.",
        _as_it_is,
        _outside,
    ),
    Axiom(
        "monotone",
        "When u rates v higher than before, all else equal, the score of v as seen from the seed "
        "does not fall or vanish (v is not the seed).",
        _raised,
        _falls,
    ),
    Axiom(
        "monotone_new",
        "The same when u did not rate v before, and now does, above 0. Means of ratings break it: "
        "faint trust pulls a high mean down.",
        _added,
        _falls,
    ),
    Axiom(
        "attenuates",
        "On a chain of equal trust under 1 that begins at the seed, everybody has a lower score "
        "than the one before, until there is none left.",
        _chains,
        _reaches_far,
        _nobody_s_view,
    ),
    Axiom(
        "distrust",
        "When u's trust in v is lost or turns into distrust, or u, who did not rate v, gives a "
        "rating under 0, the score of v as seen from the seed does not rise; nor does a score "
        "above 0 appear where there was none.",
        _worsened,
        _rises,
    ),
    Axiom(
        "relabelling",
        "The same people under ids in the opposite order, told from back to front, have the same "
        "scores.",
        _as_it_is,
        _depends_on_names,
    ),
    Axiom(
        "mass",
        "The scores sum to the fixed amount that the model deals out, also with people apart, "
        "people who trust nobody, and ratings that are all 0.",
        _with_and_without_seed,
        _leaks,
        _no_fixed_total,
    ),
)
