"""From scores to decisions: what to do first, whom to ask, and what for."""

from trustgraph.planning._memory_model import MemoryModel
from trustgraph.planning.generosity import generosity
from trustgraph.planning.generosity_effect import effect_of_help
from trustgraph.planning.generosity_effect_results import HelpEffect, TieState
from trustgraph.planning.generosity_results import Favour, FavourTie, GenerosityLedger
from trustgraph.planning.key_people import key_people
from trustgraph.planning.key_people_results import KeyGoal, KeyPeople, KeyPerson
from trustgraph.planning.top_of_mind import top_of_mind
from trustgraph.planning.top_of_mind_results import Mind, TopOfMind

__all__ = [
    "Favour",
    "FavourTie",
    "GenerosityLedger",
    "HelpEffect",
    "KeyGoal",
    "KeyPeople",
    "KeyPerson",
    "MemoryModel",
    "Mind",
    "TieState",
    "TopOfMind",
    "effect_of_help",
    "generosity",
    "key_people",
    "top_of_mind",
]
