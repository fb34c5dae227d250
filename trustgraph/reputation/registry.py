"""The models of reputation by name."""

import inspect
from collections.abc import Callable
from functools import partial
from typing import Any, Final

import numpy as np

from trustgraph._text import listed, near
from trustgraph._typing import Floats
from trustgraph.graph.index import TrustIndex
from trustgraph.reputation.advogato import advogato
from trustgraph.reputation.appleseed import appleseed
from trustgraph.reputation.eigentrust import eigentrust
from trustgraph.reputation.fairness_goodness import fairness_goodness, fairness_goodness_predict
from trustgraph.reputation.infer import infer_trust
from trustgraph.reputation.model import ReputationModel
from trustgraph.reputation.moletrust import moletrust
from trustgraph.reputation.pagerank import personalised_pagerank
from trustgraph.reputation.path_product import best_path
from trustgraph.reputation.subjective_trust import subjective_trust
from trustgraph.reputation.tidaltrust import tidaltrust
from trustgraph.reputation.transitivity import trust_transitivity
from trustgraph.reputation.two_terminal import reliability

__all__ = ["as_model", "reputation_models"]

MOST_MEANT: Final = 3
"""Names that are offered for one that is not known."""
ENERGY: Final = 200.0
"""What Appleseed puts into the seeds."""
SETTLED: Final = 1e-9
"""Energy a round at which Appleseed is compared: to its own threshold, sums would miss some."""


def reputation_models() -> dict[str, ReputationModel]:
    """Return all models of reputation by name.

    Returns
    -------
    dict
        A `ReputationModel` by each name, sorted by name.

    Examples
    --------
    >>> tg.reputation.reputation_models()["best_path"].kind
    'pairwise'
    """
    return {model.name: model for model in sorted(MODELS, key=lambda model: model.name)}


def as_model(model: Any) -> ReputationModel:
    """Return a model given by name, as such, or as a function.

    Parameters
    ----------
    model
        A name among `reputation_models`, a `ReputationModel`, or a function that takes a graph
        (and ``seeds``, if it looks at them) and returns a Series, or a mapping, from people to
        scores in [0, 1].

    Returns
    -------
    ReputationModel
        The model.

    Raises
    ------
    ValueError
        If there is no model of that name.
    TypeError
        If it is none of these.

    Examples
    --------
    >>> tg.reputation.as_model("best_path").name
    'best_path'
    >>> tg.reputation.as_model(nx.pagerank).personal
    False
    """
    if isinstance(model, ReputationModel):
        return model
    if isinstance(model, str):
        known = reputation_models()
        if model not in known:
            meant = near(model, list(known), MOST_MEANT)
            hint = f"did you mean {listed(meant, 'or')}?" if meant else "see reputation_models()"
            message = f"there is no model {model!r}; {hint}"
            raise ValueError(message)
        return known[model]
    if not callable(model):
        message = f"{model!r} is no model; give a name, a ReputationModel or a function of a graph"
        raise TypeError(message)
    name = getattr(model, "__name__", type(model).__name__)
    return ReputationModel(name, "standing", model, personal=_looks_at_seeds(model), on_index=False)


def _looks_at_seeds(function: Callable[..., Any]) -> bool:
    try:
        parameters = inspect.signature(function).parameters
    except (TypeError, ValueError):
        return False
    return "seeds" in parameters


def _reliability(index: TrustIndex, pairs: Any) -> Floats:
    """Return the chance that the target's good name arrives at the source; NaN of oneself."""
    told = [
        np.nan if source == target else reliability(index, target, source).value
        for source, target in pairs
    ]
    return np.array(told, np.float64)


def _goodness(index: TrustIndex) -> Any:
    """Return goodness; no answer about whom nobody rated."""
    told = fairness_goodness(index)
    return told["goodness"].where(told["received"] > 0)


def _subjective(index: TrustIndex, pairs: Any) -> Any:
    return subjective_trust(index, pairs)["trust"]


def _inferred(index: TrustIndex, pairs: Any) -> Any:
    return infer_trust(index, pairs, future=False)["estimate"]


MODELS: Final = (
    ReputationModel(
        "advogato", "standing", advogato, needs_seeds=True, reference="Levien and Aiken 1998"
    ),
    ReputationModel(
        "appleseed",
        "standing",
        partial(appleseed, threshold=SETTLED),
        needs_seeds=True,
        span=(0.0, ENERGY),
        total=ENERGY,
        reference="Ziegler and Lausen 2004",
    ),
    ReputationModel("best_path", "pairwise", best_path, reference="product of trust, best path"),
    ReputationModel(
        "eigentrust", "standing", eigentrust, total=1.0, reference="Kamvar and others 2003"
    ),
    ReputationModel(
        "fairness_goodness",
        "pairwise",
        fairness_goodness_predict,
        signed=True,
        span=(-1.0, 1.0),
        reference="Kumar and others 2016: fairness of the rater times goodness of the rated",
    ),
    ReputationModel(
        "goodness",
        "standing",
        _goodness,
        personal=False,
        signed=True,
        span=(-1.0, 1.0),
        reference="Kumar and others 2016",
    ),
    ReputationModel(
        "infer_trust",
        "pairwise",
        _inferred,
        signed=True,
        span=(-1.0, 1.0),
        reference="raters corrected for bias, trusted ones first; trustgraph",
    ),
    ReputationModel("moletrust", "pairwise", moletrust, reference="Massa and Avesani 2005"),
    ReputationModel(
        "personalised_pagerank",
        "standing",
        personalised_pagerank,
        total=1.0,
        reference="Page and others 1999; Haveliwala 2002",
    ),
    ReputationModel(
        "reliability",
        "pairwise",
        _reliability,
        costly=True,
        reference="Colbourn 1987; at most 3 people between",
    ),
    ReputationModel(
        "subjective_trust",
        "pairwise",
        _subjective,
        costly=True,
        reference="Jøsang and others 2006; at most 3 people between, else the base rate",
    ),
    ReputationModel("tidaltrust", "pairwise", tidaltrust, reference="Golbeck 2005"),
    ReputationModel(
        "trust_transitivity",
        "pairwise",
        trust_transitivity,
        reference="Richters and Peixoto 2011",
    ),
)
