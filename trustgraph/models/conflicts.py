"""What else is said of people than what counts: kept as facts, with who said it and when."""

from typing import Final

import pandas as pd

from trustgraph._text import fold, organisation_key
from trustgraph.models.distinct import distinct
from trustgraph.models.rows import UTC

__all__ = ["other_facts"]

_COLUMNS: Final = ["person", "kind", "text", "organisation", "at", "until", "origin"]


def other_facts(rows: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """Return what is said of people's names, work and places that differs from what counts.

    Parameters
    ----------
    rows
        What is said: columns id, name, organisation, position, location, at, origin.
    people
        What counts, indexed by id: name, organisation, position, location.

    Returns
    -------
    pandas.DataFrame
        Rows of `Fact` of the kinds ``name``, ``work`` and ``location``, sorted. What differs in
        case, accents or the legal form alone is no difference, and nothing said is none either.
    """
    counts = people.reindex(rows["id"]).set_index(rows.index)
    named = (rows["name"] != "") & (rows["name"] != rows["id"])
    named &= distinct(rows["name"], fold) != distinct(counts["name"], fold)
    works = distinct(rows["organisation"], organisation_key) != distinct(
        counts["organisation"], organisation_key
    )
    works |= distinct(rows["position"], fold) != distinct(counts["position"], fold)
    works &= (rows["organisation"] != "") | (rows["position"] != "")
    placed = rows["location"] != ""
    placed &= distinct(rows["location"], fold) != distinct(counts["location"], fold)
    told = [
        _facts(rows[named], "name", "name"),
        _facts(rows[works], "work", "position"),
        _facts(rows[placed], "location", "location"),
    ]
    facts = pd.concat(told, ignore_index=True)
    return facts.sort_values(_COLUMNS, ignore_index=True, kind="stable")


def _facts(rows: pd.DataFrame, kind: str, text: str) -> pd.DataFrame:
    place = rows["organisation"] if kind == "work" else ""
    told = {"person": rows["id"], "kind": kind, "text": rows[text], "organisation": place}
    frame = pd.DataFrame({**told, "origin": rows["origin"]}, dtype="str")
    frame["at"] = pd.to_datetime(rows["at"], utc=True).astype(UTC)
    frame["until"] = pd.Series(pd.NaT, index=rows.index, dtype=UTC)
    return frame[_COLUMNS]
