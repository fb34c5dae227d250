"""How well models of trust predict what they have not seen."""

from trustgraph.evaluation.tie_results import TieDifference, TieEvaluation, TieScore
from trustgraph.evaluation.ties import evaluate_ties, predict_ties

__all__ = ["TieDifference", "TieEvaluation", "TieScore", "evaluate_ties", "predict_ties"]
