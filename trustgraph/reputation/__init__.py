"""Reputation: how much of it arrives at a target, and who carries it from the seeker."""

from trustgraph.reputation.infer import infer_trust
from trustgraph.reputation.inference_options import Components
from trustgraph.reputation.results import Carrier, Reliability, Transfer
from trustgraph.reputation.transfer import reputation_transfer
from trustgraph.reputation.two_terminal import reliability

__all__ = [
    "Carrier",
    "Components",
    "Reliability",
    "Transfer",
    "infer_trust",
    "reliability",
    "reputation_transfer",
]
