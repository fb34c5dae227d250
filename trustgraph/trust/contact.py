"""Who wrote, who answered: conversation-days, unanswered messages and lasting silence.

Both are known only at a date: a message of yesterday may still be answered. They are therefore
derived here, from `message_day` records up to that date, and never stored.
"""

from dataclasses import dataclass, replace

import numpy as np

from trustgraph._typing import Bools, LongInts
from trustgraph.trust.acts import UNDATED, Acts
from trustgraph.trust.evidence_table import CONVERSATION, UNANSWERED, EvidenceTable

__all__ = ["ContactDays", "contact_days", "derive_contacts", "ends", "unanswered_days"]


def derive_contacts(acts: Acts, table: EvidenceTable, *, people: int) -> Acts:
    """Return acts in which messages have become conversation-days or unanswered messages.

    Parameters
    ----------
    acts
        Acts up to the date of interest, raw messages among them.
    table
        The table the kinds are numbered by.
    people
        Number of people.

    Returns
    -------
    Acts
        All other acts as they were, then conversation-days, one a pair of people and day, then
        unanswered messages, one a writer, reader and day.

    Notes
    -----
    A day on which at least one of two people wrote to the other is a conversation-day if both
    wrote within ``conversation_window_days`` of it, that day included; else whoever wrote is
    unanswered. Conversation-days and unanswered messages that the evidence states itself stay as
    they are; no day of a pair counts twice, and a conversation-day wins. The amount is the largest
    of the records of that day. A message without a date has no day to be answered in: it counts
    as unanswered.
    """
    raw, conversation = len(table.kinds), table.names.index(CONVERSATION)
    unanswered = table.names.index(UNANSWERED)
    wrote = np.isin(acts.kind, (raw, conversation, unanswered))
    dated = acts.day != UNDATED
    lost = wrote & ~dated
    timeless = acts.take(lost)
    timeless = replace(timeless, kind=np.where(timeless.kind == raw, unanswered, timeless.kind))
    messages = acts.take(wrote & dated)
    kept = acts.take(~wrote)
    if not len(messages):
        return kept.joined(timeless)
    key = _pair_days(messages, people, table.conversation_window_days)
    upward = messages.source < messages.target
    stated, is_raw = messages.kind == conversation, messages.kind == raw
    answered = is_raw & _answered(key, upward, is_raw, table.conversation_window_days)
    together = np.isin(key, key[stated | answered])
    return kept.joined(
        timeless,
        _largest(messages, key, together, conversation, canonical=True),
        _largest(messages, 2 * key + upward, ~together, unanswered, canonical=False),
    )


def _pair_days(messages: Acts, people: int, window: int) -> LongInts:
    """Return a number for pair of people and day; days of different pairs lie far apart."""
    low = np.minimum(messages.source, messages.target)
    high = np.maximum(messages.source, messages.target)
    _, pair = np.unique(low * people + high, return_inverse=True)
    first = messages.day.min()
    span = messages.day.max() - first + 2 * window + 2
    return np.asarray(pair * span + (messages.day - first) + window, dtype=np.int64)


def _answered(key: LongInts, upward: Bools, is_raw: Bools, window: int) -> Bools:
    """Whether, for each message, the other one wrote within the window of its day."""
    found = np.zeros(len(key), dtype=bool)
    for direction in (True, False):
        mine = upward == direction
        theirs = np.unique(key[is_raw & ~mine])
        if len(theirs) and mine.any():
            wanted = key[mine]
            nearest = np.searchsorted(theirs, wanted - window)
            inside = nearest < len(theirs)
            nearest[~inside] = 0
            found[mine] = inside & (theirs[nearest] <= wanted + window)
    return found


def _largest(messages: Acts, key: LongInts, which: Bools, kind: int, *, canonical: bool) -> Acts:
    """Return one act a key, of the largest amount; canonical acts name the lower person first."""
    chosen = messages.take(which)
    key = key[which]
    order = np.lexsort((chosen.amount, key))
    one = chosen.take(order[ends(key[order])])
    source, target = one.source, one.target
    if canonical:
        source, target = np.minimum(source, target), np.maximum(source, target)
    return Acts(np.full(len(one), kind, dtype=np.int64), source, target, one.day, one.amount)


