"""Do the answers agree? Each check raises `DisagreementError`, or returns how much it compared."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from sidebyside.ours import Found
from sidebyside.peers import Scorer
from sidebyside.samplers import Estimate

CLOSE = 1e-9
DEVIATIONS = 4.0
TWO_STEPS = 3
"""People of a path of two steps: the longest that has no halved step."""


class DisagreementError(AssertionError):
    """Two libraries answer the same question differently."""


def _require(holds: Any, message: str) -> None:
    if not np.all(holds):
        raise DisagreementError(message)


def same_scores(who: str, ours: Mapping[int, Found], theirs: Mapping[int, Any]) -> int:
    """Check that the best scores of every common case are equal; return the number of cases."""
    common = sorted(ours.keys() & theirs.keys())
    for case in common:
        mine, other = ours[case].scores, np.asarray(theirs[case])
        fits = len(mine) == len(other) and np.allclose(mine, other, rtol=CLOSE, atol=0)
        _require(fits, f"pair {case}: ours {mine}, {who} {other}")
    return len(common)


def same_count(who: str, ours: Mapping[int, Found], counts: Mapping[int, int], k: int) -> int:
    """Check that there are as many paths as another library counts, up to k."""
    common = sorted(ours.keys() & counts.keys())
    for case in common:
        number = len(ours[case].scores)
        fits = number == min(k, counts[case])
        _require(fits, f"pair {case}: ours has {number} paths, {who} counts {counts[case]}")
    return len(common)


def true_paths(ours: Mapping[int, Found], scorer: Scorer, pairs: Any) -> int:
    """Check that our paths differ, are simple, exist, join the pair and score what we tell."""
    number = 0
    for case, found in ours.items():
        distinct = len({tuple(path) for path in found.paths}) == len(found.scores)
        _require(distinct, f"pair {case}: a path stands twice")
        for path, score in zip(found.paths, found.scores, strict=True):
            fits = len(set(path)) == len(path) and (path[0], path[-1]) == tuple(pairs[case])
            _require(fits, f"pair {case}: {path} is no simple path between them")
            again = scorer.scores([path])[0]
            _require(np.isclose(again, score, rtol=CLOSE, atol=0), f"{path}: {score}, not {again}")
            number += 1
    return number


def same_reach(who: str, ours: Any, theirs: Any) -> int:
    """Check best scores to many people under the same cap; NaN is left out."""
    asked = ~np.isnan(theirs)
    fits = np.isclose(ours[asked], theirs[asked], rtol=CLOSE, atol=1e-300)
    worst = np.flatnonzero(asked)[~fits][:3]
    _require(fits, f"people {worst}: ours {ours[worst]}, {who} {theirs[worst]}")
    return int(asked.sum())


def within_uncapped(who: str, capped: Any, uncapped: Any) -> int:
    """Check that nobody's best capped score exceeds the best of any length."""
    asked = ~np.isnan(capped)
    fits = capped[asked] <= uncapped[asked] * (1 + CLOSE)
    worst = np.flatnonzero(asked)[~fits][:3]
    _require(fits, f"people {worst}: ours {capped[worst]} above {who} {uncapped[worst]}")
    return int(asked.sum())


def same_when_short(who: str, ours: Any, theirs: Any, paths: list[list[int]]) -> int:
    """Check equality where the best path of any length has at most two steps: nothing is halved."""
    short = np.array([0 < len(path) <= TWO_STEPS for path in paths], bool)
    fits = np.isclose(np.asarray(ours)[short], np.asarray(theirs)[short], rtol=CLOSE, atol=0)
    _require(fits, f"a best path of two steps has another score by {who}")
    return int(short.sum())


def same_chance(who: str, value: float, error: float, theirs: Estimate) -> None:
    """Check two chances within four standard errors."""
    spread = max(value * (1 - value) / theirs.samples, theirs.samples**-2.0)
    allowed = DEVIATIONS * np.sqrt(error**2 + spread)
    fits = abs(value - theirs.value) <= allowed
    _require(fits, f"ours {value:.5f}, {who} {theirs.value:.5f}: more than {allowed:.5f} apart")


def same_ranks(who: str, error: float, allowed: float) -> None:
    """Check the true L1 error of a standing."""
    _require(error <= allowed, f"{who}: L1 error {error:.1e}, above {allowed:.1e}")


def same_matrix(matrix: Any, ties: Any) -> None:
    """Check every trust value of an index, given as a matrix from asker to asked."""
    matrix.resize(ties.steps.shape)
    differences = abs(matrix - ties.steps)
    _require(differences.nnz == 0 or differences.max() == 0, "an index holds another trust")
