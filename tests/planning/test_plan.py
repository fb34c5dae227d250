"""Plans of asks from end to end."""

import datetime as dt
import pickle
from itertools import pairwise
from typing import Any, cast

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from pydantic import ValidationError

import trustgraph as tg
from trustgraph.planning import AskPlan, PlanRules, plan_asks, plan_made

from helpers.brute_paths import random_graph
from helpers.random_questions import random_world

NO_GOODWILL = tg.TrustModel(goodwill=tg.trust.GoodwillModel(spent=0))
DAY = dt.date(2026, 3, 2)


def day(number):
    return DAY + dt.timedelta(days=number)


def asks_of(seeker, *targets, **more):
    return [tg.Ask(seeker=seeker, target=target, clarity=1, **more) for target in targets]


def fork():
    """Bo leads to both targets, Eli to the first only, Dee to the second with less."""
    G = nx.DiGraph()
    for who, trust in (("bo", 0.9), ("eli", 0.8), ("dee", 0.5)):
        G.add_edge(who, "ana", trust=trust, certainty=0.6)
    G.add_edge("x", "bo", trust=0.9)
    G.add_edge("y", "bo", trust=0.8)
    G.add_edge("x", "eli", trust=0.9)
    G.add_edge("y", "dee", trust=0.6)
    return G


def scored():
    """A network with opinions, gates and recall."""
    net = tg.datasets.make_world(120, seed=4)
    index = tg.TrustIndex.from_graph(tg.build_graph(net))
    seeker = int(np.diff(index.out_start).argmax())
    near = set(index.out_asked[index.out_start[seeker] : index.out_start[seeker + 1]].tolist())
    others = [one for one in range(index.n) if one != seeker and one not in near]
    return index, index.labels[seeker], [index.labels[one] for one in others[::9]]


INDEX, SEEKER, TARGETS = scored()


def pairs(plan):
    return [(ask.introducer, ask.target) for ask in plan]


# ------------------------------------------------------------------------------------- what it is


def test_each_person_is_asked_where_they_are_needed():
    plan = plan_asks(fork(), asks_of("ana", "x", "y"), budget=2)
    assert sorted(pairs(plan)) == [("bo", "y"), ("eli", "x")]
    assert plan.expected == pytest.approx(0.9 * 0.8 + 0.8 * 0.9)
    assert plan.exact
    assert plan.bound >= plan.value - 1e-12
    assert plan.standard_error == 0
    assert sum(ask.gain for ask in plan) == pytest.approx(plan.value)


def test_values_say_what_counts():
    worth = plan_asks(fork(), asks_of("ana", "x", "y"), budget=1, values={"y": 3})
    assert pairs(worth) == [("bo", "y")]
    assert worth.value == pytest.approx(3 * 0.72)
    assert worth.expected == pytest.approx(0.72)
    assert pairs(plan_asks(fork(), asks_of("ana", "x", "y"), budget=5, values=[0, 1]))[0][1] == "y"


def test_an_index_is_as_good_as_a_graph_and_order_does_not_matter():
    G = fork()
    H = nx.DiGraph()
    H.add_nodes_from(reversed(list(G)))
    H.add_edges_from(reversed(list(G.edges(data=True))))
    plans = [
        plan_asks(one, asks_of("ana", "x", "y"), budget=3)
        for one in (G, H, tg.TrustIndex.from_graph(G))
    ]
    assert plans[0] == plans[1] == plans[2]


def test_names_do_not_matter():
    for seed in range(12):
        G = random_graph(np.random.default_rng(seed), n=8, density=0.4)
        people = sorted(G)
        names = dict(zip(people, np.random.default_rng(seed + 99).permutation(people), strict=True))
        H = nx.relabel_nodes(G, {one: f"q{name}" for one, name in names.items()})
        plan = plan_asks(G, asks_of(people[0], *people[-3:]), budget=3)
        other = plan_asks(
            H, asks_of(f"q{names[people[0]]}", *(f"q{names[one]}" for one in people[-3:])), budget=3
        )
        if all(plan.per_target[place].options for place in range(3)):
            assert other.value == pytest.approx(plan.value, abs=0.03)


