"""From scores to decisions: what to do first, whom to ask, and what for."""

from trustgraph.planning.draft import DRAFT_WORDS, draft_request
from trustgraph.planning.draft_results import Draft, DraftFact
from trustgraph.planning.incentive_results import IncentiveComparison, OfferEffect
from trustgraph.planning.incentives import compare_incentives

__all__ = [
    "DRAFT_WORDS",
    "Draft",
    "DraftFact",
    "IncentiveComparison",
    "OfferEffect",
    "compare_incentives",
    "draft_request",
]
