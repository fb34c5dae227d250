"""What fake identities bring to somebody who was trusted once."""

from dataclasses import replace
from itertools import pairwise
from typing import Any, Final, Literal, TypeAlias

import networkx as nx
import numpy as np

from trustgraph._typing import Floats
from trustgraph.evaluation.axiom_results import SybilPoint, SybilRun
from trustgraph.evaluation.axiom_worlds import World
from trustgraph.reputation.model import ReputationModel

__all__ = ["FAKES", "SHAPES", "attack_curve", "attacked", "growth", "honest_world", "sybil_runs"]

Shape: TypeAlias = Literal["star", "ring", "crowd"]
SHAPES: Final[tuple[Shape, ...]] = ("star", "ring", "crowd")
FAKES: Final = (0, 1, 2, 5, 10, 20, 50)
ATTACKER: Final = "attacker"
WORLDS: Final = 3
HONEST: Final = 10
LATE: Final = 0.1
"""Share of the gain that the last fakes may bring where it is said to level off."""
SLACK: Final = 1e-6


def honest_world(rng: np.random.Generator) -> World:
    """Return ten honest people and an attacker whom one of them trusts a little.

    Examples
    --------
    >>> from trustgraph.evaluation.axiom_sybils import honest_world
    >>> world = honest_world(np.random.default_rng(0))
    >>> len(world.people), sum(edge[1] == "attacker" for edge in world.edges)
    (11, 1)
    """
    people = tuple(f"p{place}" for place in range(HONEST))
    edges = [
        (source, target, round(float(rng.uniform(0.3, 1.0)), 2))
        for source in people
        for target in people
        if source != target and rng.random() < 0.3  # noqa: PLR2004 - three ties a person
    ]
    seed = str(rng.choice(people))
    near = nx.descendants(World(people, tuple(edges), seed).graph(), seed)
    fooled = str(rng.choice(sorted(near - {seed}) or [seed]))
    edges.append((fooled, ATTACKER, float(rng.choice([0.3, 0.6, 0.9]))))
    return World((*people, ATTACKER), tuple(edges), seed)


def attacked(world: World, shape: Shape, fakes: int) -> World:
    """Return the world with fake identities who trust each other and the attacker fully.

    Parameters
    ----------
    world
        The honest world, with the attacker.
    shape
        ``"star"``: the attacker and each fake, both ways; ``"ring"``: the attacker, one fake after
        the other, the attacker; ``"crowd"``: each fake the attacker.
    fakes
        Their number.

    Returns
    -------
    World
        The world under attack; nobody honest trusts a fake.

    Examples
    --------
    >>> from trustgraph.evaluation.axiom_sybils import attacked
    >>> from trustgraph.evaluation.axiom_worlds import World
    >>> attacked(World(("attacker",), (), None), "ring", 2).edges
    (('attacker', 'fake0', 1.0), ('fake0', 'fake1', 1.0), ('fake1', 'attacker', 1.0))
    """
    names = tuple(f"fake{place}" for place in range(fakes))
    ring = (ATTACKER, *names, ATTACKER)
    edges = {
        "star": [pair for fake in names for pair in ((ATTACKER, fake), (fake, ATTACKER))],
        "ring": list(pairwise(ring)) if fakes else [],
        "crowd": [(fake, ATTACKER) for fake in names],
    }[shape]
    made = tuple((source, target, 1.0) for source, target in edges)
    return replace(world, people=world.people + names, edges=world.edges + made)


def growth(gains: Floats) -> Literal["none", "bounded", "grows"]:
    """Return how a gain grows with the number of `FAKES`.

    Parameters
    ----------
    gains
        Gain for each number of fakes, shape (7,), from 0.

    Returns
    -------
    str
        ``"none"``; ``"bounded"``: from 20 to 50 fakes it grows by less than a tenth of what it is;
        ``"grows"``: by more. It is what is seen up to 50 fakes, not a proof.

    Examples
    --------
    >>> from trustgraph.evaluation.axiom_sybils import FAKES, growth
    >>> fakes = np.array(FAKES)
    >>> growth(0.0 * fakes), growth(fakes / (fakes + 1)), growth(0.1 * fakes)
    ('none', 'bounded', 'grows')
    """
    most = float(np.max(gains))
    if most <= SLACK:
        return "none"
    return "bounded" if most - float(np.max(gains[:-1])) <= LATE * most else "grows"


def sybil_runs(
    model: ReputationModel, rng: np.random.Generator, *, seeded: bool
) -> dict[str, SybilRun]:
    """Return the attacks that bring most: to the attacker, and to all of them together.

    Parameters
    ----------
    model
        The model.
    rng
        Draws three honest worlds; each is attacked in each shape, with each number of fakes.
    seeded
        Whether somebody honest is trusted beforehand.

    Returns
    -------
    dict
        ``own`` and ``total``, a run each. Gains are relative to the largest honest score.

    Examples
    --------
    >>> from trustgraph.evaluation.axiom_sybils import sybil_runs
    >>> model = tg.reputation.as_model("best_path")
    >>> sybil_runs(model, np.random.default_rng(0), seeded=True)["own"].growth
    'none'
    """
    best: dict[str, tuple[tuple[bool, float], SybilRun]] = {}
    for _ in range(WORLDS):
        world = honest_world(rng)
        world = world if seeded else replace(world, seed=None)
        for shape in SHAPES:
            curve, scale = attack_curve(model, world, shape)
            for whose in ("own", "total"):
                values = np.array([getattr(point, whose) for point in curve])
                gains = (values - values[0]) / scale
                run = SybilRun(
                    shape=shape,
                    edges=world.edges,
                    seed=world.seed,
                    curve=curve,
                    growth=growth(gains),
                )
                order = (run.growth == "grows", float(gains.max()))
                if whose not in best or order > best[whose][0]:
                    best[whose] = (order, run)
    return {whose: run for whose, (_, run) in best.items()}


def attack_curve(
    model: ReputationModel, world: World, shape: Shape
) -> tuple[tuple[SybilPoint, ...], float]:
    """Return what each number of fakes brings, and the largest honest score without any.

    Examples
    --------
    >>> from trustgraph.evaluation.axiom_sybils import attack_curve
    >>> from trustgraph.evaluation.axiom_worlds import World
    >>> world = World(("ana", "attacker"), (("ana", "attacker", 0.5),), "ana")
    >>> points, _ = attack_curve(tg.reputation.as_model("best_path"), world, "star")
    >>> points[-1].own, points[-1].total
    (0.5, 25.5)
    """
    points = []
    scale = 0.0
    for fakes in FAKES:
        scores = model.standing(attacked(world, shape, fakes).graph(), world.seed)
        honest = scores[[one for one in world.people if one != ATTACKER]]
        mine = float(scores[ATTACKER])
        gang = scores.drop(honest.index)
        held = -np.inf if np.isnan(mine) else mine
        scale = scale or float(honest.abs().max())
        points.append(
            SybilPoint(
                fakes=fakes,
                own=0.0 if np.isnan(mine) else mine,
                total=float(gang.sum()),
                rank=1 + int((honest.fillna(-np.inf) > held + SLACK * _size(held)).sum()),
            )
        )
    return tuple(points), scale if scale > 0 else 1.0


def _size(value: Any) -> float:
    return abs(value) if np.isfinite(value) else 0.0