def test_the_same_seed_gives_the_same_plan():
    def plans():
        return [
            plan_asks(INDEX, asks_of(SEEKER, *TARGETS), budget=5, seed=seed) for seed in (1, 1, 2)
        ]

    one, two, three = plans()
    assert one == two
    assert one != three
    assert one.value == pytest.approx(three.value, abs=5 * one.standard_error + 0.02)
    left = plan_asks(INDEX, asks_of(SEEKER, TARGETS[0]), budget=1, seed=None)
    again = plan_asks(INDEX, asks_of(SEEKER, TARGETS[0]), budget=1, seed=left.seed)
    assert left == again


def test_a_single_ask_is_worth_its_reliability():
    for target in TARGETS[:4]:
        plan = plan_asks(INDEX, asks_of(SEEKER, target), budget=50, rules=PlanRules(wait_days=1))
        whole = tg.reputation.reliability(INDEX, asks_of(SEEKER, target)[0])
        assert plan.expected == pytest.approx(whole.value, abs=0.03)


@pytest.mark.parametrize("purpose", ["vouch", "reach"])
def test_both_purposes_are_planned(purpose):
    plan = plan_asks(INDEX, asks_of(SEEKER, *TARGETS, purpose=purpose), budget=6)
    assert len(plan) == 6
    assert all(0 < ask.chance <= 1 for ask in plan)


def test_every_kind_of_target_can_be_planned():
    for seed in range(6):
        G = random_world(np.random.default_rng(seed), n=9, density=0.5)
        people = sorted(G)
        asks = asks_of(
            people[0],
            people[-1],
            (people[-2], people[-3]),
            tg.Organisation("Acme"),
            tg.Prospect("Ines Roth", organisation="Acme"),
        )
        plan = plan_asks(G, asks, budget=6, per_person=3)
        assert plan.per_target[0].target == people[-1]
        for ask in plan:
            outcome = tg.Outcome(
                introducer=str(ask.introducer), target=ask.target, asked=DAY, declined=DAY
            )
            assert plan.update(outcome).spent == 1


def test_people_named_by_number_are_found():
    G = nx.relabel_nodes(fork(), {name: place for place, name in enumerate(sorted(fork()))})
    ids = {name: place for place, name in enumerate(sorted(fork()))}
    plan = plan_asks(G, asks_of(ids["ana"], ids["x"]), budget=1)
    assert plan[0].introducer == ids["bo"]
    outcome = tg.Outcome(introducer=str(ids["bo"]), target=str(ids["x"]), asked=DAY, met=DAY)
    assert plan.update(outcome).reached == (str(ids["x"]),)


def test_who_is_not_to_be_asked_is_not_asked():
    G = fork()
    G.nodes["bo"]["do_not_ask"] = True
    plan = plan_asks(G, asks_of("ana", "x", "y"), budget=4)
    assert {ask.introducer for ask in plan} == {"eli", "dee"}


@pytest.mark.parametrize("edges", [[], [("bo", "ana", {"trust": 0.0})]])
def test_nothing_to_ask_is_an_answer(edges):
    G = nx.DiGraph(edges)
    G.add_nodes_from(["ana", "x", "bo"])
    plan = plan_asks(G, asks_of("ana", "x"), budget=2)
    assert len(plan) == 0
    assert plan.unreachable[0].target == "x"
    assert plan.expected == plan.bound == 0
    assert "cannot be reached" in plan.explain()
    assert plan.to_frame().empty
    assert plan.gap == 0


# --------------------------------------------------------------------------------------- what fails


