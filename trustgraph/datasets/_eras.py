"""How archives looked in each era: files, headers and habits, as measured on real exports.

An era is named by its year. What changed between them: addresses of connections (July 2023), of
recipients (July 2023), in invitations (after October 2023) and of endorsers (July 2023); quoting
and line breaks of the messages, the member's number in names of files and ``Notes.csv`` (2026).
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal, get_args

__all__ = ["ERAS", "Era", "EraYear", "era_of"]

EraYear = Literal[2020, 2022, 2023, 2025, 2026]
"""The years whose form of an archive is known."""

_NAMED: Final = "From,To,Sent At,Message,Direction"
_TALK: Final = "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO"
_SAID: Final = "DATE,SUBJECT,CONTENT,FOLDER"
_TO_URLS: Final = f"{_TALK},RECIPIENT PROFILE URLS,{_SAID}"


@dataclass(frozen=True, kw_only=True)
class Era:
    """The form of the archives of one time.

    Parameters
    ----------
    year
        The name of the era.
    built
        When an archive of the era was built, unless another day is asked for.
    preamble
        Whether three lines of notes stand above the header of the connections.
    connection_urls, endorsement_urls
        Whether connections and endorsements carry the address of the person.
    messages
        Header of the messages; it also says whether recipients have addresses and drafts a mark.
    is_quoted_whole
        Whether every field of the messages is quoted and line breaks are kept; else a message is
        one line.
    has_invitation_urls
        Whether invitations carry addresses. In 2023 they carry numbers instead, and from October
        on an address without a person.
    line_end
        How lines of the activity files end.
    has_member_suffix
        Whether names of the activity files end in the member's number.
    backslash
        Whether quotes inside a comment are escaped by a backslash and not doubled.
    shares, saved_items
        Headers of ``Shares.csv`` and ``Saved_Items.csv``.
    contacts
        Name of the file of the address book.
    has_notes
        Whether notes about connections are in the archive.
    """

    year: EraYear
    built: dt.datetime
    preamble: bool = True
    connection_urls: bool = True
    endorsement_urls: bool = True
    messages: str
    is_quoted_whole: bool = False
    has_invitation_urls: bool = True
    line_end: str = "\n"
    has_member_suffix: bool = False
    backslash: bool = False
    shares: str = "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility"
    saved_items: str = "savedItem,CreatedTime"
    contacts: str = "ImportedContacts.csv"
    has_notes: bool = False

    @property
    def connections(self) -> str:
        """Header of the connections."""
        url = "URL," if self.connection_urls else ""
        return f"First Name,Last Name,{url}Email Address,Company,Position,Connected On"

    @property
    def recipient_urls(self) -> bool:
        """Whether the recipients of messages carry an address."""
        return "RECIPIENT PROFILE URLS" in self.messages

    @property
    def has_attachments(self) -> bool:
        """Whether messages name what is attached to them."""
        return "ATTACHMENTS" in self.messages

    @property
    def has_drafts(self) -> bool:
        """Whether drafts are marked; where they are not, there are none."""
        return "IS MESSAGE DRAFT" in self.messages

    def invitations(self, built: dt.datetime) -> str:
        """Return the header of the invitations in an archive built at that moment."""
        if not self.endorsement_urls:
            return _NAMED
        kind = "Url" if self.has_invitation_urls or built >= _USELESS_URLS else "Urn"
        return f"{_NAMED},inviterProfile{kind},inviteeProfile{kind}"

    def endorsements(self, who: str) -> str:
        """Return the header of the endorsements; ``who`` is Endorser or Endorsee."""
        url = f"{who} Public Url," if self.endorsement_urls else ""
        return (
            f"Endorsement Date,Skill Name,{who} First Name,{who} Last Name,{url}Endorsement Status"
        )

    def activity_file(self, table: str, member: int) -> str:
        """Return the name of a file of the member's activity."""
        return f"{table}_{member}.csv" if self.has_member_suffix else f"{table}.csv"


def _day(year: int, month: int = 11) -> dt.datetime:
    return dt.datetime(year, month, 22, tzinfo=dt.UTC)


_USELESS_URLS: Final = dt.datetime(2023, 10, 1, tzinfo=dt.UTC)
_OLD_SHARES: Final = "Date,ShareLink,ShareCommentary,SharedURL,MediaURL,Visibility"
ERAS: Final[Mapping[int, Era]] = MappingProxyType(
    {
        era.year: era
        for era in (
            Era(
                year=2020,
                built=_day(2020),
                preamble=False,
                connection_urls=False,
                endorsement_urls=False,
                messages=f"{_TALK},{_SAID}",
                has_invitation_urls=False,
                line_end="\r\n",
                shares=_OLD_SHARES,
                saved_items="savedItem,createdTime",
                contacts="Contacts.csv",
            ),
            Era(
                year=2022,
                built=_day(2022),
                connection_urls=False,
                endorsement_urls=False,
                messages=f"{_TALK},{_SAID}",
                has_invitation_urls=False,
                line_end="\r\n",
                shares=_OLD_SHARES,
                saved_items="savedItem,createdTime",
                contacts="Contacts.csv",
            ),
            Era(
                year=2023,
                built=_day(2023, 10),
                messages=_TO_URLS,
                has_invitation_urls=False,
                line_end="\r\n",
                shares=_OLD_SHARES,
                saved_items="savedItem,createdTime",
                contacts="Contacts.csv",
            ),
            Era(
                year=2025,
                built=_day(2025),
                messages=f"{_TO_URLS},ATTACHMENTS,IS MESSAGE DRAFT",
                backslash=True,
            ),
            Era(
                year=2026,
                built=_day(2026),
                messages=f"{_TO_URLS},ATTACHMENTS,IS MESSAGE DRAFT,IS CONVERSATION DRAFT",
                is_quoted_whole=True,
                has_member_suffix=True,
                backslash=True,
                has_notes=True,
            ),
        )
    }
)
"""The known eras by year."""


def era_of(year: int) -> Era:
    """Return the era of that name.

    Parameters
    ----------
    year
        One of the keys of `ERAS`.

    Returns
    -------
    Era
        Its form.

    Raises
    ------
    ValueError
        If the form of that year is not known; the message names those that are.

    Examples
    --------
    >>> from trustgraph.datasets._eras import era_of
    >>> era_of(2020).connections
    'First Name,Last Name,Email Address,Company,Position,Connected On'
    """
    try:
        return ERAS[year]
    except (KeyError, TypeError):
        known = ", ".join(str(one) for one in get_args(EraYear))
        message = f"no form of an archive is known for {year!r}; known eras: {known}"
        raise ValueError(message) from None
