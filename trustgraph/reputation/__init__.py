"""Reputation: how much of it arrives at a target, who carries it, and who has it."""

from trustgraph.reputation.compare import compare_reputation
from trustgraph.reputation.comparison import Comparison
from trustgraph.reputation.infer import infer_trust
from trustgraph.reputation.inference_options import Components
from trustgraph.reputation.model import ReputationModel
from trustgraph.reputation.path_product import best_path
from trustgraph.reputation.registry import as_model, reputation_models
from trustgraph.reputation.results import Carrier, Reliability, Transfer
from trustgraph.reputation.transfer import reputation_transfer
from trustgraph.reputation.two_terminal import reliability

__all__ = [
    "Carrier",
    "Comparison",
    "Components",
    "Reliability",
    "ReputationModel",
    "Transfer",
    "as_model",
    "best_path",
    "compare_reputation",
    "infer_trust",
    "reliability",
    "reputation_models",
    "reputation_transfer",
]