def test_what_cannot_be_planned_is_said():
    G = fork()
    with pytest.raises(ValueError, match="there are no asks"):
        plan_asks(G, [], budget=1)
    with pytest.raises(ValueError, match=r"several seekers \(ana, bo\)"):
        plan_asks(G, [*asks_of("ana", "x"), *asks_of("bo", "x")], budget=1)
    with pytest.raises(ValueError, match="asks 1 and 2 have the same target x"):
        plan_asks(G, asks_of("ana", "x", ("x", "y")), budget=1)
    with pytest.raises(TypeError, match="no trustgraph.Ask"):
        plan_asks(G, cast("Any", ["x"]), budget=1)
    for name in ("budget", "per_person", "horizon_days"):
        with pytest.raises(ValueError, match=f"{name} is 0, it must be a whole number from 1"):
            plan_asks(G, asks_of("ana", "x"), **{"budget": 1, name: 0})
    with pytest.raises(ValueError, match="2 numbers for 1 asks"):
        plan_asks(G, asks_of("ana", "x"), budget=1, values=[1, 2])
    with pytest.raises(ValueError, match="'z', which is the target of no ask"):
        plan_asks(G, asks_of("ana", "x"), budget=1, values={"z": 1})
    with pytest.raises(ValueError, match="values holds -1"):
        plan_asks(G, asks_of("ana", "x"), budget=1, values=[-1])
    with pytest.raises(tg.errors.UnknownPersonError):
        plan_asks(G, asks_of("ana", "nobody"), budget=1)
    with pytest.raises(ValidationError):
        PlanRules(wait_days=0)


def test_outcomes_that_fit_no_ask_are_named():
    plan = plan_asks(fork(), asks_of("ana", "x"), budget=2)

    def outcome(**more):
        return tg.Outcome(**{"introducer": "bo", "target": "x", "asked": DAY, **more})

    with pytest.raises(
        ValueError, match="'z', which is the target of no ask of this plan; it has x"
    ):
        plan.update(outcome(target="z"))
    with pytest.raises(tg.errors.UnknownPersonError):
        plan.update(outcome(introducer="nobody"))
    with pytest.raises(ValueError, match="who is the seeker"):
        plan.update(outcome(introducer="ana"))
    with pytest.raises(ValueError, match="an ask of 'bo', but this is the plan of 'ana'"):
        plan.update(outcome(seeker="bo"))
    with pytest.raises(TypeError, match="not str"):
        plan.update("bo")
    with pytest.raises(ValueError, match="today is 2026-03-01, but an ask was put on 2026-03-02"):
        plan.update(outcome(), today="2026-03-01")


def test_a_proof_that_takes_too_long_is_refused(monkeypatch):
    asks = asks_of(SEEKER, *TARGETS, purpose="reach")
    assert not plan_asks(INDEX, asks, budget=9).exact
    assert plan_asks(INDEX, asks, budget=2, rules=PlanRules(exact=True)).exact
    monkeypatch.setattr(plan_made, "proved", lambda problem, found: None)
    assert not plan_asks(fork(), asks_of("ana", "x"), budget=1).exact
    with pytest.raises(ValueError, match="cannot be proved"):
        plan_asks(INDEX, asks, budget=9, rules=PlanRules(exact=True))


def test_no_proof_is_made_where_none_is_wanted():
    plan = plan_asks(fork(), asks_of("ana", "x", "y"), budget=2, rules=PlanRules(exact=False))
    assert not plan.exact
    assert plan.value == pytest.approx(1.44)
    assert plan.gap < 0.05


# ------------------------------------------------------------------------------------- its limits


@pytest.mark.parametrize("pace", ["steady", "early"])
@pytest.mark.parametrize(("per_person", "open_", "rest"), [(1, 1, 14), (2, 1, 20), (3, 2, 0)])
def test_limits_are_kept_now_and_after_outcomes(pace, per_person, open_, rest):
    rules = PlanRules(open_per_target=open_, wait_days=10, rest_days=rest, pace=pace)
    asks = asks_of(SEEKER, *TARGETS[:5])
    plan = plan_asks(INDEX, asks, budget=9, per_person=per_person, horizon_days=45, rules=rules)
    rng = np.random.default_rng(3)
    put, now = [], 0
    for _ in range(5):
        check_limits(plan, put, budget=9, per_person=per_person, horizon=45, rules=rules)
        if not len(plan):
            break
        first = plan[0]
        now = max(now, first.day)
        put.append((first.introducer, first.target, now))
        state = str(rng.choice(["silent", "declined", "endorsed", "open"]))
        came = {} if state == "open" else {state: day(now)}
        outcome = tg.Outcome(
            introducer=first.introducer, target=first.target, asked=day(now), **came
        )
        now += int(rng.integers(0, 6))
        plan = plan.update(outcome, today=day(now))
        assert plan.spent == len(put)


