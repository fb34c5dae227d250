import networkx as nx
import pytest

import trustgraph as tg
from trustgraph.steps.targets import insiders_of, named_targets, organisation_tiers


def index_of(**people):
    G = nx.DiGraph()
    G.add_node("s", name="Seeker")
    for person, facts in people.items():
        G.add_node(person, **facts)
    return tg.TrustIndex.from_graph(G)


def found(index, target, **fields):
    ask = tg.Ask(seeker="s", target=target, **fields)
    insiders = insiders_of(index, ask, tg.TrustModel())
    return {index.labels[one.node]: round(one.factor, 6) for one in insiders}


def test_the_best_standing_of_each_person_counts():
    index = index_of(
        a={"organisation": "Acme Inc.", "position": "Buyer", "past": (("Acme", "CEO"),)},
        b={"organisation": "Elsewhere", "also": (("Acme", "Board member, director"),)},
        c={"organisation": "Elsewhere", "past": (("Acme", "Clerk"), ("Acme", "Senior Clerk"))},
    )
    # present, strong, other: .9 x .6 = .54; past, exact, decides: .5
    assert found(index, tg.Organisation("Acme")) == {"a": 0.54, "b": 1.0, "c": 0.4}


def test_what_is_sought_decides_whose_function_it_is():
    index = index_of(a={"organisation": "Acme", "position": "Data Engineer"})
    assert found(index, tg.Organisation("Acme")) == {"a": 0.6}
    assert found(index, tg.Organisation("Acme"), interest="a data platform") == {"a": 1.0}
    assert found(index, tg.Organisation("Acme", role="gardener")) == {"a": 0.6}


def test_names_match_whole_and_the_tiers_are_told():
    index = index_of(
        a={"organisation": "Acme"},
        b={"organisation": "ACME GmbH"},
        c={"organisation": "Acme Robotics"},
        d={"organisation": "Acmeology"},
        e={"organisation": "", "past": (("The Acme", ""),)},
    )
    tiers = organisation_tiers(index, "Acme")
    assert {name: tiers.get(name) for name in ("Acme", "ACME GmbH", "Acme Robotics")} == {
        "Acme": "exact",
        "ACME GmbH": "strong",
        "Acme Robotics": "weak",
    }
    assert "Acmeology" not in tiers


def test_a_weak_match_makes_nobody_the_holder_of_a_role():
    index = index_of(a={"organisation": "Acme Robotics", "position": "CTO"})
    ask = tg.Ask(seeker="s", target=tg.Organisation("Acme", role="CTO"))
    assert [target.kind for target in named_targets(index, ask)] == ["organisation"]
    ask = tg.Ask(seeker="s", target=tg.Organisation("Acme Robotics", role="CTO"))
    assert [target.id for target in named_targets(index, ask)] == ["a"]


def test_the_seeker_does_not_become_the_target_by_holding_the_role():
    G = nx.DiGraph()
    G.add_node("s", organisation="Acme", position="CTO")
    index = tg.TrustIndex.from_graph(G)
    ask = tg.Ask(seeker="s", target=tg.Organisation("Acme", role="CTO"))
    assert [target.kind for target in named_targets(index, ask)] == ["organisation"]


def test_a_virtual_target_never_takes_the_id_of_a_person():
    index = index_of(Acme={"organisation": "Elsewhere"}, b={"organisation": "Acme"})
    ask = tg.Ask(seeker="s", target=tg.Organisation("Acme"))
    assert named_targets(index, ask)[0].id == "Acme (organisation)"


def test_several_people_are_targets_once_each_in_the_order_of_their_ids():
    index = index_of(a={"name": "Ana"}, b={"name": "Bo"})
    ask = tg.Ask(seeker="s", target=("Bo", "a", "b"))
    assert [target.id for target in named_targets(index, ask)] == ["a", "b"]


def test_unknown_people_are_told_with_near_names():
    index = index_of(a={"name": "Ana Lima"})
    with pytest.raises(tg.errors.UnknownPersonError, match="Ana Lima"):
        named_targets(index, tg.Ask(seeker="s", target="Ana Lina"))
