"""A network without somebody: no row, no text and no note in the report names them any more."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final
from urllib.parse import unquote

import numpy as np
import pandas as pd

from trustgraph._text import fold, slug_of, words
from trustgraph.models.acts import mapped_origins
from trustgraph.models.columns import REPORT_COLUMNS
from trustgraph.models.distinct import distinct
from trustgraph.models.evidence import join_origins, split_origins
from trustgraph.models.merged import person_of_alias
from trustgraph.models.network import Network

__all__ = ["forget"]

Ids = frozenset[str]

_CUT: Final = "…"
_SHORT: Final = 3
_OWNING: Final = re.compile("['’ʼ`´]s\\b", re.IGNORECASE)
_GONE: Final = "rows of the report left out: it was also that of an archive that was forgotten"
_ENDS: Final = {
    "people": ("id",),
    "evidence": ("source", "target"),
    "positions": ("person",),
    "facts": ("person",),
    "texts": ("source", "target"),
    "judgements": ("source", "target"),
    "merged": ("alias", "person"),
}
_WORDS: Final = {
    "people": ("position", "location"),
    "positions": ("title",),
    "facts": ("text",),
    "texts": ("text",),
}
"""What people write freely, in which somebody may be named."""


def forget(net: Network, person: str, *others: str, archive: bool = True) -> Network:
    """Return a network from which somebody is gone without a trace.

    Parameters
    ----------
    net
        The network.
    person, *others
        Who is to be forgotten: ids (also merged ones) or unique full names.
    archive
        Where one of them is an owner: whether all goes that only their archive says, and everybody
        of whom nothing else is told. Otherwise it stays, as if stated by hand.

    Returns
    -------
    Network
        Without them, all their ids, what they did and what was done to them, their positions and
        facts, texts by, to and about them, and judgements. Job titles, places, facts and texts of
        others that name them are emptied, rows of the report that name them left out; of a report
        that told of an owner's archive only its length is left. Nothing is kept aside: to take
        back a merge does not bring them back.

    Raises
    ------
    UnknownPersonError
        If nobody has that id or name.
    AmbiguousPersonError
        If several people have that name; it holds their ids.

    Notes
    -----
    Somebody is named where all words of their full name, id or address stand together, whatever
    the case, the accents and which of them comes first ("Lima, Ana"); names of fewer than three
    letters count only where they are all there is. Namesakes, and organisations that bear the
    name, stay. The files that were read do not change: who reads them again meets the same people
    again.

    A judgement counts as something told; so does what another archive says. Without ``archive``
    the people whom only the forgotten owner knew stay too, and may tell who it was.

    Examples
    --------
    >>> net = tg.Network.from_records(
    ...     [tg.Person(id="ana"), tg.Person(id="bo", name="Bo Ek"), tg.Person(id="cy")],
    ...     [
    ...         tg.Evidence(kind="recommendation", source="bo", target="ana", origin="ana"),
    ...         tg.Evidence(kind="recommendation", source="cy", target="ana", origin="ana"),
    ...     ],
    ...     owners=["ana"],
    ... )
    >>> left = tg.ingest.forgetting.forget(net, "Bo Ek")
    >>> left.people.index.tolist(), left.evidence["source"].tolist()
    (['ana', 'cy'], ['cy'])
    >>> tg.ingest.forgetting.forget(net, "ana").people.index.tolist()
    []
    """
    gone = _ids(net, (person, *others))
    told = net.replace(
        merged=None
    )  # the tables as they were told, or a merge would bring them back
    tables = {name: getattr(told, name) for name in ("evidence", "positions", "facts", "texts")} | {
        "people": told.people.reset_index(),
        "judgements": told.judgements,
        "merged": net.merged,
    }
    is_named = _naming(told.people.loc[sorted(gone)])
    for name, columns in _ENDS.items():
        frame = tables[name]
        for column in columns:
            frame = frame[~frame[column].isin(gone)]
        if "origin" in frame:
            frame = _without_origin(frame, gone, archive=archive)
        for column in _WORDS.get(name, ()):
            frame = frame.assign(**{column: _emptied(frame[column], is_named)})
        tables[name] = frame
    owners = [owner for owner in told.owners if owner not in gone]
    lost = len(owners) < len(told.owners)
    if lost and archive:
        tables = _only_told(tables, owners)
    ids = _ids_without(tables["people"]["id"], gone)
    changed: dict[str, Any] = {name: _renamed(tables[name], name, ids) for name in _ENDS}
    return told.replace(
        **changed,
        report=_length(net.report) if lost else _silent(net.report, is_named),
        owners=[ids.get(owner, owner) for owner in owners],
    )


def _ids(net: Network, people: Iterable[str]) -> Ids:
    """Return all ids of some people."""
    person_of = person_of_alias(net.merged)
    found = {person_of.get(one) or net.resolve(one) for one in people}
    return frozenset(found | {alias for alias, person in person_of.items() if person in found})


# ------------------------------------------------------------------------------ who is named


def _naming(people: pd.DataFrame) -> Callable[[str], bool]:
    """Return whether a text names one of these people."""
    known = {*people.index, *people["name"], *people["url"], *map(slug_of, people["url"])}
    known = {text for text in known if not text.isdigit()}  # a number in a report is a count
    whole = {fold(text) for text in known} - {""}
    signs = {fold(text) for text in known if not words(text)} - {""}
    parts = {turned for text in known for turned in _turned(_said(text))}
    wanted = [part for part in parts if len("".join(part)) >= _SHORT]

    def is_named(text: str) -> bool:
        plain = fold(text)
        if plain in whole or any(sign in plain for sign in signs):
            return True
        said = _said(text)
        is_cut = text.endswith(_CUT)
        return any(_stands_in(part, said, is_cut=is_cut) for part in wanted)

    return is_named


def _said(text: str) -> tuple[str, ...]:
    return words(_OWNING.sub(" ", unquote(text)))


def _turned(part: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return the words of a name from each place on: "Lima, Ana" is "Ana Lima"."""
    return [part[place:] + part[:place] for place in range(len(part))]


