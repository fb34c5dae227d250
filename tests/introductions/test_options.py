"""What is asked for is checked at the call, with a message that helps."""

from typing import Any

import networkx as nx
import numpy as np
import pytest

import trustgraph as tg
from trustgraph.introductions import best_introductions, introduction_reach


def chain() -> nx.DiGraph:
    G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
    G.add_edge("cy", "ana", trust=0.1)
    return G


@pytest.mark.parametrize("k", [2.0, np.array([1, 2]), np.array([1]), True, 0, None, "2", 100_001])
def test_a_bad_number_of_paths_is_refused(k: Any) -> None:
    for ask in (tg.find_introductions, best_introductions):
        with pytest.raises(ValueError, match="k is .* it must be a whole number from 1 to 100,000"):
            ask(chain(), "ana", "cy", k=k)


@pytest.mark.parametrize("most", [2.0, np.array([1, 2]), True, -1, 6, None])
def test_a_bad_number_of_intermediaries_is_refused(most: Any) -> None:
    with pytest.raises(ValueError, match="max_intermediaries is .* it must be a whole number"):
        tg.find_introductions(chain(), "ana", "cy", max_intermediaries=most)


@pytest.mark.parametrize("threads", [2.0, np.array([1, 2]), True, 0, 1_025])
def test_a_bad_number_of_threads_is_refused(threads: Any) -> None:
    with pytest.raises(ValueError, match="threads is .* it must be a whole number from 1 to 1,024"):
        best_introductions(chain(), "ana", "cy", threads=threads)


def test_whole_numbers_of_numpy_are_whole_numbers() -> None:
    two, one = np.int64(2), np.int8(1)
    paths = tg.find_introductions(chain(), "ana", "cy", k=two, max_intermediaries=one)
    assert (len(paths), type(paths.k), type(paths.max_intermediaries)) == (2, int, int)
    assert tg.introductions.Introductions.from_dict(paths.to_dict()) == paths
    frame = best_introductions(chain(), "ana", "cy", k=two, threads=two)
    assert frame["rank"].tolist() == [1, 2]


def test_an_ask_is_no_crowd() -> None:
    ask = tg.Ask(seeker="ana", target="cy")
    for seekers, targets in ((ask, "cy"), ("ana", ask), ([ask], "cy"), ("ana", ["bo", ask])):
        with pytest.raises(TypeError, match="pass it to find_introductions") as caught:
            best_introductions(chain(), seekers, targets)
        assert "ana" not in str(caught.value).lower()


def test_columns_of_ids_have_one_type_whatever_the_ids() -> None:
    numbers = nx.DiGraph([(1, 0, {"trust": 0.8}), (2, 1, {"trust": 0.5})])
    mixed = nx.DiGraph([("bo", 0, {"trust": 0.8}), (2, "bo", {"trust": 0.5})])
    alone = nx.DiGraph()
    alone.add_nodes_from([0, 2])
    for G in (numbers, mixed, alone):
        for frame in (tg.find_introductions(G, 0, 2).to_frame(), best_introductions(G, 0, 2)):
            kinds = frame[["introducer", "target", "path"]].dtypes.astype(str)
            assert kinds.eq("object").all()
    assert type(tg.find_introductions(numbers, 0, 2).to_frame()["target"][0]) is int


def test_reach_is_indexed_by_person() -> None:
    index = tg.TrustIndex.from_graph(chain())
    before = set(vars(index))
    frame = introduction_reach(index, "ana")
    assert frame.index.name == "person"
    assert "_ids_of_frames" not in set(vars(index)) - before
    numbers = nx.DiGraph([(1, 0, {"trust": 0.8})])
    assert introduction_reach(numbers, 0).index.name == "person"


def test_ranks_of_a_batch_count_within_inferred() -> None:
    G = chain()
    G.add_edge("bo", "cy", trust=0.5, observed=False)
    G.add_edge("dee", "ana", trust=0.9, observed=False)
    G.add_edge("cy", "dee", trust=0.9)
    frame = best_introductions(G, "ana", "cy", k=5, observed_only=False)
    assert frame["inferred"].tolist() == [False, False, True]
    assert frame["rank"].tolist() == [1, 2, 1]
