"""Reputation: how much of it arrives at a target, who carries it there, and who has it."""

from trustgraph.reputation.decompose import decompose
from trustgraph.reputation.decomposition import Decomposition, EdgePart, WalkPart
from trustgraph.reputation.eigentrust import eigentrust
from trustgraph.reputation.pagerank import pagerank_from_each, personalised_pagerank
from trustgraph.reputation.results import Carrier, Reliability, Transfer
from trustgraph.reputation.transfer import reputation_transfer
from trustgraph.reputation.transitivity import trust_transitivity
from trustgraph.reputation.two_terminal import reliability

__all__ = [
    "Carrier",
    "Decomposition",
    "EdgePart",
    "Reliability",
    "Transfer",
    "WalkPart",
    "decompose",
    "eigentrust",
    "pagerank_from_each",
    "personalised_pagerank",
    "reliability",
    "reputation_transfer",
    "trust_transitivity",
]
