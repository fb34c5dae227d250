"""The command that judges recall takes any file of contacts; its protocol is counted by hand."""

import json
import math
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import trustgraph as tg
from trustgraph.trust.recall_past import ContactRecord

from helpers.contact_worlds import DAY, START, WORLDS, make_contacts
from helpers.programs import benchmark
from helpers.published import published

command = benchmark("evaluate_recall")
figures = benchmark("recall_bootstrap")

FEW = ["--resamples", "10"]
WANTED = [
    f"{metric}{suffix}"
    for metric in ("auc", "ap", "log_loss", "ece")
    for suffix in ("", "_fitted", "_fixed", "_recency", "_count", "_exponential", "_activation")
]


@pytest.fixture
def told(capsys, tmp_path):
    """Write a table, run the command on it, return the last line and what was said."""

    def run(frame, *options, header=True, sep=","):
        path = tmp_path / "contacts.csv"
        frame.to_csv(path, index=False, header=header, sep=sep)
        command.main(["--contacts", str(path), "--json", *FEW, *options])
        out, err = capsys.readouterr()
        return json.loads(out.splitlines()[-1], parse_constant=pytest.fail), out, err

    return run


@pytest.fixture(scope="module")
def steady():
    return make_contacts(next(world for world in WORLDS if world.name == "steady rates"))


# ------------------------------------------------------------------------------ the days


def test_the_days_of_collegemsg_are_those_of_its_baselines():
    span = 193.7058
    assert command.days_of(span, 7) == (
        [21, 28, 35, 42],
        [49, 56, 63, 70, 84, 98, 112, 126, 140, 154, 168, 182],
    )
    assert command.days_of(span, 30) == ([21, 28, 35], [65, 80, 95, 110, 125, 140, 155, 163])


def test_a_month_of_calls_has_days_too():
    assert command.days_of(27.9, 7) == ([3, 4, 5, 6], [13, 17, 20])


@settings(max_examples=200, deadline=None)
@given(st.floats(0, 4000), st.floats(1, 90))
def test_no_window_reaches_into_the_test_days_or_beyond_the_record(span, horizon):
    try:
        train, test = command.days_of(span, horizon)
    except ValueError as error:
        least = int(str(error).partition("needs ")[2].split()[0])
        assert span < least + 1
        command.days_of(least, horizon)
        return
    assert 1 <= len(train) <= 4
    assert 1 <= len(test) <= 20
    assert train == sorted(set(train))
    assert test == sorted(set(test))
    assert train[0] > 0
    assert train[-1] + horizon <= test[0]
    assert test[-1] + horizon <= span
    assert np.diff(test[:-1]).min(initial=horizon) >= horizon / 2


# ------------------------------------------------------------------------------ the rows

CONTACTS = pd.DataFrame(
    [
        ("a", "b", 0.0), ("a", "b", 0.5), ("b", "a", 3.0), ("c", "a", 2.0),
        ("b", "c", 6.5), ("a", "b", 4.0), ("c", "a", 6.0), ("d", "a", 4.5), ("a", "c", 8.5),
    ],
    columns=["source", "target", "time"],
)  # fmt: skip
# At day 4, horizon 3: between a and b, and between a and c, there was contact before. In [4, 7) a
# turns to b (4.0 itself is in it), c to a; b to c and d to a are no rows.
ROWS = {("a", "b"): True, ("b", "a"): False, ("a", "c"): False, ("c", "a"): True}


