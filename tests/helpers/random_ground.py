"""Random steps and goals on arrays, and all paths from a seeker by plain enumeration."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from trustgraph.engine.batches import Goals, Ground
from trustgraph.engine.workspace import Workspaces

from helpers.random_routes import Row, rounded_up


def random_ground(
    generator: np.random.Generator, *, n: int, consistent: bool = False
) -> tuple[Ground, Any]:
    """Return random steps and their factors as last ones: ties, zeros, ones, hubs.

    Consistent factors are at least as large at the end of a path as inside of it.
    """
    there = generator.random((n, n)) < generator.uniform(0.1, 0.9)
    there[np.diag_indices(n)] = False
    asker, asked = (part.astype(np.int64) for part in np.nonzero(there))
    back = np.argsort(asked, kind="stable")
    coarse = generator.random() < 0.5
    drawn = generator.random((2, len(asker)))
    if coarse:
        drawn = generator.choice(np.array([0.0, 0.5, 0.5, 0.25, 1.0]), drawn.shape)
    passing, trust = drawn
    if consistent:
        trust = np.maximum(passing, trust)
    ground = Ground(
        out_start=np.searchsorted(asker, np.arange(n + 1)).astype(np.int64),
        out_asked=asked.astype(np.int32),
        passing=passing,
        in_start=np.searchsorted(asked[back], np.arange(n + 1)).astype(np.int64),
        in_asker=asker[back].astype(np.int32),
        in_step=back.astype(np.int32),
        back=rounded_up(passing[back]),
        scale=float(generator.choice([0.5, 1.0])),
        kappa=float(generator.choice([0.5, 1.0])),
        inferred=generator.random(len(asker)) < 0.3,
        workspaces=Workspaces(n),
    )
    return ground, trust


def goals_to(ground: Ground, trust: Any, sets: Sequence[Sequence[int]], seeker: int) -> Goals:
    """Return the last steps to sets of people; direct steps of the seeker are worth half."""
    rows: list[tuple[int, int, int, float, bool, float]] = []
    for g, nodes in enumerate(sets):
        for asker in range(ground.n):
            for p in range(ground.out_start[asker], ground.out_start[asker + 1]):
                asked = int(ground.out_asked[p])
                if asked in nodes and asker not in nodes and trust[p] > 0:
                    direct = trust[p] / 2 if asker == seeker else 0.0
                    flag = bool(ground.inferred[p])
                    rows.append((g, asker, sorted(nodes).index(asked), trust[p], flag, direct))
    rows.sort()
    columns = list(zip(*rows, strict=True)) if rows else [()] * 6
    sizes = [len(nodes) for nodes in sets]
    return Goals(
        start=np.searchsorted(columns[0], np.arange(len(sets) + 1)).astype(np.int64),
        asker=np.array(columns[1], np.int32),
        target=np.array(columns[2], np.int32),
        factor=np.array(columns[3], np.float64),
        flag=np.array(columns[4], np.bool_),
        direct=np.array(columns[5], np.float64),
        barred_start=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        barred=np.array([node for nodes in sets for node in sorted(nodes)], np.int64),
    )


def paths_from(
    ground: Ground, seeker: int, most: int, barred: Sequence[int] = ()
) -> dict[tuple[int, ...], tuple[float, bool]]:
    """Return product and flag of each simple path of intermediaries from a seeker."""
    found: dict[tuple[int, ...], tuple[float, bool]] = {}

    def grow(people: tuple[int, ...], product: float, flagged: bool) -> None:
        last = people[-1] if people else seeker
        for p in range(ground.out_start[last], ground.out_start[last + 1]):
            asked = int(ground.out_asked[p])
            if asked in people or asked == seeker or asked in barred or len(people) == most:
                continue
            scale = ground.scale if people else ground.kappa
            value = product * (float(ground.passing[p]) * scale)
            if value > 0:
                way = (*people, asked)
                found[way] = (value, flagged or bool(ground.inferred[p]))
                grow(way, *found[way])

    grow((), 1.0, False)
    return found


def rows_to(ground: Ground, goals: Goals, g: int, seeker: int, most: int) -> list[Row]:
    """Return (score, intermediaries, target, flagged) of every path to one goal."""
    barred = goals.barred[goals.barred_start[g] : goals.barred_start[g + 1]].tolist()
    ways = paths_from(ground, seeker, most, barred)
    rows: list[Row] = []
    for x in range(goals.start[g], goals.start[g + 1]):
        target, flag = int(goals.target[x]), bool(goals.flag[x])
        if goals.asker[x] == seeker:
            rows.append((float(goals.direct[x]), (), target, flag))
        for way, (product, flagged) in ways.items():
            if way[-1] == goals.asker[x]:
                rows.append((product * float(goals.factor[x]), way, target, flag or flagged))
    return [row for row in rows if row[0] > 0]
