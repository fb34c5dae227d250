"""A plan in plain sentences."""

from typing import Any

from trustgraph._html import shown

__all__ = ["lines_of"]


def lines_of(plan: Any) -> list[str]:
    """Return the sentences about a plan, one a line."""
    lines = [_headline(plan)]
    lines += _rows(plan)
    lines += _targets(plan)
    lines += _actions(plan)
    lines += _fallbacks(plan)
    lines.append(_quality(plan))
    return lines


def _many(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def _headline(plan: Any) -> str:
    targets = _many(len(plan.per_target), "target")
    text = (
        f"A plan of {_many(len(plan.asks), 'ask')} for {shown(plan.seeker_name)}: of {targets}, "
        f"{plan.expected:.2f} are reached by the model's reckoning"
    )
    if plan.spent:
        text += f", with the {_many(plan.spent, 'ask')} put so far"
    return text + "."


def _when(ask: Any) -> str:
    return f"day {ask.day}" if ask.date is None else f"{ask.date.isoformat()} (day {ask.day})"


def _rows(plan: Any) -> list[str]:
    lines = []
    for ask in plan.asks:
        when = "Now" if ask.day == plan.today else f"On {_when(ask)}"
        whom = (
            f"ask {shown(ask.name)} directly"
            if ask.direct
            else f"ask {shown(ask.name)} for a way to {shown(ask.target_name)}"
        )
        only = f", {shown(ask.condition)}" if ask.condition else ""
        lines.append(f"{ask.order}. {when}: {whom}{only}. {shown(ask.why)}")
    if not lines:
        lines.append("Nothing is left to ask: " + _nothing(plan))
    return lines


def _nothing(plan: Any) -> str:
    states = {one.state for one in plan.per_target}
    if states == {"reached"}:
        return "every target is reached."
    if plan.spent >= plan.budget:
        return f"all {_many(plan.budget, 'ask')} of the budget are put."
    if plan.today > plan.horizon_days:
        return f"the {plan.horizon_days} days of the plan are over."
    if "under_way" in states:
        return "wait for the answers that are under way."
    return "nobody who may be asked leads to a target that is still open."


def _targets(plan: Any) -> list[str]:
    lines = []
    for one in plan.per_target:
        if one.state == "reached":
            lines.append(f"{shown(one.name)} is reached.")
        elif one.state == "unreachable":
            lines.append(f"{shown(one.name)} cannot be reached: {shown(one.lacking)}.")
        elif one.state == "left_out":
            lines.append(f"{shown(one.name)} gets no ask: {_left_out(plan, one)}.")
    return lines


def _left_out(plan: Any, one: Any) -> str:
    if one.value <= 0:
        return "reaching it is worth nothing"
    if plan.spent + len(plan.asks) < plan.budget:
        return "who leads there is needed for other targets, or the calendar has no room"
    return "every ask of the budget gains more for another target"


def _actions(plan: Any) -> list[str]:
    if not plan.actions:
        return []
    lines = ["Before asking, what would help most:"]
    lines += [
        f"- {shown(one.what)} (about {_many(one.days, 'day')}; +{one.gain:.3f} by the model)."
        for one in plan.actions
    ]
    return lines


def _fallbacks(plan: Any) -> list[str]:
    lines = []
    for one in plan.fallbacks:
        shares = f", over {', '.join(map(shown, one.shares))} too" if one.shares else ""
        other = ", though they are planned for another target" if one.planned_elsewhere else ""
        lines.append(
            f"If that fails for {shown(one.target_name)}: {shown(one.name)} "
            f"(modelled chance {one.chance:.0%}{shares}{other})."
        )
    return lines


def _quality(plan: Any) -> str:
    if plan.exact:
        error = plan.standard_error
        how = "No set of asks within these limits is worth more in the model (proved"
        how += f" by the cases drawn, ± {error:.3f})." if error > 0 else ")."
    else:
        how = (
            f"No set of asks within these limits can be worth more than {plan.bound:.2f} in the "
            f"model, against {plan.value:.2f} of this one."
        )
    return how + " The chances are modelled, not measured: they compare plans and promise nothing."
