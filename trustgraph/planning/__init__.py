"""From scores to decisions: what to do first, whom to ask, and what for."""

from trustgraph.planning.clarity import improve_ask
from trustgraph.planning.clarity_results import AskImprovement, Clearer, MissingField
from trustgraph.planning.incentive_results import IncentiveComparison, OfferEffect
from trustgraph.planning.incentives import compare_incentives
from trustgraph.planning.purpose import advise_purpose
from trustgraph.planning.purpose_results import JobView, Opening, PurposeAdvice

__all__ = [
    "AskImprovement",
    "Clearer",
    "IncentiveComparison",
    "JobView",
    "MissingField",
    "OfferEffect",
    "Opening",
    "PurposeAdvice",
    "advise_purpose",
    "compare_incentives",
    "improve_ask",
]