def check_limits(plan, put, *, budget, per_person, horizon, rules):
    rows = [(ask.introducer, ask.target, ask.day) for ask in plan]
    everything = [*put, *rows]
    assert len(everything) <= budget
    assert len(set(rows)) == len(rows)
    assert all(plan.today <= when <= horizon for *_, when in rows)
    assert [when for *_, when in rows] == sorted(when for *_, when in rows)
    for person in {one for one, *_ in everything}:
        days = sorted(when for one, _, when in everything if one == person)
        assert len(days) <= per_person
        later = [b - a for a, b in pairwise(days) if b >= plan.today]
        assert all(gap >= rules.rest_days for gap in later)
    for target in {one for _, one, _ in rows}:
        mine = [when for _, one, when in rows if one == target]
        for when in mine:
            assert sum(when - rules.wait_days < other <= when for other in mine) <= (
                rules.open_per_target
            )


def test_a_plan_goes_early_or_at_a_steady_pace():
    asks = asks_of(SEEKER, *TARGETS)
    early = plan_asks(INDEX, asks, budget=8)
    steady = plan_asks(INDEX, asks, budget=8, rules=PlanRules(pace="steady"))
    assert len(early.now) > len(steady.now) >= 1
    assert steady[-1].day > early[-1].day
    assert steady.value == pytest.approx(early.value)


def test_asks_that_have_nothing_to_do_with_each_other_are_put_at_once():
    G = nx.DiGraph()
    for place in range(4):
        G.add_edge(f"m{place}", "ana", trust=0.5)
        G.add_edge(f"t{place}", f"m{place}", trust=0.5)
    plan = plan_asks(G, asks_of("ana", *(f"t{place}" for place in range(4))), budget=4)
    assert len(plan.now) == 4


def test_an_ask_waits_where_another_may_do_more_after_a_failure():
    G = nx.DiGraph()
    for who, trust in (("a", 0.5), ("b", 0.5), ("c", 0.3)):
        G.add_edge(who, "ana", trust=trust)
    G.add_edges_from([("x", "a", {"trust": 1.0}), ("x", "b", {"trust": 1.0})])
    G.add_edge("y", "c", trust=1.0)
    plan = plan_asks(G, asks_of("ana", "x", "y"), budget=2)
    assert [(ask.introducer, ask.day) for ask in plan] == [("a", 0), ("c", 14)]
    assert "if x is not reached, another ask there may do more" in plan[1].why
    said_no = tg.Outcome(introducer="a", target="x", asked=DAY, declined=day(3))
    assert pairs(plan.update(said_no)) == [("b", "x")]
    # Where what is given up is worth about as much as what is gained, it does not wait.
    G["c"]["ana"]["trust"] = 0.45
    assert [ask.day for ask in plan_asks(G, asks_of("ana", "x", "y"), budget=2)] == [0, 0]
    # With an ask more, there is nothing to wait for.
    assert [ask.day for ask in plan_asks(G, asks_of("ana", "x", "y"), budget=3)] == [0, 0, 14]


def test_dates_follow_the_graph_the_rules_or_the_first_ask():
    G = fork()
    assert plan_asks(G, asks_of("ana", "x"), budget=1)[0].date is None
    G.graph["as_of"] = "2026-01-05"
    plan = plan_asks(G, asks_of("ana", "x"), budget=3)
    assert plan[0].date == dt.date(2026, 1, 5)
    set_ = plan_asks(G, asks_of("ana", "x"), budget=3, rules=PlanRules(start=DAY))
    assert set_[0].date == DAY
    after = plan.update(tg.Outcome(introducer="bo", target="x", asked=DAY, declined=day(4)))
    assert (after.start, after.today, after[0].date) == (DAY, 4, day(4))


def test_later_asks_for_a_target_depend_on_the_earlier_ones():
    plan = plan_asks(fork(), asks_of("ana", "x"), budget=3)
    assert pairs(plan) == [("bo", "x"), ("eli", "x")]
    assert plan[0].condition == ""
    assert plan[1].condition == "only if x has not been reached through bo"
    assert plan[1].day >= 14
    assert plan[1].chance > plan[1].gain


# ------------------------------------------------------------------------------ what comes of asks


