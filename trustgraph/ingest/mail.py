"""E-mails: who wrote to whom on which day. Headers alone are read; bodies are passed over."""

import datetime as dt
import hashlib
import os
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import pandas as pd

from trustgraph.errors import ArchiveError
from trustgraph.ingest.journal import Journal
from trustgraph.ingest.mail_files import Letter, letters_in
from trustgraph.ingest.mail_headers import (
    address_of,
    addresses,
    display_name,
    header_text,
    moment,
)
from trustgraph.models import Network, utc_time

__all__ = ["read_mail"]

_LARGEST_GROUP: Final = 5
_AHEAD: Final = dt.timedelta(days=2)
_BULK: Final = frozenset({"bulk", "list", "junk"})
_MACHINE: Final = re.compile(
    r"(?:.*[._+-])?(?:no[._-]?reply|do[._-]?not[._-]?reply|mailer-daemon|postmaster|bounces?"
    r"|notifications?|newsletters?)(?:[._+=-].*)?"
)
_SENT: Final = "check the header; write to the sender again"
_DATED: Final = "write the date as Mon, 23 Nov 2026 10:00:00 +0000"
_OWNER: Final = 'say whose mail it is: owner="ana@example.org", or all of their addresses'

Days = dict[tuple[str, str, int], float]


def read_mail(
    path: str | os.PathLike[str],
    *,
    owner: str | Iterable[str],
    aliases: Mapping[str, str] | None = None,
    as_of: dt.datetime | dt.date | str | None = None,
    strict: bool = False,
) -> Network:
    r"""Read who wrote to whom, and when, from the headers of somebody's e-mails.

    Parameters
    ----------
    path
        An mbox file, an ``.eml`` file, a Maildir, or a folder of any of these.
    owner
        The address of whose mail it is, or all of their addresses.
    aliases
        Address -> id of a person of another network, so that the two can be pooled. Default: the
        address in lower case is the id.
    as_of
        The moment that the records describe; messages dated more than two days later are not used.
        Default: the newest message that is used.
    strict
        Whether the first malformed message is an error; otherwise it is reported.

    Returns
    -------
    Network
        Acts of the kind `message_day`: the source wrote to the target on that UTC day. In a group
        of n people, at most five, the sender wrote to each of the others, counted as 1/(n - 1).
        People are named by the display name that is used most. ``report`` says for each file or
        folder how many messages were read, used and not used, and why; ``row`` is the number of
        the message.

    Raises
    ------
    ArchiveError
        If there is no mail at that place, it cannot be read, or no message is of use.
    RecordError
        With ``strict``, at the first malformed message.

    Notes
    -----
    Of each message From, To, Cc, Date, Message-ID, List-Id, List-Unsubscribe, Auto-Submitted and
    Precedence are looked at; subject and body are never read, let alone kept. Mailing lists,
    newsletters, automatic answers, senders that are no people (no-reply@…), copies (by Message-ID)
    and messages in which the owner takes no part make no ties. Memory is bounded by the number of
    different days, people and messages used, not by the size of the file. An e-mail address names a
    person: pseudonymise the network before you share it.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> file = pathlib.Path(tempfile.mkdtemp(), "mail.mbox")
    >>> _ = file.write_text(
    ...     "From - Mon Nov 23 10:00:00 2026\n"
    ...     "From: Bo Ek <bo@example.org>\nTo: ana@example.org\n"
    ...     "Date: Mon, 23 Nov 2026 10:00:00 +0100\n\nHello!\n"
    ... )
    >>> from trustgraph.ingest.mail import read_mail
    >>> net = read_mail(file, owner="ana@example.org", aliases={"ana@example.org": "ana"})
    >>> net.evidence[["kind", "source", "target", "amount"]].values.tolist()
    [['message_day', 'bo@example.org', 'ana', 1.0]]
    >>> net.people["name"].to_dict()
    {'ana': 'ana', 'bo@example.org': 'Bo Ek'}
    """
    ids = {address_of(address): one for address, one in (aliases or {}).items()}
    own = [address_of(one) for one in ([owner] if isinstance(owner, str) else owner)]
    if not own or not all(own):
        raise ArchiveError("the owner is no address", file="owner", mend=_OWNER)
    me = next((ids[one] for one in own if one in ids), own[0])
    desk = _Desk({**ids, **dict.fromkeys(own, me)}, me, utc_time(as_of), Journal(strict=strict))
    source = Path(path).expanduser()
    for letter in letters_in(source, desk.journal):
        desk.take(letter)
    desk.close()
    if not desk.days:
        raise ArchiveError(
            "no message of it can be used", file=source.name, mend=_advice(desk.journal)
        )
    return Network(**desk.tables())


