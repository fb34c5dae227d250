"""Offers compared, in plain sentences."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, Literal

from trustgraph._text import counted, listed, percent
from trustgraph.trust.incentives import Norms
from trustgraph.trust.reaction import EFFECTS

if TYPE_CHECKING:
    from trustgraph.planning.incentive_results import IncentiveComparison, OfferEffect

__all__ = ["EQUAL", "lines", "verdict"]

EQUAL: Final = 1e-12
MOST_TOLD: Final = 5
HIDDEN: Final = {
    "nothing": "offering nothing",
    "modest gift": "a modest gift",
    "token payment": "a token payment",
    "large payment": "a large payment",
}
COMPARED: Final = {
    "gift_modest": "a modest gift",
    "payment_token": "a token payment",
    "payment_large": "a large payment",
}
NAMED: Final = {
    "response": "on answers",
    "endorsement": "on endorsements",
    "forwards": "on hand-overs",
    "carried": "on what is believed",
    "carried_disclosed": "on what is believed if told",
}
ROLES: Final[tuple[tuple[Literal["introducer", "forwarder"], str], ...]] = (
    ("introducer", "would vouch"),
    ("forwarder", "would at best hand it over"),
)
PRESETS: Final = {one.name: one for one in (Norms.literature(), Norms.essay())}
STATED: Final = frozenset({"V", "V2", "D"})
UNCERTAIN: Final = {
    "no_certainty": (
        "There are no intervals: at least one tie has a trust without a certainty, so there is "
        "nothing to draw."
    ),
    "reach": "There are no intervals: nobody's trust is at stake in an ask that only gets through.",
    "no_path": "There are no intervals: there is no way on which anything could arrive.",
}


def offer_name(effect: "OfferEffect") -> str:
    """Return what is offered, as a reader says it."""
    name = HIDDEN[effect.strategy]
    return f"{name} that the target is told of" if effect.disclosed else name


def verdict(found: "IncentiveComparison") -> list[str]:
    """Return whether to pay, in a few sentences."""
    names = [one.name for one in found.norms]
    told = [_headline([one for one in found.norms if found.payment_helps(one.name)])]
    if found.reason == "nobody_to_ask":
        told.append(f"No contact of {found.seeker_name} has a way to {found.target_name}.")
        if found.whole(names[0])[0].score > 0:
            told.append("What arrives, arrives by the direct tie: nobody is asked for anything.")
        return told
    if found.reason == "nobody_vouches":
        told.append(
            f"No contact with a way to {found.target_name} knows and trusts {found.seeker_name} "
            "well enough to vouch, and no offer changes that."
        )
    told += [line for norms in found.norms for line in _under(found, norms)]
    if len(names) > 1:
        told.append(_difference(found, names))
    return told


def _headline(helped: list[Norms]) -> str:
    if not helped:
        return "No payment makes more arrive than nothing does."
    under = " and ".join(map(_possessive, helped))
    return (
        f"Under {under}, a payment gets more messages through: nobody puts their name behind "
        "them, so there is nothing that money could spoil."
    )


def _possessive(norms: Norms) -> str:
    """Return the norms as a reader says them; a preset that was changed is not that preset."""
    if norms.name not in PRESETS:
        return f"the norms {norms.name!r}"
    return f"the {'' if norms == PRESETS[norms.name] else 'changed '}norms of the {norms.name}"


def _under(found: "IncentiveComparison", norms: Norms) -> Iterator[str]:
    nothing, *offers = found.whole(norms.name)
    best = found.best(norms.name)
    under = _possessive(norms)
    start = under[0].upper() + under[1:]
    if found.reason != "nobody_vouches":
        if best.strategy == "nothing":
            yield f"{start}: best is to offer nothing ({_chance(nothing.score)} that it arrives)."
        else:
            yield (
                f"{start}: best is {offer_name(best)}: {_chance(best.score)} that it arrives, "
                f"{_chance(nothing.score)} with nothing; {_sure(best)}."
            )
        paid = [one for one in offers if "payment" in one.strategy]
        worse = [one for one in paid if one.gain < -EQUAL]
        same = [one for one in paid if abs(one.gain) <= EQUAL]
        if same:
            yield f"{_listed(same)} would change nothing."
        if worse:
            least = min(worse, key=lambda one: one.score)
            yield (
                f"{_listed(worse)} would lower it; the worst, {offer_name(least)}, to "
                f"{_chance(least.score)}; {_sure(least)}."
            )
    yield from _bought(nothing, offers, start)


def _listed(effects: list["OfferEffect"]) -> str:
    """Return offers as a list; one that is there both told and untold is named once."""
    twice = {
        one.strategy
        for one in effects
        if sum(other.strategy == one.strategy for other in effects) > 1
    }
    names = [
        f"{HIDDEN[one.strategy]} (told or not)" if one.strategy in twice else offer_name(one)
        for one in effects
    ]
    text = listed(list(dict.fromkeys(names)))
    return text[0].upper() + text[1:]


def _bought(nothing: "OfferEffect", offers: list["OfferEffect"], start: str) -> Iterator[str]:
    if nothing.lift is None:
        return
    paid = [one for one in offers if "payment" in one.strategy]
    most = max(paid, key=lambda one: (round(_handed(one), 12), one.lift))
    if _handed(most) <= _handed(nothing) + EQUAL or most.lift is None:
        yield f"{start}: money does not even buy hand-overs."
        return
    yield (
        f"{start}: what money can buy is that somebody at least hands it over, "
        f"{_chance(_handed(most))} with {offer_name(most)} against {_chance(_handed(nothing))}. "
        "A mere hand-over carries no reputation: the whole ask then succeeds "
        f"{most.lift:.2f} times as often as a cold application, {nothing.lift:.2f} times with "
        "nothing offered."
    )


def _handed(effect: "OfferEffect") -> float:
    """Return the chance of at least a hand-over: of an endorsement, or of that alone."""
    return effect.endorses + effect.forwards


def _difference(found: "IncentiveComparison", names: list[str]) -> str:
    best = {name: found.best(name) for name in names}
    agree = len({one.strategy for one in best.values()}) == 1
    advice = "agree on what is best" if agree else "disagree on what is best"
    text = f"The norms {advice}"
    parts = []
    for kind in ("modest gift", "token payment", "large payment"):
        ratios = [_ratio(found, name, kind) for name in names]
        if max(ratios) - min(ratios) > EQUAL:
            each = ", ".join(
                f"{ratio:.2f} ({name})" for ratio, name in zip(ratios, names, strict=True)
            )
            parts.append(f"{HIDDEN[kind]} multiplies what arrives by {each}")
    if not parts:
        return f"{text}, and no offer that the target does not hear of tells them apart."
    return f"{text}; if the target does not hear of it, {'; '.join(parts)}."


def _ratio(found: "IncentiveComparison", name: str, strategy: str) -> float:
    nothing, *offers = found.whole(name)
    one = next(one for one in offers if one.strategy == strategy and not one.disclosed)
    return one.score / nothing.score if nothing.score > 0 else 1.0


def _sure(effect: "OfferEffect") -> str:
    interval = effect.gain_interval
    if interval is None:
        return "how sure that is cannot be told"
    text = (
        f"the difference of {effect.gain:+.3f} lies between {interval.low:+.3f} and "
        f"{interval.high:+.3f} in nine of ten draws"
    )
    if interval.low <= 0.0 <= interval.high and interval.width > EQUAL:
        return f"{text}, so it is uncertain whether there is any"
    return text


def _chance(share: float) -> str:
    return f"{percent(share)} ({share:.3f})"


# ------------------------------------------------------------------------------ everything


def lines(found: "IncentiveComparison") -> list[str]:
    """Return the whole comparison, line by line."""
    first, *rest = verdict(found)
    question = f"Should {found.seeker_name} offer anything for the way to {found.target_name}?"
    told = [f"{question} {first}", *rest]
    told += _people(found)
    told += [_where_from(one) for one in found.norms]
    told.append(f"Clarity of the ask: {found.ask.clarity:.2f} of 1.")
    if found.no_interval:
        told.append(UNCERTAIN[found.no_interval])
    else:
        told.append(
            f"Intervals come from {found.draws:,} draws of what people think of each other, the "
            "same for every offer; how large the effects of offers are is in no interval."
        )
    if not found.exact:
        told.append(
            "What arrives in all is an estimate, known to within about "
            f"{2 * found.standard_error:.3f} (two standard errors), an error that all offers share."
        )
    told.append(
        "The numbers compare offers; they are modelled, not calibrated, and promise nothing."
    )
    return told


def _people(found: "IncentiveComparison") -> Iterator[str]:
    for role, does in ROLES:
        people = found.contacts(role)
        if not people:
            continue
        yield f"{counted(len(people), 'contact')} with a way on {does}."
        for first in people[:MOST_TOLD]:
            yield _person(found, first)
        if len(people) > MOST_TOLD:
            yield f"And {len(people) - MOST_TOLD} more, all in the frame."


def _person(found: "IncentiveComparison", first: "OfferEffect") -> str:
    """Return what one contact does with nothing offered, and with each offer under each norms."""
    does, shown_of = "endorses", _endorsed
    if first.role == "forwarder" or found.ask.purpose == "reach":
        does, shown_of = "at least hands it over", _handed
    parts = [
        f"{first.name} {does} with a chance of {percent(shown_of(first))} if nothing is offered"
    ]
    for norms in found.norms:
        offers = [one for one in found.of(first.person, norms.name)[1:] if not one.disclosed]
        each = [f"{HIDDEN[one.strategy]} {percent(shown_of(one))}" for one in offers]
        parts.append(f"by {_possessive(norms)}: {', '.join(each)}")
    return "; ".join(parts) + "."


def _endorsed(effect: "OfferEffect") -> float:
    return effect.endorses


def _where_from(norms: Norms) -> str:
    sourced: list[str] = []
    judged: list[str] = []
    for offer, called in COMPARED.items():
        reaction = getattr(norms, offer)
        for effect in EFFECTS:
            value = getattr(reaction, effect)
            if value == type(reaction).model_fields[effect].default:
                continue
            text = f"{called} {NAMED[effect]} {value:g}"
            (sourced if reaction.origin(effect).confidence in STATED else judged).append(text)
    under = _possessive(norms)
    return (
        f"{under[0].upper()}{under[1:]}: measured somewhere, mostly in another domain: "
        f"{', '.join(sourced) or 'nothing'}. Judged: {', '.join(judged) or 'nothing'}; and that "
        "everything else changes nothing."
    )
