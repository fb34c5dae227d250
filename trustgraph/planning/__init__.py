"""From scores to decisions: what to do first, whom to ask, and what for."""

from trustgraph.planning._ties_effort import TieEffort
from trustgraph.planning.suggest_ties import suggest_ties
from trustgraph.planning.suggest_ties_results import (
    TargetGain,
    TieState,
    TieSuggestion,
    TieSuggestions,
)

__all__ = [
    "TargetGain",
    "TieEffort",
    "TieState",
    "TieSuggestion",
    "TieSuggestions",
    "suggest_ties",
]
