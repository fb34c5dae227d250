"""From scores to decisions: what to do first, whom to ask, and what for."""

from trustgraph.planning.plan import plan_asks
from trustgraph.planning.plan_results import AskPlan
from trustgraph.planning.plan_rows import Fallback, PlannedAction, PlannedAsk, TargetChance
from trustgraph.planning.plan_rules import PlanRules

__all__ = [
    "AskPlan",
    "Fallback",
    "PlanRules",
    "PlannedAction",
    "PlannedAsk",
    "TargetChance",
    "plan_asks",
]
