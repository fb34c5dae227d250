"""From scores to decisions: what to do first, whom to ask, and what for."""

from trustgraph.planning.trial import AskTrial
from trustgraph.planning.trial_make import make_trial

__all__ = ["AskTrial", "make_trial"]
