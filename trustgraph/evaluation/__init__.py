"""How well models of trust predict ratings that they have not seen."""

from trustgraph.evaluation.chances import brier, calibration_curve, ece, log_loss
from trustgraph.evaluation.metrics import (
    auc,
    interval_coverage,
    interval_width,
    mae,
    pcc,
    positive_ratings,
    rmse,
    spearman,
)

__all__ = [
    "auc",
    "brier",
    "calibration_curve",
    "ece",
    "interval_coverage",
    "interval_width",
    "log_loss",
    "mae",
    "pcc",
    "positive_ratings",
    "rmse",
    "spearman",
]
