"""Models are judged by what they could know, and by all of it."""

import os
import subprocess
import sys
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest

import trustgraph as tg
from trustgraph.evaluation import Prediction, evaluate, find_predictor
from trustgraph.evaluation.scored import METRICS

from helpers.otc import otc_ratings
from helpers.project import ROOT
from helpers.rating_cases import random_frame, random_ratings

PROTOCOLS = ["leave-one-out", "kfold", "hold-out", "chronological", "prequential"]
QUICK = {"resamples": 20, "jobs": 1}


@dataclass(frozen=True)
class Bare:
    """A predictor that can do nothing but learn: what it wraps, less its short cuts."""

    inner: str
    name: str = "bare"

    def fit(self, ratings, *, future=False):
        return find_predictor(self.inner).fit(ratings, future=future)


@dataclass(frozen=True)
class WithEnds:
    """A predictor that tells its own intervals."""

    name: str = "ends"

    def fit(self, ratings, *, future=False):
        return self

    def predict(self, source, target):
        zero = np.zeros(len(source))
        return Prediction(zero, zero > 0, zero - 0.2, zero + 0.1)


def arrays(scored):
    return {name: getattr(scored, name) for name in ("value", "probability", "low", "high")}


# ------------------------------------------------------------------------------ the figures


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_every_metric_of_every_model_is_there_and_within_its_interval(protocol):
    found = evaluate(random_ratings(1, m=60), protocol=protocol, **QUICK)
    frame = found.to_frame()
    assert frame.index.names == ["model", "metric"]
    assert list(frame.index.unique("metric")) == list(METRICS)
    undefined = frame["value"].isna()
    assert (frame["low"].isna() == undefined).all()
    # One metric of few ratings may lie at the end of its own interval, never far outside.
    assert (frame["low"] <= frame["high"])[~undefined].all()
    assert frame.loc["bias"].loc[["rmse", "mae", "brier", "coverage"], "value"].notna().all()
    assert frame.loc["mean"].loc[["pcc", "spearman", "auc"], "value"].isna().all()
    shares = found.table()[["auc", "brier", "ece", "coverage", "answered"]].to_numpy()
    assert ((shares >= 0) & (shares <= 1) | np.isnan(shares)).all()


def test_figures_are_the_metrics_of_what_was_predicted():
    found = evaluate(random_ratings(2, m=50), ["bias"], protocol="kfold", **QUICK)
    scored, row = found["bias"], found.table().loc["bias"]
    assert row["n"] == len(scored) == 50
    assert row["rmse"] == pytest.approx(tg.evaluation.rmse(scored.rating, scored.value))
    assert row["auc"] == pytest.approx(tg.evaluation.auc(scored.positive, scored.value))
    assert row["log_loss"] == pytest.approx(
        tg.evaluation.log_loss(scored.positive, scored.probability)
    )
    assert row["coverage"] == pytest.approx(
        tg.evaluation.interval_coverage(scored.rating, scored.low, scored.high)
    )


@pytest.mark.parametrize("name", ["target_mean", "reciprocal", "bias"])
def test_a_short_cut_changes_no_figure_of_leave_one_out(name):
    ratings = random_ratings(3, m=50)
    short = evaluate(ratings, name, protocol="leave-one-out", **QUICK)
    literal = evaluate(ratings, Bare(name), protocol="leave-one-out", **QUICK)
    assert literal.models[0].how == "exact"  # few enough to learn anew without each
    np.testing.assert_allclose(
        short.table().loc[name, list(METRICS)].astype(float),
        literal.table().loc["bare", list(METRICS)].astype(float),
        atol=1e-9,
    )


def test_without_a_short_cut_many_ratings_are_sampled_and_said_so():
    ratings = random_ratings(3, m=60)
    found = evaluate(ratings, ["bias", Bare("bias")], protocol="leave-one-out", sample=20, **QUICK)
    assert found.table()["n"].to_dict() == {"bias": 60, "bare": 20}
    assert found.table()["how"].to_dict() == {"bias": "exact", "bare": "sampled"}
    common = found["bias"].common_with(found["bare"])
    np.testing.assert_allclose(common.value, found["bare"].value, atol=1e-9)
    np.testing.assert_array_equal(common.rating, found["bare"].rating)
    assert found.compare("bare", "bias").loc["rmse", "difference"] == pytest.approx(0, abs=1e-9)


