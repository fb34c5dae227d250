import networkx as nx
import numpy as np
import pandas as pd
import pytest

import trustgraph as tg
from trustgraph._text import organisation_key

from helpers.brute_paths import random_graph

NAMES = ["Acme", "ACME Inc.", "Borealis GmbH", "Borealis", "Cormorant", ""]


@pytest.mark.parametrize("seed", range(40))
def test_every_score_equals_that_of_the_best_introduction_there(seed: int) -> None:
    generator = np.random.default_rng(seed)
    G = random_graph(generator, n=8, density=0.5)
    for person in G:
        G.nodes[person]["organisation"] = str(generator.choice(NAMES))
        G.nodes[person]["position"] = str(generator.choice(["Buyer", "Senior Buyer", "CTO"]))
    G.nodes["p00"]["organisation"] = "Seeker's own"
    frame = tg.rank_organisations(G, "p00")
    assert frame["score"].is_monotonic_decreasing
    for row in frame.itertuples(index=False):
        target = tg.Organisation(row.organisation)
        paths = tg.find_introductions(G, "p00", target, k=1)
        assert row.score == pytest.approx(paths[0].score if len(paths) else 0.0)
        if len(paths):
            assert row.hops == len(row.way)
    known = {name for _, name in G.nodes(data="organisation") if name}
    folded = {organisation_key(name) for name in known}
    assert len(frame) == len(folded - {organisation_key("Seeker's own")})


def test_past_positions_count_half_and_the_seeker_s_own_place_is_left_out() -> None:
    G = nx.DiGraph()
    G.add_node("s", organisation="Own")
    G.add_node("m", organisation="Borealis", position="CEO", past=(("Acme Ltd", "CEO"),))
    G.add_edge("m", "s", trust=0.8)
    frame = tg.rank_organisations(G, "s")
    told = frame[["organisation", "score", "introducer", "insider", "insiders"]]
    assert told.to_numpy().tolist() == [
        ["Borealis", 0.8, "m", "m", 1],
        ["Acme Ltd", 0.4, "m", "m", 1],
    ]


def test_an_empty_graph_of_organisations_gives_an_empty_frame() -> None:
    G = nx.DiGraph()
    G.add_edge("m", "s", trust=0.8)
    frame = tg.rank_organisations(G, "s")
    assert isinstance(frame, pd.DataFrame)
    assert frame.empty
    assert list(frame.columns)[:3] == ["rank", "organisation", "score"]


def test_the_cap_is_checked() -> None:
    G = nx.DiGraph()
    G.add_edge("m", "s", trust=0.8)
    with pytest.raises(ValueError, match="1 to 5"):
        tg.rank_organisations(G, "s", max_intermediaries=0)


def test_a_weak_match_counts_for_the_introductions_alone() -> None:
    G = nx.DiGraph()
    G.add_node("a", organisation="Acme", position="CEO")
    G.add_node("b", organisation="Acme Robotics", position="CEO")
    G.add_edge("a", "s", trust=0.2)
    G.add_edge("b", "s", trust=0.9)
    frame = tg.rank_organisations(G, "s").set_index("organisation")
    assert frame["score"].to_dict() == pytest.approx({"Acme Robotics": 0.9, "Acme": 0.2})
    paths = tg.find_introductions(G, "s", tg.Organisation("Acme"))
    assert [path.introducer for path in paths] == ["b", "a"]  # .9 x .6 against .2
    assert "weak name match" in paths[0].explain()


def test_people_without_a_tie_are_nobody_s_way_in() -> None:
    G = nx.DiGraph()
    G.add_node("m", organisation="Acme", position="CEO")
    G.add_node("book", organisation="Acme", position="CEO")
    G.add_node("plumber", organisation="Borealis")
    G.add_edge("m", "s", trust=0.8)
    frame = tg.rank_organisations(G, "s")
    assert frame[["organisation", "insiders"]].to_numpy().tolist() == [["Acme", 1]]
