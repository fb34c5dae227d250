"""How well models of trust predict ratings that they have not seen, and what they guarantee."""

from trustgraph.evaluation.axiom_results import (
    AxiomReport,
    AxiomResult,
    Counterexample,
    SybilPoint,
    SybilRun,
)
from trustgraph.evaluation.axioms import axiom_table, check_axioms

__all__ = [
    "AxiomReport",
    "AxiomResult",
    "Counterexample",
    "SybilPoint",
    "SybilRun",
    "axiom_table",
    "check_axioms",
]