def test_an_open_ask_blocks_its_target_until_it_counts_as_silent():
    plan = plan_asks(fork(), asks_of("ana", "x", "y"), budget=4)
    put = tg.Outcome(introducer="eli", target="x", asked=DAY)
    waiting = plan.update(put)
    assert waiting.per_target[0].state == "under_way"
    assert [ask.target for ask in waiting.now] == ["y"]
    assert waiting.per_target[0].chance >= 0.72 - 1e-9
    over = plan.update(put, today=day(14))
    assert over.per_target[0].state == "planned"
    assert over.spent == 1


def test_an_ask_that_is_under_way_counts_with_its_chance():
    put = tg.Outcome(introducer="eli", target="x", asked=DAY)
    only = plan_asks(fork(), asks_of("ana", "x"), budget=1).update(put)
    assert only.expected == pytest.approx(0.8 * 0.9)
    plan = next(
        plan
        for target in TARGETS
        if (plan := plan_asks(INDEX, asks_of(SEEKER, target), budget=1)).expected > 0.02
    )
    first = plan[0]
    target = first.target
    waiting = plan.update(tg.Outcome(introducer=first.introducer, target=target, asked=DAY))
    assert waiting.expected == pytest.approx(first.chance)
    said = plan.update(
        tg.Outcome(introducer=first.introducer, target=target, asked=DAY, endorsed=DAY)
    )
    assert said.expected > 1.2 * waiting.expected


def test_a_way_that_hardly_ever_works_is_not_said_to_be_none():
    G = nx.DiGraph()
    for place in range(6):
        for stage in range(2):
            G.add_edge(f"c{stage}{place}", "bo" if stage == 0 else f"c0{place}", trust=0.002)
        G.add_edge("x", f"c1{place}", trust=0.002)
    G.add_edge("bo", "ana", trust=0.9)
    rules = PlanRules(draws=64)
    told = plan_asks(G, asks_of("ana", "x"), budget=1, rules=rules).per_target[0]
    assert told.state == "unreachable"
    assert told.lacking == (
        "ways lead there, but in none of the 64 drawn cases did one of them work: "
        "the chance is too small to plan with"
    )


@pytest.mark.parametrize(
    ("given", "error", "words"),
    [
        ({"asks": None}, TypeError, "asks is None"),
        ({"values": "a"}, TypeError, "values is 'a'"),
        ({"values": 3}, TypeError, "values is 3"),
        ({"values": {"x": "much"}}, ValueError, "values holds 'much'"),
        ({"rules": {"wait_days": 3}}, TypeError, "give a PlanRules or leave it out"),
        ({"model": 3}, TypeError, "model is 3; give a TrustModel"),
    ],
)
def test_what_is_no_ask_value_rule_or_model_is_told(given, error, words):
    usual: dict[str, Any] = {"asks": asks_of("ana", "x"), "budget": 1}
    with pytest.raises(error, match=words):
        plan_asks(fork(), **usual | given)


def test_today_is_a_day_however_it_is_written():
    plan = plan_asks(fork(), asks_of("ana", "x"), budget=3)
    put = tg.Outcome(introducer="bo", target="x", asked=DAY)
    wanted = plan.update(put, today=day(20))
    assert plan.update(put, today=str(day(20))) == wanted
    assert plan.update(put, today=dt.datetime(2026, 3, 22, 9, tzinfo=dt.UTC)) == wanted
    with pytest.raises(TypeError, match="today is 5; give a date"):
        plan.update(put, today=cast("Any", 5))
    with pytest.raises(ValueError, match="not a date"):
        plan.update(put, today="soon")
    with pytest.raises(TypeError, match="takes trustgraph.Outcome records, not NoneType"):
        plan.update(cast("Any", None))


def test_a_proof_over_drawn_cases_says_so():
    plans = [
        plan_asks(INDEX, asks_of(SEEKER, target), budget=1, rules=PlanRules(draws=64))
        for target in TARGETS
    ]
    drawn = next(plan for plan in plans if plan.exact and plan.standard_error > 0)
    sure = next(plan for plan in plans if plan.exact and plan.standard_error == 0)
    assert f"by the cases drawn, ± {drawn.standard_error:.3f}" in drawn.explain()
    assert "is worth more in the model (proved)." in sure.explain()


