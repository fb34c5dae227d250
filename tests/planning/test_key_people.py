"""On whom the goals depend: against removing people from the graph and asking again."""

from itertools import combinations
from math import factorial, isclose

import networkx as nx
import numpy as np
import pytest

import trustgraph as tg
from trustgraph import planning
from trustgraph.planning import KeyPeople, key_people

from helpers.random_questions import random_world

SEEDS = range(12)


def diamond() -> nx.DiGraph:
    G = nx.DiGraph()
    G.add_edge("bo", "ana", trust=0.8)
    G.add_edge("cy", "ana", trust=0.5)
    G.add_edge("dee", "bo", trust=0.5)
    G.add_edge("dee", "cy", trust=0.6)
    G.add_edge("eve", "bo", trust=0.9)
    G.add_node("fay")
    return G


def total(G: nx.DiGraph, asks, most: int) -> list[float]:
    return [float(tg.reputation.reliability(G, ask, max_intermediaries=most)) for ask in asks]


def world(seed: int):
    """A random graph with its seeker, and asks to people and to an organisation."""
    generator = np.random.default_rng(seed)
    G = random_world(generator, n=9, density=0.3)
    people = sorted(G)
    goals = [*people[-3:], tg.Organisation("Acme")]
    clarity = {one: float(generator.choice([0.4, 1.0])) for one in range(len(goals))}
    asks = [
        tg.Ask(seeker=people[0], target=goal, clarity=clarity[place])
        for place, goal in enumerate(goals)
    ]
    return G, asks, people[1:-3]


@pytest.mark.parametrize("most", [1, 3])
@pytest.mark.parametrize("seed", SEEDS)
def test_a_loss_is_what_is_lost_when_the_person_is_taken_out_of_the_graph(seed, most):
    G, asks, others = world(seed)
    found = key_people(G, asks[0].seeker, asks, max_intermediaries=most)
    before = total(G, asks, most)
    assert found.exact
    assert isclose(found.expected, sum(before), abs_tol=1e-12)
    for person in others:
        left = G.copy()
        left.remove_node(person)
        after = total(left, asks, most)
        row = next((one for one in found if one.person == person), None)
        gone = [g.name for g, a, b in zip(found.goals, before, after, strict=True) if b == 0 < a]
        lost = sum(before) - sum(after)
        if row is None:
            assert isclose(lost, 0, abs_tol=1e-12)
            assert not gone
            continue
        assert isclose(row.removal, lost, abs_tol=1e-10)
        assert isclose(row.lost, lost / sum(before), abs_tol=1e-10)
        assert list(row.unreachable) == gone


def test_some_of_these_worlds_have_goals_that_hang_on_one_person():
    worlds = [world(seed) for seed in SEEDS]
    found = [key_people(G, asks[0].seeker, asks) for G, asks, _ in worlds]
    assert any(one.hangs_on_one > 0 for one in found)
    assert any(len(one.targets) > 1 for each in found for one in each)


@pytest.mark.parametrize("seed", SEEDS[:6])
def test_fair_shares_are_shapley_values_summed_over_the_goals(seed):
    G, asks, _ = world(seed)
    found = key_people(G, asks[0].seeker, asks, max_intermediaries=2)
    people = [one.person for one in found]
    spared = [person for person in G if person not in people]
    worth = {}
    for size in range(len(people) + 1):
        for group in combinations(people, size):
            H = nx.DiGraph(G)
            for person in G:
                # Nobody else passes anything on.
                H.nodes[person]["do_not_ask"] = person in spared or person not in group
            worth[frozenset(group)] = sum(total(H, asks, 2))
    n = len(people)
    for one in found:
        value = sum(
            factorial(len(group))
            * factorial(n - len(group) - 1)
            / factorial(n)
            * (worth[group | {one.person}] - worth[group])
            for group in worth
            if one.person not in group
        )
        assert isclose(one.shapley, value, abs_tol=1e-10)
    carried = sum(one.shapley for one in found)
    assert isclose(carried + found.direct_share * found.expected, found.expected, abs_tol=1e-10)


