"""The models that predict ties, each from one set of features."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from trustgraph._typing import Bools, Floats
from trustgraph.evaluation._tie_features import Dyads
from trustgraph.evaluation._tie_logistic import Effects, Pairs, fit_plain, fit_shrunk, logits

__all__ = ["MODELS", "OURS", "PLAIN", "TieModel", "predicted"]

KINDS: Final = "other kinds of ties"
ALL: Final = "other kinds, and known ties of this kind"


@dataclass(frozen=True)
class TieModel:
    """A way to predict ties.

    Attributes
    ----------
    words
        What it is, for a reader.
    inputs
        What it looks at in a pair that is to be predicted.
    features
        Features of all pairs, given for which pairs the ties are known.
    fit
        How it is fitted.
    """

    words: str
    inputs: str
    features: Callable[[Dyads, Bools], Floats]
    fit: Callable[[Pairs, Floats], Effects]


def _direct(dyads: Dyads, _: Bools) -> Floats:
    return dyads.direct


def _paths(dyads: Dyads, _: Bools) -> Floats:
    return dyads.paths


def _known_and_shares(dyads: Dyads, seen: Bools) -> Floats:
    return np.concatenate([dyads.known(seen), dyads.shares(seen)], axis=2)


def _shrunk(pairs: Pairs, y: Floats) -> Effects:
    return fit_shrunk(pairs, y, people=False)


def _with_people(pairs: Pairs, y: Floats) -> Effects:
    return fit_shrunk(pairs, y, people=True)


MODELS: Final[Mapping[str, TieModel]] = {
    "logistic": TieModel(
        "logistic regression on the direct ties of other kinds", KINDS, _direct, fit_plain
    ),
    "logistic_paths": TieModel(
        "logistic regression on direct ties, ways of two ties and numbers of ties",
        KINDS,
        _paths,
        fit_plain,
    ),
    "logistic_known": TieModel(
        "logistic regression on these and on the known ties of the same kind",
        ALL,
        _known_and_shares,
        fit_plain,
    ),
    "paths": TieModel(
        "shrunk regression on direct ties, ways of two ties and numbers of ties",
        KINDS,
        _paths,
        _shrunk,
    ),
    "effects": TieModel(
        "shrunk regression on the direct ties, with effects of both people",
        ALL,
        _direct,
        _with_people,
    ),
    "full": TieModel(
        "shrunk regression on all of it, with effects of both people",
        ALL,
        Dyads.known,
        _with_people,
    ),
}
"""Name -> model."""
PLAIN: Final = ("logistic", "logistic_paths", "logistic_known")
OURS: Final = ("paths", "effects", "full")


def predicted(model: TieModel, dyads: Dyads, seen: Bools) -> Floats:
    """Return the logit of the chance of a tie for all pairs, learned from some of them.

    Parameters
    ----------
    model
        The model.
    dyads
        All pairs.
    seen
        For which pairs it is known whether there is a tie, shape (n, n).

    Returns
    -------
    ndarray
        Shape (n, n); those of pairs that were not seen do not depend on their own ties.
    """
    features = model.features(dyads, seen)
    train = features[seen]
    spread = train.std(axis=0)
    # A feature that does not vary says nothing.
    scale = np.where(spread > np.finfo(np.float64).eps, spread, np.inf)
    x = (features - train.mean(axis=0)) / scale
    x = np.concatenate([np.ones((dyads.n, dyads.n, 1)), x], axis=2)
    source, target = np.nonzero(seen)
    fitted = model.fit(Pairs(x[seen], source, target, dyads.n), dyads.aim[seen].astype(np.float64))
    everyone = np.indices((dyads.n, dyads.n)).reshape(2, -1)
    every = Pairs(x.reshape(dyads.n**2, -1), everyone[0], everyone[1], dyads.n)
    return logits(fitted, every).reshape(dyads.n, dyads.n)