def test_the_standard_error_is_how_far_other_draws_lead():
    rules = PlanRules(draws=512)
    for target in TARGETS:
        plans = [
            plan_asks(INDEX, asks_of(SEEKER, target), budget=1, rules=rules, seed=seed)
            for seed in range(40)
        ]
        asked = {ask.introducer for plan in plans for ask in plan}
        if plans[0].standard_error > 0 and plans[0].value > 0.02 and len(asked) == 1:
            break
    told = np.mean([plan.standard_error for plan in plans])
    assert told == pytest.approx(np.std([plan.value for plan in plans]), rel=0.4)


def test_a_reached_target_is_done():
    plan = plan_asks(fork(), asks_of("ana", "x", "y"), budget=2)
    after = plan.update(tg.Outcome(introducer="eli", target="x", asked=DAY, met=day(3)))
    assert after.reached == ("x",)
    assert pairs(after) == [("bo", "y")]
    assert after.expected == pytest.approx(1.72)
    assert len(plan.reached) == 0


def test_answers_change_what_the_same_person_is_worth_elsewhere():
    plan = plan_asks(fork(), asks_of("ana", "x", "y"), budget=5, per_person=5)

    def worth_after(**came):
        after = plan.update(
            tg.Outcome(introducer="bo", target="x", asked=DAY, **came), today=day(20)
        )
        ask = next(ask for ask in after if (ask.introducer, ask.target) == ("bo", "y"))
        return ask.chance / ask.goodwill_left

    before = 0.9 * 0.8
    assert worth_after(endorsed=DAY, met=DAY) > before
    assert worth_after(declined=DAY) < before
    # Nobody's recall is told, so all of the chance of an answer falls with silence.
    assert worth_after(silent=DAY) == pytest.approx(before * 5 / 6)


def test_an_introduction_in_vain_speaks_against_the_ways_it_used():
    G = nx.DiGraph()
    for who in ("bo", "cy"):
        G.add_edge(who, "ana", trust=0.9)
        G.add_edge("hub", who, trust=0.9)
    G.add_edge("dee", "ana", trust=0.5)
    G.add_edge("x", "hub", trust=0.3)
    G.add_edge("x", "dee", trust=0.2)
    plan = plan_asks(G, asks_of("ana", "x"), budget=2)
    assert plan[0].introducer in ("bo", "cy")
    after = plan.update(
        tg.Outcome(introducer=plan[0].introducer, target="x", asked=DAY, endorsed=DAY),
        today=day(14),
    )
    assert pairs(after) == [("dee", "x")]


def test_after_silence_the_same_person_may_be_asked_again():
    G = nx.DiGraph([("bo", "ana", {"trust": 0.9}), ("x", "bo", {"trust": 0.9})])
    plan = plan_asks(G, asks_of("ana", "x"), budget=3, per_person=2)
    silent = plan.update(tg.Outcome(introducer="bo", target="x", asked=DAY, silent=day(14)))
    assert pairs(silent) == [("bo", "x")]
    assert silent[0].chance < plan[0].chance
    assert silent[0].goodwill_left < 1
    no = plan.update(tg.Outcome(introducer="bo", target="x", asked=DAY, declined=day(14)))
    assert pairs(no) == []
    assert no.per_target[0].state == "unreachable"


def test_updating_often_is_updating_once():
    plan = plan_asks(INDEX, asks_of(SEEKER, *TARGETS[:6]), budget=8, per_person=2)
    outcomes, now = [], plan
    for number, state in enumerate(["silent", "endorsed", "declined", "forwarded", "passed"]):
        ask = now[0]
        outcomes.append(
            tg.Outcome(
                introducer=ask.introducer,
                target=ask.target,
                asked=day(5 * number),
                **{state: day(5 * number + 2)},
            )
        )
        now = now.update(outcomes[-1])
    once = plan.update(outcomes[::-1])
    assert once.value == pytest.approx(now.value, abs=1e-9)
    assert [one.chance for one in once.per_target] == pytest.approx(
        [one.chance for one in now.per_target], abs=1e-6
    )


def test_a_later_word_on_an_ask_replaces_the_earlier_one():
    plan = plan_asks(fork(), asks_of("ana", "x", "y"), budget=3)
    asked = tg.Outcome(introducer="bo", target="x", asked=DAY)
    said = asked.replace(declined=day(2))
    assert plan.update(asked).update(said) == plan.update(said)
    assert plan.update([asked, said]).spent == 1


