"""Models of trust as predictors of ratings; a new one is a line in `registry`."""

from trustgraph.evaluation.predictors.base import (
    Fitted,
    LeavesOneOut,
    Prediction,
    Predictor,
    Prequential,
)
from trustgraph.evaluation.predictors.registry import PREDICTORS, find_predictor

__all__ = [
    "PREDICTORS",
    "Fitted",
    "LeavesOneOut",
    "Prediction",
    "Predictor",
    "Prequential",
    "find_predictor",
]