def test_the_numbers_of_a_diamond_by_hand():
    found = key_people(diamond(), "ana", ["dee", "eve", "fay", "bo"])
    bo, cy = found
    # dee: 1 - (1 - .8 x .5)(1 - .5 x .6) = .58; eve: .8 x .9 = .72; bo: directly .8; fay: never.
    assert found.expected == pytest.approx(0.58 + 0.72 + 0.8)
    assert found.reachable == 3
    assert bo.removal == pytest.approx(0.58 - 0.3 + 0.72)
    assert cy.removal == pytest.approx(0.58 - 0.4)
    assert bo.shapley == pytest.approx((0.4 + 0.28) / 2 + 0.72)
    assert cy.shapley == pytest.approx((0.3 + 0.18) / 2)
    assert (bo.targets, bo.unreachable) == (("dee", "eve"), ("eve",))
    assert (cy.targets, cy.unreachable) == (("dee",), ())
    assert found.largest_share == pytest.approx(1.06 / 2.1)
    assert found.direct_share == pytest.approx(0.8 / 2.1)
    assert found.hangs_on_one == found.single_points == pytest.approx(1 / 3)
    shares = np.array([1.06, 0.24]) / 1.3
    assert found.concentration == pytest.approx((shares**2).sum())
    assert found.effective_number == pytest.approx(1 / (shares**2).sum())
    assert found.goals_frame()["hangs_on"].tolist() == [(), ("bo",), (), ()]
    assert found.goals_frame()["reason"].tolist() == ["", "", "no_path", ""]


def test_the_sentences_say_what_is_lost_and_how_concentrated_it_is():
    told = key_people(diamond(), "ana", ["dee", "eve", "fay", "bo"]).explain()
    assert "3 of your 4 goals can be reached" in told
    assert "If bo left, 1 of your 4 goals could no longer be reached: eve." in told
    assert "as if over 1.4 equally important people" in told
    assert "Direct ties give 38 %" in told
    assert "No single person's leaving" not in told


def test_a_direct_tie_keeps_a_goal_within_reach():
    G = diamond()
    G.add_edge("eve", "ana", trust=0.01)
    found = key_people(G, "ana", ["eve", "dee"])
    assert [one.unreachable for one in found] == [(), ()]
    assert "No single person's leaving would put a goal out of reach." in found.explain()


def test_who_is_a_target_too_is_still_an_intermediary_for_the_others():
    found = key_people(diamond(), "ana", ["bo", "eve"])
    assert found[0].targets == ("eve",)
    assert found[0].unreachable == ("eve",)


def test_goals_named_twice_count_once_in_every_form():
    G = diamond()
    G.nodes["dee"]["name"] = "Dee Roe"
    once = key_people(G, "ana", "dee")
    assert key_people(G, "ana", ["dee", "Dee Roe", "dee"]) == once
    ask = tg.Ask(seeker="ana", target="dee", clarity=1.0)
    assert len(key_people(G, "ana", ["dee", ask]).goals) == 1
    unclear = ask.replace(clarity=0.5)
    assert len(key_people(G, "ana", ["dee", unclear]).goals) == 2


def test_every_form_of_target_is_understood():
    G = diamond()
    G.nodes["dee"]["organisation"] = "Acme"
    goals = [
        tg.Organisation("Acme"),
        tg.Organisation("Acme", role="Buyer"),
        tg.Prospect("Ines Roth", organisation="Acme"),
        ("dee", "eve"),
        tg.Person(id="eve"),
        tg.Ask(seeker="ana", target="dee", purpose="reach"),
    ]
    found = key_people(G, "ana", goals)
    names = [goal.target for goal in found.goals]
    assert names == ["Acme", "Acme (Buyer)", "Ines Roth", "dee, eve", "eve", "dee"]
    assert KeyPeople.from_dict(found.to_dict()) == found


def test_each_total_is_that_of_the_transfer_also_where_it_is_sampled():
    G = tg.build_graph(tg.datasets.make_world(300, seed=3, mean_degree=24))
    reach = tg.introductions.introduction_reach(G, next(iter(G)))
    seeker = next(iter(G))
    goals = reach[reach["hops"] >= 3].index.tolist()[:3]
    found = key_people(G, seeker, goals, samples=256, seed=5)
    moved = [tg.reputation_transfer(G, seeker, one, samples=256, seed=5) for one in goals]
    assert not found.exact
    assert [goal.total for goal in found.goals] == [one.total for one in moved]
    assert found.expected == pytest.approx(sum(one.total for one in moved))
    for one in found:
        parts = [each for m in moved for each in m if each.person == one.person]
        assert one.shapley == pytest.approx(sum(each.shapley for each in parts))
        assert one.shapley_error == pytest.approx(sum(each.shapley_error for each in parts))


