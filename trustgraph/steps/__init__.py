"""A question on an index: step factors and admissible steps, one definition for all analyses."""

from trustgraph.steps.frame import question_frame, step_factors
from trustgraph.steps.question import Question, ask_question
from trustgraph.steps.subgraph import StepGraph, admissible_subgraph
from trustgraph.steps.targets import Insider, Target, organisation_tiers

__all__ = [
    "Insider",
    "Question",
    "StepGraph",
    "Target",
    "admissible_subgraph",
    "ask_question",
    "organisation_tiers",
    "question_frame",
    "step_factors",
]
