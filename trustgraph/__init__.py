"""Trust-weighted graphs of professional networks: who can introduce me, through whom, what first.

Daily verbs are here; everything else is in its room (``tg.graph``, ``tg.introductions``, …).

Examples
--------
>>> import trustgraph as tg
>>> G = tg.build_graph(tg.datasets.load_office())
>>> len(tg.find_introductions(G, "ana", tg.Organisation("Acme"), k=3))
3
"""

import importlib
from types import ModuleType

from trustgraph import (
    errors,
    graph,
    ingest,
    introductions,
    models,
    planning,
    reputation,
    steps,
    trust,
)
from trustgraph._version import __version__
from trustgraph.graph import TrustIndex, build_graph
from trustgraph.ingest import read_linkedin
from trustgraph.introductions import (
    find_introductions,
    find_organisations,
    find_people,
    rank_organisations,
)
from trustgraph.models import (
    Ask,
    Evidence,
    Incentive,
    Network,
    Organisation,
    Outcome,
    Person,
    Position,
    Prospect,
)
from trustgraph.planning import (
    compare_incentives,
    draft_request,
    generosity,
    improve_ask,
    key_people,
    plan_asks,
    suggest_ties,
    top_of_mind,
)
from trustgraph.reputation import reputation_transfer
from trustgraph.trust import TrustModel

__all__ = [
    "Ask",
    "Evidence",
    "Incentive",
    "Network",
    "Organisation",
    "Outcome",
    "Person",
    "Position",
    "Prospect",
    "TrustIndex",
    "TrustModel",
    "__version__",
    "build_graph",
    "compare_incentives",
    "datasets",
    "draft_request",
    "errors",
    "evaluation",
    "find_introductions",
    "find_organisations",
    "find_people",
    "generosity",
    "graph",
    "improve_ask",
    "ingest",
    "introductions",
    "key_people",
    "models",
    "plan_asks",
    "planning",
    "plot",
    "rank_organisations",
    "read_linkedin",
    "reputation",
    "reputation_transfer",
    "steps",
    "suggest_ties",
    "top_of_mind",
    "trust",
]

_LAZY = frozenset({"datasets", "evaluation", "plot"})


def __getattr__(name: str) -> ModuleType:
    """Load the rooms that not everybody needs on first touch."""
    if name in _LAZY:
        return importlib.import_module(f"trustgraph.{name}")
    message = f"module 'trustgraph' has no attribute {name!r}"
    raise AttributeError(message)


def __dir__() -> list[str]:
    return __all__
