"""From scores to decisions: what to do first, whom to ask, and what for."""

from trustgraph.planning._sensitivity_asked import Rankable
from trustgraph.planning._ties_effort import TieEffort
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
    TieState,
    TieSuggestion,
    TieSuggestions,
)

__all__ = [
    "FirstShare",
    "JointSweep",
    "ParameterRange",
    "Rankable",
    "Sensitivity",
    "TargetGain",
    "TieEffort",
    "TieState",
    "TieSuggestion",
    "TieSuggestions",
    "sensitivity",
    "suggest_ties",
]
