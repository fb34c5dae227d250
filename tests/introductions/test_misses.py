"""Every empty answer says the true reason, and what is near."""

from itertools import pairwise

import networkx as nx
import pytest

import trustgraph as tg

OPEN = {"willingness": 0.5, "endorsed_trust": 0.8, "forwards": 0.9, "response": 0.5}
SHUT = {**OPEN, "willingness": 0.1}


def chain(*people, shut=(), inferred=()):
    """A chain of asks along which each asked person trusts the asker."""
    G = nx.DiGraph()
    for asker, asked in pairwise(people):
        facts = SHUT if asked in shut else OPEN
        G.add_edge(asked, asker, trust=0.5, observed=asked not in inferred, **facts)
    return G


def why(G, target="t", **options):
    result = tg.find_introductions(G, "s", target, **options)
    assert len(result) == 0
    return result.reason, [miss.lacking for miss in result.nearest_misses]


def test_the_only_way_through_somebody_not_to_ask():
    G = chain("s", "m", "t")
    G.nodes["m"]["do_not_ask"] = True
    reason, (lacking,) = why(G)
    assert reason == "only_people_not_to_ask"
    assert lacking == "your leave: you said not to ask m"


def test_the_only_insider_is_somebody_not_to_ask():
    G = chain("s", "m")
    G.nodes["m"].update(do_not_ask=True, organisation="Acme")
    assert why(G, tg.Organisation("Acme"))[0] == "only_people_not_to_ask"


def test_the_seeker_is_the_only_one_there():
    G = chain("s", "m")
    G.nodes["s"]["organisation"] = "Acme"
    assert why(G, tg.Organisation("Acme")) == ("you_are_there", [])


@pytest.mark.parametrize("most", [3, 5])
def test_a_chain_that_is_too_long_for_any_limit_is_still_a_chain(most):
    G = chain("s", *"abcdefg", "t")
    assert why(G, max_intermediaries=most) == ("too_many_intermediaries", [])


def test_two_things_lacking_are_both_told():
    G = chain("s", "b", "c", "t", shut={"b"})
    G.add_edge("x", "s", trust=0.5, **OPEN)  # somebody would vouch, but leads nowhere
    reason, (lacking,) = why(G, max_intermediaries=1)
    assert reason == "too_many_intermediaries"
    assert "it takes 20 %" in lacking
    assert "it needs 2 intermediaries, the limit is 1" in lacking
    G = chain("s", "b", "c", "t", shut={"b"}, inferred={"c"})
    G.add_edge("x", "s", trust=0.5, **OPEN)
    reason, (lacking,) = why(G)
    assert reason == "nobody_who_would_vouch"
    assert "b and c know each other; now that is only inferred" in lacking


def test_others_at_the_organisation_stand_in_for_a_holder_out_of_reach():
    G = chain("s", "clerk")
    G.add_node("clerk", organisation="Acme", position="Clerk")
    G.add_node("boss", organisation="Acme", position="CTO")
    reason, (lacking,) = why(G, tg.Organisation("Acme", role="CTO"))
    assert reason == "no_path"
    assert lacking == "a way to boss; this one leads to others at Acme"


def test_zero_trust_is_no_tie_to_pass_anything_on():
    G = chain("s", "m", "t")
    G.edges["t", "m"]["trust"] = 0.0
    result = tg.find_introductions(G, "s", "t")
    assert result.reason == "no_path"
    assert "on which anything would be passed on" in result.explain()


def test_people_under_the_cut_are_forwarders_however_long_the_rest_of_the_way():
    G = chain("s", "b", "c", "t", shut={"b"})
    result = tg.find_introductions(G, "s", "t")
    assert [one.person for one in result.forwarders] == ["b"]
    assert result.nearest_misses[0].path == ("s", "b", "c", "t")
    assert tg.find_introductions(G, "s", "t", max_intermediaries=1).forwarders == ()
    assert tg.find_introductions(G, "s", "t", max_intermediaries=0).forwarders == ()


def test_contacts_who_are_all_alike_are_not_ranked():
    G = nx.DiGraph()
    for person in ("a", "b", "c"):
        G.add_edge(person, "s", trust=0.14, **{**OPEN, "willingness": 0.06})
        G.add_node(person, organisation="Acme")
    result = tg.find_introductions(G, "s", tg.Organisation("Acme"))
    assert (result.reason, result.nearest_misses) == ("no_evidence_of_trust", ())
    assert result.contacts_at_target == ("a", "b", "c")


def test_where_everybody_would_vouch_the_reason_does_not_say_otherwise():
    G = chain("s", "b", "c", "t", inferred={"c"})
    G.nodes["b"]["do_not_ask"] = True
    reason, (lacking,) = why(G)
    assert reason == "only_people_not_to_ask"
    assert "you said not to ask b" in lacking
    assert "only inferred" in lacking
