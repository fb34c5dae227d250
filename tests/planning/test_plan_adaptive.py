"""Planning anew after each outcome, against the best policy of all, on small instances."""

import datetime as dt
from functools import cache

import networkx as nx
import numpy as np
import pytest

import trustgraph as tg
from trustgraph.planning import PlanRules, plan_asks

DAY = dt.date(2026, 3, 2)
BUDGET = 3


def small_world(seed):
    """People of whom nothing can be learned but whether they lead on; ways on are shared."""
    rng = np.random.default_rng(seed)
    G = nx.DiGraph()
    for who in ("a", "b", "c"):
        G.add_edge(who, "ana", trust=float(rng.uniform(0.3, 0.95)))
        for target in ("x", "y"):
            if rng.random() < 0.6:
                G.add_edge(target, who, trust=float(rng.uniform(0.3, 0.95)))
        if rng.random() < 0.5:
            G.add_edge("hub", who, trust=float(rng.uniform(0.5, 0.95)))
    for target in ("x", "y"):
        G.add_edge(target, "hub", trust=float(rng.uniform(0.3, 0.95)))
    return G


def planned(G):
    asks = [tg.Ask(seeker="ana", target=target, clarity=1) for target in ("x", "y")]
    model = tg.TrustModel(goodwill=tg.trust.GoodwillModel(spent=0))
    rules = PlanRules(wait_days=1, rest_days=0, thinks_again=1)
    return plan_asks(G, asks, budget=BUDGET, per_person=2, rules=rules, model=model)


class Game:
    """The whole tree of asks and what comes of them."""

    def __init__(self, plan):
        self.desk = plan._desk.desk
        self.plan = plan

    def chance(self, target, option, failed):
        """Chance that an ask reaches its target after others that did not."""
        options = self.desk.options[target]
        weight = options.weight.copy()
        for one in failed:
            weight = weight * (1 - options.chance[one] * options.reach[one])
        hit = weight @ (options.chance[option] * options.reach[option])
        return float(hit / weight.sum())

    def legal(self, failed, reached, target, option):
        people = [self.desk.places[t][o] for t, tried in enumerate(failed) for o in tried]
        people += [self.desk.places[t][o] for t, o in reached]
        mine = self.desk.places[target][option]
        return (
            option not in failed[target]
            and all(t != target for t, _ in reached)
            and people.count(mine) < self.desk.per_person
        )

    def best(self):
        """Value of the best policy there is."""

        @cache
        def value(failed, reached, left):
            if not left:
                return 0.0
            picks = [(t, o) for t in range(2) for o in range(len(self.desk.options[t]))]
            return max(
                (
                    self.step(value, failed, reached, left, pick)
                    for pick in picks
                    if self.legal(failed, reached, *pick)
                ),
                default=0.0,
            )

        return value((frozenset(), frozenset()), frozenset(), BUDGET)

    def step(self, value, failed, reached, left, pick):
        target, option = pick
        p = self.chance(target, option, sorted(failed[target]))
        lost = tuple(f | {option} if t == target else f for t, f in enumerate(failed))
        return p * (1 + value(failed, reached | {pick}, left - 1)) + (1 - p) * value(
            lost, reached, left - 1
        )

    def followed(self, plan, failed=(frozenset(), frozenset()), reached=frozenset(), left=BUDGET):
        """Value of putting the first ask of the plan and planning anew."""
        if not left or not len(plan):
            return 0.0
        ask = plan[0]
        target = ["x", "y"].index(ask.target)
        option = self.desk.asked(target).index(self.desk.index.number(ask.introducer))
        assert self.legal(failed, reached, target, option)
        on = DAY + dt.timedelta(days=2 * (BUDGET - left))

        def after(**came):
            outcome = tg.Outcome(introducer=ask.introducer, target=ask.target, asked=on, **came)
            return plan.update(outcome, today=on + dt.timedelta(days=2))

        def value(failed, reached, left):
            met = {"met": on} if (target, option) in reached else {}
            return self.followed(after(endorsed=on, **met), failed, reached, left)

        return self.step(value, failed, reached, left, (target, option))


@pytest.mark.parametrize("seed", range(8))
def test_planning_anew_is_nearly_the_best_there_is(seed):
    plan = planned(small_world(seed))
    game = Game(plan)
    best, found = game.best(), game.followed(plan)
    assert plan.exact
    assert plan.value <= best + 1e-9
    assert found <= best + 1e-9
    assert found >= 0.95 * best
    assert found >= plan.value - 1e-9