def test_rows_and_baselines_by_hand():
    frame = CONTACTS.assign(time=START + CONTACTS["time"] * DAY)
    record = ContactRecord.from_frame(frame)
    one = command.snapshot(record, 4.0, 3.0)
    names = dict(enumerate(pd.factorize(pd.concat([frame["source"], frame["target"]]))[1]))
    pairs = [
        (names[int(u)], names[int(v)])
        for u, v in zip(one.window.pairs.source, one.window.pairs.target, strict=True)
    ]
    assert dict(zip(pairs, one.window.again.tolist(), strict=True)) == ROWS

    def said(name: str) -> dict:
        return dict(zip(pairs, one.said[name].tolist(), strict=True))

    last = {("a", "b"): 1.0, ("b", "a"): 1.0, ("a", "c"): 2.0, ("c", "a"): 2.0}
    assert said("recency") == pytest.approx({k: -math.log1p(v) for k, v in last.items()})
    number = {("a", "b"): 2, ("b", "a"): 1, ("a", "c"): 0, ("c", "a"): 1}
    assert said("count") == pytest.approx({k: math.log1p(v) for k, v in number.items()})
    ages = {("a", "b"): [4, 3.5], ("b", "a"): [1], ("a", "c"): [], ("c", "a"): [2]}

    def summed(weight) -> dict:
        own = {pair: sum(map(weight, each)) for pair, each in ages.items()}
        return {(u, v): math.log(s + 0.5 * own[v, u]) for (u, v), s in own.items()}

    assert said("activation") == pytest.approx(summed(lambda age: 1 / (1 + age)))
    assert said("half-life 5") == pytest.approx(summed(lambda age: 0.5 ** (age / 5)))


def test_the_rows_of_a_file_are_those_of_a_plain_loop(told, steady):
    frame = steady[steady["time"] < START + 60 * DAY]
    last, *_ = told(frame, "--horizon-days", "7")
    rows = [(s, t, time) for s, t, time in frame.itertuples(index=False)]
    start = min(time for *_, time in rows)
    number = came = 0
    for day in last["test_days"]:
        at = start + day * DAY
        known = {pair for s, t, time in rows if time < at for pair in ((s, t), (t, s))}
        acted = {(s, t) for s, t, time in rows if at <= time < at + 7 * DAY}
        number += len(known)
        came += len(known & acted)
    assert last["n"] == number
    assert last["base_rate"] == pytest.approx(came / number)
    assert last["contacts"] == len(frame)


# ------------------------------------------------------------------------------ the figures


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 10_000))
def test_figures_of_resamples_are_those_of_rows_that_are_repeated(seed):
    rng = np.random.default_rng(seed)
    number = 40
    true = rng.random(number) < 0.3
    true[:2] = True, False
    chance = np.round(rng.random(number), 1) * 0.9 + 0.05
    people = rng.integers(0, 12, number)
    people = np.unique(people, return_inverse=True)[1]
    judged = figures.Judged.of(true, chance, chance, people)
    draws = figures.poisson_draws(int(people.max()) + 1, 5, rng)
    for draw, found in zip(draws, judged.resampled(draws), strict=True):
        again = np.repeat(np.arange(number), draw[people].astype(int))
        auc = tg.evaluation.auc(true[again], chance[again]) if len(again) else math.nan
        assert found[0] == pytest.approx(auc, nan_ok=True)
        if math.isnan(auc):
            continue
        assert found[1] == pytest.approx(plain_precision(true[again], chance[again]))
        assert found[2] == pytest.approx(tg.evaluation.log_loss(true[again], chance[again]))
    once = judged.resampled(np.ones((1, len(draws[0]))))[0]
    assert once == pytest.approx(judged.figures())


def plain_precision(true, value) -> float:
    """Mean over the positive rows of the share of positives among those at least as high."""
    return float(np.mean([true[value >= value[row]].mean() for row in np.flatnonzero(true)]))


def test_the_last_line_is_one_object_with_every_figure(told, steady):
    last, out, _ = told(steady, "--horizon-days", "7")
    assert set(WANTED) <= set(last)
    assert all(isinstance(last[name], float) for name in WANTED)
    assert last["auc"] == last["auc_fitted"]
    assert last["horizon_days"] == 7
    for name in WANTED:
        low, high = last["intervals"][name]
        assert low <= high
    best = max(last[f"auc_{name}"] for name in ("recency", "count", "exponential"))
    assert last["auc_over_best"] == pytest.approx(last["auc"] - best)
    assert last[f"auc_{last['best_baseline']}"] == best
    rows = [line.split()[0] for line in out.splitlines() if line.count("[") == 4]
    assert rows == list(command.MODELS)


def test_without_json_there_is_a_table_only(steady, tmp_path, capsys):
    path = tmp_path / "contacts.csv"
    steady.to_csv(path, index=False)
    command.main(["--contacts", str(path), "--resamples", "0"])
    out = capsys.readouterr().out
    assert "{" not in out
    assert "came true" in out
    assert "fitted over" in out


