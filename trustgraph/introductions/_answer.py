"""What a search has found: arrays at once, everything else when somebody looks at it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from trustgraph.introductions._contacts import contacts_at_target, forwarders_of
from trustgraph.introductions._interval import Intervals, intervals_of
from trustgraph.introductions._misses import diagnose
from trustgraph.introductions._paths import told_path
from trustgraph.introductions._records import TieFacts
from trustgraph.introductions._table import PathTable
from trustgraph.introductions.introduction import Introduction
from trustgraph.introductions.results import NearestMiss, Reason
from trustgraph.steps.question import Question

__all__ = ["Block", "FoundAnswer"]


@dataclass(frozen=True, eq=False)
class Block:
    """The paths on record, or those with an inferred tie.

    Attributes
    ----------
    table
        The paths.
    records
        What is on record of their steps, by number.
    seed
        Of the draws behind the trust intervals.
    inferred
        Whether each path has an inferred tie.
    """

    table: PathTable
    records: dict[int, TieFacts]
    seed: int
    inferred: bool

    @cached_property
    def intervals(self) -> Intervals | None:
        """Trust intervals, drawn once."""
        return intervals_of(self.table, seed=self.seed)

    def items(self) -> list[Introduction]:
        """Return the paths as they are told."""
        intervals = self.intervals
        return [
            told_path(
                self.table,
                row,
                inferred=self.inferred,
                records=self.records,
                **(intervals.of(row) if intervals else {}),
            )
            for row in range(len(self.table))
        ]


@dataclass(frozen=True, eq=False)
class FoundAnswer:
    """The source of an `Introductions`: it holds the index and arrays, and reads nothing else.

    Attributes
    ----------
    question
        The question, with inferred ties if these were asked for.
    blocks
        The paths found.
    most
        Largest number of intermediaries.
    truncated
        Whether a search was cut short.
    """

    question: Question
    blocks: tuple[Block, ...]
    most: int
    truncated: bool

    def __len__(self) -> int:
        """Return the number of paths."""
        return sum(len(block.table) for block in self.blocks)

    def field(self, name: str) -> Any:
        """Return a field of `Introductions`."""
        if name == "items":
            return tuple(item for block in self.blocks for item in block.items())
        if name == "forwarders":
            # To see who has a way on takes a search of its own, without a limit.
            return () if self.truncated else forwarders_of(self.question, most=self.most)
        if name == "contacts_at_target":
            return contacts_at_target(self.question)
        return self._diagnosis[("reason", "nearest_misses").index(name)]

    @cached_property
    def _diagnosis(self) -> tuple[Reason, tuple[NearestMiss, ...]]:
        if len(self):
            return "", ()
        return ("work_limit", ()) if self.truncated else diagnose(self.question, most=self.most)

    def columns(self) -> dict[str, Any]:
        """Return the columns of the frame, equal to those of the items."""
        tables = [block.table for block in self.blocks]
        paths = [path for table in tables for path in table.ids()]
        weakest = _joined(tables, lambda table: table.weakest).tolist()
        delivery = _joined(tables, lambda table: table.delivery)
        forward_only = _joined(tables, lambda table: table.forward_only)
        low, mean, high, share = self._uncertainty()
        return {
            "rank": _joined(tables, lambda table: table.best.ranks),
            "score": _joined(tables, lambda table: table.best.scores),
            "delivery": delivery,
            "carried": _joined(tables, lambda table: table.carried),
            "hops": _joined(tables, lambda table: table.best.lengths) + 1,
            "path": paths,
            "introducer": [path[1] if len(path) > 2 else "" for path in paths],  # noqa: PLR2004
            "target": [path[-1] for path in paths],
            "forward_only": forward_only,
            "nothing": np.maximum(0.0, 1.0 - delivery - forward_only),
            "lift": _joined(tables, lambda table: table.lift),
            "weakest": [
                f"{path[place]} → {path[place + 1]}"
                for path, place in zip(paths, weakest, strict=True)
            ],
            "observed_steps": _joined(tables, lambda table: table.observed_steps),
            "trust_low": low,
            "trust_mean": mean,
            "trust_high": high,
            "share_first": share,
            "block": [
                "inferred" if block.inferred else "observed"
                for block in self.blocks
                for _ in range(len(block.table))
            ],
        }

    def _uncertainty(self) -> Any:
        """Return four rows: low, mean and high end of the intervals, share of draws won."""
        told = np.full((4, len(self)), np.nan)
        first = 0
        for block in self.blocks:
            found, last = block.intervals, first + len(block.table)
            if found:
                told[:, first:last] = found.low, found.mean, found.high, found.share
            first = last
        return told


def _joined(tables: Sequence[PathTable], column: Callable[[PathTable], Any]) -> Any:
    first, *others = (column(table) for table in tables)
    return np.concatenate([first, *others]) if others else first
