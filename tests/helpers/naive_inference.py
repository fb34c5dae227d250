"""The predictor of unseen trust once more, from its definition, with dictionaries and sums."""

from collections.abc import Mapping
from math import log1p
from typing import Any

import numpy as np

Told = Mapping[tuple[Any, Any], float]


def shrunk(values: list[float], prior: float, usual: float) -> float:
    """Mean of the values and of ``prior`` more that are as usual."""
    weight = len(values) + prior
    return (sum(values) + prior * usual) / weight if weight > 0 else usual


def settle(told: Told, *, prior: float, rounds: int, corrects: bool) -> tuple[dict, dict]:
    """Residuals and unbiased ratings by pair."""
    mean = sum(told.values()) / len(told)
    unbiased = dict(told)
    residual = dict.fromkeys(told, 0.0)
    for _ in range(rounds):
        for (u, v), rating in told.items():
            others = [unbiased[w, x] for w, x in told if x == v and w != u]
            residual[u, v] = rating - shrunk(others, prior, mean)
        if corrects:
            unbiased = {
                (u, v): rating
                - shrunk([residual[w, x] for w, x in told if w == u and x != v], prior, 0.0)
                for (u, v), rating in told.items()
            }
    return residual, unbiased


def describe(told: Told, u: Any, v: Any, options: Any, *, signed: bool) -> list[float]:
    """What is known of the pair without its own rating."""
    prior = options.prior_ratings if options.shrinkage else 0.0
    path_prior = options.path_prior if options.shrinkage else 0.0
    rounds = options.rounds if options.bias else 1
    mean = sum(told.values()) / len(told)
    bar = 0.0 if signed else mean
    bads = {pair: float(rating < bar - 1e-9) for pair, rating in told.items()}
    share = sum(bads.values()) / len(bads)
    residual, unbiased = settle(told, prior=prior, rounds=rounds, corrects=options.bias)
    raters = [w for w, x in told if x == v and w != u]
    level = shrunk([unbiased[w, v] for w in raters], prior, mean)
    often = shrunk([bads[w, v] for w in raters], prior, share)
    rated = [x for w, x in told if w == u and x != v]
    bias = shrunk([residual[u, x] for x in rated], prior, 0.0)
    known = [w for w in raters if told.get((u, w), 0.0) > 0]
    weight = sum(told[u, w] for w in known) + path_prior
    paths = worse = 0.0
    if options.paths and weight > 0:
        paths = sum(told[u, w] * (unbiased[w, v] - level) for w in known) / weight
        worse = sum(told[u, w] * (bads[w, v] - often) for w in known) / weight
    answered = (v, u) in told
    return [
        level,
        often,
        log1p(len(raters)),
        bias,
        log1p(len(rated)),
        paths,
        worse,
        float(answered),
        told.get((v, u), 0.0),
    ]


COMPONENT = ["target"] * 3 + ["source"] * 2 + ["paths"] * 2 + ["reciprocity"] * 2


def estimate(told: Told, pair: tuple[Any, Any], options: Any) -> float:
    """Estimate of one pair: ridge regression on standardised columns, by a dense solve."""
    signed = min(told.values()) < 0
    rows = np.array([describe(told, u, v, options, signed=signed) for u, v in told])
    ratings = np.array(list(told.values()))
    wanted = np.array(describe(told, *pair, options, signed=signed))
    spread = rows.std(axis=0)
    used = np.array([getattr(options, name) for name in COMPONENT])
    used &= spread > 1e-6 * np.maximum(np.abs(rows.mean(axis=0)), 1.0)
    guess = ratings.mean()
    if used.any():
        z = (rows[:, used] - rows[:, used].mean(axis=0)) / spread[used]
        penalty = options.penalty if options.shrinkage else 1e-6
        stacked = np.vstack([z, np.sqrt(penalty) * np.eye(z.shape[1])])
        aims = np.concatenate([ratings - ratings.mean(), np.zeros(z.shape[1])])
        weights = np.linalg.lstsq(stacked, aims, rcond=None)[0]
        guess += (wanted[used] - rows[:, used].mean(axis=0)) / spread[used] @ weights
    return float(np.clip(guess, ratings.min(), ratings.max()))
