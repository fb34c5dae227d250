"""What a draft claims besides the relation: what came of the ask, what is paid, and by what way."""

from collections.abc import Sequence
from typing import Any, Final

from trustgraph.models.ask import Ask
from trustgraph.models.outcome import Outcome
from trustgraph.planning.draft_results import DraftFact, Recipient

__all__ = ["deed_of", "news_of", "payment_of", "said", "through_whom"]

_DEEDS: Final = {
    "endorsed": "Thank you for introducing me to {goal} and for putting your name to it.",
    "forwarded": "Thank you for passing my note on to {goal}.",
    "passed": "Thank you for passing my note on to {goal}.",
    "declined": "Thank you for telling me that it does not suit you.",
    "silent": "My note about {target} needs no answer any more.",
}


def said(facts: Sequence[DraftFact]) -> str:
    """Return the sentences of claims, one after another."""
    return " ".join(fact.sentence for fact in facts)


def deed_of(outcome: Outcome | None, words: dict[str, Any]) -> list[DraftFact]:
    """Return what the thanks are for; nothing while the ask is open."""
    if outcome is None or outcome.state not in _DEEDS:
        return []
    sentence = _DEEDS[outcome.state].format(goal=words["goal"], target=words["target"])
    if words["is_direct"] and outcome.state != "declined":
        silent = outcome.state == "silent"
        sentence = "My note needs no answer any more." if silent else "Thank you for answering me."
    day = getattr(outcome, outcome.state)
    return [DraftFact(sentence=sentence, basis="outcome", note=f"{outcome.state} on {day}")]


def news_of(outcome: Outcome | None, words: dict[str, Any]) -> list[DraftFact]:
    """Return what has come of the ask, as far as anything has."""
    if outcome is None or not outcome.reached:
        return []
    told: list[DraftFact] = []
    if outcome.met and words["is_direct"]:
        told.append(_news_of("It was good to hear from you.", "met", outcome))
    elif outcome.met and words["is_organisation"]:
        told.append(_news_of(f"I am in touch with {words['target']} now.", "met", outcome))
    elif outcome.met:
        told.append(_news_of(f"{words['target']} and I are in touch now.", "met", outcome))
    if outcome.hired:
        told.append(_news_of("I have found what I was looking for.", "hired", outcome))
    return told


def _news_of(sentence: str, event: str, outcome: Outcome) -> DraftFact:
    note = f"{event} on {getattr(outcome, event)}"
    return DraftFact(sentence=sentence, basis="outcome", note=note)


def payment_of(ask: Ask, to: Recipient, words: dict[str, Any]) -> list[DraftFact]:
    """Return what to say of a payment: always to the introducer, to the target if disclosed."""
    if ask.incentive.kind != "payment":
        return []
    whom = f"those at {words['target']}" if words["is_organisation"] else words["target"]
    if to == "introducer" and ask.incentive.disclosed:
        sentence = f"To be open: I offer you a payment for this; please tell {whom}."
    elif to == "introducer":
        sentence = f"To be open: I offer you a payment for this; {whom} would not know."
    elif ask.incentive.disclosed:
        sentence = f"So that you know: I have offered {words['introducer']} a payment for this."
    else:
        return []
    told = "disclosed" if ask.incentive.disclosed else "not disclosed to the target"
    return [DraftFact(sentence=sentence, basis="ask", note=f"the payment of the ask, {told}")]


def through_whom(ask: Ask, outcome: Outcome | None, words: dict[str, Any]) -> list[DraftFact]:
    """Return by what way the note comes; that somebody vouches only once they have done so."""
    # Of one who is paid nothing is said that sounds freely given.
    paid = ask.incentive.kind == "payment"
    if outcome is not None and outcome.state == "endorsed" and not words["is_chain"]:
        did = "introduced us" if paid else "was kind enough to introduce us"
        sentence = f"{words['introducer']} {did}."
        return [DraftFact(sentence=sentence, basis="outcome", note=f"endorsed {outcome.endorsed}")]
    comes = f"This comes to you through {words['intermediaries'][-1]}"
    if words["purpose"] == "reach":
        sentence = f"{comes}, who does not vouch for me by passing it on."
    elif paid:
        sentence = f"{comes}."
    else:
        sentence = f"{comes}; what they think of it is theirs to say."
    return [DraftFact(sentence=sentence, basis="plan", note="the path, if you send it on this way")]
