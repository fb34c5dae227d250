"""How much of a score is uncertain because trust is: shared draws of every opinion."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from trustgraph._typing import Floats
from trustgraph.introductions._table import PathTable
from trustgraph.introductions.introduction import TrustInterval
from trustgraph.steps.drawn import draw_opinions, endorsed_worth, is_gated

__all__ = ["Intervals", "intervals_of"]

DRAWS = 4_000
TAIL = 0.05


@dataclass(frozen=True, eq=False)
class Intervals:
    """Range of the score of each path, and the share of draws that each one wins."""

    low: Floats
    mean: Floats
    high: Floats
    share: Floats

    def of(self, row: int) -> dict[str, Any]:
        """Return the fields of one path."""
        return {
            "trust_interval": TrustInterval(
                low=float(self.low[row]), mean=float(self.mean[row]), high=float(self.high[row])
            ),
            "share_first": float(self.share[row]),
        }


def intervals_of(table: PathTable, *, seed: int) -> Intervals | None:
    """Return the intervals of all paths, None where the graph has no certainty.

    One opinion is drawn per tie and draw, shared by all paths that use the tie. A graph without
    certainty has no opinions to draw.
    """
    index = table.question.index
    steps = table.step[table.step >= 0]
    if not len(table) or np.isnan(index.certainty[steps]).any():
        return None
    generator = np.random.default_rng(seed)
    # In the order of the paths: more paths or other names leave the draws of the first ones alone.
    ties = np.array(list(dict.fromkeys(steps.tolist())), np.int64)
    opinions = draw_opinions(table.question, ties, DRAWS, generator)
    drawn = dict(zip(ties.tolist(), opinions, strict=True))
    worth: dict[int, Floats] = {}
    scores = np.array([_scores(table, row, drawn, worth) for row in range(len(table))])
    # A draw that is won by several equal paths is shared by them.
    best = scores >= scores.max(axis=0) * (1 - 1e-12)
    low, high = np.quantile(scores, [TAIL, 1 - TAIL], axis=1)
    return Intervals(
        low=low,
        mean=np.array([row.mean() for row in scores]),
        high=high,
        share=(best / best.sum(axis=0)).mean(axis=1),
    )


def _scores(
    table: PathTable, row: int, drawn: dict[int, Floats], worth: dict[int, Floats]
) -> Floats:
    """Return the score of one path in every draw: each factor with its drawn trust."""
    question, last = table.question, int(table.best.lengths[row])
    scores = np.ones(DRAWS)
    for place in range(last + 1):
        step, factor = int(table.step[row, place]), float(table.factor[row, place])
        if step < 0 or question.ask.purpose == "reach":
            scores = scores * factor
            continue
        opinion, expected = drawn[step], float(question.index.trust[step])
        if place < last and is_gated(question, np.array([step]))[0]:
            if step not in worth:
                worth[step] = opinion * question.model.gate.g(opinion)
            opinion, expected = worth[step], float(endorsed_worth(question, np.array([step]))[0])
        # The factor is linear in E[worth]; all that does not depend on trust stays as it is.
        scores = scores * (factor / expected * opinion if expected > 0 else 0.0)
    return scores