def test_through_time_without_a_short_cut_blocks_are_learned_from_and_said_so():
    ratings = random_ratings(5, m=70)
    found = evaluate(ratings, ["bias", Bare("bias")], protocol="prequential", **QUICK)
    assert found.table()["how"].to_dict() == {"bias": "exact", "bare": "blocks"}
    np.testing.assert_array_equal(found["bias"].rating, found["bare"].rating)
    first = found["bias"].value[0]
    assert found["bare"].value[0] == pytest.approx(first)  # a block begins here


def test_the_mean_of_all_others_gives_nothing_away():
    # It falls as the rating left out rises, so that a curve could read the rating off it.
    found = evaluate(random_ratings(1, m=60), ["mean"], protocol="leave-one-out", **QUICK)
    scored = found["mean"]
    assert tg.evaluation.pcc(scored.rating, scored.value) == pytest.approx(-1)
    assert scored.probability[scored.positive].mean() < scored.positive.mean() + 0.02


def test_a_mean_in_disguise_is_undefined_too():
    # Everybody rates one person only, so the mean of a source is the mean of all others.
    told = random_frame(1, m=30).drop_duplicates("source")
    found = evaluate(told, ["source_mean"], protocol="leave-one-out", **QUICK)
    assert found.models[0]["pcc"].value is None
    assert found.models[0]["auc"].value is None


def test_intervals_of_a_model_are_its_own():
    found = evaluate(random_ratings(1), [WithEnds()], protocol="kfold", **QUICK)
    assert (found["ends"].low == -0.2).all()
    assert (found["ends"].high == 0.1).all()
    assert found.table().loc["ends", "answered"] == 0.0


def test_intervals_made_here_hold_what_they_should():
    rng = np.random.default_rng(0)
    pairs = [(a, b) for a in range(60) for b in range(60) if a != b]
    chosen = [pairs[k] for k in rng.permutation(len(pairs))[:1500]]
    told = pd.DataFrame(chosen, columns=["source", "target"])
    skill = rng.normal(size=60)
    told["rating"] = np.tanh(skill[told["target"]] + 0.5 * rng.normal(size=1500))
    told["time"] = np.arange(1500)
    for protocol in ("leave-one-out", "kfold", "chronological", "prequential"):
        row = evaluate(told, ["bias"], protocol=protocol, **QUICK).table().loc["bias"]
        assert 0.84 < row["coverage"] < 0.96
        assert row["width"] < 1.5


# ------------------------------------------------------------------------------ what may be known


@pytest.mark.parametrize("name", ["bias", "linear", "reciprocal_or_target_mean"])
def test_ratings_to_predict_have_no_part_in_predictions_chances_or_intervals(name):
    told = random_frame(7, m=70).sort_values("time")
    new = told.copy()
    late = told["time"] > told["time"].iloc[int(0.8 * len(told))]
    new.loc[late, "rating"] = -new.loc[late, "rating"]
    first, second = (
        evaluate(frame, [name], protocol="chronological", **QUICK)[name] for frame in (told, new)
    )
    rated_late = ~(first.rating == second.rating)
    assert rated_late.any()
    for key, array in arrays(first).items():
        np.testing.assert_array_equal(array, arrays(second)[key])


@pytest.mark.parametrize("model", ["bias", Bare("bias")], ids=["short cut", "learning anew"])
def test_through_time_the_last_ratings_change_nothing(model):
    told = random_frame(7, m=70).sort_values("time")
    new = told.copy()
    last = told["time"] == told["time"].max()
    new.loc[last, "rating"] = -0.7
    first, second = (
        evaluate(frame, [model], protocol="prequential", **QUICK) for frame in (told, new)
    )
    name = next(iter(first))
    assert not np.array_equal(first[name].rating, second[name].rating)
    for key, array in arrays(first[name]).items():
        np.testing.assert_array_equal(array, arrays(second[name])[key])


