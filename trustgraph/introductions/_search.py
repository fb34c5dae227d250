"""The searches behind a batch: what is shared, and what each pair needs of its own."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from trustgraph._typing import Ints, LongInts
from trustgraph.engine import batches
from trustgraph.engine.batches import Ground, Rows
from trustgraph.graph.index import TrustIndex
from trustgraph.introductions._pairs import Pairs
from trustgraph.steps.many import goals_at

__all__ = ["Path", "Search"]

GOALS_AT_ONCE = 20_000
READ_A_TARGET = 5_000
"""Steps a target that labelling may read; a search of its own reads about as many."""
READ_A_PAIR = 3_000
PAIRS_AT_ONCE = 64
CELLS_AT_ONCE = 1_000_000

Path = tuple[int, float, tuple[Any, ...], bool]
"""Rank, score, ids, whether a tie of it is inferred."""


@dataclass(eq=False)
class Search:
    """The searches for all pairs; ``found`` holds the paths of each."""

    index: TrustIndex
    pairs: Pairs
    k: int
    most: int
    threads: int
    told: Callable[[int], Any]
    found: dict[int, list[Path]] = field(default_factory=dict)

    def run(self, ground: Ground, *, inferred: bool = False) -> None:
        """Find what is lacking: all, or only paths with an inferred tie."""
        lacking = [i for i in range(len(self.pairs.seeker)) if len(self._of(i)) < self.k]
        rows = np.array(lacking, dtype=np.int64)
        if len(rows) == 0:
            return
        if self.k == 1:
            # Where there is no path on record, every path has an inferred tie.
            rows = self._from_labels(ground, rows, inferred=inferred)
        self._by_pair(ground, rows, inferred=inferred)

    def _of(self, pair: int) -> list[Path]:
        return self.found.get(pair, [])

    def _from_labels(self, ground: Ground, rows: LongInts, *, inferred: bool) -> LongInts:
        """Answer what the labels of each seeker decide; return the pairs that are left."""
        goals, which = np.unique(self.pairs.goal[rows], return_inverse=True)
        left = [rows[:0]]
        for low in range(0, len(goals), GOALS_AT_ONCE):
            here = rows[(which >= low) & (which < low + GOALS_AT_ONCE)]
            at = goals[low : low + GOALS_AT_ONCE]
            left += self._from_each(ground, here, at, inferred=inferred)
        return np.concatenate(left)

    def _from_each(
        self, ground: Ground, rows: LongInts, goals: LongInts, *, inferred: bool
    ) -> Iterator[LongInts]:
        rows = rows[np.argsort(self.pairs.seeker[rows], kind="stable")]
        askers, starts = np.unique(self.pairs.seeker[rows], return_index=True)
        limit = READ_A_TARGET * len(goals)
        reads = min(batches.spread_work(ground, self.most), limit)
        compiled = batches.is_worth(ground, len(askers) * reads)
        last = self._last_steps(ground, goals, askers, inferred=inferred)

        def answer(group: LongInts) -> tuple[LongInts, Rows | None]:
            seeker = int(self.pairs.seeker[group[0]])
            labels = batches.labels_from(
                ground, seeker, most=self.most, limit=limit, compiled=compiled
            )
            if not labels.complete:
                return group, None
            return group, batches.best_from_one(labels, last, compiled=compiled)

        for group, best in self._each(answer, np.split(rows, starts[1:]), compiled=compiled):
            if best is None:
                yield group
                continue
            place = np.searchsorted(goals, self.pairs.goal[group])
            sure = best.found[place] >= 0
            self._tell(group[sure], best, place[sure], inferred=inferred)
            yield group[~sure]

    def _by_pair(self, ground: Ground, rows: LongInts, *, inferred: bool) -> None:
        rows = rows[np.argsort(self.pairs.goal[rows], kind="stable")]
        size = max(1, min(PAIRS_AT_ONCE, CELLS_AT_ONCE // (self.k * max(self.most, 1))))
        compiled = batches.is_worth(ground, len(rows) * min(ground.m, READ_A_PAIR))

        def answer(group: LongInts) -> tuple[LongInts, Rows]:
            goals, counts = np.unique(self.pairs.goal[group], return_counts=True)
            seekers = self.pairs.seeker[group].astype(np.int32)
            best = batches.best_of_pairs(
                ground,
                self._last_steps(ground, goals, seekers, inferred=inferred),
                np.concatenate([[0], np.cumsum(counts)]),
                seekers,
                k=self.k,
                most=self.most,
                need_flag=inferred,
                compiled=compiled,
            )
            return group, best

        groups = [rows[low : low + size] for low in range(0, len(rows), size)]
        for group, best in self._each(answer, groups, compiled=compiled):
            self._tell(group, best, np.arange(len(group)), inferred=inferred)

    def _last_steps(
        self, ground: Ground, goals: LongInts, seekers: LongInts | Ints, *, inferred: bool
    ) -> batches.Goals:
        wanted = [self.pairs.goals[goal] for goal in goals.tolist()]
        return goals_at(self.index, wanted, seekers, kappa=ground.kappa, observed_only=not inferred)

    def _each(
        self, answer: Callable[[LongInts], Any], groups: list[LongInts], *, compiled: bool
    ) -> Iterator[Any]:
        """Yield the answers as they come, from threads where these run side by side."""
        threads = min(self.threads, len(groups))
        if threads < 2 or not compiled:  # noqa: PLR2004 - one thread is this one
            yield from map(answer, groups)
            return
        with ThreadPoolExecutor(threads) as pool:
            waiting = [pool.submit(answer, group) for group in groups]
            try:
                yield from (future.result() for future in as_completed(waiting))
            finally:
                pool.shutdown(cancel_futures=True)

    def _tell(self, group: LongInts, best: Rows, place: LongInts, *, inferred: bool) -> None:
        """Keep the paths of some pairs; ``place`` is the row of each in the answer."""
        labels, goals = self.index.labels, self.pairs.goals
        columns = (best.found, best.scores, best.ranks, best.lengths, best.targets, best.people)
        rows = zip(
            group.tolist(),
            self.pairs.seeker[group].tolist(),
            self.pairs.goal[group].tolist(),
            *(column[place].tolist() for column in columns),
            strict=True,
        )
        for pair, seeker, goal, number, scores, ranks, lengths, targets, people in rows:
            kept = self.found.setdefault(pair, [])
            for a in range(min(number, self.k - len(kept))):
                between = (labels[one] for one in people[a][: lengths[a]])
                path = (labels[seeker], *between, goals[goal].ids[targets[a]])
                kept.append((ranks[a], scores[a], path, inferred))
        self.told(len(group))
