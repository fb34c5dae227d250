"""From scores to decisions: what to do first, whom to ask, and what for."""

from trustgraph.planning.draft import DRAFT_WORDS, draft_request
from trustgraph.planning.draft_results import Draft, DraftFact

__all__ = ["DRAFT_WORDS", "Draft", "DraftFact", "draft_request"]
