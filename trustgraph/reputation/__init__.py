"""Reputation: how much of it arrives at a target, and who carries it from the seeker."""

from trustgraph.reputation.advogato import advogato
from trustgraph.reputation.appleseed import appleseed
from trustgraph.reputation.moletrust import moletrust
from trustgraph.reputation.results import Carrier, Reliability, Transfer
from trustgraph.reputation.tidaltrust import tidaltrust
from trustgraph.reputation.transfer import reputation_transfer
from trustgraph.reputation.two_terminal import reliability

__all__ = [
    "Carrier",
    "Reliability",
    "Transfer",
    "advogato",
    "appleseed",
    "moletrust",
    "reliability",
    "reputation_transfer",
    "tidaltrust",
]
