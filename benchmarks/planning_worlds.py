"""Invented worlds in which somebody wants to reach several targets."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

import trustgraph as tg
from trustgraph.planning._trial_ways import Ways, find_ways
from trustgraph.steps.step_graph import FIRST, FURTHER, LAST

__all__ = [
    "CLARITY",
    "HORIZON",
    "KINDS",
    "SETTINGS",
    "SIZES",
    "World",
    "best_scores",
    "make_planning_world",
    "second_degree",
    "strangers",
]

KINDS: Final = {
    "circle": {"people": 150, "mean_degree": 16, "communities": 5},
    "town": {"people": 400, "mean_degree": 16, "communities": 14},
    "wide": {"people": 1000, "mean_degree": 30, "communities": 22},
}
"""Networks: small and dense, larger and looser, large and dense."""
SIZES: Final = {"5-9": (5, 9), "10-14": (10, 14), "15-20": (15, 20)}
"""Numbers of targets."""
SETTINGS: Final = ("second", "anyone", "organisations")
"""Whom the targets are drawn from: contacts of willing contacts, everybody, organisations."""
WILLING: Final = 8
"""Contacts who would speak for the seeker: who has fewer has little to plan."""
CLARITY: Final = 0.7
HORIZON: Final = 90
MUCH: Final = 2 / 3
"""Overlap from which it counts as high."""
LOOKED_AT: Final = 250


@dataclass(frozen=True, eq=False)
class World:
    """A network, a seeker and targets, as the default model sees them.

    ``scores`` holds for each target the score of the best path over each introducer.
    """

    number: int
    kind: str
    size: str
    net: tg.Network
    index: tg.TrustIndex
    asks: tuple[tg.Ask, ...]
    scores: dict[str, dict[str, float]]

    @property
    def overlap(self) -> float:
        """Share of the targets whose best introducer is the best of an earlier one too."""
        best = [max(options, key=options.__getitem__) for options in self.scores.values()]
        return 1 - len(set(best)) / len(best)

    @property
    def introducers(self) -> int:
        """Number of people who can be asked for any target."""
        return len({person for options in self.scores.values() for person in options})

    @property
    def strata(self) -> dict[str, str]:
        """Kinds of strata, and the one that the world is in."""
        return {
            "targets": self.size,
            "overlap": "high" if self.overlap >= MUCH else "low",
            "network": self.kind,
            "introducers": "10 or more" if self.introducers >= 10 else "under 10",
        }


def make_planning_world(number: int, *, seed: int = 0, setting: str = "second") -> World:
    """Return one of the worlds: kind, size and overlap go round with its number."""
    kind = list(KINDS)[number % 3]
    size = list(SIZES)[number // 3 % 3]
    close = number // 9 % 2 == 1
    for attempt in range(50):
        rng = np.random.default_rng([seed, number, attempt])
        made = _made(number, kind, size, setting, close=close, rng=rng)
        if made is not None:
            return made
    message = f"no world {number} of seed {seed} has enough targets"
    raise ValueError(message)


def _made(
    number: int, kind: str, size: str, setting: str, *, close: bool, rng: np.random.Generator
) -> World | None:
    net = tg.datasets.make_world(seed=int(rng.integers(1 << 31)), **KINDS[kind])
    index = tg.TrustIndex.from_graph(tg.build_graph(net))
    willing = index.willingness >= tg.TrustModel().gate.min_willingness
    number_willing = np.bincount(index.asker_of(np.flatnonzero(willing)), minlength=index.n)
    able = np.flatnonzero(number_willing >= WILLING)
    if not len(able):
        return None
    seeker = int(rng.choice(able))
    low, high = SIZES[size]
    wanted = int(rng.integers(low, high + 1))
    found = _chosen(_possible(index, seeker, setting, rng), wanted, rng, close=close)
    if len(found) < low:
        return None
    asks = tuple(way.question.ask for way in found)
    scores = {way.target: best_scores(way) for way in found}
    return World(number, kind, size, net, index, asks, scores)


def _possible(
    index: tg.TrustIndex, seeker: int, setting: str, rng: np.random.Generator
) -> Iterator[Ways]:
    """Yield the ways to possible targets, in random order."""
    name = index.labels[seeker]
    if setting == "organisations":
        everywhere = index.nodes["organisation"]
        places = sorted({one for one in everywhere if one} - {everywhere.iloc[seeker]})
        targets = [tg.Organisation(places[k]) for k in rng.permutation(len(places))]
    else:
        pool = strangers(index, seeker) if setting == "anyone" else second_degree(index, seeker)
        targets = [index.labels[k] for k in rng.permutation(pool)]
    for target in targets[:LOOKED_AT]:
        ask = tg.Ask(seeker=name, target=target, clarity=CLARITY)
        way = find_ways(index, ask, model=tg.TrustModel(), most=3)
        if len(way.steps.role) and way.introducers():
            yield way


def strangers(index: tg.TrustIndex, seeker: int) -> np.ndarray:
    """Return who has no tie to the seeker."""
    contacts = index.out_asked[slice(*index.out_start[seeker : seeker + 2])]
    return np.setdiff1d(np.arange(index.n), [*contacts, seeker])


def second_degree(index: tg.TrustIndex, seeker: int) -> np.ndarray:
    """Return who of them has a tie to a contact who would speak for the seeker."""
    ties = slice(*index.out_start[seeker : seeker + 2])
    willing = index.willingness[ties] >= tg.TrustModel().gate.min_willingness
    near = [
        index.out_asked[slice(*index.out_start[one : one + 2])]
        for one in index.out_asked[ties][willing]
    ]
    return np.intersect1d(np.concatenate([*near, []]), strangers(index, seeker)).astype(np.int64)


def _chosen(
    possible: Iterator[Ways], wanted: int, rng: np.random.Generator, *, close: bool
) -> list[Ways]:
    """Return so many ways, as they come, or those to which few contacts are the best to ask."""
    if not close:
        return [way for way, _ in zip(possible, range(wanted), strict=False)]
    best: dict[str, list[Ways]] = {}
    for way in possible:
        scores = best_scores(way)
        best.setdefault(max(scores, key=scores.__getitem__), []).append(way)
    found: list[Ways] = []
    for taken, place in enumerate(rng.permutation(len(best))):
        if taken >= 2 and len(found) >= wanted:
            break
        found += best[sorted(best)[place]]
    return [found[k] for k in sorted(rng.permutation(len(found))[:wanted])]


def best_scores(way: Ways) -> dict[str, float]:
    """Return the score of the best path over each introducer, as `find_introductions` has it."""
    steps = way.steps
    there = np.zeros(len(steps.nodes))
    last, further, first = (steps.role == role for role in (LAST, FURTHER, FIRST))
    np.maximum.at(there, steps.tail[last], steps.probability[last])
    best = there.copy()
    for _ in range(steps.max_intermediaries - 1):
        longer = there.copy()
        worth = steps.probability[further] * best[steps.head[further]]
        np.maximum.at(longer, steps.tail[further], worth)
        best = longer
    scores = steps.probability[first] * best[steps.head[first]]
    people = steps.nodes[steps.head[first]]
    labels = way.question.index.labels
    return {str(labels[person]): float(score) for person, score in zip(people, scores, strict=True)}
