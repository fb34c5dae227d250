"""Our calls, as a user makes them, and the engine's calls beneath."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

import trustgraph as tg
from sidebyside.graphs import Ties, contract_columns
from trustgraph.engine.paths import k_best_paths
from trustgraph.introductions._paths import routes_of
from trustgraph.steps import ask_question

MOST = 3
"""Intermediaries."""


@dataclass(frozen=True)
class Found:
    """Scores, best first, and the paths as numbers of people."""

    scores: Any
    paths: list[list[int]]


def absent(name: str) -> str:
    """Return why one of our own functions cannot be measured, or nothing if it is there."""
    room, _, function = name.rpartition(".")
    place = getattr(tg, room, None)
    return "" if hasattr(place, function) else f"tg.{name} is not in this version"


def index_of(ties: Ties) -> Any:
    return tg.TrustIndex.from_frame(ties.frame())


def contract_bytes(ties: Ties) -> int:
    """Return the bytes of an index that was given all attributes of the contract."""
    return tg.TrustIndex.from_frame(ties.frame().assign(**contract_columns(ties))).nbytes


def index_of_frame(frame: pd.DataFrame) -> Any:
    return tg.TrustIndex.from_frame(frame)


def index_of_graph(G: Any) -> Any:
    return tg.TrustIndex.from_graph(G)


def trust_matrix(index: Any) -> csr_array:
    """Return trust by asker and asked, people numbered by their ids."""
    people = np.array([int(label) for label in index.labels])
    asker = np.repeat(people, np.diff(index.out_start))
    size = people.max() + 1
    return csr_array((index.trust, (asker, people[index.out_asked])), shape=(size, size))


def engine_best(index: Any, k: int, pairs: Any) -> Callable[[Any], Any]:
    """Return the search alone; the questions between these pairs are put beforehand."""
    asked = {}
    for pair in pairs:
        question = ask_question(index, *pair)
        asked[pair] = question, routes_of(question)

    def call(pair: tuple[int, int]) -> Any:
        question, routes = asked[pair]
        return question, k_best_paths(routes, k=k, most=MOST)

    return call


def engine_found(answer: Any) -> Found:
    """Return scores and paths of an answer of the engine; ids are numbers here."""
    question, best = answer
    rows = zip(best.people.tolist(), best.lengths.tolist(), best.targets.tolist(), strict=True)
    labels = question.index.labels
    paths = [
        [
            labels[question.seeker],
            *(labels[one] for one in people[:size]),
            labels[question.targets[target].node],
        ]
        for people, size, target in rows
    ]
    return Found(np.asarray(best.scores), [[int(one) for one in path] for path in paths])


def public_best(index: Any, k: int) -> Callable[[Any], pd.DataFrame]:
    def call(pair: tuple[int, int]) -> pd.DataFrame:
        return tg.find_introductions(index, *pair, k=k, max_intermediaries=MOST).to_frame()

    return call


def frame_found(frame: pd.DataFrame) -> Found:
    """Return scores and paths of a frame of introductions."""
    paths = [[int(one) for one in path] for path in frame["path"]]
    return Found(frame["score"].to_numpy(np.float64), paths)


def batch(index: Any) -> Callable[[Any], pd.DataFrame]:
    def call(case: tuple[int, Any]) -> pd.DataFrame:
        seeker, targets = case
        return tg.introductions.best_introductions(
            index, [seeker], targets.tolist(), k=1, progress=False, threads=1
        )

    return call


def reach(index: Any) -> Callable[[int], pd.DataFrame]:
    def call(seeker: int) -> pd.DataFrame:
        return tg.introductions.introduction_reach(index, seeker, max_intermediaries=MOST)

    return call


def reach_scores(people: int) -> Callable[[pd.DataFrame], Any]:
    """Return what turns a frame of reach into scores by person, 0 where nobody leads."""

    def digest(frame: pd.DataFrame) -> Any:
        scores = np.zeros(people)
        scores[frame.index.to_numpy(np.int64)] = frame["score"].fillna(0.0).to_numpy()
        return scores

    return digest


def reliability(index: Any, samples: int) -> Callable[[Any], Any]:
    def call(pair: tuple[int, int]) -> Any:
        return tg.reputation.reliability(
            index, *pair, max_intermediaries=MOST, samples=samples, seed=0
        )

    return call


def no_propagation() -> str:
    """Return why the standing cannot be measured, or nothing."""
    there = find_spec("trustgraph.engine.propagate") is not None
    return "" if there else "trustgraph.engine.propagate is not in this version"


class Rank:
    """Scores by person for a tolerance in L1; the shares are made before, once."""

    def __init__(self, index: Any, seeds: Any, damping: float, threads: int | None) -> None:
        shares = import_module("trustgraph.engine.flow").shares
        self.propagate = import_module("trustgraph.engine.propagate").propagate
        self.people = np.array([int(label) for label in index.labels])
        asker = np.repeat(np.arange(index.n), np.diff(index.out_start))
        self.flow = shares(index.out_asked.astype(np.int64), asker, index.trust, index.n)
        self.seed = np.isin(self.people, seeds) / len(seeds)
        self.options = {"damping": damping, "threads": threads}
        self.passes = 0
        """Passes over the edges that the last call took."""

    def __call__(self, tolerance: float) -> Any:
        found = self.propagate(self.flow, self.seed, tolerance=tolerance, **self.options)
        self.passes = found.iterations
        scores = np.zeros(self.people.max() + 1)
        scores[self.people] = found.scores
        return scores
