"""Logistic regression on pairs of people: plain, and with shrunk effects of people.

Plain regression is fitted by iteratively reweighted least squares, that is, Newton's method. In the
shrunk one every coefficient has a normal prior of mean 0, and so has an effect of each person as
source and as target; how wide the three priors are is learned from the same pairs.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from trustgraph._typing import Floats, LongInts

__all__ = ["Effects", "Pairs", "fit_plain", "fit_shrunk", "logits"]

MOST_STEPS: Final = 60
MOST_ROUNDS: Final = 40
SETTLED: Final = 1e-10
"""Share of the loss by which a step has to lower it to go on."""
SAME_WIDTH: Final = 0.02
"""Share by which the width of a prior has to change to go on."""
STEEPEST: Final = 500.0
"""Beyond this logit a chance is 0 or 1 to double precision."""
SMALL: Final = 0.05
"""A variance that is small beside this changes nothing that matters: most effects are under 0.2."""
NARROWEST, WIDEST = 1e-4, 1e2
"""Least and largest variance of a prior, on the scale of logits."""
FAINT: Final = 1e-6
"""Precision of the prior of the intercept: it matters only where all pairs are alike."""
ROUGHLY: Final = 1e-6
"""The same while the priors are still being learned."""
RANK: Final = 1e-10


@dataclass(frozen=True)
class Pairs:
    """Pairs of people and what is known of them.

    Attributes
    ----------
    x
        Features with an intercept in the first column, shape (m, k).
    source, target
        Numbers of people, shape (m,); no pair stands there twice.
    n
        Number of people.
    """

    x: Floats
    source: LongInts
    target: LongInts
    n: int


@dataclass(frozen=True)
class Effects:
    """A fitted regression.

    Attributes
    ----------
    slope
        Coefficients, shape (k,).
    source, target
        Effects of people, shape (n,); 0 where none are fitted.
    variance
        Of the priors of coefficients, sources and targets; empty for plain regression.
    """

    slope: Floats
    source: Floats
    target: Floats
    variance: tuple[float, ...] = ()


def fit_plain(pairs: Pairs, y: Floats) -> Effects:
    """Fit a logistic regression by maximum likelihood.

    Parameters
    ----------
    pairs
        The pairs.
    y
        1 where there is a tie, else 0, shape (m,).

    Returns
    -------
    Effects
        Coefficients at which the score equations hold; of those that fit equally well the
        smallest. Where a feature separates ties from others there is no maximum: then the
        coefficients after at most 60 steps, at which the likelihood no longer grows.
    """
    x = pairs.x
    slope, loss = np.zeros(x.shape[1]), np.inf
    for _ in range(MOST_STEPS):
        at = x @ slope
        chance = _chance(at)
        gradient = x.T @ (chance - y)
        bend = (x * (chance * (1 - chance))[:, None]).T @ x
        step: Floats = np.linalg.lstsq(bend, gradient, rcond=RANK)[0].astype(np.float64)
        slope, new = _descend(slope, step, lambda b: _loss(x @ b, y), _loss(at, y))
        if not new < loss * (1 - SETTLED) or new < SETTLED * len(y):
            break
        loss = new
    nobody = np.zeros(pairs.n)
    return Effects(slope, nobody, nobody)


def fit_shrunk(pairs: Pairs, y: Floats, *, people: bool) -> Effects:
    """Fit a logistic regression with shrunk coefficients and, perhaps, shrunk effects of people.

    Parameters
    ----------
    pairs
        The pairs; features should be on one scale.
    y
        1 where there is a tie, else 0, shape (m,).
    people
        Whether there is an effect of each person as source and as target.

    Returns
    -------
    Effects
        The mode of the coefficients and effects, at the variances of the priors that make the
        pairs likeliest in the Laplace approximation (Breslow & Clayton 1993): a fixed point at
        which each variance times the number of coefficients that the pairs determine is their sum
        of squares. Each step takes O(m k² + (k + n)³) time.
    """
    k, n = pairs.x.shape[1], pairs.n if people else 0
    groups = [slice(1, k), slice(k, k + n), slice(k + n, k + 2 * n)]
    groups = [group for group in groups if group.stop > group.start]
    variance = np.ones(len(groups))
    at = np.zeros(k + 2 * n)
    for _ in range(MOST_ROUNDS):
        at, bend = _mode(pairs, y, at, _precision(groups, variance, len(at)), n, ROUGHLY)
        spread = np.diag(np.linalg.inv(bend))
        found = np.array(
            [
                _width(at[one], spread[one], width)
                for one, width in zip(groups, variance, strict=True)
            ]
        )
        moved = (np.abs(found - variance) / (variance + SMALL)).max(initial=0.0)
        variance = found
        if moved < SAME_WIDTH:
            break
    at, _ = _mode(pairs, y, at, _precision(groups, variance, len(at)), n, SETTLED)
    nobody = np.zeros(pairs.n)
    ends = (at[k : k + n], at[k + n :]) if people else (nobody, nobody)
    return Effects(at[:k], *ends, variance=tuple(variance.tolist()))


def logits(fitted: Effects, pairs: Pairs) -> Floats:
    """Return the logit of the chance of a tie for each pair, shape (m,)."""
    found: Floats = (
        pairs.x @ fitted.slope + fitted.source[pairs.source] + fitted.target[pairs.target]
    )
    return found


def _precision(groups: Sequence[slice], variance: Floats, size: int) -> Floats:
    found = np.full(size, FAINT)
    for group, width in zip(groups, variance, strict=True):
        found[group] = 1 / width
    return found


def _width(at: Floats, spread: Floats, width: float) -> float:
    """Return the variance of a prior: the squares over how many numbers the pairs determine."""
    determined = max(len(at) - float(spread.sum()) / width, FAINT)
    return float(np.clip(float(at @ at) / determined, NARROWEST, WIDEST))


def _mode(
    pairs: Pairs, y: Floats, at: Floats, prior: Floats, n: int, settled: float
) -> tuple[Floats, Floats]:
    """Return the most likely coefficients, given the precision of their priors, and the bend."""
    k = pairs.x.shape[1]

    def logit(b: Floats) -> Floats:
        plain: Floats = pairs.x @ b[:k]
        return plain + b[k : k + n][pairs.source] + b[k + n :][pairs.target] if n else plain

    def height(b: Floats) -> float:
        return _loss(logit(b), y) + 0.5 * float(prior @ (b * b))

    loss = height(at)
    for _ in range(MOST_STEPS):
        chance = _chance(logit(at))
        gap = chance - y
        gradient = prior * at
        gradient[:k] += pairs.x.T @ gap
        if n:
            gradient[k : k + n] += np.bincount(pairs.source, gap, n)
            gradient[k + n :] += np.bincount(pairs.target, gap, n)
        bend = _bend(pairs, chance * (1 - chance), n) + np.diag(prior)
        step: Floats = np.linalg.solve(bend, gradient).astype(np.float64)
        at, new = _descend(at, step, height, loss)
        if not new < loss * (1 - settled) or new < SETTLED * len(y):
            break
        loss = new
    return at, bend


def _bend(pairs: Pairs, mass: Floats, n: int) -> Floats:
    """Return the second derivatives of the loss, shape (k + 2n, k + 2n)."""
    k = pairs.x.shape[1]
    scaled = pairs.x * mass[:, None]
    found = np.zeros((k + 2 * n, k + 2 * n))
    found[:k, :k] = scaled.T @ pairs.x
    if n:
        one, other = slice(k, k + n), slice(k + n, k + 2 * n)
        found[:k, one] = (_members(pairs.source, n) @ scaled).T
        found[:k, other] = (_members(pairs.target, n) @ scaled).T
        found[k + pairs.source, k + n + pairs.target] = mass
        np.fill_diagonal(found[one, one], np.bincount(pairs.source, mass, n))
        np.fill_diagonal(found[other, other], np.bincount(pairs.target, mass, n))
        found = np.triu(found) + np.triu(found, 1).T
    return found


def _members(ends: LongInts, n: int) -> Any:
    """Return a sparse matrix: a row a person, a column a pair, 1 where the person is its end."""
    from scipy import sparse

    m = len(ends)
    return sparse.csr_array((np.ones(m), (ends, np.arange(m))), shape=(n, m))


def _descend(
    at: Floats, step: Floats, height: Callable[[Floats], float], before: float
) -> tuple[Floats, float]:
    """Go down by a step, halved until it leads no higher."""
    share = 1.0
    while (new := height(at - share * step)) > before and share > RANK:
        share /= 2
    return (at - share * step, new) if new <= before else (at, before)


def _chance(logit: Floats) -> Floats:
    return 1 / (1 + np.exp(-np.clip(logit, -STEEPEST, STEEPEST)))


def _loss(logit: Floats, y: Floats) -> float:
    """Return minus the logarithm of the likelihood."""
    return float((np.logaddexp(0.0, logit) - y * logit).sum())
