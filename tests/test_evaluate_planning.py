"""The command that plays plans against lists, the small worlds it solves, and its page."""

import json
from dataclasses import replace

import numpy as np
import pytest

import trustgraph as tg

from helpers.programs import benchmark
from helpers.project import ROOT

command = benchmark("evaluate_planning")
exact = benchmark("planning_exact")
page = benchmark("planning_page")
policies = benchmark("planning_policies")
worlds = benchmark("planning_worlds")

PAGE = (ROOT / "docs" / "planning.md").read_text(encoding="utf-8")


def test_a_quick_run_ends_in_one_honest_line(capsys, tmp_path):
    kept = tmp_path / "kept.json"
    found = command.main(["--quick", "--full", "--json", "--keep", str(kept)])
    last = json.loads(capsys.readouterr().out.splitlines()[-1], parse_constant=pytest.fail)
    assert last == json.loads(json.dumps(found))
    assert {"ratio", "low", "high", "strata", "worst_stratum", "baseline", "exact"} <= set(last)
    assert last["worlds"] == 2
    told = json.loads(kept.read_text(encoding="utf-8"))
    runs = {"headline", "parts", "anyone", "organisations"}
    assert runs | {"half second thoughts", "no second thoughts"} <= set(told)
    filled = tmp_path / "page.md"
    filled.write_text(PAGE, encoding="utf-8")
    page.main([str(kept), "--page", str(filled)])
    text = filled.read_text(encoding="utf-8")
    assert "2 worlds, 2 lucks each" in text
    assert text.count("<!--") == PAGE.count("<!--") == 2 * len(page.parts(told))


def test_the_page_holds_the_kept_figures():
    kept = json.loads(page.KEPT.read_text(encoding="utf-8"))
    for text in page.parts(kept).values():
        assert text in PAGE
    assert kept["worlds"] >= 200


def test_bad_options_are_told(capsys):
    with pytest.raises(SystemExit):
        command.main(["--worlds", "0"])
    assert "--worlds must be 1 or more" in capsys.readouterr().err


@pytest.mark.parametrize("setting", worlds.SETTINGS)
def test_worlds_are_as_they_are_said_to_be(setting):
    for number in (0, 12):
        world = worlds.make_planning_world(number, setting=setting)
        low, high = worlds.SIZES[world.size]
        assert low <= len(world.asks) <= high
        again = worlds.make_planning_world(number, setting=setting)
        assert [one.target for one in again.asks] == [one.target for one in world.asks]
        assert all(world.scores.values())
        assert 0 <= world.overlap < 1


def test_scores_are_those_of_the_library():
    world = worlds.make_planning_world(0)
    for ask, scores in zip(world.asks, world.scores.values(), strict=True):
        best: dict[str, float] = {}
        for path in tg.find_introductions(world.index, ask, k=500):
            best.setdefault(path.introducer, path.score)
        assert best == pytest.approx(scores)


def test_no_policy_asks_more_than_its_budget_or_one_person_more_than_it_may():
    world = worlds.make_planning_world(0)
    trial = tg.planning.make_trial(world.net, world.asks, seed=1)
    for per_person in (1, None):
        for adaptive in (True, False):
            one = trial.again(3)
            policies.play_ranked(world, one, adaptive=adaptive, per_person=per_person)
            asked = [outcome.introducer for outcome in one.history]
            assert 0 < len(asked) <= len(world.asks)
            assert per_person is None or len(asked) == len(set(asked))
        planned = policies.Planned(world, per_person=per_person)
        one = trial.again(3)
        policies.play_planned(planned, one, adaptive=True)
        asked = [outcome.introducer for outcome in one.history]
        assert 0 < len(asked) <= len(world.asks)
        assert per_person is None or len(asked) == len(set(asked))
        put = [(outcome.target, outcome.reached) for outcome in one.history]
        for place, (target, reached) in enumerate(put):
            assert not reached or target not in [other for other, _ in put[place + 1 :]]


def test_an_adaptive_list_skips_what_is_reached_and_a_fixed_one_does_not():
    world = worlds.make_planning_world(0)
    trial = tg.planning.make_trial(world.net, world.asks, seed=1)
    wasted = {True: 0, False: 0}
    for adaptive in wasted:
        for luck in range(30):
            one = trial.again(luck)
            policies.play_ranked(world, one, adaptive=adaptive, per_person=None)
            reached: set[str] = set()
            for outcome in one.history:
                wasted[adaptive] += outcome.target in reached
                reached |= {outcome.target} if outcome.reached else set()
    assert wasted[True] == 0
    assert wasted[False] > 0


def test_a_ratio_has_an_interval_around_it_and_may_be_unknown():
    rng = np.random.default_rng(0)
    bottom = rng.random(50) + 0.5
    found = command.ratio(bottom * 1.2, bottom)
    assert found["ratio"] == pytest.approx(1.2)
    assert found["low"] == pytest.approx(1.2)
    noisy = command.ratio(bottom + rng.normal(0, 0.2, 50), bottom)
    assert noisy["low"] < noisy["ratio"] < noisy["high"]
    assert command.ratio(np.ones(3), np.zeros(3))["ratio"] is None


def test_plans_come_near_to_the_exact_best_of_small_worlds():
    for number, per_person in ((0, None), (2, None), (2, 1)):
        small = replace(exact.small_world(number), per_person=per_person)
        best, plan = exact.best_value(small), exact.plan_value(small)
        assert 0 < 0.95 * best <= plan <= best + 1e-9
        assert 0 < exact.list_value(small) <= best + 1e-9


def test_one_ask_for_one_target_is_worth_its_chance():
    small = exact.small_world(0)
    alone = exact.Small(
        small.index,
        small.asks[:1],
        small.options[:1],
        small.firsts[:1],
        {answer: rows[:1] for answer, rows in small.likely.items()},
        small.scores[:1],
    )
    chance = small.firsts[0].answers * small.likely["met"][0].mean()
    assert exact.best_value(alone) == pytest.approx(chance)
    assert exact.list_value(alone) == pytest.approx(chance)
    total = sum(rows[0] for rows in small.likely.values())
    assert total == pytest.approx(np.ones(len(total)))
