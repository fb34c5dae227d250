"""Reputation: who carries it from the seeker to a target."""

from trustgraph.reputation.results import Carrier, Transfer
from trustgraph.reputation.transfer import reputation_transfer

__all__ = ["Carrier", "Transfer", "reputation_transfer"]
