"""The records behind the ties of an answer, read when it is asked for.

An index made of a graph holds the attributes of its edges, which their owner may change afterwards.
"""

from typing import Any, Final, TypeAlias

import numpy as np
import pandas as pd

from trustgraph.introductions._table import PathTable
from trustgraph.introductions.step import TieRecord

__all__ = ["NOTHING", "TieFacts", "records_of"]

TieFacts: TypeAlias = tuple[str, tuple[TieRecord, ...]]
"""Day of the last contact, and the records."""
NOTHING: Final[TieFacts] = ("", ())


def records_of(table: PathTable) -> dict[int, TieFacts]:
    """Return what is on record of each step of some paths, by number; silent ones are left out."""
    index, known = table.question.index, table.step >= 0
    if not index.has_records:
        return {}
    askers = np.empty_like(table.step)
    askers[:, 0], askers[:, 1:] = table.question.seeker, table.best.people[:, : known.shape[1] - 1]
    numbers = table.step[known]
    facts: dict[int, TieFacts] = {}
    for number, one, other in zip(
        numbers.tolist(), askers[known].tolist(), index.out_asked[numbers].tolist(), strict=True
    ):
        if number in facts:
            continue
        edge = index.edge(one, other)
        contact, kinds = _day(edge.get("last_contact")), _told(edge.get("kinds"))
        if contact or kinds:
            facts[number] = (contact, kinds)
    return facts


def _told(kinds: Any) -> tuple[TieRecord, ...]:
    if kinds is None or isinstance(kinds, float):  # a gap in a frame is not a number
        return ()
    return tuple(
        TieRecord(
            kind=kind,
            count=int(told["count"]),
            first=_day(told["first"]),
            last=_day(told["last"]),
            direction=told["direction"],
        )
        for kind, told in sorted(dict(kinds).items())
    )


def _day(moment: Any) -> str:
    return "" if moment is None or pd.isna(moment) else str(moment)[:10]
