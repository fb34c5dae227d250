"""Who would think of somebody, in plain sentences."""

from typing import TYPE_CHECKING, Final

from trustgraph._text import counted, listed, percent

if TYPE_CHECKING:
    from trustgraph.planning.top_of_mind_results import Mind, TopOfMind

__all__ = ["lines", "summary"]

MOST_TOLD: Final = 10
LITTLE: Final = 0.005
"""A chance that is not worth a line."""


def lines(found: "TopOfMind") -> list[str]:
    """Return the whole answer, line by line."""
    told = summary(found)
    likely = [mind for mind in found.minds if (mind.unasked or 0.0) >= LITTLE]
    told += [
        f"{place}. {_mind(mind, found.person_name)}"
        for place, mind in enumerate(likely[:MOST_TOLD], start=1)
    ]
    soon = found.about_to_forget
    told += [_warning(mind, found.person_name) for mind in soon[:MOST_TOLD]]
    if more := len(soon) - MOST_TOLD:
        told += [f"So it is with {more} more."] if more > 0 else []
    return told + _forgotten(found) + _caveats(found)


def _forgotten(found: "TopOfMind") -> list[str]:
    gone = [mind for mind in found.minds if mind.state == "forgotten"]
    if not gone:
        return []
    names = [f"{mind.name} (last in touch {mind.last_contact})" for mind in gone[:MOST_TOLD]]
    if more := len(gone) - MOST_TOLD:
        names += [f"{more} more"] if more > 0 else []
    return [f"Probably forgotten {found.person_name}, if nobody gets in touch: {listed(names)}."]


def summary(found: "TopOfMind") -> list[str]:
    """Return how many people would speak up, now and later."""
    who = found.person_name
    if not found.minds:
        return [f"Nobody has a tie to {who} here, so nobody would think of them unasked."]
    number = len(found.minds)
    people = counted(number, "person has", "people have")
    if not found.recall_known:
        return [
            (
                f"{people} a tie to {who}, but how likely {who} comes to anybody's mind is not "
                "known: the ties carry trust, and nothing about recall. Build the graph from "
                "dated records to know it."
            )
        ]
    told = [
        (
            f"{people} a tie to {who}. If nobody is asked, the model expects "
            f"{found.expected:.2f} of them to think of {who} within {found.horizon_days:.0f} days, "
            "to say so, and to vouch."
        )
    ]
    later = sum(mind.in_12_months or 0.0 for mind in found.minds)
    if found.dates:
        told.append(f"If nothing happens for 12 months, {later:.2f}.")
    states = {
        "steady": "in the usual rhythm",
        "fading": "fading (silent for longer than the rhythm bears)",
        "forgotten": "forgotten (silent for too long, and recall under one half)",
        "unknown rhythm": "without a known rhythm",
    }
    counts = {name: sum(mind.state == name for mind in found.minds) for name in states}
    parts = [f"{many:,} {states[name]}" for name, many in counts.items() if many]
    return [*told, f"Of these ties: {'; '.join(parts)}."]


def _mind(mind: "Mind", who: str) -> str:
    later = ""
    if mind.in_12_months is not None:
        later = f"; in 12 months {percent(mind.in_12_months)}, if nothing happens"
    return (
        f"{mind.name}: {who} comes to mind with a chance of {percent(mind.recall or 0.0)}, they "
        f"would vouch with {percent(mind.willingness)}, so they speak up unasked with "
        f"{percent(mind.unasked or 0.0)}{later}."
    )


def _warning(mind: "Mind", who: str) -> str:
    gap = f"{mind.usual_gap_days:.0f} days" if mind.usual_gap_days else "unknown"
    silent = f"{mind.silent_days:,} days of silence, usual gap {gap}"
    if mind.state == "fading":
        return (
            f"{mind.name} is probably forgetting {who}: {silent}; too long since {mind.forgets_on}."
        )
    return f"{mind.name} is about to forget {who}: {silent}; too long from {mind.forgets_on} on."


def _caveats(found: "TopOfMind") -> list[str]:
    if not (found.minds and found.recall_known):
        return []
    told = [
        (
            f"Whoever thinks of {found.person_name} says so with a chance of "
            f"{percent(found.mention)}: "
            + (
                "nobody has told them what is looked for, and telling them raises it."
                if found.clarity == 0
                else "what is looked for has been told."
            )
        ),
        (
            "Recall is judged by contact, and contact is not thinking of somebody. Modelled "
            "chances that compare people; they promise nothing."
        ),
    ]
    if not found.dates:
        told.append("The graph has no date, so what becomes of these ties is not known.")
    elif not found.exact:
        told.append(
            "Later months are estimated from the first and last dates and the counts of each tie; "
            "pass the network instead of its graph to have them exactly."
        )
    if unknown := sum(mind.recall is None for mind in found.minds):
        told.append(f"Of {counted(unknown, 'tie')} nothing is known about recall.")
    return told
