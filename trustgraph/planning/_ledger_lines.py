"""Favours given and received, in plain sentences."""

from typing import TYPE_CHECKING, Final

from trustgraph._text import counted, listed, percent

if TYPE_CHECKING:
    from trustgraph.planning.generosity_results import FavourTie, GenerosityLedger

__all__ = ["lines", "summary"]

MOST_TOLD: Final = 5
WORDS: Final = {
    "help_given": ("act of help", "acts of help"),
    "introduction_made": ("introduction", "introductions"),
    "recommendation": ("recommendation", "recommendations"),
    "skill_endorsement": ("endorsement of a skill", "endorsements of skills"),
}


def lines(ledger: "GenerosityLedger") -> list[str]:
    """Return the whole ledger, line by line."""
    return [*summary(ledger), *_people(ledger), *_caveats(ledger)]


def summary(ledger: "GenerosityLedger") -> list[str]:
    """Return the totals, and how far they go both ways."""
    who = ledger.person_name
    some = [tie for tie in ledger.ties if tie.favours]
    if not some:
        return [
            (
                f"No favours of {who} or to {who} are on record: no help, introduction, "
                "recommendation or endorsement."
            )
        ]
    given, received = (sum(getattr(tie, way) for tie in some) for way in ("given", "received"))
    told = [
        (
            f"On record, {who} gave {counted(given, 'favour')} and received {received:,}, in ties "
            f"with {counted(len(some), 'person', 'people')}."
        )
    ]
    for way in ("given", "received"):
        counts = {
            kind: sum(getattr(one, way) for tie in some for one in tie.favours if one.kind == kind)
            for kind in WORDS
        }
        parts = [counted(number, *WORDS[kind]) for kind, number in counts.items() if number]
        if parts:
            told.append(f"{way.title()}: {listed(parts)}.")
    told.append(
        f"In {percent(ledger.reciprocity)} of these ties favours went both ways; on average there "
        f"were {ledger.favours_per_tie:.1f} a tie. Who exchanges favours often pays less for being "
        "generous (Flynn 2003)."
    )
    return told


def _people(ledger: "GenerosityLedger") -> list[str]:
    who = ledger.person_name
    told = [
        (
            f"{tie.name} did {who} {counted(tie.received, 'favour')}{_since(tie.last_received)}, "
            "and nothing was given back since: a debt that sleeps."
        )
        for tie in ledger.dormant_debts[:MOST_TOLD]
    ]
    if more := len(ledger.dormant_debts) - MOST_TOLD:
        told += [f"So it is with {more} more."] if more > 0 else []
    if first := ledger.help_first[:MOST_TOLD]:
        told.append(f"Whom to help first: {'; '.join(map(_reason, first))}.")
    return told


def _reason(tie: "FavourTie") -> str:
    parts = [f"carries {percent(min(tie.importance, 1.0))} of the goals"] if tie.importance else []
    if tie.balance < 0:
        parts.append(f"gave more than they got, by {-tie.balance:.2f}")
    return f"{tie.name} ({', '.join(parts)})"


def _since(day: str) -> str:
    return f", the last on {day}" if day else ""


def _caveats(ledger: "GenerosityLedger") -> list[str]:
    told = []
    if any(tie.favours for tie in ledger.ties):
        weights = ", ".join(
            f"{WORDS[kind][0]} {mass:g}" for kind, mass in ledger.weights.items() if kind in WORDS
        )
        told.append(
            "A favour weighs what it adds to the trust of the one who receives it, when fresh "
            f"({weights}), and less with age: a judgement, not a measurement."
        )
    if not ledger.own_records:
        told.append(
            f"These are not the records of {ledger.person_name}: what only their own archive "
            "tells is missing."
        )
    return told
