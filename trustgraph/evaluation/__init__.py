"""How well models of trust predict ratings that they have not seen, and what they guarantee."""

from trustgraph.evaluation.axiom_results import (
    AxiomReport,
    AxiomResult,
    Counterexample,
    SybilPoint,
    SybilRun,
)
from trustgraph.evaluation.axioms import axiom_table, check_axioms
from trustgraph.evaluation.calibrate import calibrate
from trustgraph.evaluation.calibrate_results import Calibration
from trustgraph.evaluation.chances import brier, calibration_curve, ece, log_loss
from trustgraph.evaluation.evaluate import evaluate
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
from trustgraph.evaluation.predictors.base import (
    Fitted,
    LeavesOneOut,
    Prediction,
    Predictor,
    Prequential,
)
from trustgraph.evaluation.predictors.registry import find_predictor
from trustgraph.evaluation.protocols import (
    Split,
    chronological,
    hold_out,
    k_fold,
    leave_one_out,
    prequential,
)
from trustgraph.evaluation.replay import replay
from trustgraph.evaluation.replay_results import Replay, ReplayedEvent
from trustgraph.evaluation.results import Evaluation
from trustgraph.evaluation.tie_results import TieDifference, TieEvaluation, TieScore
from trustgraph.evaluation.ties import evaluate_ties, predict_ties

__all__ = [
    "AxiomReport",
    "AxiomResult",
    "Calibration",
    "Counterexample",
    "Evaluation",
    "Fitted",
    "LeavesOneOut",
    "Prediction",
    "Predictor",
    "Prequential",
    "Replay",
    "ReplayedEvent",
    "Split",
    "SybilPoint",
    "SybilRun",
    "TieDifference",
    "TieEvaluation",
    "TieScore",
    "auc",
    "axiom_table",
    "brier",
    "calibrate",
    "calibration_curve",
    "check_axioms",
    "chronological",
    "ece",
    "evaluate",
    "evaluate_ties",
    "find_predictor",
    "hold_out",
    "interval_coverage",
    "interval_width",
    "k_fold",
    "leave_one_out",
    "log_loss",
    "mae",
    "pcc",
    "positive_ratings",
    "predict_ties",
    "prequential",
    "replay",
    "rmse",
    "spearman",
]