def test_nothing_to_reach_is_an_answer():
    found = key_people(diamond(), "ana", ["fay"])
    assert len(found) == 0
    assert (found.expected, found.concentration, found.effective_number) == (0, 0, 0)
    assert (found.largest_share, found.hangs_on_one, found.single_points) == (0, 0, 0)
    assert "Your goal cannot be reached with at most 3 people between" in found.explain()
    assert "None of your 2 goals" in key_people(diamond(), "fay", ["bo", "cy"]).explain()
    assert found.to_frame().index.name == "person"
    assert list(found.to_frame().dtypes.astype(str)) == [
        "str",
        "int64",
        "int64",
        *["float64"] * 4,
    ]


def test_direct_ties_alone_need_nobody():
    found = key_people(diamond(), "ana", ["bo", "cy"])
    assert len(found) == 0
    assert found.direct_share == 1
    assert "nobody else is needed" in found.explain()


def test_numbers_as_ids_and_an_index_are_welcome():
    G = nx.relabel_nodes(diamond(), {"ana": 1, "bo": 2, "cy": 3, "dee": 4, "eve": 5, "fay": 6})
    found = key_people(tg.TrustIndex.from_graph(G), 1, [4, 5])
    assert found.to_frame().index.tolist() == [2, 3]
    assert found.goals[1].hangs_on == (2,)
    named = key_people(diamond(), "ana", ["dee", "eve"])
    assert [one.removal for one in found] == [one.removal for one in named]


def test_the_order_of_goals_and_ties_changes_no_number():
    G = diamond()
    H = nx.DiGraph()
    H.add_edges_from(reversed(list(G.edges(data=True))))
    H.add_node("fay")
    one = key_people(G, "ana", ["dee", "eve", "fay"]).to_frame()
    other = key_people(H, "ana", ["fay", "eve", "dee"]).to_frame()
    assert one.drop(columns="name").round(12).equals(other.drop(columns="name").round(12))


@pytest.mark.parametrize(
    ("targets", "error", "match"),
    [
        ([], ValueError, "no target"),
        (["ana"], ValueError, "the seeker is a target"),
        ([tg.Ask(seeker="bo", target="dee")], ValueError, "one of 'bo', not of 'ana'"),
        (["zoe"], tg.errors.UnknownPersonError, "zoe"),
    ],
)
def test_what_is_no_goal_is_told(targets, error, match):
    with pytest.raises(error, match=match):
        key_people(diamond(), "ana", targets)


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"max_intermediaries": 9}, ValueError),
        ({"samples": 0}, ValueError),
        ({"model": 1}, TypeError),
    ],
)
def test_options_out_of_range_are_told(options, error):
    with pytest.raises(error):
        key_people(diamond(), "ana", ["dee"], **options)


def test_an_empty_graph_knows_no_seeker():
    with pytest.raises(tg.errors.UnknownPersonError):
        key_people(nx.DiGraph(), "ana", ["bo"])


def test_the_card_escapes_names():
    G = diamond()
    G.nodes["bo"]["name"] = "<b>Bo</b>"
    G.nodes["eve"]["name"] = "Eve\nRoe"
    found = planning.key_people(G, "ana", ["eve"])
    assert "<b>Bo" not in found._repr_html_()
    assert "Eve Roe" in found.explain()


def test_a_single_goal_is_told_as_one():
    G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
    told = key_people(G, "ana", "cy").explain().splitlines()
    assert told[0] == (
        "Your goal can be reached. If it were asked for, the model gives it a chance of 0.40 to "
        "work from end to end."
    )
    assert told[1] == "If bo left, your goal could no longer be reached: cy."
    assert "1. bo: carries 100 % of what is expected; without bo 100 % of it is lost." in told
