"""The frame made of arrays is the frame made of the items, cell by cell."""

import networkx as nx
import numpy as np
import pandas as pd
import pytest

import trustgraph as tg
from trustgraph.introductions import Introductions

from helpers.random_questions import random_ask, random_world

TYPES = {
    "rank": "int64",
    "score": "float64",
    "delivery": "float64",
    "carried": "float64",
    "hops": "int64",
    "path": "object",
    "introducer": "object",
    "target": "object",
    "forward_only": "float64",
    "nothing": "float64",
    "lift": "float64",
    "weakest": "str",
    "observed_steps": "int64",
    "trust_low": "float64",
    "trust_mean": "float64",
    "trust_high": "float64",
    "share_first": "float64",
    "block": "str",
}


def frame_of_items(paths: Introductions) -> pd.DataFrame:
    """Make the frame the plain way: from rows, types by `astype`."""
    frame = pd.DataFrame([item.to_row() for item in paths.items], columns=list(TYPES))
    return frame.astype(TYPES)


def same_frames(asked: tg.TrustIndex | nx.DiGraph, *question: object, **options: object) -> int:
    """Compare the frames of one question; return how many rows they have."""
    if isinstance(asked, nx.DiGraph):
        asked = tg.TrustIndex.from_graph(asked)
    paths = tg.find_introductions(asked, *question, **options)
    frame = paths.to_frame()
    assert "items" not in vars(paths), "the frame needs no items"
    assert len(paths) == len(frame)
    assert frame.dtypes.astype(str).to_dict() == TYPES
    pd.testing.assert_frame_equal(frame, frame_of_items(paths), check_exact=True)
    paths.settle()
    pd.testing.assert_frame_equal(paths.to_frame(), frame, check_exact=True)
    return len(frame)


@pytest.mark.parametrize("seed", range(150))
def test_the_frame_is_that_of_the_items(seed: int) -> None:
    generator = np.random.default_rng(seed)
    G = random_world(generator, n=int(generator.integers(4, 8)), density=generator.uniform(0.3, 1))
    same_frames(
        tg.TrustIndex.from_graph(G),
        random_ask(generator, G),
        k=int(generator.choice([1, 4, 30])),
        max_intermediaries=int(generator.integers(0, 5)),
        observed_only=bool(generator.random() < 0.5),
        diversity=[None, None, "introducer", "intermediary"][int(generator.integers(4))],
        seed=int(generator.integers(5)),
    )


def test_the_random_questions_meet_every_case() -> None:
    """The comparison above means something: all kinds of answers are among its questions."""
    seen = set()
    for seed in range(150):
        generator = np.random.default_rng(seed)
        n, density = int(generator.integers(4, 8)), generator.uniform(0.3, 1)
        G = random_world(generator, n=n, density=density)
        ask = random_ask(generator, G)
        paths = tg.find_introductions(G, ask, k=4, observed_only=False)
        frame = paths.to_frame()
        seen |= {ask.purpose, ask.incentive.kind, type(ask.target).__name__, *frame["block"]}
        seen |= {"empty"} if frame.empty else {"found"}
        seen |= {"direct"} if (frame["hops"] == 1).any() else set()
        seen |= {"certain" if bool(frame["trust_low"].notna().any()) else "uncertain"}
        seen |= {step.place for path in paths for step in path.steps if step.assumed}
        seen |= {"recorded" for path in paths for step in path.steps if step.evidence}
    assert seen == {
        *("vouch", "reach", "none", "gift", "payment", "observed", "inferred", "empty", "found"),
        *("str", "tuple", "Organisation", "Prospect", "certain", "uncertain", "recorded"),
        *("direct", "last"),
    }


def test_ids_keep_their_types() -> None:
    G = nx.DiGraph()
    G.add_edge(1, 0, trust=0.8)
    G.add_edge(2, 1, trust=0.5)
    assert same_frames(G, 0, 2) == 1
    G.add_edge(2, 0, trust=0.1)
    assert same_frames(G, 0, 2) == 2
    mixed = nx.DiGraph()
    mixed.add_edge("bo", 0, trust=0.8)
    mixed.add_edge(2, "bo", trust=0.5)
    mixed.add_edge(2, 0, trust=0.5)
    assert same_frames(mixed, 0, 2) == 2


def test_an_empty_frame_has_all_columns() -> None:
    G = nx.DiGraph()
    G.add_nodes_from(["a", "b"])
    assert same_frames(G, "a", "b") == 0
    assert list(tg.find_introductions(G, "a", "b").to_frame()) == list(TYPES)


def test_a_changed_frame_changes_neither_the_answer_nor_the_next_frame() -> None:
    G = tg.build_graph(tg.datasets.load_office())
    index = tg.TrustIndex.from_graph(G)
    for asked in (tg.Organisation("Acme"), "kofi"):
        paths, other = (tg.find_introductions(index, "ana", asked) for _ in range(2))
        frame = paths.to_frame()
        for name in frame.select_dtypes("number"):
            frame.loc[:, name] = -1
        assert frame["trust_low"].eq(-1).all()
        assert paths == other
        pd.testing.assert_frame_equal(
            tg.find_introductions(index, "ana", asked).to_frame(), paths.to_frame()
        )


def test_how_long_other_paths_are_changes_no_number() -> None:
    generator = np.random.default_rng(3)
    G = random_world(generator, n=8, density=0.8)
    many = tg.find_introductions(G, "p00", "p07", k=40, max_intermediaries=4).to_frame()
    for k in range(1, 12):
        few = tg.find_introductions(G, "p00", "p07", k=k, max_intermediaries=4).to_frame()
        shared = [name for name in few if name != "share_first"]
        pd.testing.assert_frame_equal(few[shared], many[shared].head(k), check_exact=True)
