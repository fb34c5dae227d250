"""Ratings at random, small enough to be told one by one."""

import numpy as np
import pandas as pd

import trustgraph as tg


def invented(
    seed: int, people: int = 8, number: int = 30, *, signed: bool = True
) -> tuple[dict[tuple[int, int], float], tg.graph.Ratings]:
    """Ratings at random, as a dictionary and as arrays."""
    rng = np.random.default_rng(seed)
    pairs = [(u, v) for u in range(people) for v in range(people) if u != v]
    chosen = rng.permutation(len(pairs))[:number]
    ratings = rng.integers(-10 if signed else 1, 11, number)
    told = {pairs[k]: rating / 10 for k, rating in zip(chosen, ratings.tolist(), strict=True)}
    frame = pd.DataFrame([(u, v, 10 * r) for (u, v), r in told.items()])
    frame.columns = ["source", "target", "rating"]
    return told, tg.graph.Ratings.from_frame(frame, scale=10)
