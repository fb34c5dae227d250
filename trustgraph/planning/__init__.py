"""From scores to decisions: what to do first, whom to ask, and what for."""

from trustgraph.planning._memory_model import MemoryModel
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
from trustgraph.planning.top_of_mind import top_of_mind
from trustgraph.planning.top_of_mind_results import Mind, TopOfMind

__all__ = [
    "DRAFT_WORDS",
    "Draft",
    "DraftFact",
    "Favour",
    "FavourTie",
    "GenerosityLedger",
    "HelpEffect",
    "IncentiveComparison",
    "KeyGoal",
    "KeyPeople",
    "KeyPerson",
    "MemoryModel",
    "Mind",
    "OfferEffect",
    "TieState",
    "TopOfMind",
    "compare_incentives",
    "draft_request",
    "effect_of_help",
    "generosity",
    "key_people",
    "top_of_mind",
]
