"""A network without names: every id becomes a keyed pseudonym, every free text goes."""

import hashlib
import hmac
import re
from collections.abc import Callable, Iterable
from typing import Any, Final, Literal

import pandas as pd

from trustgraph._text import circle_key, rank_in
from trustgraph.ingest.journal import BALANCE
from trustgraph.models.acts import mapped_origins
from trustgraph.models.distinct import distinct
from trustgraph.models.evidence import split_origins
from trustgraph.models.network import Network
from trustgraph.models.rows import UTC, as_category

__all__ = ["NO_ORGANISATION", "pseudonym", "pseudonymise"]

Key = str | bytes
Kind = Literal["person", "organisation"]
Organisations = Literal["pseudonym", "remove"]
Dates = Literal["exact", "day", "month"]

NO_ORGANISATION: Final = "undisclosed"
"""Stands where somebody named no place at which people know each other ("Self-employed", …)."""

_SHORTEST_KEY: Final = 16
_DIGITS: Final = 20
_BETWEEN: Final = "|"
_UNTOLD: Final = ("name", "location")
"""Kinds of facts of which nothing is left without their text."""
_COUNTS: Final = re.compile(r"\d+ / \d+ / \d+")
_LEVELS: Final = frozenset({"info", "warning", "error"})
_LEFT_OUT: Final = "rows of the report left out with the names"


def pseudonym(key: Key, text: str, *, kind: Kind = "person") -> str:
    """Return what `pseudonymise` puts in the place of an id or of an organisation.

    Parameters
    ----------
    key
        The secret, at least 16 bytes.
    text
        Id of a person, or name of an organisation or school in any of its forms.
    kind
        Which of the two it is.

    Returns
    -------
    str
        ``person-`` or ``organisation-`` and 20 hexadecimal digits, the same whenever key and text
        are. The id of somebody known by a name alone keeps a ``|`` at its end: pooling takes two
        such people for one nowhere. What is no place where people know each other is
        ``"undisclosed"``, and empty stays empty.

    Raises
    ------
    TypeError
        If the key is neither text nor bytes.
    ValueError
        If the key is shorter than 16 bytes, or the kind is unknown.

    Notes
    -----
    The first 80 bits of HMAC-SHA-256 (RFC 2104) of kind and text: among a million people two
    share a pseudonym with a chance under 1e-12, and `pseudonymise` would find it.

    Examples
    --------
    >>> key = "an example of a key: never use it"
    >>> tg.ingest.pseudonyms.pseudonym(key, "ana-lima")
    'person-56763f5698c81e6e8777'
    >>> names = ["Acme Inc.", "ACME GmbH"]
    >>> len({tg.ingest.pseudonyms.pseudonym(key, one, kind="organisation") for one in names})
    1
    """
    secret = _secret(key)
    _check("kind", kind, ("person", "organisation"))
    return _person(secret, text) if kind == "person" else _organisation(secret, text)


