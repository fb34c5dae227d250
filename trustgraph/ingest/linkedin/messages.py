"""``messages.csv``, second pass: who wrote to whom on which day, once it is known who is who.

The unit is the `message_day`: somebody wrote to somebody else on that UTC day. In a group of n
people (at most five) the sender wrote to each of the others, each day counting 1/(n - 1). A
message counts if the owner takes part and a person other than the sender can be told.

The note of an invitation stands in the mailbox as a message, dated at the acceptance: it is none.
It is known by its text, which stands in ``Invitations.csv`` for 180 days; older notes look like
any message, and count as one.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from trustgraph.ingest.identity import OWNER, Identities
from trustgraph.ingest.journal import Journal
from trustgraph.ingest.linkedin.mailbox import Mailbox, Numbers
from trustgraph.ingest.reporting import leave_out, report

__all__ = ["Talks", "message_days", "seen_in_talks"]

_LARGEST_GROUP: Final = 5
Names = npt.NDArray[Any]


@dataclass(frozen=True)
class Talks:
    """What the messages say.

    Attributes
    ----------
    days
        One `message_day` for each ordered pair of people and UTC day: kind, source, target (ids),
        at, amount.
    texts
        Each message to each of its readers, if texts are kept: kind, source, target, at, text.
    """

    days: pd.DataFrame
    texts: pd.DataFrame


def seen_in_talks(mailbox: Mailbox, people: Numbers) -> pd.DataFrame:
    """Return who was seen in which conversation.

    Parameters
    ----------
    mailbox
        The messages.
    people
        Numbers of its people in the roster.

    Returns
    -------
    pandas.DataFrame
        Distinct rows of ``talk``, ``person`` (number in the roster) and ``wrote``.
    """
    messages = mailbox.frame()
    senders = messages[["talk", "sender"]].drop_duplicates()
    groups = messages[["talk", "group"]].drop_duplicates()
    row, member = _members(mailbox, groups["group"].to_numpy())
    wrote = pd.DataFrame({"talk": senders["talk"], "person": people[senders["sender"]]})
    read = pd.DataFrame({"talk": groups["talk"].to_numpy()[row], "person": people[member]})
    return pd.concat([wrote.assign(wrote=True), read.assign(wrote=False)], ignore_index=True)


def _members(mailbox: Mailbox, groups: Numbers) -> tuple[Numbers, Numbers]:
    """Return the members of groups: position in ``groups``, and number of the person."""
    flat, ends, _ = mailbox.members()
    starts = np.concatenate(([0], ends[:-1])).astype(np.int64)
    number = (ends - starts)[groups]
    row = np.repeat(np.arange(len(groups)), number)
    within = np.arange(len(row)) - np.repeat(np.cumsum(number) - number, number)
    return row, flat[starts[groups][row] + within]


def message_days(
    mailbox: Mailbox,
    people: Numbers,
    notes: pd.DataFrame,
    identities: Identities,
    journal: Journal,
) -> Talks:
    """Return who wrote to whom on which day.

    Parameters
    ----------
    mailbox
        The messages.
    people
        Numbers of its people in the roster.
    notes
        Invitations with a note: source, target (numbers in the roster), text.
    identities
        Who the people are.
    journal
        Told about rows that are not used.

    Returns
    -------
    Talks
        The days, and the texts if they are kept.
    """
    codes, ids = pd.factorize(identities.ids.astype(str))
    who = np.where(ids[codes] == "", -1, codes).astype(np.int64)
    owner = int(who[OWNER])
    messages = mailbox.frame()
    messages["from"] = who[people[messages["sender"]]]
    messages = leave_out(
        messages,
        messages["from"] < 0,
        journal.skip_alike,
        "the sender's name fits several people",
        mend="a newer archive also tells their addresses",
    ).reset_index(drop=True)
    _, _, sizes = mailbox.members()
    messages["size"] = sizes[messages["group"]]
    pairs = _pairs(mailbox, messages, who[people], owner)
    messages = _without_notes(messages, pairs, _note_keys(notes, mailbox, who), journal)
    messages = _between_people(messages, pairs, owner, journal)
    for file, part in messages.groupby("file", observed=True):
        journal.used(str(file), len(part))
    return Talks(_days(messages, pairs, ids), _texts(messages, pairs, ids))


def _pairs(mailbox: Mailbox, messages: pd.DataFrame, person: Numbers, owner: int) -> pd.DataFrame:
    """Return whom each message was written to: ``message``, ``to``.

    Whoever writes to one person in this mailbox writes to its owner, however the owner is spelt
    where recipients have no address.
    """
    message, member = _members(mailbox, messages["group"].to_numpy())
    to = person[member]
    sender = messages["from"].to_numpy()[message]
    alone = messages["size"].to_numpy()[message] == 1
    to = np.where(mailbox.is_unaddressed()[member] & alone & (sender != owner), owner, to)
    is_act = (to >= 0) & (to != sender)
    return pd.DataFrame({"message": message[is_act], "to": to[is_act]})


def _note_keys(notes: pd.DataFrame, mailbox: Mailbox, who: Numbers) -> pd.DataFrame:
    """Return the distinct notes as ``from``, ``to`` (people) and ``note`` (number of the text)."""
    keys = pd.DataFrame(
        {
            "from": who[notes["source"].to_numpy(dtype=np.int64)],
            "to": who[notes["target"].to_numpy(dtype=np.int64)],
            "note": notes["text"].map(mailbox.note_texts()).to_numpy(dtype=np.int64),
        }
    )
    return keys.drop_duplicates()


def _without_notes(
    messages: pd.DataFrame, pairs: pd.DataFrame, keys: pd.DataFrame, journal: Journal
) -> pd.DataFrame:
    """Leave out the first message of a pair that repeats the note of an invitation."""
    noted = messages.loc[messages["note"] > 0, ["from", "note", "at"]]
    written = noted.join(pairs.set_index("message"), how="inner")
    written = written.reset_index(names="message").merge(keys, on=["from", "to", "note"])
    first = written.groupby(["from", "to", "note"])["at"].transform("min")
    repeated = messages.index.isin(written.loc[written["at"] == first, "message"])
    return leave_out(
        messages,
        pd.Series(repeated, index=messages.index),
        journal.skip_alike,
        "the note of an invitation, shown again when it was accepted",
    )


def _between_people(
    messages: pd.DataFrame, pairs: pd.DataFrame, owner: int, journal: Journal
) -> pd.DataFrame:
    """Leave out messages that tie the owner to nobody."""
    told = messages.index.isin(pairs["message"])
    with_owner = messages.index.isin(pairs.loc[pairs["to"] == owner, "message"])
    with_owner |= (messages["from"] == owner).to_numpy()
    reasons = {
        "the recipient is hidden, has left or cannot be told": ~told,
        "the owner takes no part": ~with_owner,
        f"a group of more than {_LARGEST_GROUP} people": (
            messages["size"] + 1 > _LARGEST_GROUP
        ).to_numpy(),
    }
    left = np.ones(len(messages), dtype=bool)
    for reason, holds in reasons.items():
        report(messages, pd.Series(left & holds, index=messages.index), journal.skip_alike, reason)
        left &= ~holds
    return messages[left]


def _days(messages: pd.DataFrame, pairs: pd.DataFrame, ids: Names) -> pd.DataFrame:
    """Return the distinct days; the largest amount counts where somebody wrote twice."""
    facts = messages[["from", "at", "size"]]
    written = pairs[pairs["message"].isin(facts.index)].join(facts, on="message")
    written["at"] = written["at"].dt.floor("D")
    written["amount"] = 1.0 / written["size"]
    days = written.groupby(["from", "to", "at"], as_index=False)["amount"].max()
    return pd.DataFrame(
        {
            "kind": "message_day",
            "source": ids[days["from"]],
            "target": ids[days["to"]],
            "at": days["at"],
            "amount": days["amount"],
        }
    )


def _texts(messages: pd.DataFrame, pairs: pd.DataFrame, ids: Names) -> pd.DataFrame:
    """Return what was written in messages that count, to each reader; nothing unless it is kept."""
    if "text" not in messages.columns:
        return pd.DataFrame(columns=["kind", "source", "target", "at", "text"])
    kept = messages[messages["text"] != ""]
    written = pairs[pairs["message"].isin(kept.index)].join(kept, on="message")
    return pd.DataFrame(
        {
            "kind": "message",
            "source": ids[written["from"]],
            "target": ids[written["to"]],
            "at": written["at"],
            "text": written["text"],
        }
    )
