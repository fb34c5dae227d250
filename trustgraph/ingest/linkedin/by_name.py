"""People told by full name alone, found among those whom the rest of the archive names."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from trustgraph.ingest.identity import Identities, OwnerFacts, Roster

__all__ = ["ByName", "find_by_name"]


@dataclass(frozen=True)
class ByName:
    """Who the named are.

    Attributes
    ----------
    ids
        Id of each; empty where a name fits several people.
    is_known
        Whether the rest of the archive names them too.
    people
        All of them as people: id, name, organisation, position, location, url.
    """

    ids: npt.NDArray[Any]
    is_known: npt.NDArray[np.bool_]
    people: pd.DataFrame


def find_by_name(named: pd.DataFrame, identities: Identities, owner: OwnerFacts) -> ByName:
    """Return who is meant, by the rules of `trustgraph.ingest.identity`.

    Ties come first: who is named here decides nothing about people with ties, and adds nothing to
    what is known of them.

    Parameters
    ----------
    named
        Columns name, organisation, position.
    identities
        Who the rest of the archive names.
    owner
        Whose archive it is.

    Returns
    -------
    ByName
        One id a row.
    """
    organisation = identities.people.set_index("id")["organisation"]
    known = pd.DataFrame({"slug": identities.ids, "name": identities.names}, dtype="str")
    known = known[(known["slug"] != "") & (known["name"] != "")].drop_duplicates()
    known["organisation"] = known["slug"].map(organisation).fillna("")
    roster = Roster()
    roster.mention(known)  # an id stands for the address: it is what tells people apart
    numbers = roster.mention(named[["name", "organisation", "position"]])
    found = roster.resolve(owner)
    ids = found.ids[numbers].astype(str)
    is_known = np.isin(ids, [*known["slug"].unique(), owner.id])
    told = identities.people[identities.people["id"].isin(ids[is_known])]
    new = found.people[found.people["id"].isin(ids[~is_known])]
    return ByName(ids, is_known, pd.concat([told, new], ignore_index=True))