def test_a_part_is_predicted_from_the_others_alone():
    told = random_frame(7, m=60)
    before = evaluate(told, ["linear"], protocol="kfold", folds=4, **QUICK)["linear"]
    (split, *_) = tg.evaluation.k_fold(
        tg.graph.Ratings.from_frame(told.sort_values(["source", "target"])), 4
    )
    rows = told.sort_values(["source", "target"]).index[split.test]
    new = told.copy()
    new.loc[rows, "rating"] = -new.loc[rows, "rating"]
    after = evaluate(new, ["linear"], protocol="kfold", folds=4, **QUICK)["linear"]
    there = np.isin(before.rows, split.test)
    assert there.sum() == 15
    for key, array in arrays(before).items():
        np.testing.assert_allclose(array[there], arrays(after)[key][there], atol=1e-9)
    assert not np.allclose(before.value[~there], after.value[~there])


# ------------------------------------------------------------------------------ the same result


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_the_order_of_rows_changes_nothing(protocol):
    told = random_frame(4, m=50)
    models = ["bias", "linear"]
    first = evaluate(told, models, protocol=protocol, **QUICK)
    again = evaluate(told.sample(frac=1, random_state=1), models, protocol=protocol, **QUICK)
    for name in models:
        scored, other = first[name], again[name]
        one = pd.DataFrame(arrays(scored) | {"source": scored.source, "target": scored.target})
        two = pd.DataFrame(arrays(other) | {"source": other.source, "target": other.target})
        keys = ["source", "target", "value"]
        pd.testing.assert_frame_equal(
            one.sort_values(keys, ignore_index=True),
            two.sort_values(keys, ignore_index=True),
            atol=1e-9,
        )


def test_two_processes_find_what_one_finds():
    ratings = random_ratings(6, m=60)
    options = {"protocol": "leave-one-out", "resamples": 10}
    alone = evaluate(ratings, ["bias", "linear"], jobs=1, **options)
    together = evaluate(ratings, ["bias", "linear"], jobs=2, **options)
    assert alone == together
    for key, array in arrays(alone["linear"]).items():
        np.testing.assert_array_equal(array, arrays(together["linear"])[key])
    assert set(together.seconds) == {"bias", "linear"}


def test_the_seed_decides():
    def value(seed):
        return evaluate(random_ratings(6), ["bias"], protocol="kfold", seed=seed, **QUICK)

    assert value(1) == value(1)
    assert value(1) != value(2)


def test_a_graph_and_its_index_are_ratings_too():
    ratings = random_ratings(6)
    index = ratings.index()
    found = [
        evaluate(given, ["bias"], protocol="kfold", **QUICK)
        for given in (ratings, index, index.to_networkx())
    ]
    assert found[0].table().equals(found[1].table())
    assert found[0].table().equals(found[2].table())


@pytest.mark.parametrize(
    "told", ["leave_one_out", "Leave-One-Out", "leaveoneout", "k_fold", "k-fold", "PREQUENTIAL"]
)
def test_protocols_go_by_many_spellings(told):
    assert evaluate(random_ratings(1), "mean", protocol=told, **QUICK).protocol in PROTOCOLS


# ------------------------------------------------------------------------------ what is refused


class Short:
    name = "short"

    def fit(self, ratings, *, future=False):
        return self

    def predict(self, source, target):
        return Prediction(np.zeros(1), np.zeros(1, bool))


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"protocol": "bootstrap"}, ValueError, "no protocol 'bootstrap'; name one of leave-one"),
        ({"models": ["trust"]}, ValueError, "no model 'trust'"),
        ({"models": []}, ValueError, "no model is named"),
        ({"models": ["bias", "bias"]}, ValueError, "two models are called 'bias'"),
        ({"models": [3]}, TypeError, "3 is no model"),
        ({"models": [Short()]}, ValueError, "short gave 1 predictions for"),
        ({"folds": 1, "protocol": "kfold"}, ValueError, "folds is 1"),
        ({"sample": 0}, ValueError, "sample is 0"),
        ({"resamples": -1}, ValueError, "resamples is -1"),
        ({"unit": "edge"}, ValueError, "unit is 'edge'"),
        ({"jobs": 0}, ValueError, "jobs is 0"),
        ({"seed": "x"}, ValueError, "seed is 'x'"),
    ],
)
def test_options_that_make_no_sense_are_named(options, error, words):
    with pytest.raises(error, match=words):
        evaluate(random_ratings(1), **{"models": ["bias"], "resamples": 5} | options)


