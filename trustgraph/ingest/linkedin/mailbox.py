"""``messages.csv``, first pass: what is a message between people, by whom, to whom, when.

Nothing here loops over messages: texts that repeat (names, addresses, conversations) are looked
at once each, and what is left of a message is six numbers. The text of a message is looked at for
the marks of an advert and for the notes of invitations, chunk by chunk, and not kept unless
the user asks for it.
"""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from trustgraph._text import clean, fold, slug_of
from trustgraph.ingest.dates import ISO, US_MINUTES, parse_dates
from trustgraph.ingest.identity import Roster
from trustgraph.ingest.journal import Journal
from trustgraph.ingest.linkedin.rows import HIDDEN, as_written, like_dates
from trustgraph.ingest.reporting import leave_out, report
from trustgraph.ingest.tables import Header, Table, cleaned

__all__ = ["MESSAGES", "Mailbox"]

MESSAGES: Final = Table(
    "messages",
    required=("from", "to", "date", "content"),
    optional=(
        "conversationid",
        "conversationtitle",
        "senderprofileurl",
        "recipientprofileurls",
        "folder",
        "ismessagedraft",
        "isconversationdraft",
    ),
    plain=("date", "content"),
    date="date",
    forms=(ISO, US_MINUTES),
)

_REMEMBERED: Final = 100_000
_SPONSORED: Final = "sponsored conversation"
_ADVERT_MARKS: Final = r"spinmail-quill-editor|%FIRSTNAME%"
_NOT_PEOPLE: Final = frozenset(
    map(fold, ("LinkedIn", "LinkedIn for Learning", "LinkedIn Learning"))
)
_NEXT_NAME: Final = re.compile(r",(?=\S)")
Mask = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int64]


