"""Reputation: how much of it arrives at a target, who carries it there, and who has it."""

from trustgraph.reputation.advogato import advogato
from trustgraph.reputation.appleseed import appleseed
from trustgraph.reputation.eigentrust import eigentrust
from trustgraph.reputation.infer import infer_trust
from trustgraph.reputation.inference_options import Components
from trustgraph.reputation.moletrust import moletrust
from trustgraph.reputation.pagerank import pagerank_from_each, personalised_pagerank
from trustgraph.reputation.results import Carrier, Reliability, Transfer
from trustgraph.reputation.tidaltrust import tidaltrust
from trustgraph.reputation.transfer import reputation_transfer
from trustgraph.reputation.transitivity import trust_transitivity
from trustgraph.reputation.two_terminal import reliability

__all__ = [
    "Carrier",
    "Components",
    "Reliability",
    "Transfer",
    "advogato",
    "appleseed",
    "eigentrust",
    "infer_trust",
    "moletrust",
    "pagerank_from_each",
    "personalised_pagerank",
    "reliability",
    "reputation_transfer",
    "tidaltrust",
    "trust_transitivity",
]
