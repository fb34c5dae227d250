"""The transfer of reputation in plain sentences."""

from typing import TYPE_CHECKING, Final

from trustgraph._text import percent

if TYPE_CHECKING:
    from trustgraph.reputation.results import Carrier, Reliability, Transfer

__all__ = ["carrier_line", "lines", "reliability_lines", "summary"]

MOST_TOLD: Final = 10
LITTLE: Final = 0.001
"""A part of the total so small that it counts as none."""
INDEPENDENT: Final = (
    "Assumed: every step works or fails by itself, also when several people ask the same "
    "person. Where answers hang together, the total would differ."
)
WORKS: Final = {
    "vouch": (
        "every request is answered, everybody asked endorses {seeker} in their own name, and "
        "{target} believes it"
    ),
    "reach": "every request is answered and passed on, though nobody puts their name behind it",
}


def lines(moved: "Transfer") -> list[str]:
    """Return the whole answer, line by line."""
    told = summary(moved)
    told += [
        f"{place}. {carrier_line(carrier, moved)}"
        for place, carrier in enumerate(moved.carriers[:MOST_TOLD], start=1)
    ]
    rest = moved.carriers[MOST_TOLD:]
    if rest:
        share = sum(carrier.shapley for carrier in rest)
        told.append(
            f"The other {len(rest)} together carry {share:.3f} of {moved.total - moved.direct:.3f}."
        )
    if len(moved.carriers) > 1:
        told.append(
            "The losses do not add up, because people can stand in for each other; the fair "
            "shares (Shapley values) do."
        )
    return told + _caveats(moved)


def reliability_lines(found: "Reliability") -> list[str]:
    """Return the whole answer about the total alone, line by line."""
    if found.reason:
        return _nothing(found)
    told = [_total(found, found.value)]
    if found.direct > 0:
        others = found.value - found.direct
        told.append(
            f"The direct tie alone gives {found.direct:.3f}; other people add {others:.3f}."
        )
    told.append(f"Clarity of the ask: {found.ask.clarity:.2f} of 1.")
    return told + _certainty(found)


def summary(moved: "Transfer") -> list[str]:
    """Return how much arrives, and what of it needs nobody."""
    if moved.reason:
        return _nothing(moved)
    total = _total(moved, moved.total)
    if not moved.carriers:
        return [total, "All of it is the direct tie: nobody else would carry it."]
    if moved.direct > 0:
        others = moved.total - moved.direct
        return [
            total,
            f"The direct tie alone gives {moved.direct:.3f}; other people add {others:.3f}.",
        ]
    return [total, "There is no direct tie that counts: all of it depends on other people."]


def _nothing(found: "Reliability | Transfer") -> list[str]:
    most = found.max_intermediaries
    would = "vouch" if found.ask.purpose == "vouch" else "pass it on"
    way = f"{found.seeker_name} to {found.target_name}"
    between = f"{most} {'person' if most == 1 else 'people'} between"
    nothing = f"Nothing arrives: there is no way from {way}, with at most {between}, on which"
    return [
        f"{nothing} everybody would {would}.",
        "tg.find_introductions says why, and what is nearest.",
    ]


def _total(found: "Reliability | Transfer", total: float) -> str:
    works = WORKS[found.ask.purpose].format(seeker=found.seeker_name, target=found.target_name)
    return (
        f"With {percent(total)} ({total:.3f}) at least one way from "
        f"{found.seeker_name} to {found.target_name} works from end to end: {works}."
    )


def carrier_line(carrier: "Carrier", moved: "Transfer") -> str:
    """Return what one intermediary does: what is lost without them, their share, what they get."""
    name = carrier.name
    others = moved.total - moved.direct
    text = f"{name}: {_refusal(carrier, moved)}"
    if len(moved.carriers) > 1 and others > 0:
        text += (
            f" Their fair share of what others bring is {percent(carrier.shapley / others)} "
            f"({carrier.shapley:.3f} of {others:.3f})."
        )
    if carrier.retained is None:
        return f"{text} In the draws the request never reached them."
    return (
        f"{text} With {percent(carrier.inflow)} it gets as far as them and they pass it on; from "
        f"there it goes all the way with {percent(carrier.retained)}."
    )


def _refusal(carrier: "Carrier", moved: "Transfer") -> str:
    left = max(moved.total - carrier.removal, 0.0)
    told = f"if {carrier.name} refuses,"
    if left <= moved.direct * (1 + LITTLE):
        return (
            f"{told} nothing arrives."
            if not moved.direct
            else f"{told} only the direct tie is left."
        )
    if carrier.removal <= LITTLE * moved.total:
        return f"{told} next to nothing is lost: others stand in."
    return f"{told} the total falls from {moved.total:.3f} to {left:.3f}."


def _caveats(moved: "Transfer") -> list[str]:
    if moved.reason:
        return []
    told = [f"Clarity of the ask: {moved.ask.clarity:.2f} of 1."]
    if moved.assumed_last_steps:
        one = moved.assumed_last_steps == 1
        told.append(
            f"{moved.assumed_last_steps} last {'step is' if one else 'steps are'} assumed from "
            "where people work; no record states them."
        )
    if moved.truncated:
        told.append(
            "There are too many ways to follow them all: only the steps on the best ones were "
            "kept, so the true total is higher."
        )
    return told + _certainty(moved)


def _certainty(found: "Reliability | Transfer") -> list[str]:
    told = [INDEPENDENT]
    if found.exact:
        told.append("Under that assumption the numbers are exact.")
    else:
        told.append(
            f"The numbers are estimates from {found.samples:,} random draws; the total is known "
            f"to within about {2 * found.standard_error:.3f} (two standard errors)."
        )
        if found.precision is not None and found.standard_error > found.precision:
            told.append(
                f"That is less precise than asked for (a standard error of {found.precision:g}): "
                "allow more samples."
            )
    told.append("They compare people and questions; they are not calibrated and promise nothing.")
    return told
