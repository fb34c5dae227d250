"""Warm introductions: the best paths to a target, what each step is worth, where to get in."""

from trustgraph.introductions.batch import best_introductions
from trustgraph.introductions.find import find_introductions
from trustgraph.introductions.lookup import find_organisations, find_people
from trustgraph.introductions.organisations import rank_organisations
from trustgraph.introductions.reach import introduction_reach
from trustgraph.introductions.results import (
    Forwarder,
    Introduction,
    Introductions,
    NearestMiss,
    TrustInterval,
)
from trustgraph.introductions.step import Step, TieRecord
from trustgraph.steps import step_factors

__all__ = [
    "Forwarder",
    "Introduction",
    "Introductions",
    "NearestMiss",
    "Step",
    "TieRecord",
    "TrustInterval",
    "best_introductions",
    "find_introductions",
    "find_organisations",
    "find_people",
    "introduction_reach",
    "rank_organisations",
    "step_factors",
]
