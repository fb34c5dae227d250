"""What the seeker should look at before a draft is sent: for their own eyes."""

from typing import Any, Final

from trustgraph.introductions.introduction import Introduction
from trustgraph.models.ask import Ask
from trustgraph.models.outcome import Outcome
from trustgraph.planning.draft_facts import bad_turns, relation_of
from trustgraph.planning.draft_results import Recipient

__all__ = ["notes_on"]

_LONG: Final = 150


def notes_on(
    path: Introduction,
    ask: Ask,
    to: Recipient,
    outcome: Outcome | None,
    words: dict[str, Any],
    length: int,
) -> list[str]:
    """Return what the seeker should look at before sending."""
    notes: list[str] = []
    if to == "thanks":
        if outcome is None:
            notes.append("give outcome=tg.Outcome(…) and the thanks say what they are for")
        notes += _after(ask, words)
    else:
        if to == "introducer" or words["is_direct"]:
            notes += _on_relation(path, words)
        notes += _before(ask, words)
    if length > _LONG:
        notes.append(f"it has {length} words; say in the ask the same in fewer")
    return notes


def _on_relation(path: Introduction, words: dict[str, Any]) -> list[str]:
    notes: list[str] = []
    first, asked = path.steps[0], words["introducer"] or words["target"]
    facts = relation_of(first)
    if not facts:
        notes.append(f"nothing on record says how you know {asked}; say it in your own words")
    elif facts[0].basis == "guess":
        notes.append(f"how you know {asked} is guessed from your records; check it or take it out")
    elif [record.kind for fact in facts for record in fact.records] == ["connection"]:
        notes.append(f"a connection is all that is on record with {asked}; say how you know them")
    notes += [f"{asked} {turn}; think about whether to ask again" for turn in bad_turns(first)]
    if words["goes_inside"]:
        notes.append(f"{asked} {path.steps[1].note}, as far as is known; who is right, you ask")
    elif words["introducer"] and not words["belief"]:
        knows = f"{asked} knows {words['goal']}"
        notes.append(f"nothing on record says that {knows}; the draft asks")
    if words["is_chain"]:
        notes.append(f"the way from {words['next_person']} on is for {words['next_person']} to ask")
    return notes


def _before(ask: Ask, words: dict[str, Any]) -> list[str]:
    kind = ask.incentive.kind
    if kind == "none":
        return []
    if words["is_direct"]:
        return [f"nobody introduces, so the {kind} of the ask is not mentioned"]
    if kind == "gift":
        return ["a gift is not promised: give it afterwards, as thanks"]
    if ask.incentive.disclosed:
        return ["the payment is said plainly, also to the target; it may cost some of the credit"]
    return [
        "a payment that comes out later can cost you both their trust; disclose it, or pay none"
    ]


def _after(ask: Ask, words: dict[str, Any]) -> list[str]:
    if words["is_direct"] or ask.incentive.kind == "none":
        return []
    if ask.incentive.kind == "gift":
        return ["now is the time for a modest gift; let it come unannounced"]
    return ["settle the payment apart from the thanks"]