def _stands_in(part: tuple[str, ...], said: tuple[str, ...], *, is_cut: bool) -> bool:
    """Whether words stand together in others; the last ones may be cut off."""
    size = len(part)
    for place, word in enumerate(said):
        if word == part[0] and said[place : place + size] == part:
            return True
        rest = said[place:]
        if (
            is_cut
            and len(rest) <= size
            and rest[:-1] == part[: len(rest) - 1]
            and part[len(rest) - 1].startswith(rest[-1])
        ):
            return True
    return False


def _emptied(column: "pd.Series[Any]", is_named: Callable[[str], bool]) -> "pd.Series[Any]":
    return distinct(column, lambda text: "" if is_named(text) else text)


def _silent(report: pd.DataFrame, is_named: Callable[[str], bool]) -> pd.DataFrame:
    """Return the rows of a report that name nobody of them."""
    names = pd.Series(data=False, index=report.index)
    for column in ("file", "reason", "value", "mend"):
        names |= distinct(report[column], lambda text: "x" if is_named(text) else "") != ""
    return report[~names]


def _length(report: pd.DataFrame) -> pd.DataFrame:
    """Return one row that says how long a report was."""
    row = {"file": "", "row": 0, "level": "info", "reason": _GONE, "value": str(len(report))}
    return pd.DataFrame([{**row, "mend": ""}] if len(report) else [], columns=list(REPORT_COLUMNS))


# ------------------------------------------------------------------------------ who said so


def _without_origin(frame: pd.DataFrame, gone: Ids, *, archive: bool) -> pd.DataFrame:
    """Return what others say too, or nobody in particular; and who they are."""
    origin = frame["origin"].astype("str")
    left = distinct(
        origin, lambda text: join_origins(one for one in split_origins(text) if one not in gone)
    )
    stays = (left != "") | (origin == "") if archive else np.ones(len(frame), bool)
    return frame.assign(origin=left)[stays]


def _only_told(tables: dict[str, Any], owners: list[str]) -> dict[str, Any]:
    """Return the tables with those people only whom a record, or a judgement, still names."""
    named = {*owners}
    for name, columns in _ENDS.items():
        if name not in {"people", "merged"}:
            for column in columns:
                named.update(tables[name][column].astype("str"))
    same, people = tables["merged"], tables["people"]
    person_of = person_of_alias(same)
    kept = {person_of.get(one, one) for one in named}  # all ids of one person stay together
    stays = people["id"].map(lambda one: person_of.get(one, one) in kept).astype(bool)
    return {
        **tables,
        "people": people[stays],
        "merged": same[same["alias"].map(person_of).isin(kept)],
    }


# ------------------------------------------------------------------------------ ids of others


def _ids_without(ids: "pd.Series[Any]", gone: Ids) -> dict[str, str]:
    """Return other ids for namesakes whom the pool told apart by whose archive knows them."""
    taken = set(ids)
    new: dict[str, str] = {}
    for one in ids:
        for owner in sorted(gone):
            if one.endswith(f"|{owner}"):
                free = next(
                    text for text in _numbered(one.removesuffix(owner)) if text not in taken
                )
                new[one] = free
                taken.add(free)
                break
    return new


def _numbered(stem: str) -> Iterator[str]:
    number = 1
    while True:
        yield f"{stem}{number}"
        number += 1


def _renamed(frame: pd.DataFrame, name: str, ids: dict[str, str]) -> pd.DataFrame:
    if not ids:
        return frame
    columns = (*_ENDS[name], "name") if name == "people" else _ENDS[name]
    new = {column: distinct(frame[column], lambda one: ids.get(one, one)) for column in columns}
    if "origin" in frame:
        new["origin"] = mapped_origins(frame["origin"], ids)
    return frame.assign(**new)