def test_the_seed_decides_the_intervals_and_nothing_else(told, steady):
    frame = steady.head(6000)
    one, same, other = (told(frame, "--seed", seed)[0] for seed in ("1", "1", "2"))
    timeless = {"seconds": 0}
    assert one | timeless == same | timeless
    assert one["intervals"]["auc"] != other["intervals"]["auc"]
    assert one["auc"] == other["auc"]


def test_ids_titles_and_the_order_of_rows_mean_nothing(told, steady):
    frame = steady.head(6000)
    plain, *_ = told(frame)
    shuffled = frame.sample(frac=1, random_state=1)
    named = shuffled.assign(
        source="p" + shuffled["source"].astype(str), target="p" + shuffled["target"].astype(str)
    )
    renamed, *_ = told(named.rename(columns={"source": "from", "target": "to"}))
    bare, *_ = told(frame, header=False, sep=" ")
    for other in (renamed, bare):
        for name in WANTED:
            # Equal chances stand in the bins of the calibration in the order of the people.
            assert other[name] == pytest.approx(plain[name], abs=1e-3 if "ece" in name else 1e-5)
        assert other["n"] == plain["n"]


def test_repeats_and_rows_that_are_not_used_are_said(told, steady):
    frame = steady.head(6000)
    plain, *_ = told(frame)
    own = frame.head(1).assign(target=frame["source"].iloc[0])
    spoilt, _, said = told(pd.concat([frame, frame.head(3), own]))
    assert "3 exact repeats left out" in said
    assert "a contact with oneself" in said
    assert spoilt["auc"] == plain["auc"]


def test_too_little_to_learn_from_falls_back_to_the_fixed_formula_and_says_so(told):
    rng = np.random.default_rng(4)
    frame = pd.DataFrame(
        {"source": rng.integers(0, 4, 40), "target": rng.integers(4, 8, 40),
         "time": START + np.sort(rng.integers(0, 100 * DAY, 40))}
    )  # fmt: skip
    last, _, said = told(frame)
    assert last["refused_days"] > 0
    assert "too little to learn from on" in said
    assert 0 <= last["auc"] <= 1


@pytest.mark.parametrize(
    ("frame", "options", "words"),
    [
        (CONTACTS, [], "a horizon of 7 days needs 18 at least"),
        (CONTACTS.assign(target="a", source="b"), [], "the contacts span"),
        (CONTACTS, ["--horizon-days", "0"], "--horizon-days is 0"),
        (CONTACTS, ["--resamples", "-1"], "--resamples is -1"),
    ],
)
def test_what_is_wrong_is_told_in_a_line(told, capsys, frame, options, words):
    with pytest.raises(SystemExit) as ended:
        told(frame.assign(time=START + frame["time"] * DAY), *options)
    assert ended.value.code == 2
    assert words in capsys.readouterr().err.splitlines()[-1]


def test_a_record_in_which_nothing_comes_true_is_told(told, capsys):
    time = START + np.array([0.0, 1.0, 100.0]) * DAY
    frame = pd.DataFrame({"source": ["a", "c", "e"], "target": ["b", "d", "f"], "time": time})
    with pytest.raises(SystemExit):
        told(frame)
    assert re.search(r"on the test days no pair of \d+ had contact again", capsys.readouterr().err)


def test_train_days_on_which_nothing_came_true_do_not_keep_from_the_test_days(told):
    # A first day, a gap of most of a year, and then steady contact.
    rng = np.random.default_rng(6)
    ends = rng.permuted(np.tile(np.arange(12), (400, 1)), axis=1)[:, :2]
    day = np.concatenate([np.zeros(20), rng.uniform(300, 400, 380)])
    frame = pd.DataFrame(ends, columns=["source", "target"])
    frame["time"] = START + (day * DAY).astype(int)
    last, _, said = told(frame)
    assert "on the train days no pair of" in said
    assert all(isinstance(last[name], float) for name in WANTED)


def test_a_file_that_is_not_there_is_told(capsys):
    with pytest.raises(SystemExit) as ended:
        command.main(["--contacts", "nowhere.csv"])
    assert ended.value.code == 2
    assert "nowhere.csv" in capsys.readouterr().err