def _advice(journal: Journal) -> str:
    advice = journal.advice("give a mailbox that holds messages")
    return advice if journal.frame()["row"].any() else f"{advice}; {_OWNER}"


class _Desk:
    """Where messages are sorted: what they say is added up, what is of no use is reported."""

    def __init__(
        self, ids: dict[str, str], me: str, as_of: dt.datetime | None, journal: Journal
    ) -> None:
        self.journal = journal
        self.days: Days = {}
        self._ids, self._me, self._as_of = ids, me, as_of
        self._newest: dt.datetime | None = None
        self._names: dict[str, Counter[str]] = {}
        self._seen: set[bytes] = set()
        self._read: Counter[str] = Counter()
        self._used: Counter[str] = Counter()
        self._told: dict[tuple[str, str, str, str], list[tuple[int, str]]] = {}

    def take(self, letter: Letter) -> None:
        """Sort one message."""
        self._read[letter.file] += 1
        if letter.is_unreadable:
            self._tell(
                letter, "skip", "the file cannot be read, or is a link", "", "check the file"
            )
        elif letter.is_too_long:
            mend = "no person writes such headers; leave it out"
            self._tell(letter, "skip", "headers of more than 256 kB", "", mend)
        elif reason := self._no_person(letter):
            self._tell(letter, "skip_alike", reason)
        else:
            self._written(letter)

    def _tell(self, letter: Letter, way: str, reason: str, value: str = "", mend: str = "") -> None:
        """Note something about a message; told to the journal together, which is much faster."""
        shown = f"{letter.name}: {value}" if letter.name and way != "skip_alike" else value
        if self.journal.strict and way in {"skip", "doubt"}:
            self.journal.skip(letter.file, reason, [letter.row], values=[shown], mend=mend)
        key = (letter.file, way, reason, mend)
        self._told.setdefault(key, []).append((letter.row, shown))

    def _no_person(self, letter: Letter) -> str:
        """Return why a message is not one between people; empty if it may be."""
        headers = letter.headers
        if {"list-id", "list-unsubscribe"} & headers.keys():
            return "a mailing list or newsletter"
        if header_text(letter.first("precedence")).lower() in _BULK:
            return "a mailing list or newsletter"
        answer = header_text(letter.first("auto-submitted")).lower()
        if answer and not answer.startswith("no"):
            return "written by a machine"
        return "a copy of a message that is used" if _key(letter) in self._seen else ""

    def _written(self, letter: Letter) -> None:
        told = header_text(letter.first("from"))
        senders = _people(told)
        if not senders:
            self._tell(letter, "skip", "no sender that can be read", told, _SENT)
            return
        stated = header_text(letter.first("date"))
        at, is_zone = moment(stated)
        if at is None:
            self._tell(letter, "skip", "no date that can be read", stated, _DATED)
            return
        sender = senders[0]
        people = [sender, *_recipients(letter)]
        source = self._id(sender[1])
        written = (one for _, one in people[1:] if one in self._ids or not _is_machine(one))
        targets = sorted(set(map(self._id, written)) - {source})
        if reason := self._no_tie(sender[1], source, targets, at):
            self._tell(letter, "skip_alike", reason)
            return
        self._used[letter.file] += 1
        if key := _key(letter):
            self._seen.add(key)
        self._newest = max(at, self._newest or at)
        for target in targets:
            day = (source, target, at.toordinal())
            self.days[day] = max(self.days.get(day, 0.0), 1 / len(targets))
        self._doubts(letter, people, stated, is_zone=is_zone)

    def _id(self, address: str) -> str:
        return self._ids.get(address, address)

    def _no_tie(self, address: str, source: str, targets: list[str], at: dt.datetime) -> str:
        """Return why a message ties nobody to anybody; empty if it does."""
        if address not in self._ids and _is_machine(address):
            return "the sender is no person"
        if not targets:
            return "nobody else is addressed"
        if len(targets) + 1 > _LARGEST_GROUP:
            return f"a group of more than {_LARGEST_GROUP} people"
        if self._me not in {source, *targets}:
            return "the owner takes no part (a blind copy, or another address of theirs)"
        if self._as_of is not None and at > self._as_of + _AHEAD:
            return "dated after as_of"
        return ""

    def _doubts(
        self, letter: Letter, people: list[tuple[str, str]], stated: str, *, is_zone: bool
    ) -> None:
        """Take down names; tell what is odd about a message that is used all the same."""
        is_whole = True
        for name, address in people:
            shown, is_read = display_name(name)
            is_whole &= is_read
            if shown:
                self._names.setdefault(self._id(address), Counter())[shown] += 1
        if not is_whole:
            self._tell(letter, "doubt", "a name in an unknown encoding; it is not kept", "", _SENT)
        if not is_zone:
            self._tell(letter, "doubt", "no such time zone; read as UTC", stated, _DATED)
        if any(b"\0" in raw for values in letter.headers.values() for raw in values):
            self._tell(letter, "doubt", "NUL bytes in the headers; left out", "", _SENT)

    def close(self) -> None:
        """Tell the journal everything."""
        for file, number in sorted(self._read.items()):
            self.journal.read(file, number)
            self.journal.used(file, self._used[file])
        for (file, way, reason, mend), rows in self._told.items():
            say = getattr(self.journal, way)
            say(file, reason, [row for row, _ in rows], values=[one for _, one in rows], mend=mend)

    def tables(self) -> dict[str, Any]:
        """Return people, evidence and date."""
        ends = {self._me, *(one for source, target, _ in self.days for one in (source, target))}
        names = {one: _most_used(self._names.get(one)) or one for one in sorted(ends)}
        days = sorted(self.days)
        epoch = dt.date(1970, 1, 1).toordinal()
        at = pd.to_datetime([day - epoch for *_, day in days], unit="D", utc=True)
        evidence = pd.DataFrame(
            {
                "kind": "message_day",
                "source": [source for source, _, _ in days],
                "target": [target for _, target, _ in days],
                "at": at.astype("datetime64[us, UTC]"),
                "amount": [self.days[day] for day in days],
                "origin": self._me,
            }
        )
        people = pd.DataFrame({"id": list(names), "name": list(names.values())})
        return {
            "people": people,
            "evidence": evidence,
            "owners": [self._me],
            "as_of": self._as_of or self._newest,
            "report": self.journal.frame(),
        }


def _key(letter: Letter) -> bytes:
    """Return the fingerprint of a Message-ID; that of nothing is never kept."""
    told = letter.first("message-id").strip()
    return hashlib.blake2b(told, digest_size=12).digest() if told else b""


def _most_used(names: Counter[str] | None) -> str:
    return min(names, key=lambda name: (-names[name], name)) if names else ""


def _is_machine(address: str) -> bool:
    return _MACHINE.fullmatch(address.partition("@")[0]) is not None


def _people(header: str) -> list[tuple[str, str]]:
    """Return the display names and addresses of a header, those that are one."""
    found = [(name, address_of(text)) for name, text in addresses(header)]
    return [(name, address) for name, address in found if address]


def _recipients(letter: Letter) -> list[tuple[str, str]]:
    values = [raw for name in ("to", "cc") for raw in letter.headers.get(name, [])]
    return [person for raw in values for person in _people(header_text(raw))]
