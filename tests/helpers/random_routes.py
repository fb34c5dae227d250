"""Random questions on arrays, and all their paths by plain enumeration."""

from typing import Any

import numpy as np

from trustgraph.engine.paths import Routes
from trustgraph.engine.workspace import Workspaces

Row = tuple[float, tuple[int, ...], int, bool]


def random_routes(generator: np.random.Generator, *, n: int, targets: int = 2) -> Routes:
    """Return a random question: ties in score, zeros, ones, loops, hubs, several targets."""
    density = generator.uniform(0.1, 0.9)
    # Halves are the same in single precision, tenths are not.
    values = np.array(
        [[0.0, 0.5, 0.5, 0.25, 1.0], [0.0, 0.7, 0.7, 0.1, 0.9]][generator.integers(2)]
    )
    coarse = generator.random() < 0.5

    def draw(size: int) -> Any:
        return generator.choice(values, size) if coarse else generator.random(size)

    there = generator.random((n, n)) < density
    if generator.random() < 0.3:
        there[0] = there[:, 0] = True
    asker, asked = (part.astype(np.int64) for part in np.nonzero(there))
    back = np.argsort(asked, kind="stable")
    entry = np.flatnonzero(generator.random(n) < 0.6)
    exit_asker, exit_target = np.nonzero(generator.random((n, targets)) < 0.4)
    direct = np.flatnonzero(generator.random(targets) < 0.4)

    def flags(size: int) -> Any:
        return generator.random(size) < 0.3

    passing = draw(len(asker))
    barred = np.flatnonzero(generator.random(n) < 0.15) if generator.random() < 0.5 else []

    return Routes(
        out_start=np.searchsorted(asker, np.arange(n + 1)).astype(np.int64),
        out_asked=asked.astype(np.int32),
        in_start=np.searchsorted(asked[back], np.arange(n + 1)).astype(np.int64),
        in_asker=asker[back].astype(np.int32),
        in_step=back.astype(np.int32),
        passing=passing,
        back=rounded_up(passing[back]),
        scale=float(generator.choice([0.5, 1.0])),
        inferred=flags(len(asker)),
        barred=np.array(barred, np.int64),
        entry_asked=entry.astype(np.int32),
        entry_factor=draw(len(entry)),
        entry_flag=flags(len(entry)),
        exit_asker=exit_asker.astype(np.int32),
        exit_target=exit_target.astype(np.int32),
        exit_factor=draw(len(exit_asker)),
        exit_flag=flags(len(exit_asker)),
        direct_target=direct.astype(np.int32),
        direct_factor=draw(len(direct)),
        direct_flag=flags(len(direct)),
        workspaces=Workspaces(n),
    )


def rounded_up(values: Any) -> Any:
    """Return the smallest single-precision numbers that are not smaller."""
    single = values.astype(np.float32)
    return np.where(single < values, np.nextafter(single, np.float32(2)), single)


def enumerate_paths(routes: Routes, most: int) -> list[Row]:
    """Return (score, intermediaries, target, flagged) of every path, in no particular order."""
    exits: dict[int, list[tuple[int, float, bool]]] = {}
    for x, asker in enumerate(routes.exit_asker.tolist()):
        exits.setdefault(asker, []).append(
            (int(routes.exit_target[x]), float(routes.exit_factor[x]), bool(routes.exit_flag[x]))
        )
    rows: list[Row] = [
        (float(factor), (), int(target), bool(flag))
        for target, factor, flag in zip(
            routes.direct_target, routes.direct_factor, routes.direct_flag, strict=True
        )
    ]

    barred = set(routes.barred.tolist())

    def grow(people: tuple[int, ...], score: float, flagged: bool) -> None:
        for target, factor, flag in exits.get(people[-1], []):
            rows.append((score * factor, people, target, flagged or flag))
        if len(people) == most:
            return
        for p in range(routes.out_start[people[-1]], routes.out_start[people[-1] + 1]):
            person = int(routes.out_asked[p])
            if person not in people and person not in barred:
                step = score * float(routes.passing[p]) * routes.scale
                grow((*people, person), step, flagged or bool(routes.inferred[p]))

    if most > 0:
        for a, person in enumerate(routes.entry_asked.tolist()):
            if person in barred:
                continue
            grow((person,), float(routes.entry_factor[a]), bool(routes.entry_flag[a]))
    return [row for row in rows if row[0] > 0]


def best_rows(rows: list[Row], k: int, *, need_flag: bool = False) -> list[Row]:
    """Return the k best, equal scores by fewer intermediaries, then people, then target."""
    kept = [row for row in rows if row[3] or not need_flag]
    kept.sort(key=lambda row: -row[0])
    groups: list[list[Row]] = []
    for row in kept:
        if groups and row[0] >= groups[-1][0][0] * (1 - 1e-12):
            groups[-1].append(row)
        else:
            groups.append([row])
    ordered = [
        row for group in groups for row in sorted(group, key=lambda r: (len(r[1]), r[1], r[2]))
    ]
    return ordered[:k]
