"""Small invented ratings, and predictions by learning anew for each."""

import numpy as np
import pandas as pd

import trustgraph as tg

STEPS = [-1.0, -0.4, 0.1, 0.1, 0.1, 0.3, 1.0]


def random_frame(seed=0, m=40, people=9, *, signed=True, answers=0.4):
    """Ratings among few people, some answered, at moments that are often equal."""
    rng = np.random.default_rng(seed)
    pairs = [(a, b) for a in range(people) for b in range(people) if a != b]
    order = [pairs[k] for k in rng.permutation(len(pairs))]
    for a, b in list(order[: int(answers * m)]):  # answers come early in the list
        order.remove((b, a)) if (b, a) in order else None
        order.insert(int(rng.integers(m)), (b, a))
    chosen = list(dict.fromkeys(order))[:m]
    rating = rng.choice(STEPS, len(chosen))
    return pd.DataFrame(
        {
            "source": [f"p{a}" for a, _ in chosen],
            "target": [f"p{b}" for _, b in chosen],
            "rating": rating if signed else np.abs(rating),
            "time": rng.integers(0, 3 * m // 4, len(chosen)).astype(float),
        }
    )


def random_ratings(seed=0, m=40, people=9, *, signed=True):
    """The same as arrays."""
    return tg.graph.Ratings.from_frame(random_frame(seed, m, people, signed=signed))


def refitted(model, ratings, splits):
    """Predictions by learning anew for each split, in the order of the splits."""
    found = []
    for split in splits:
        test = ratings.take(split.test)
        fitted = model.fit(ratings.take(split.train), future=split.future)
        found.append(fitted.predict(test.source, test.target))
    return tg.evaluation.Prediction(
        np.concatenate([one.value for one in found]),
        np.concatenate([one.answered for one in found]),
    )
