"""Reputation: how much of it arrives at a target, and who carries it from the seeker."""

from trustgraph.reputation.fairness_goodness import (
    fairness_goodness,
    fairness_goodness_predict,
)
from trustgraph.reputation.results import Carrier, Reliability, Transfer
from trustgraph.reputation.subjective_logic import (
    Opinion,
    averaging_fusion,
    cumulative_fusion,
    discount,
)
from trustgraph.reputation.subjective_trust import subjective_trust
from trustgraph.reputation.transfer import reputation_transfer
from trustgraph.reputation.two_terminal import reliability

__all__ = [
    "Carrier",
    "Opinion",
    "Reliability",
    "Transfer",
    "averaging_fusion",
    "cumulative_fusion",
    "discount",
    "fairness_goodness",
    "fairness_goodness_predict",
    "reliability",
    "reputation_transfer",
    "subjective_trust",
]
