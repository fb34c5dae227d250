"""Reputation: how much of it arrives at a target, who carries it there, and who has it."""

from trustgraph.reputation.advogato import advogato
from trustgraph.reputation.appleseed import appleseed
from trustgraph.reputation.bottlenecks import Bottleneck, Bottlenecks, bottlenecks
from trustgraph.reputation.change_results import (
    CarrierChange,
    Change,
    TieChanged,
    TrustChanged,
    WhatIf,
)
from trustgraph.reputation.compare import compare_reputation
from trustgraph.reputation.comparison import Comparison
from trustgraph.reputation.decompose import decompose
from trustgraph.reputation.decomposition import Decomposition, EdgePart, WalkPart
from trustgraph.reputation.eigentrust import eigentrust
from trustgraph.reputation.fairness_goodness import fairness_goodness, fairness_goodness_predict
from trustgraph.reputation.infer import infer_trust
from trustgraph.reputation.inference_options import Components
from trustgraph.reputation.interactions import Interaction, Interactions, interactions
from trustgraph.reputation.interval_results import CarrierInterval, Interval, TransferIntervals
from trustgraph.reputation.intervals import transfer_intervals
from trustgraph.reputation.many import reputation_transfers
from trustgraph.reputation.model import ReputationModel
from trustgraph.reputation.moletrust import moletrust
from trustgraph.reputation.pagerank import pagerank_from_each, personalised_pagerank
from trustgraph.reputation.path_product import best_path
from trustgraph.reputation.registry import as_model, reputation_models
from trustgraph.reputation.results import Carrier, Reliability, Transfer
from trustgraph.reputation.subjective_logic import (
    Opinion,
    averaging_fusion,
    cumulative_fusion,
    discount,
)
from trustgraph.reputation.subjective_trust import subjective_trust
from trustgraph.reputation.tidaltrust import tidaltrust
from trustgraph.reputation.transfer import reputation_transfer
from trustgraph.reputation.transitivity import trust_transitivity
from trustgraph.reputation.two_terminal import reliability
from trustgraph.reputation.what_if import what_if

__all__ = [
    "Bottleneck",
    "Bottlenecks",
    "Carrier",
    "CarrierChange",
    "CarrierInterval",
    "Change",
    "Comparison",
    "Components",
    "Decomposition",
    "EdgePart",
    "Interaction",
    "Interactions",
    "Interval",
    "Opinion",
    "Reliability",
    "ReputationModel",
    "TieChanged",
    "Transfer",
    "TransferIntervals",
    "TrustChanged",
    "WalkPart",
    "WhatIf",
    "advogato",
    "appleseed",
    "as_model",
    "averaging_fusion",
    "best_path",
    "bottlenecks",
    "compare_reputation",
    "cumulative_fusion",
    "decompose",
    "discount",
    "eigentrust",
    "fairness_goodness",
    "fairness_goodness_predict",
    "infer_trust",
    "interactions",
    "moletrust",
    "pagerank_from_each",
    "personalised_pagerank",
    "reliability",
    "reputation_models",
    "reputation_transfer",
    "reputation_transfers",
    "subjective_trust",
    "tidaltrust",
    "transfer_intervals",
    "trust_transitivity",
    "what_if",
]
