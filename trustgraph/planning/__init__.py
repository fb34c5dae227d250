"""From scores to decisions: what to do first, whom to ask, and what for."""

from trustgraph.planning._memory_model import MemoryModel
from trustgraph.planning._sensitivity_asked import Rankable
from trustgraph.planning._ties_effort import TieEffort
from trustgraph.planning.clarity import improve_ask
from trustgraph.planning.clarity_results import AskImprovement, Clearer, MissingField
from trustgraph.planning.draft import DRAFT_WORDS, draft_request
from trustgraph.planning.draft_results import Draft, DraftFact
from trustgraph.planning.generosity import generosity
from trustgraph.planning.generosity_effect import effect_of_help
from trustgraph.planning.generosity_effect_results import HelpEffect, TieState
from trustgraph.planning.generosity_results import Favour, FavourTie, GenerosityLedger
from trustgraph.planning.incentive_results import IncentiveComparison, OfferEffect
from trustgraph.planning.incentives import compare_incentives
from trustgraph.planning.key_people import key_people
from trustgraph.planning.key_people_results import KeyGoal, KeyPeople, KeyPerson
from trustgraph.planning.plan import plan_asks
from trustgraph.planning.plan_results import AskPlan
from trustgraph.planning.plan_rows import Fallback, PlannedAction, PlannedAsk, TargetChance
from trustgraph.planning.plan_rules import PlanRules
from trustgraph.planning.purpose import advise_purpose
from trustgraph.planning.purpose_results import JobView, Opening, PurposeAdvice
from trustgraph.planning.sensitivity import sensitivity
from trustgraph.planning.sensitivity_results import (
    FirstShare,
    JointSweep,
    ParameterRange,
    Sensitivity,
)
from trustgraph.planning.suggest_ties import suggest_ties
from trustgraph.planning.suggest_ties_results import (
    TargetGain,
    TieOpinion,
    TieSuggestion,
    TieSuggestions,
)
from trustgraph.planning.top_of_mind import top_of_mind
from trustgraph.planning.top_of_mind_results import Mind, TopOfMind
from trustgraph.planning.trial import AskTrial
from trustgraph.planning.trial_make import make_trial

__all__ = [
    "DRAFT_WORDS",
    "AskImprovement",
    "AskPlan",
    "AskTrial",
    "Clearer",
    "Draft",
    "DraftFact",
    "Fallback",
    "Favour",
    "FavourTie",
    "FirstShare",
    "GenerosityLedger",
    "HelpEffect",
    "IncentiveComparison",
    "JobView",
    "JointSweep",
    "KeyGoal",
    "KeyPeople",
    "KeyPerson",
    "MemoryModel",
    "Mind",
    "MissingField",
    "OfferEffect",
    "Opening",
    "ParameterRange",
    "PlanRules",
    "PlannedAction",
    "PlannedAsk",
    "PurposeAdvice",
    "Rankable",
    "Sensitivity",
    "TargetChance",
    "TargetGain",
    "TieEffort",
    "TieOpinion",
    "TieState",
    "TieSuggestion",
    "TieSuggestions",
    "TopOfMind",
    "advise_purpose",
    "compare_incentives",
    "draft_request",
    "effect_of_help",
    "generosity",
    "improve_ask",
    "key_people",
    "make_trial",
    "plan_asks",
    "sensitivity",
    "suggest_ties",
    "top_of_mind",
]
