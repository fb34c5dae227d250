"""What help and contact are worth, against a network in which they have happened."""

import pytest

import trustgraph as tg
from trustgraph.planning import PlanRules, plan_asks

NOW = "2026-01-01"
RULES = PlanRules(actions=("help", "reconnect"), least_gain=0, most_actions=99)


def network(*more, talks=("2022-05-01",)):
    evidence = [
        tg.Evidence(kind="same_team_year", source="bo", target="ana", at="2018-01-01", amount=2),
        tg.Evidence(kind="recommendation", source="bo", target="ana", at="2019-01-01"),
        tg.Evidence(kind="recommendation", source="x", target="bo", at="2024-01-01"),
        *(tg.Evidence(kind="conversation_day", source="ana", target="bo", at=day) for day in talks),
        *more,
    ]
    return tg.Network.from_records(evidence=evidence)


def first_step(net):
    G = tg.build_graph(net, as_of=NOW)
    question = tg.steps.ask_question(G, "ana", "x")
    return float(question.entry_factor[0])


def action(kind, net):
    G = tg.build_graph(net, as_of=NOW)
    plan = plan_asks(G, [tg.Ask(seeker="ana", target="x", clarity=1)], budget=1, rules=RULES)
    source = plan._desk
    from trustgraph.planning._actions import actions_of

    found = actions_of(source.desk, source.state.problem, source.chosen)
    return plan, next(one for one in found if one.kind == kind)


HELP = tg.Evidence(kind="help_given", source="ana", target="bo", at=NOW)
TALK = tg.Evidence(kind="conversation_day", source="ana", target="bo", at=NOW)


@pytest.mark.parametrize(("kind", "deed"), [("help", HELP), ("reconnect", TALK)])
def test_what_is_promised_is_what_the_network_then_says(kind, deed):
    fresh = network()
    plan, found = action(kind, fresh)
    assert found.before == pytest.approx(first_step(fresh), rel=1e-9)
    truth = first_step(network(deed))
    assert found.after == pytest.approx(truth, rel=0.02)
    assert found.after <= truth + 1e-9
    done = plan.value / found.before * found.after
    assert found.gain == pytest.approx(done - plan.value, rel=1e-6)


def test_help_that_was_given_before_makes_the_next_worth_less():
    before = [
        tg.Evidence(kind="help_given", source="ana", target="bo", at=f"2025-0{month}-01")
        for month in range(1, 6)
    ]
    _, first = action("help", network())
    _, next_ = action("help", network(*before))
    assert next_.after / next_.before < first.after / first.before


def test_a_graph_of_trust_alone_knows_of_no_help():
    import networkx as nx

    G = nx.DiGraph([("bo", "ana", {"trust": 0.5}), ("x", "bo", {"trust": 0.5})])
    plan = plan_asks(G, [tg.Ask(seeker="ana", target="x")], budget=1, rules=PlanRules(least_gain=0))
    assert [one.kind for one in plan.actions] == ["clarify"]
    assert plan.actions[0].gain == pytest.approx(0.25 * (1 - 0.3375))