class Mailbox:
    """The messages of one archive, as numbers.

    Parameters
    ----------
    journal
        Told about rows that are not used.
    notes
        Texts of the notes of invitations.
    keep_text
        Whether the messages' texts are kept.
    """

    def __init__(
        self, journal: Journal, notes: Iterable[str] = (), *, keep_text: bool = False
    ) -> None:
        self._journal = journal
        self._keeps = keep_text
        self._notes = {text: number for number, text in enumerate(sorted(set(notes)), start=1)}
        self._people: dict[tuple[str, str], int] = {}
        self._talks: dict[str, int] = {}
        self._groups: dict[tuple[str, str], int] = {}
        self._members: list[tuple[int, ...]] = []
        self._sizes: list[int] = []
        self._frames: list[pd.DataFrame] = []
        # Names and addresses come back in chunk after chunk.
        self._slug_of = lru_cache(_REMEMBERED)(slug_of)
        self._clean = lru_cache(_REMEMBERED)(clean)
        self._fold = lru_cache(_REMEMBERED)(fold)

    def take(self, chunk: pd.DataFrame, header: Header) -> None:
        """Take in some rows of a file.

        Parameters
        ----------
        chunk
            Rows with the columns ``file`` and ``row``.
        header
            Which columns the file has: eras differ.
        """
        chunk = self._messages_only(chunk, has_sender=header.has("senderprofileurl"))
        dates = parse_dates(chunk["date"], [ISO, US_MINUTES])
        undated = dates.isna()
        chunk = leave_out(
            chunk.assign(at=dates, shown=like_dates(chunk.loc[undated, "date"])),
            undated,
            self._journal.skip,
            "no date that can be read",
            value="shown",
            mend="write the date as 2026-03-13 03:18:54 UTC",
        )
        if chunk.empty:
            return
        has_recipients = header.has("recipientprofileurls")
        column = "recipientprofileurls" if has_recipients else "to"
        self._frames.append(
            pd.DataFrame(
                {
                    "file": chunk["file"],
                    "row": chunk["row"],
                    "at": chunk["at"],
                    "talk": self._talk_numbers(chunk, header),
                    "sender": _by_pair(chunk["from"], chunk["senderprofileurl"], self._sender),
                    "group": _by_pair(
                        chunk["to"], chunk[column], self._group if has_recipients else self._named
                    ),
                    "note": self._note_numbers(chunk["content"]),
                    **({"text": as_written(chunk, "content")} if self._keeps else {}),
                }
            )
        )

    def frame(self) -> pd.DataFrame:
        """Return the messages taken in: file, row, at, talk, sender, group, note (0: none).

        And text, if it is kept.
        """
        if not self._frames:
            names = ("file", "row", "at", "talk", "sender", "group", "note")
            return pd.DataFrame({name: [] for name in names}, dtype=np.int64).astype(
                {"file": "str", "at": "datetime64[us, UTC]"}
            )
        return pd.concat(self._frames, ignore_index=True)

    def people(self, roster: Roster) -> Numbers:
        """Take down everybody met here in a roster; numbers here -> numbers there."""
        met = pd.DataFrame(list(self._people), columns=["slug", "name"], dtype="str")
        return roster.mention(met)

    def is_unaddressed(self) -> Mask:
        """Tell which people are known by name only."""
        return np.array([not slug for slug, _ in self._people], dtype=bool)

    def members(self) -> tuple[Numbers, Numbers, Numbers]:
        """Return the recipients of all groups in a row, where each group ends, and their sizes.

        Returns
        -------
        tuple of numpy.ndarray
            Numbers of people; ends of the groups in it; number of people addressed in each group,
            also those who cannot be told.
        """
        ends = np.cumsum([len(group) for group in self._members], dtype=np.int64)
        flat = np.array([one for group in self._members for one in group], dtype=np.int64)
        return flat, ends, np.array(self._sizes, dtype=np.int64)

    def note_texts(self) -> dict[str, int]:
        """Return the number of each note's text in the column ``note``."""
        return dict(self._notes)

    def _messages_only(self, rows: pd.DataFrame, *, has_sender: bool) -> pd.DataFrame:
        """Leave out what is no message between people; the first reason that holds is reported."""
        slug_of, clean, fold = self._slug_of, self._clean, self._fold
        unaddressed = _where(rows["senderprofileurl"], lambda text: not slug_of(text))
        reasons = {
            "a draft": _where(rows["ismessagedraft"], _says_yes)
            | _where(rows["isconversationdraft"], _says_yes),
            "an advert": _where(rows["conversationtitle"], lambda text: _SPONSORED in fold(text))
            | rows["content"].str.contains(_ADVERT_MARKS, regex=True).to_numpy(dtype=bool),
            "the sender is hidden or has left": _where(rows["from"], lambda t: fold(t) == HIDDEN),
            "there is no sender": unaddressed & _where(rows["from"], lambda text: not clean(text)),
            "the sender is LinkedIn itself": unaddressed
            & _where(rows["from"], lambda text: fold(text) in _NOT_PEOPLE),
            "an advert: its sender has no profile": unaddressed & has_sender,
            "in the spam folder": _where(
                rows["folder"], lambda text: clean(text).upper() == "SPAM"
            ),
        }
        left = np.ones(len(rows), dtype=bool)
        for reason, holds in reasons.items():
            odd = pd.Series(left & holds, index=rows.index)
            report(rows, odd, self._journal.skip_alike, reason)
            left &= ~holds
        return rows[left]

    def _person(self, slug: str, name: str) -> int:
        return self._people.setdefault((slug, name), len(self._people))

    def _sender(self, name: str, address: str) -> int:
        return self._person(self._slug_of(address), self._clean(name))

    def _group(self, names: str, addresses: str) -> int:
        """Return the number of a group whose members are told by address.

        Hidden members stand among the names and not among the addresses, so that the two lists are
        never paired, unless each has one entry.
        """
        if (number := self._groups.get((names, addresses))) is not None:
            return number
        known = [slug for slug in map(self._slug_of, addresses.split(",")) if slug]
        listed = _split_names(names)
        alone = len(known) == len(listed) == 1 and fold(listed[0]) != HIDDEN
        members = [self._person(slug, listed[0] if alone else "") for slug in known]
        return self._numbered((names, addresses), members, max(len(known), len(listed)))

    def _named(self, names: str, again: str) -> int:
        """Return the number of a group whose members are told by name only."""
        if (number := self._groups.get((names, again))) is not None:
            return number
        listed = _split_names(names)
        members = [self._person("", name) for name in listed if fold(name) != HIDDEN]
        return self._numbered((names, again), members, len(listed))

    def _numbered(self, key: tuple[str, str], members: list[int], size: int) -> int:
        self._groups[key] = len(self._members)
        self._members.append(tuple(dict.fromkeys(members)))
        self._sizes.append(size)
        return self._groups[key]

    def _talk_numbers(self, chunk: pd.DataFrame, header: Header) -> Numbers:
        if not header.has("conversationid"):
            done = len(self._talks)
            self._talks.update((f"\0{number}", number) for number in range(done, done + len(chunk)))
            return np.arange(done, done + len(chunk), dtype=np.int64)
        return _by_text(
            chunk["conversationid"], lambda text: self._talks.setdefault(text, len(self._talks))
        )

    def _note_numbers(self, content: "pd.Series[Any]") -> Numbers:
        """Return which note a text repeats; only texts as short as the longest note are cleaned."""
        numbers = np.zeros(len(content), dtype=np.int64)
        if self._notes:
            longest = max(map(len, self._notes)) * 2
            short = (content.str.len() <= longest).to_numpy(dtype=bool)
            numbers[short] = cleaned(content[short]).map(self._notes).fillna(0).to_numpy(np.int64)
        return numbers


def _split_names(names: str) -> list[str]:
    return [name for name in map(clean, _NEXT_NAME.split(names)) if name]


def _says_yes(text: str) -> bool:
    return clean(text).lower() in {"yes", "true", "1"}


def _where(column: "pd.Series[Any]", holds: Callable[[str], bool]) -> Mask:
    column = column.astype("category")
    flags = np.array([holds(text) for text in column.cat.categories.to_numpy(object)], dtype=bool)
    return flags[column.cat.codes.to_numpy()] if len(flags) else np.zeros(len(column), dtype=bool)


def _by_text(column: "pd.Series[Any]", number_of: Callable[[str], int]) -> Numbers:
    codes, texts = pd.factorize(column)
    return np.array([number_of(text) for text in np.asarray(texts, dtype=object)], dtype=np.int64)[
        codes
    ]


def _by_pair(
    one: "pd.Series[Any]", other: "pd.Series[Any]", number_of: Callable[[str, str], int]
) -> Numbers:
    """Return a number for each pair of texts, each distinct pair looked at once."""
    first, firsts = pd.factorize(one)
    second, seconds = pd.factorize(other)
    ones, others = np.asarray(firsts, dtype=object), np.asarray(seconds, dtype=object)
    pairs, inverse = np.unique(first.astype(np.int64) * len(others) + second, return_inverse=True)
    distinct = zip(ones[pairs // len(others)], others[pairs % len(others)], strict=True)
    return np.array([number_of(*pair) for pair in distinct], dtype=np.int64)[inverse]
