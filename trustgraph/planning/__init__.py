"""From scores to decisions: what to do first, whom to ask, and what for."""

from trustgraph.planning.incentive_results import IncentiveComparison, OfferEffect
from trustgraph.planning.incentives import compare_incentives

__all__ = ["IncentiveComparison", "OfferEffect", "compare_incentives"]
