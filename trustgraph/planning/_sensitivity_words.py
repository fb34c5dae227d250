"""How a ranking depends on judgements, in plain sentences."""

from typing import TYPE_CHECKING, Final

from trustgraph._text import counted, listed, percent

if TYPE_CHECKING:
    from trustgraph.planning.sensitivity_results import ParameterRange, Sensitivity

__all__ = ["lines", "short_lines"]

MOST_TOLD: Final = 8
MOST_SHARES: Final = 4


def lines(found: "Sensitivity") -> list[str]:
    """Return the answer in sentences."""
    told = [_headline(found), _verdict(found)]
    changing = [one for one in found.ranges if not one.stays]
    told += [_change(one) for one in changing[:MOST_TOLD]]
    if (rest := len(changing) - MOST_TOLD) > 0:
        told.append(f"{counted(rest, 'other number')} would change it nearer to the end.")
    told += _order(found)
    return told + _moves(found) + _joint(found) + _how(found)


def short_lines(found: "Sensitivity") -> list[str]:
    """Return what stands beside the table."""
    return [_headline(found), _verdict(found), *_joint(found)]


def _headline(found: "Sensitivity") -> str:
    if not found.first:
        return "There is no answer at the default values."
    return f"First is {found.first}, with a score of {found.score:.3f}."


def _verdict(found: "Sensitivity") -> str:
    many = len(found.ranges)
    what = "It stays first" if found.first else "It stays so"
    if not many:
        return "None of the judgements of the model can matter here."
    changing = sum(not one.stays for one in found.ranges)
    if not changing:
        return f"{what} whatever value {_of(many)} has within its likely range, one at a time."
    return (
        f"{what} over the whole likely range of {many - changing:,} of "
        f"{counted(many, 'number')} varied one at a time; {changing:,} can change that."
    )


def _of(many: int) -> str:
    return "the number varied" if many == 1 else f"any of the {many:,} numbers varied"


def _change(one: "ParameterRange") -> str:
    ends = []
    if one.below or one.first_from > one.low:
        ends.append(f"below {one.first_from:.3g} {_taker(one.below)}")
    if one.above or one.first_to < one.high:
        ends.append(f"above {one.first_to:.3g} {_taker(one.above)}")
    unit = f" ({one.unit})" if one.unit else ""
    return (
        f"- {one.name}, {one.meaning}: {one.value:.3g}{unit} by default, likely {one.low:.3g} to "
        f"{one.high:.3g}; {listed(ends)}."
    )


def _taker(name: str) -> str:
    return f"{name} is first" if name else "nothing is left"


def _order(found: "Sensitivity") -> list[str]:
    if found.k <= 1:
        return []
    order = sum(not one.order_stays for one in found.ranges)
    answer = sum(not one.answer_stays for one in found.ranges)
    others = f"{answer:,} can change who they are."
    return [f"{order:,} can change the order of the first {found.k:,}, {others}"]


def _moves(found: "Sensitivity") -> list[str]:
    moved = sorted(found.ranges, key=lambda one: (-one.swing, one.name))
    moved = [one for one in moved if one.swing > 0][:3]
    if not moved:
        return ["The score of what is first does not move at all."] if found.ranges else []
    parts = [f"{one.name} ({one.score_low:.3f} to {one.score_high:.3f})" for one in moved]
    return [f"The score moves most with {listed(parts)}."]


def _joint(found: "Sensitivity") -> list[str]:
    joint = found.joint
    if not joint.draws:
        return []
    shares = [f"{one.name} in {percent(one.share)}" for one in joint.first[:MOST_SHARES]]
    draws = counted(joint.draws, "draw")
    told = (
        f"With all of them drawn at random at once ({draws}), first is {listed(shares)} of the "
        "draws."
    )
    refused = f"{counted(joint.refused, 'other draw')} held values that do not go together."
    return [told, refused] if joint.refused else [told]


def _how(found: "Sensitivity") -> list[str]:
    asked = counted(found.evaluations, "time")
    told = (
        f"The question was asked {asked}, of at most {found.most_evaluations:,}: {found.grid:,} "
        "values over each range, and each change found was narrowed down. A change that is undone "
        "between two of these values is not seen."
    )
    return [told]