def pseudonymise(
    net: Network,
    key: Key,
    *,
    organisations: Organisations = "pseudonym",
    dates: Dates = "exact",
    roles: bool = False,
) -> Network:
    """Return a copy of a network in which nobody is named.

    Parameters
    ----------
    net
        The network.
    key
        The secret, at least 16 bytes, best drawn by ``secrets.token_bytes(32)``. It is kept
        nowhere. Whoever has it can test any name; without it no pseudonym can be computed.
    organisations
        ``"pseudonym"``: organisations and schools get one each, the same for all forms of a name
        that are a strong match ("Acme Inc.", "ACME GmbH"); ``"remove"``: they go, and all
        positions with them.
    dates
        ``"exact"``; ``"day"``: times of day go; ``"month"``: every date is the first of its month.
    roles
        Whether job titles leave ``"director"`` for a decision maker and ``"senior"`` for somebody
        senior; otherwise nothing.

    Returns
    -------
    Network
        Ids and owners are pseudonyms, which are also the names. Ties, amounts, dates, judgements,
        merged ids, whom not to ask, positions and facts stay; addresses, places, job titles,
        the words of facts, and texts go. Of the report the counts are left, its files numbered.
        The kinds of evidence stay as they are: they are words of the trust model.

    Raises
    ------
    TypeError
        If the key is neither text nor bytes.
    ValueError
        If the key is shorter than 16 bytes, an option is unknown, or two ids got one pseudonym.

    Notes
    -----
    *Pooling.* One key gives one pseudonym for one id, so networks of several owners that were
    pseudonymised apart join as before wherever people are known by the address of their profile.
    People known by ``name|organisation`` (archives before July 2023) join only where that text is
    the same: nothing is left of the names by which the pool would have found more. An owner whom
    nothing names is ``"me"`` to every reader: say whose an archive is before you pool it.

    *Scores* of ties and of paths between people do not change with ``dates="exact"``. Asked for an
    organisation, all forms of its name match exactly, no longer name matches weakly, and without
    ``roles`` nobody there counts as senior. Blunter dates change scores, and acts that they make
    alike count once where ids are merged or networks pooled. Ties between equal scores are
    broken by other ids.

    *What it does not hide.* This is pseudonymous data, not anonymous data (GDPR, art. 4(5)). The
    ties remain, and the pattern of ties tells people apart: whoever knows how many ties some
    people have and when they began can find them again (Narayanan and Shmatikov 2009,
    doi:10.1109/SP.2009.22). Exact dates of connections, recommendations and jobs are as good as
    names to those who were there, ``dates="month"`` only blunts them; the largest organisation is
    likely the best known one; the owner is who has most ties. Share it with people whom you would
    trust with the names, and keep the key from them.

    Examples
    --------
    >>> net = tg.Network.from_records(
    ...     [tg.Person(id="ana", name="Ana Lima", organisation="Acme"), tg.Person(id="bo")],
    ...     [tg.Evidence(kind="recommendation", source="bo", target="ana")],
    ...     owners=["ana"],
    ... )
    >>> key = "an example of a key: never use it"
    >>> hidden = tg.ingest.pseudonyms.pseudonymise(net, key)
    >>> hidden.people.loc[hidden.owner, ["name", "organisation"]].tolist()
    ['person-fb3dd62afaeeb332267f', 'organisation-66d8e63cc093126a47e8']
    >>> hidden.owner == tg.ingest.pseudonyms.pseudonym(key, "ana")
    True
    """
    secret = _secret(key)
    _check("organisations", organisations, ("pseudonym", "remove"))
    _check("dates", dates, ("exact", "day", "month"))
    told = net.replace(merged=None)  # the tables as they were told
    ids = _pseudonyms(secret, told.people.index)

    def place(column: "pd.Series[Any]") -> "pd.Series[Any]":
        if organisations == "remove":
            return _nothing(column)
        return distinct(column, lambda name: _organisation(secret, name))

    def title(column: "pd.Series[Any]") -> "pd.Series[Any]":
        return distinct(column, rank_in) if roles else _nothing(column)

    def who(column: "pd.Series[Any]") -> "pd.Series[Any]":
        return distinct(column, ids.__getitem__)

    def when(column: "pd.Series[Any]") -> "pd.Series[Any]":
        return _coarse(column, dates)

    positions = told.positions if organisations == "pseudonym" else told.positions.iloc[:0]
    return told.replace(
        people=_people(told.people, ids, place, title),
        evidence=_sorted(_acts(told.evidence, secret, ids, when)),
        positions=_sorted(
            positions.assign(
                person=who(positions["person"]),
                organisation=place(positions["organisation"]),
                title=title(positions["title"]),
                started=when(positions["started"]),
                finished=when(positions["finished"]),
            )
        ),
        facts=_sorted(_facts(told.facts, secret, (who, when, place, title))),
        texts=(),
        judgements=_sorted(
            told.judgements.assign(
                source=who(told.judgements["source"]), target=who(told.judgements["target"])
            )
        ),
        merged=net.merged.assign(alias=who(net.merged["alias"]), person=who(net.merged["person"])),
        report=_counts(net.report),
        owners=sorted(ids[owner] for owner in told.owners),
        as_of=_moment(net, dates),
    )


Told = Callable[["pd.Series[Any]"], "pd.Series[Any]"]
"""Returns a column with other texts or dates."""


def _secret(key: Any) -> bytes:
    """Return the key as bytes; an error never shows it."""
    if isinstance(key, str):
        secret = key.encode("utf-8", "surrogatepass")
    elif isinstance(key, bytes):
        secret = key
    else:
        message = f"a key is text or bytes, not {type(key).__name__}"
        raise TypeError(message)
    if len(secret) < _SHORTEST_KEY:
        message = (
            f"a key has at least {_SHORTEST_KEY} bytes, this one has {len(secret)}; "
            "draw one by secrets.token_bytes(32) and keep it"
        )
        raise ValueError(message)
    return secret


