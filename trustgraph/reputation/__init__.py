"""Reputation: how much of it arrives at a target, and who carries it from the seeker."""

from trustgraph.reputation.bottlenecks import Bottleneck, Bottlenecks, bottlenecks
from trustgraph.reputation.change_results import CarrierChange, Change, TrustChanged, WhatIf
from trustgraph.reputation.interactions import Interaction, Interactions, interactions
from trustgraph.reputation.interval_results import CarrierInterval, Interval, TransferIntervals
from trustgraph.reputation.intervals import transfer_intervals
from trustgraph.reputation.many import reputation_transfers
from trustgraph.reputation.results import Carrier, Reliability, Transfer
from trustgraph.reputation.transfer import reputation_transfer
from trustgraph.reputation.two_terminal import reliability
from trustgraph.reputation.what_if import what_if

__all__ = [
    "Bottleneck",
    "Bottlenecks",
    "Carrier",
    "CarrierChange",
    "CarrierInterval",
    "Change",
    "Interaction",
    "Interactions",
    "Interval",
    "Reliability",
    "Transfer",
    "TransferIntervals",
    "TrustChanged",
    "WhatIf",
    "bottlenecks",
    "interactions",
    "reliability",
    "reputation_transfer",
    "reputation_transfers",
    "transfer_intervals",
    "what_if",
]