def test_asks_that_were_not_planned_count_too():
    G = fork()
    G.add_edge("far", "ana", trust=0.9)
    plan = plan_asks(G, asks_of("ana", "x"), budget=2)
    after = plan.update(tg.Outcome(introducer="far", target="x", asked=DAY, endorsed=DAY))
    assert after.spent == 1
    assert len(plan.update(tg.Outcome(introducer="far", target="x", asked=DAY), today=day(99))) == 0


def test_a_direct_ask_is_an_option():
    G = fork()
    G.add_edge("x", "ana", trust=0.95, certainty=0.5)
    plan = plan_asks(G, asks_of("ana", "x"), budget=2)
    assert (plan[0].introducer, plan[0].direct, plan[0].path) == ("x", True, ("ana", "x"))
    no = plan.update(tg.Outcome(introducer="x", target="x", asked=DAY, declined=DAY))
    assert no.per_target[0].options == 2


# ----------------------------------------------------------------------- before, instead, and told


def test_what_to_do_before_is_listed_with_its_gain():
    asks = [tg.Ask(seeker=SEEKER, target=target) for target in TARGETS[:5]]
    plan = plan_asks(INDEX, asks, budget=5, rules=PlanRules(most_actions=50, least_gain=0))
    kinds = {action.kind for action in plan.actions}
    assert kinds == {"help", "reconnect", "clarify"}
    assert [one.gain for one in plan.actions] == sorted(
        (one.gain for one in plan.actions), reverse=True
    )
    only = plan_asks(INDEX, asks, budget=5, rules=PlanRules(actions=("help",), least_gain=0))
    assert {action.kind for action in only.actions} == {"help"}
    assert plan_asks(INDEX, asks, budget=5, rules=PlanRules(most_actions=0)).actions == ()


def test_a_clearer_ask_is_worth_at_least_what_was_promised():
    asks = [tg.Ask(seeker=SEEKER, target=target) for target in TARGETS[:3]]
    rules = PlanRules(actions=("clarify",), least_gain=0)
    plan = plan_asks(INDEX, asks, budget=3, rules=rules)
    best = plan.actions[0]
    place = [one.target for one in plan.per_target].index(best.who)
    asks[place] = asks[place].replace(clarity=1.0)
    clear = plan_asks(INDEX, asks, budget=3, rules=rules)
    assert clear.value >= plan.value + best.gain - 4 * (clear.standard_error + plan.standard_error)


def test_fallbacks_are_others_than_those_who_are_planned():
    plan = plan_asks(INDEX, asks_of(SEEKER, *TARGETS[:6], purpose="reach"), budget=3)
    planned = set(pairs(plan))
    assert plan.fallbacks
    for one in plan.fallbacks:
        assert (one.introducer, one.target) not in planned
        assert one.path[-1] == one.target_name
        assert 0 < one.chance <= 1


def test_a_plan_tells_itself_in_every_form():
    plan = plan_asks(INDEX, asks_of(SEEKER, *TARGETS), budget=6)
    frame = plan.to_frame()
    assert isinstance(frame, pd.DataFrame)
    assert frame["order"].tolist() == [1, 2, 3, 4, 5, 6]
    assert frame[["chance", "gain", "goodwill_left"]].dtypes.eq("float64").all()
    assert frame[["order", "day"]].dtypes.eq("int64").all()
    text = plan.explain()
    assert "Now: ask" in text
    assert "promise nothing" in text
    assert plan._repr_html_().startswith("<section>")
    back = AskPlan.from_dict(plan.to_dict())
    assert back == plan
    assert back.explain() == text
    pd.testing.assert_frame_equal(back.to_frame(), frame)
    outcome = tg.Outcome(introducer=plan[0].introducer, target=plan[0].target, asked=DAY)
    with pytest.raises(ValueError, match="read back and has no graph"):
        back.update(outcome)
    assert pickle.loads(pickle.dumps(plan)) == plan


