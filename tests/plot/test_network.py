"""What stands on the map of a network."""

import itertools

import networkx as nx
import numpy as np
import pytest
from matplotlib.collections import LineCollection, PathCollection

from trustgraph.errors import GraphContractError, UnknownPersonError
from trustgraph.graph import TrustIndex
from trustgraph.plot import plot_network

from helpers.pictures import collisions, drawn, made_graph, outside, texts_of


def trust_chain(*people):
    """Each of these people is trusted by the next one."""
    return nx.DiGraph([(b, a, {"trust": 0.8}) for a, b in itertools.pairwise(people)])


def told(ax):
    return [text.get_text() for text in ax.texts]


def note(ax):
    return next(text for text in told(ax) if "step" in text or "reached" in text)


def discs(ax):
    """Number of people drawn, without the one in the middle and the three samples of the key."""
    drawn_in = [c for c in ax.collections if isinstance(c, PathCollection)]
    return len(drawn_in[0].get_offsets())


def lines(ax):
    return [c for c in ax.collections if isinstance(c, LineCollection)]


def test_everybody_is_drawn_once_and_named():
    ax = plot_network(trust_chain("ana", "bo", "cy", "dee"), seeker="ana")
    assert discs(ax) == 3
    assert {"ana", "bo", "cy", "dee", "1", "2", "3"} <= set(told(ax))
    assert note(ax) == "1 step: 1 person\n2 steps: 1 person\n3 steps: 1 person"


def test_people_beyond_three_steps_and_out_of_reach_are_counted():
    G = trust_chain("ana", "bo", "cy", "dee", "eve", "fay")
    G.add_edge("ana", "gus", trust=0.9)  # ana trusts gus; whether gus trusts ana is not known
    ax = plot_network(G, seeker="ana")
    assert discs(ax) == 3
    assert note(ax).splitlines()[3:] == ["farther, not drawn: 2", "not reached: 1"]


def test_somebody_whom_nobody_trusts_stands_alone_and_it_is_said():
    ax = plot_network(nx.DiGraph([("ana", "bo", {"trust": 0.9})]), seeker="ana")
    assert note(ax) == "not reached: 1\nnobody is known to trust them"


def test_a_tie_without_trust_leads_nowhere():
    ax = plot_network(nx.DiGraph([("bo", "ana", {"trust": 0.0})]), seeker="ana")
    assert "not reached: 1" in note(ax)


def test_an_empty_graph_is_answered_in_words():
    ax = plot_network(nx.DiGraph())
    assert "holds nobody" in told(ax)[0]
    assert not ax.collections


@pytest.mark.parametrize(
    ("owners", "middle"),
    [(("cy",), "cy"), ((), "bo"), (("ana", "cy"), "bo"), (("somebody else",), "bo")],
)
def test_the_only_owner_stands_in_the_middle_else_who_has_most_ties(owners, middle):
    G = trust_chain("ana", "bo", "cy")
    G.graph["owners"] = owners
    assert (
        plot_network(G).get_title(loc="left") == f"The network around {middle}, by number of steps"
    )


def test_of_equally_many_ties_those_count_that_trust():
    assert "around bo," in plot_network(trust_chain("bo", "ana")).get_title(loc="left")


def test_the_seeker_can_be_named_by_id_or_name():
    G = trust_chain("ana", "bo")
    G.nodes["bo"]["name"] = "Bo Park"
    for seeker in ("bo", "Bo Park"):
        assert "around Bo Park," in plot_network(G, seeker=seeker).get_title(loc="left")
    with pytest.raises(UnknownPersonError):
        plot_network(G, seeker="nobody at all")


def test_an_index_gives_the_same_map_as_its_graph():
    G = made_graph(80)
    one, other = plot_network(G), plot_network(TrustIndex.from_graph(G))
    assert told(one) == told(other)
    for first, second in zip(one.collections, other.collections, strict=True):
        assert np.array_equal(first.get_offsets(), second.get_offsets())


def test_a_graph_against_the_contract_is_refused():
    with pytest.raises(GraphContractError):
        plot_network(nx.DiGraph([("bo", "ana", {"trust": 1.8})]))


def test_a_negative_number_of_labels_is_refused():
    with pytest.raises(ValueError, match="labels is -1"):
        plot_network(trust_chain("ana", "bo"), labels=-1)


@pytest.mark.parametrize("people", [5, 60, 300, 2000])
@pytest.mark.parametrize("seed", [0, 1])
def test_names_neither_touch_nor_leave_the_axes_however_many_people(people, seed):
    ax = drawn(plot_network(made_graph(people, seed=seed), seed=seed))
    assert collisions(texts_of(ax)) == []
    assert outside(ax) == []


@pytest.mark.parametrize(("labels", "fewest"), [(0, 0), (1, 1), (10, 10), (25, 24)])
def test_only_so_many_people_are_named_and_hardly_one_is_left_out(labels, fewest):
    ax = plot_network(made_graph(500), labels=labels)
    names = [text for text in told(ax) if text.startswith("Person")]
    assert fewest <= len(names) - 1 <= labels


def test_those_are_named_through_whom_most_trust_is_reached():
    G = nx.DiGraph([(f"close {i}", "ana", {"trust": 0.5}) for i in range(5)])
    G.add_edge("hub", "ana", trust=0.4)
    G.add_edges_from((f"far {i}", "hub", {"trust": 0.9}) for i in range(9))
    ax = plot_network(G, seeker="ana", labels=1)
    assert "hub" in told(ax)
    assert not any(name.startswith("close") for name in told(ax))


def test_inferred_ties_are_dashed():
    G = trust_chain("ana", "bo")
    G.add_edge("cy", "ana", trust=0.5, observed=False)
    styles = {
        str(collection.get_linestyle()[0]): len(collection.get_segments())
        for collection in lines(plot_network(G, seeker="ana"))[2:4]
    }
    assert sorted(styles.values()) == [1, 1]
    assert len(styles) == 2


def test_width_and_size_grow_with_trust():
    G = nx.DiGraph([("bo", "ana", {"trust": 0.9}), ("cy", "ana", {"trust": 0.2})])
    ax = plot_network(G, seeker="ana")
    people = next(c for c in ax.collections if isinstance(c, PathCollection))
    assert people.get_sizes()[0] > people.get_sizes()[1]
    assert sorted(lines(ax)[2].get_linewidths()) == pytest.approx(
        [0.7 + 2.3 * 0.2, 0.7 + 2.3 * 0.9]
    )


def test_ties_beside_the_tree_are_few_and_those_of_named_people():
    G = made_graph(400, hubs=10)
    cross = lines(plot_network(G))[1]
    assert 0 < len(cross.get_segments()) <= 80
    assert not lines(plot_network(G, labels=0))[1].get_segments()


def test_another_seed_is_another_order_and_the_same_seed_the_same():
    def places(seed):
        collection = plot_network(made_graph(60), seed=seed).collections
        return next(c for c in collection if isinstance(c, PathCollection)).get_offsets()

    assert np.array_equal(places(4), places(4))
    assert not np.array_equal(places(4), places(5))
    assert np.array_equal(places(np.random.default_rng(4)), places(4))


@pytest.mark.slow
def test_of_a_very_large_network_the_strongest_part_is_drawn():
    G = made_graph(12_000)
    ax = drawn(plot_network(G))
    assert discs(ax) == 3999
    assert "least trusted are not drawn" in note(ax)
    assert collisions(texts_of(ax)) == []
