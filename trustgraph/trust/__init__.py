"""Records become trust: evidence, opinions, the endorsement gate, recall, response, proximity."""

from trustgraph.trust.evidence_table import EvidenceKind, EvidenceTable
from trustgraph.trust.gate import EndorsementGate, beta_binomial_tail
from trustgraph.trust.goodwill import GoodwillModel
from trustgraph.trust.incentives import Norms
from trustgraph.trust.model import TrustModel
from trustgraph.trust.opinion import OpinionModel, Opinions, trust_from_evidence
from trustgraph.trust.paths import ClarityModel, LiftModel, PathModel, StandingModel
from trustgraph.trust.proximity import ProximityModel
from trustgraph.trust.reach import ReachModel
from trustgraph.trust.reaction import IncentiveEffect, Origin, Origins, Reaction
from trustgraph.trust.recall import RecallModel
from trustgraph.trust.recall_fit import LearntNumber, RecallFit, fit_recall
from trustgraph.trust.response import ResponseModel
from trustgraph.trust.ties import TieScores, score_ties

__all__ = [
    "ClarityModel",
    "EndorsementGate",
    "EvidenceKind",
    "EvidenceTable",
    "GoodwillModel",
    "IncentiveEffect",
    "LearntNumber",
    "LiftModel",
    "Norms",
    "OpinionModel",
    "Opinions",
    "Origin",
    "Origins",
    "PathModel",
    "ProximityModel",
    "ReachModel",
    "Reaction",
    "RecallFit",
    "RecallModel",
    "ResponseModel",
    "StandingModel",
    "TieScores",
    "TrustModel",
    "beta_binomial_tail",
    "fit_recall",
    "score_ties",
    "trust_from_evidence",
]