def test_what_comes_after_the_last_test_day_teaches_nothing(steady):
    before = command.predicted(steady, 7.0)
    last = steady["time"].iloc[0] + before.about["test_days"][-1] * DAY
    later = np.flatnonzero(steady["time"] >= last)[:-1]  # the span stays
    swapped = steady.copy()
    swapped.loc[swapped.index[later], ["source", "target"]] = [
        steady["source"].iloc[0],
        steady["target"].iloc[0],
    ]
    after = command.predicted(swapped, 7.0)
    assert (after.true != before.true).any()
    for model in command.MODELS:
        assert after.chance[model].tolist() == before.chance[model].tolist()


# ------------------------------------------------------------------------------ kinds of records


KINDS = [
    pytest.param(world, horizon, id=f"{world.name}, {horizon} days")
    for world in WORLDS
    for horizon in (7, 30)
    if world.days > 3 * horizon
]


@pytest.mark.parametrize(("world", "horizon"), KINDS)
def test_no_kind_of_record_fools_what_is_learnt(told, world, horizon):
    last, *_ = told(make_contacts(world), "--horizon-days", str(horizon), "--resamples", "0")
    assert last["auc_over_best"] > -0.01
    assert last["log_loss"] < 1.03 * last["log_loss_fixed"]
    if not world.periodic:  # what is fixed takes recent contact for more than it is there
        assert last["auc_fixed_over_best"] > -0.03


@pytest.mark.parametrize("answered", [0.0, 0.2, 0.6])
@pytest.mark.parametrize("horizon", [7, 30])
def test_records_in_which_few_answer_do_not_fool_what_is_learnt(told, horizon, answered):
    # Orders, calls to offices, newsletters: who acts is not who is acted towards.
    rng = np.random.default_rng(5)
    u, v = rng.integers(0, 150, (2, 700))
    often = rng.lognormal(0, 1.4, 700)
    place = rng.choice(np.flatnonzero(u != v), 9000, p=often[u != v] / often[u != v].sum())
    back = rng.random(len(place)) < answered / 2
    frame = pd.DataFrame(
        {
            "source": np.where(back, v[place], u[place]),
            "target": np.where(back, u[place], v[place]),
            "time": START + np.sort(rng.integers(0, 200 * DAY, len(place))),
        }
    )
    last, *_ = told(frame, "--horizon-days", str(horizon), "--resamples", "0")
    assert last["auc_over_best"] > -0.01


@pytest.mark.parametrize(
    ("name", "horizon", "best"),
    [
        ("a platform that fades", 7, "recency"),
        ("regular contact", 30, "count"),
        ("mail of a campus", 7, "exponential"),
    ],
)
def test_the_kinds_of_records_differ_in_what_tells(told, name, horizon, best):
    world = next(one for one in WORLDS if one.name == name)
    last, *_ = told(make_contacts(world), "--horizon-days", str(horizon), "--resamples", "0")
    assert last["best_baseline"] == best


# ------------------------------------------------------------------------------ real data


@pytest.mark.parametrize(
    ("horizon", "n", "base", "known", "auc", "ap"),
    [
        (7, 303_414, 0.0076, {"recency": 0.908, "count": 0.665, "activation": 0.892}, 0.917, 0.22),
        (30, 206_832, 0.0133, {"recency": 0.869, "count": 0.693, "activation": 0.854}, 0.888, 0.25),
    ],
)
def test_the_figures_of_collegemsg_hold(capsys, horizon, n, base, known, auc, ap):
    path = published("collegemsg/CollegeMsg.txt") / "collegemsg" / "CollegeMsg.txt"
    command.main(
        ["--contacts", str(path), "--horizon-days", str(horizon), "--resamples", "0", "--json"]
    )
    last = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert last["n"] == n
    assert last["base_rate"] == pytest.approx(base, abs=5e-5)
    for model, value in known.items():
        assert last[f"auc_{model}"] == pytest.approx(value, abs=5e-4)
    assert last["auc_exponential"] > 0.87
    assert last["auc"] > auc
    assert last["ap"] > ap
    assert last["auc_fixed"] > auc
    assert last["auc_over_best"] > 0.008
    assert last["log_loss"] < min(last["log_loss_fixed"], last["log_loss_exponential"])
    assert last["ece"] < 0.005