def _check(name: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        message = f"{name} is one of {', '.join(map(repr, allowed))}, not {value!r}"
        raise ValueError(message)


def _keyed(secret: bytes, kind: str, text: str) -> str:
    told = f"{kind}\0{text}".encode("utf-8", "surrogatepass")
    return f"{kind}-{hmac.new(secret, told, hashlib.sha256).hexdigest()[:_DIGITS]}"


def _person(secret: bytes, person: str) -> str:
    _, *rest = person.split(_BETWEEN)
    is_nowhere = bool(rest) and not circle_key(rest[0])
    return _keyed(secret, "person", person) + (_BETWEEN if is_nowhere else "")


def _organisation(secret: bytes, name: str) -> str:
    if not name:
        return ""
    place = circle_key(name)
    return _keyed(secret, "organisation", place) if place else NO_ORGANISATION


def _pseudonyms(secret: bytes, people: Iterable[str]) -> dict[str, str]:
    ids = {person: _person(secret, person) for person in people}
    if len(set(ids.values())) < len(ids):
        message = "two people got one pseudonym; use another key"
        raise ValueError(message)
    return ids


def _nothing(column: "pd.Series[Any]") -> "pd.Series[Any]":
    return pd.Series("", index=column.index, dtype="str")


def _coarse(column: "pd.Series[Any]", dates: Dates) -> "pd.Series[Any]":
    if dates == "exact":
        return column
    days: pd.Series[Any] = column.dt.floor("D")
    return days if dates == "day" else days - pd.to_timedelta(days.dt.day - 1, unit="D")


def _moment(net: Network, dates: Dates) -> pd.Timestamp | None:
    if net.as_of is None:
        return None
    return pd.Timestamp(_coarse(pd.Series([net.as_of], dtype=UTC), dates).iloc[0])


def _sorted(frame: pd.DataFrame) -> pd.DataFrame:
    """Return rows in an order that says nothing of the ids they had."""
    return frame.sort_values(list(frame.columns), ignore_index=True, kind="stable")


def _origins(column: "pd.Series[Any]", secret: bytes) -> "pd.Series[Any]":
    owners = {one for text in column.unique() for one in split_origins(str(text))}
    return mapped_origins(column, {one: _person(secret, one) for one in owners})


def _people(people: pd.DataFrame, ids: dict[str, str], place: Told, title: Told) -> pd.DataFrame:
    hidden = [ids[person] for person in people.index]
    return pd.DataFrame(
        {
            "id": hidden,
            "name": hidden,
            "organisation": place(people["organisation"]).to_numpy(),
            "position": title(people["position"]).to_numpy(),
            "do_not_ask": people["do_not_ask"].to_numpy(),
        }
    )


def _acts(evidence: pd.DataFrame, secret: bytes, ids: dict[str, str], when: Told) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "kind": as_category(evidence["kind"]),
            "source": as_category(evidence["source"].cat.rename_categories(ids.__getitem__)),
            "target": as_category(evidence["target"].cat.rename_categories(ids.__getitem__)),
            "at": when(evidence["at"]),
            "amount": evidence["amount"],
            "origin": as_category(_origins(evidence["origin"], secret)),
        }
    )


def _facts(facts: pd.DataFrame, secret: bytes, told: tuple[Told, ...]) -> pd.DataFrame:
    """Return the facts of which something is left without their words."""
    who, when, place, title = told
    facts = facts[~facts["kind"].isin(_UNTOLD)]
    is_work = facts["kind"] == "work"  # its text is a job title
    return facts.assign(
        person=who(facts["person"]),
        text=title(facts["text"].where(is_work, "")),
        organisation=place(facts["organisation"]),
        at=when(facts["at"]),
        until=when(facts["until"]),
        origin=_origins(facts["origin"], secret),
    )


def _counts(report: pd.DataFrame) -> pd.DataFrame:
    """Return the counts of a report: of each file, and how many rows there were beside them."""
    told = report.assign(file=_numbered(report["file"]), row=0, mend="")
    is_count = (told["reason"] == BALANCE) & told["value"].str.fullmatch(_COUNTS.pattern)
    rest = told[~is_count]
    others = rest.assign(level=rest["level"].where(rest["level"].isin(_LEVELS), "info"))
    others = others.groupby(["file", "level"], as_index=False).size()
    others = others.assign(row=0, reason=_LEFT_OUT, value=others["size"].astype("str"), mend="")
    counts = told[is_count].assign(level="info")
    return _sorted(pd.concat([counts, others[counts.columns]], ignore_index=True))


def _numbered(files: "pd.Series[Any]") -> "pd.Series[Any]":
    codes, _ = pd.factorize(files)
    return pd.Series([f"file {code + 1}" for code in codes], index=files.index, dtype="str")