def test_names_cannot_break_out_of_what_is_told():
    G = fork()
    G.nodes["eli"]["name"] = "Eli\n<b>\u202e"
    plan = plan_asks(G, asks_of("ana", "x"), budget=2)
    assert "<b>" not in plan._repr_html_()
    assert all("\u202e" not in line for line in plan.explain().splitlines())
    assert len(plan.explain().splitlines()) == len(
        plan_asks(fork(), asks_of("ana", "x"), budget=2).explain().splitlines()
    )


def test_what_is_left_is_said():
    plan = plan_asks(fork(), asks_of("ana", "x", "y"), budget=1)
    assert "gets no ask: every ask of the budget gains more" in plan.explain()
    nothing = plan_asks(fork(), asks_of("ana", "x", "y"), budget=1, values=[1, 0])
    assert "y gets no ask: reaching it is worth nothing" in nothing.explain()
    G = fork()
    G.remove_edges_from([("x", "eli"), ("y", "dee")])
    taken = plan_asks(G, asks_of("ana", "x", "y"), budget=3)
    assert "y gets no ask: who leads there is needed for other targets" in taken.explain()
    met = tg.Outcome(introducer="bo", target="x", asked=DAY, met=DAY)
    assert "all 1 ask of the budget are put" in plan.update(met).explain()
    one = plan_asks(fork(), asks_of("ana", "x"), budget=2)
    assert "every target is reached" in one.update(met).explain()
    open_ = one.update(tg.Outcome(introducer="bo", target="x", asked=DAY))
    assert "x" in open_.explain()
    late = one.update(tg.Outcome(introducer="bo", target="x", asked=DAY, declined=day(91)))
    assert "90 days of the plan are over" in late.explain()


def test_how_far_a_plan_holds_can_be_asked():
    plan = plan_asks(INDEX, asks_of(SEEKER, *TARGETS[:5]), budget=4)
    found = tg.planning.sensitivity(plan, ["paths.retention"], network=INDEX, grid=3, draws=5)
    assert "paths.retention" in found.to_frame().to_string()
    assert plan.ranking().index.names == ["introducer", "target"]
    assert plan.ranking().is_monotonic_decreasing
    lower = plan.ask_again(INDEX, tg.TrustModel().with_parameters({"paths.retention": 0.25}))
    assert lower.value < plan.value
    with pytest.raises(ValueError, match="read back"):
        AskPlan.from_dict(plan.to_dict()).ask_again(INDEX, tg.TrustModel())


@pytest.mark.parametrize("seed", range(6))
def test_every_planned_ask_has_its_path(seed):
    G = random_world(np.random.default_rng(seed), n=9, density=0.5)
    seeker, *others = list(G)
    targets = [others[0], others[-1], tuple(others[2:4]), tg.Organisation("Acme")]
    plan = plan_asks(G, asks_of(seeker, *targets), budget=6, per_person=2)
    for one in plan:
        path = plan.introduction(one)
        assert path.names == one.path
        assert path.introducer == ("" if one.direct else one.introducer)
    if len(plan):
        stranger = plan[0].model_copy(update={"order": 99})
        with pytest.raises(ValueError, match="is no ask of this plan"):
            plan.introduction(stranger)
        with pytest.raises(ValueError, match="was read back"):
            AskPlan.from_dict(plan.to_dict()).introduction(plan[0])


@pytest.mark.parametrize("thinks_again", [0.0, 0.5, 1.0])
def test_each_silence_counts_against_asking_the_same_again(thinks_again):
    G = fork()
    rules = PlanRules(thinks_again=thinks_again, rest_days=0, wait_days=1)
    fresh, again = (
        plan_asks(G, asks_of("ana", "x"), budget=9, per_person=9, rules=one, model=NO_GOODWILL)
        for one in (rules.replace(thinks_again=1), rules)
    )
    first = fresh[0]
    silent = [
        tg.Outcome(introducer=first.introducer, target=first.target, asked=day(k), silent=day(k))
        for k in (0, 2)
    ]
    for count in (1, 2):
        chances = [
            {one.introducer: one.chance for one in plan.update(silent[:count], today=day(9))}
            for plan in (fresh, again)
        ]
        wanted = chances[0][first.introducer] * thinks_again**count
        assert chances[1].get(first.introducer, 0.0) == pytest.approx(wanted)
