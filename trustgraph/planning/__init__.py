"""From scores to decisions: what to do first, whom to ask, and what for."""

from trustgraph.planning.plan import plan_asks
from trustgraph.planning.plan_results import AskPlan
from trustgraph.planning.plan_rows import Fallback, PlannedAction, PlannedAsk, TargetChance
from trustgraph.planning.plan_rules import PlanRules
from trustgraph.planning.trial import AskTrial
from trustgraph.planning.trial_make import make_trial

__all__ = [
    "AskPlan",
    "AskTrial",
    "Fallback",
    "PlanRules",
    "PlannedAction",
    "PlannedAsk",
    "TargetChance",
    "make_trial",
    "plan_asks",
]
