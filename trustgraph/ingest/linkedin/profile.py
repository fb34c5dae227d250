"""``Profile.csv``: who the owner says they are.

The headline is what people call themselves and no position. Birth date, address and the like are
not read.
"""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from trustgraph.ingest.journal import Journal
from trustgraph.ingest.linkedin.rows import full_names
from trustgraph.ingest.reporting import leave_out
from trustgraph.ingest.tables import Table, cleaned

__all__ = ["PROFILE", "Profile", "read_profile"]

PROFILE: Final = Table(
    "profile", required=("firstname", "lastname", "headline"), optional=("geolocation",)
)


@dataclass(frozen=True)
class Profile:
    """What the owner says about themselves."""

    name: str = ""
    location: str = ""


def read_profile(rows: pd.DataFrame, journal: Journal) -> Profile:
    """Return name and place of the owner, from the first row that has a name.

    Parameters
    ----------
    rows
        The table, with the columns ``file`` and ``row`` (the line).
    journal
        Told about rows that are not used.

    Returns
    -------
    Profile
        Empty when the table is.
    """
    rows = pd.DataFrame(
        {
            "file": rows["file"],
            "row": rows["row"],
            "name": full_names(rows["firstname"], rows["lastname"]),
            "location": cleaned(rows["geolocation"]),
        }
    )
    rows = leave_out(
        rows, rows["name"] == "", journal.skip, "a profile without a name", mend="fill in the name"
    )
    if rows.empty:
        return Profile()
    first = rows.iloc[0]
    others = pd.Series(range(len(rows)), index=rows.index) > 0
    rows = leave_out(
        rows, others, journal.leave, "a second profile; the first is the owner's", value="name"
    )
    journal.used(str(first["file"]), 1)
    return Profile(str(first["name"]), str(first["location"]))