@dataclass(frozen=True, eq=False)
class ContactDays:
    """Days on which somebody acted towards somebody, each once, sorted by pair and day.

    Attributes
    ----------
    actor, other
        Numbers of the people: ``actor`` acted towards ``other``.
    day
        UTC days since 1 January 1970.
    answered
        False if all that ``actor`` did that day was to write without an answer.
    """

    actor: LongInts
    other: LongInts
    day: LongInts
    answered: Bools

    @classmethod
    def plain(
        cls, actor: LongInts, other: LongInts, day: LongInts, *, people: int
    ) -> "ContactDays":
        """Return the days of acts that need no answer to count, in any order.

        Parameters
        ----------
        actor, other, day
            Who acted towards whom, and when; acts may repeat.
        people
            Number of people.
        """
        pair = actor * people + other
        order = np.lexsort((day, pair))
        pair, day = pair[order], day[order]
        last = ends(pair) | ends(day)
        actor, other = np.divmod(pair[last], max(people, 1))
        return cls(actor, other, day[last], np.ones(len(actor), dtype=bool))


def contact_days(acts: Acts, table: EvidenceTable, *, people: int) -> ContactDays:
    """Return the days on which people acted towards each other.

    Parameters
    ----------
    acts
        Acts after `derive_contacts`.
    table
        The table the kinds are numbered by; its ``contact`` says who acted.
    people
        Number of people.

    Returns
    -------
    ContactDays
        Undated acts are left out: they say nothing about recall.
    """
    acted = np.array([row.contact != "none" for row in table.kinds])
    mutual = np.array([row.contact == "both" for row in table.kinds])
    silent = np.array([row.unanswered for row in table.kinds])
    dated = acts.take((acts.day != UNDATED) & acted[acts.kind])
    back = dated.take(mutual[dated.kind])
    pair = np.concatenate(
        [dated.source * people + dated.target, back.target * people + back.source]
    )
    day = np.concatenate([dated.day, back.day])
    answered = ~silent[np.concatenate([dated.kind, back.kind])]
    order = np.lexsort((answered, day, pair))
    pair, day, answered = pair[order], day[order], answered[order]
    last = ends(pair) | ends(day)
    actor, other = np.divmod(pair[last], max(people, 1))
    return ContactDays(actor, other, day[last], answered[last])


def unanswered_days(
    acts: Acts, days: ContactDays, table: EvidenceTable, *, people: int, before: int
) -> tuple[LongInts, LongInts, LongInts]:
    """Count the days on which somebody wrote and has had no sign of the other since.

    Parameters
    ----------
    acts
        Acts after `derive_contacts`.
    days
        Their contact days.
    table
        The table the kinds are numbered by.
    people
        Number of people.
    before
        Only messages before this day count: later ones may still be answered.

    Returns
    -------
    tuple of numpy.ndarray
        Writer, reader and number of days, one row a pair with at least one such day.

    Notes
    -----
    A message is answered by any act of contact of the reader towards the writer on the same day
    or later.
    """
    silent = np.array([row.unanswered for row in table.kinds])
    late = acts.take(silent[acts.kind] & (acts.day != UNDATED) & (acts.day < before))
    reply = days.actor * people + days.other
    last = ends(reply)
    known = np.searchsorted(reply[last], late.target * people + late.source)
    padded = np.append(reply[last], -1)
    replied = padded[known] == late.target * people + late.source
    newest = np.where(replied, np.append(days.day[last], UNDATED)[known], UNDATED)
    open_still = late.take(newest < late.day)
    pair = open_still.source * people + open_still.target
    order = np.lexsort((open_still.day, pair))
    pair, day = pair[order], open_still.day[order]
    pair = pair[ends(pair) | ends(day)]
    distinct, count = np.unique(pair, return_counts=True)
    writer, reader = np.divmod(distinct, max(people, 1))
    return writer, reader, count.astype(np.int64)


def ends(values: LongInts) -> Bools:
    """Whether each of some sorted values is the last of its equals."""
    last = np.ones(len(values), dtype=bool)
    last[:-1] = values[1:] != values[:-1]
    return last
