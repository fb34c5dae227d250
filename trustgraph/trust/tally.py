"""From acts to observations: the masses of all evidence of a pair, aged and capped."""

from typing import Final

import numpy as np

from trustgraph._typing import Floats, LongInts
from trustgraph.trust.acts import UNDATED, Acts
from trustgraph.trust.evidence_table import CONVERSATION, UNANSWERED, EvidenceKind, EvidenceTable
from trustgraph.trust.opinion import saturated
from trustgraph.trust.pairs import Pairs

__all__ = ["DAYS_PER_YEAR", "tally"]

DAYS_PER_YEAR: Final = 365.25


def tally(
    acts: Acts, pairs: Pairs, table: EvidenceTable, *, today: int, undated_age_years: float
) -> tuple[Floats, Floats]:
    """Return the good and the bad observations of each ordered pair.

    Parameters
    ----------
    acts
        Acts after the derivation of contacts.
    pairs
        The pairs to fill.
    table
        Masses, caps and half-lives.
    today
        Day at which ages are counted.
    undated_age_years
        Age of undated evidence of a kind that ages.

    Returns
    -------
    tuple of numpy.ndarray
        r and s, one a pair.

    Notes
    -----
    ``r = sum over kinds of cap (1 - exp(-sum of mass amount 2^(-age / half-life) / cap))``, and s
    likewise over bad evidence. What the truster did and what was done to the truster are capped
    apart, except in mutual kinds, where it does not matter who is named first.

    A message without an answer never counts for more than a conversation-day in its place: where
    conversations are so many that one more would add less than an unanswered message does, the
    worth of the unanswered ones shrinks in proportion. Without this an answer, which turns
    unanswered messages into conversation-days, could lower trust between people who talk every
    week. It takes some 34 recent conversation-days to be felt.
    """
    worth = _worth(acts, table, today=today, undated_age_years=undated_age_years)
    there, known = pairs.locate(acts.source, acts.target)
    kind, there, worth = acts.kind[known], there[known], worth[known]
    back = pairs.reverse[there]
    observed = {1: np.zeros(len(pairs)), -1: np.zeros(len(pairs))}
    talked = np.zeros(len(pairs))
    # Conversation-days come first: the worth of unanswered messages depends on them.
    for row in sorted(table.kinds, key=lambda row: row.kind != CONVERSATION):
        mine = kind == table.names.index(row.kind)
        if not (row.counts and mine.any()):
            continue
        given = _sums(there[mine], row.forward * worth[mine], len(pairs))
        taken = _sums(back[mine], row.backward * worth[mine], len(pairs))
        if row.kind == CONVERSATION:
            talked = given + taken
        given, taken = _capped(row, given, taken)
        if row.kind == UNANSWERED:
            conversation = table.kind(CONVERSATION)
            given = given * _fading(row.forward, conversation, talked)
            taken = taken * _fading(row.backward, conversation, talked)
        observed[row.sign] += given + taken
    return observed[1], observed[-1]


def _worth(acts: Acts, table: EvidenceTable, *, today: int, undated_age_years: float) -> Floats:
    """Return the amount of each act that is left at its age."""
    half_life = np.array([row.half_life_years or np.inf for row in table.kinds])
    age = np.where(acts.day == UNDATED, undated_age_years, (today - acts.day) / DAYS_PER_YEAR)
    return np.asarray(acts.amount * np.exp2(-age / half_life[acts.kind]), dtype=np.float64)


def _sums(position: LongInts, value: Floats, size: int) -> Floats:
    """Sum values by position, smallest first, so that the order of the rows changes no bit."""
    order = np.lexsort((value, position))
    total = np.bincount(position[order], weights=value[order], minlength=size)
    return np.asarray(total, dtype=np.float64)


def _capped(row: EvidenceKind, given: Floats, taken: Floats) -> tuple[Floats, Floats]:
    forward = np.inf if row.cap_forward is None else row.cap_forward
    backward = np.inf if row.cap_backward is None else row.cap_backward
    if row.mutual:
        return saturated(given + taken, forward), np.zeros_like(taken)
    return saturated(given, forward), saturated(taken, backward)


def _fading(mass: float, conversation: EvidenceKind, talked: Floats) -> Floats:
    """Return the share of their worth that unanswered messages keep."""
    if mass == 0 or conversation.cap_forward is None:
        return np.ones_like(talked)
    one_more = conversation.forward * np.exp(-talked / conversation.cap_forward)
    return np.minimum(1.0, one_more / mass)