@pytest.mark.parametrize("protocol", ["chronological", "prequential"])
def test_without_times_there_is_no_past(protocol):
    with pytest.raises(ValueError, match="no times.*leave-one-out or kfold"):
        evaluate(random_frame(1).drop(columns="time"), ["bias"], protocol=protocol)


@pytest.mark.parametrize("rows", [0, 1, 2])
def test_next_to_no_ratings_are_refused(rows):
    with pytest.raises(ValueError, match=rf"there (is|are) {rows} ratings?; "):
        evaluate(random_frame(1).head(rows), ["bias"], protocol="leave-one-out")


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_three_ratings_are_enough_for_an_answer(protocol):
    told = random_frame(1).head(3).assign(time=[1, 2, 3])
    found = evaluate(told, ["bias", "linear"], protocol=protocol, folds=3, **QUICK)
    assert found.table()["rmse"].notna().all()


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize("rating", [1.0, 0.0, -1.0])
def test_ratings_that_are_all_alike_have_errors_and_no_correlations(protocol, rating):
    told = random_frame(1).assign(rating=rating)
    found = evaluate(told, ["bias", "mean"], protocol=protocol, **QUICK)
    assert found.table()["rmse"].between(0, 1).all()
    assert found.table()[["pcc", "spearman", "auc"]].isna().all(axis=None)


def test_something_else_is_no_ratings():
    with pytest.raises(TypeError, match="ratings is a list"):
        evaluate([("a", "b", 1)], ["bias"])


# ------------------------------------------------------------------------------ real ratings


@pytest.mark.parametrize(
    ("protocol", "name", "rmse", "pcc"),
    [
        ("leave-one-out", "bias", 0.295, 0.579),
        ("leave-one-out", "reciprocal", 0.325, 0.461),
        ("chronological", "bias", 0.376, 0.251),
        ("chronological", "linear", 0.371, 0.263),
    ],
)
def test_the_figures_on_bitcoin_otc_are_the_known_ones(protocol, name, rmse, pcc):
    found = evaluate(otc_ratings(), [name], protocol=protocol, resamples=0, jobs=1)
    row = found.table().loc[name]
    assert row["rmse"] == pytest.approx(rmse, abs=0.01)
    assert row["pcc"] == pytest.approx(pcc, abs=0.01)
    assert 0.85 < row["coverage"] < 0.95


SCRIPT = """
import numpy as np
import trustgraph as tg

class Always:
    name = "always"
    def fit(self, ratings, *, future=False):
        return self
    def predict(self, source, target):
        return tg.evaluation.Prediction(np.full(len(source), 0.2), np.ones(len(source), bool))

told = tg.datasets.make_ratings(60, 300)
for models in (["bias"], ["bias", Always()]):
    found = tg.evaluation.evaluate(told, models, protocol="kfold", folds=3, resamples=0, jobs=2)
    print(*found.table().index)
"""


def test_a_script_needs_no_guard_and_may_bring_its_own_model(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(SCRIPT, encoding="utf-8")
    finished = subprocess.run(
        [sys.executable, "-W", "error", str(script)],
        check=True, capture_output=True, text=True, timeout=100, cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    first, second = map(set, map(str.split, finished.stdout.splitlines()))
    assert first == {"bias"}
    assert second == {"bias", "always"}


def test_a_number_is_no_list_of_models():
    with pytest.raises(TypeError, match="models is 5; give names or predictors"):
        evaluate(random_ratings(1, m=20), 5)
