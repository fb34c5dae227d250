"""Suggested ties in plain sentences."""

from typing import TYPE_CHECKING, Final

from trustgraph._text import counted, listed

if TYPE_CHECKING:
    from trustgraph.planning.suggest_ties_results import TieSuggestion, TieSuggestions

__all__ = ["lines", "short_lines"]

MOST_TOLD: Final = 5
MOST_TARGETS: Final = 3
LITTLE: Final = 0.0005
NOTHING: Final = {
    "": "",
    "nobody_to_suggest": (
        "There is nobody to suggest: nobody new who could be met, and no tie that has faded."
    ),
    "nothing_helps": "No single tie, new or revived, would bring any of the targets nearer.",
    "would_not_vouch": (
        "After the effort assumed here nobody new would vouch yet, and reviving a tie changes "
        "nothing; assume more effort with new_tie=tg.planning.TieEffort(…)."
    ),
}


def _headline(found: "TieSuggestions") -> str:
    return (
        f"As it is, {found.seeker_name} can expect to reach {found.expected:.2f} of "
        f"{counted(len(found.targets), 'target')}."
    )


def lines(found: "TieSuggestions") -> list[str]:
    """Return the answer in sentences."""
    told = [_headline(found)]
    if found.reason:
        told.append(NOTHING[found.reason])
    for rank, one in enumerate(found.items[:MOST_TOLD], start=1):
        told.append(f"{rank}. {one.do} {_effect(one)}")
        if one.kind == "new":
            told.append(f"   {_way(one)}")
    if rest := len(found.items) - MOST_TOLD:
        told += [f"{counted(rest, 'other suggestion')} would add less."] if rest > 0 else []
    return told + _assumed(found) + _sure(found)


def _effect(one: "TieSuggestion") -> str:
    worth = [each for each in one.helps if each.gain > LITTLE]
    helped = [
        f"{each.name} ({each.before:.3f} to {each.after:.3f})" for each in worth[:MOST_TARGETS]
    ]
    more = len(worth) - MOST_TARGETS
    rest = [counted(more, "other")] if more > 0 else []
    about = f"; it helps most with {listed([*helped, *rest])}"
    amount = f"{one.gain:.3f}" if one.gain > LITTLE else "less than 0.001"
    return f"That adds {amount} expected targets{about if helped else ''}."


def _way(one: "TieSuggestion") -> str:
    if one.meet_names:
        through = listed(one.meet_names[1:-1], "then")
        return f"To meet them: through {through}, an introduction of score {one.meet_score:.2f}."
    return {
        "contact": "You have a contact in common, but nobody who would introduce you by name.",
        "organisation": "You have an organisation in common, at present or in the past.",
        "school": "You have a school in common.",
        "nothing": "Nothing on record says how to meet them.",
    }[one.common]


def _assumed(found: "TieSuggestions") -> list[str]:
    told = []
    if found.considered[0]:
        effort = found.new_tie.words if found.new_tie else "what was given"
        state = found.new_state
        # Where ties are trust alone, nothing is known of who would vouch.
        vouches = state.willingness if state.certainty is not None else None
        numbers = [
            f"{name} {value:.2f}"
            for name, value in (
                ("trust", state.trust),
                ("recall", state.recall),
                ("willingness to vouch", vouches),
            )
            if value is not None
        ]
        told.append(f"Assumed of a new tie: {effort}; that is modelled as {listed(numbers)}.")
    if found.considered[1]:
        told.append(f"Assumed of a revived tie: {found.revive.words}. All else stays as it is.")
    return told


def _sure(found: "TieSuggestions") -> list[str]:
    people = f"{counted(found.considered[0], 'new person', 'new people')} and " + counted(
        found.considered[1], "faded tie"
    )
    worked_out = f"{found.evaluated:,} worked out in full; the others cannot bring more."
    told = [f"{people} were considered, {worked_out}"]
    if found.exact:
        told.append("The numbers are exact in the model, which compares ties and promises nothing.")
    else:
        told.append(
            f"Where an exact answer would take too long, numbers come from {found.samples:,} "
            "random draws; they compare ties and promise nothing."
        )
    return told


def short_lines(found: "TieSuggestions") -> list[str]:
    """Return what stands beside the table of the suggestions."""
    return [_headline(found), *_assumed(found), *_sure(found)]
