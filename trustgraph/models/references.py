"""Ids in tables of a network: people they name must be known, judgements must make sense."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import numpy as np
import pandas as pd

from trustgraph.errors import RecordError

__all__ = ["ADD_PERSON", "JUDGEMENT_COLUMNS", "check_known", "judgement_frame"]

JUDGEMENT_COLUMNS: Final = ("source", "target", "trust", "certainty")
TRUST_RANGE: Final = (0.001, 0.999)
CERTAINTY_RANGE: Final = (0.0, 0.99)
ADD_PERSON: Final = "add this person to the people, or correct the id"


def check_known(column: "pd.Series[Any]", known: "pd.Index[Any]", table: str) -> None:
    """Raise a `RecordError` at the first id of a column that nobody has."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        lacking = ~column.cat.categories.isin(known)
        if not lacking.any():
            return
        bad = np.isin(column.cat.codes, np.flatnonzero(lacking))
    else:
        bad = ~column.isin(known).to_numpy()
    if bad.any():
        position = int(np.flatnonzero(bad)[0])
        raise RecordError(
            "unknown person",
            file=f"{table}.{column.name}",
            row=position + 1,
            value=str(column.iloc[position]),
            mend=ADD_PERSON,
        )


def judgement_frame(
    judgements: pd.DataFrame | Iterable[Mapping[str, Any]] | None,
) -> pd.DataFrame:
    """Return stated opinions as a checked frame; none given is an empty one."""
    if not isinstance(judgements, pd.DataFrame):
        rows = list(judgements or ())
        judgements = pd.DataFrame(rows, columns=None if rows else list(JUDGEMENT_COLUMNS))
    lacking = [name for name in JUDGEMENT_COLUMNS if name not in judgements.columns]
    if lacking:
        raise RecordError(
            "columns are missing",
            file="judgements",
            value=", ".join(lacking),
            mend=f"a table of judgements has the columns {', '.join(JUDGEMENT_COLUMNS)}",
        )
    frame = pd.DataFrame(
        {
            "source": judgements["source"].astype("str"),
            "target": judgements["target"].astype("str"),
            "trust": judgements["trust"].astype(np.float64),
            "certainty": judgements["certainty"].astype(np.float64),
        }
    ).reset_index(drop=True)
    for name, (low, high) in (("trust", TRUST_RANGE), ("certainty", CERTAINTY_RANGE)):
        if not frame[name].between(low, high).all():
            message = f"a judged {name} must lie in [{low}, {high}]"
            raise ValueError(message)
    if (frame["source"] == frame["target"]).any():
        message = "a judgement is about somebody else"
        raise ValueError(message)
    return frame
