"""Resamples counted at once are the resamples written out, and intervals hold what they should."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import norm

from trustgraph.evaluation.bootstrap import (
    _resamples,
    bootstrap_calibration,
    bootstrap_difference,
    bootstrap_metrics,
)
from trustgraph.evaluation.chances import calibration_curve
from trustgraph.evaluation.scored import METRICS, RANKING, Scored


def scored(seed=0, m=40, people=9, noise=1.0, ranks=True):
    rng = np.random.default_rng(seed)
    rating = rng.choice([-1.0, -0.3, 0.1, 0.1, 0.5, 1.0], m)
    source, target = rng.integers(people, size=(2, m)).astype(np.int32)
    value = np.round(rating + noise * np.random.default_rng(seed + 100).normal(size=m), 1)
    half = rng.random(m)
    return Scored(
        rows=np.arange(m),
        source=source,
        target=target,
        rating=rating,
        positive=rating > 0,
        value=value,
        probability=1 / (1 + np.exp(-value)),
        low=value - half,
        high=value + half,
        answered=rng.random(m) < 0.7,
        ranks=ranks,
    )


def repeated(one, counts):
    """The resample written out, one row for each time a rating counts."""
    rows = np.repeat(np.arange(len(one)), counts.astype(int))
    arrays = {
        name: getattr(one, name)[rows] for name in Scored.__dataclass_fields__ if name != "ranks"
    }
    return Scored(**arrays)


@pytest.mark.parametrize("name", METRICS)
def test_a_metric_of_counts_is_the_metric_of_the_ratings_written_out(name):
    one = scored()
    counts = np.random.default_rng(3).integers(0, 4, size=(5, len(one))).astype(float)
    counts[0] = 0.0
    counts[0, 0] = 2.0  # one rating alone: correlations are undefined
    wanted = [repeated(one, row).metric(name) for row in counts]
    np.testing.assert_allclose(one.resampled(name, counts), wanted, atol=1e-12)


@pytest.mark.parametrize("unit", ["target", "source"])
def test_ratings_of_one_person_are_drawn_together(unit):
    one = scored()
    people = getattr(one, unit)
    (counts,) = _resamples(one, 50, unit, np.random.default_rng(0))
    for person in set(people):
        assert (counts[:, people == person] == counts[:, people == person][:, :1]).all()
    drawn = np.stack([counts[:, people == person][:, 0] for person in sorted(set(people))])
    assert (drawn.sum(axis=0) == len(set(people))).all()


def test_both_people_of_a_rating_are_drawn():
    one = scored()
    (counts,) = _resamples(one, 400, "both", np.random.default_rng(0))
    # A rating counts as often as its rater times as often as its rated person: on average once.
    assert counts.mean() == pytest.approx(1, abs=0.05)
    firsts = {}
    for row in range(len(one)):
        firsts.setdefault((one.source[row], one.target[row]), row)
    for (a, s), row in firsts.items():
        for (b, t), other in firsts.items():
            if (a, t) in firsts and (b, s) in firsts:
                crossed = counts[:, firsts[a, t]] * counts[:, firsts[b, s]]
                np.testing.assert_array_equal(counts[:, row] * counts[:, other], crossed)
    with_target = np.random.default_rng(0)
    (targets,) = _resamples(one, 400, "target", with_target)
    assert (counts[targets == 0] == 0).all()


def test_single_ratings_are_drawn_as_many_as_there_are():
    (counts,) = _resamples(scored(), 50, "rating", np.random.default_rng(0))
    assert (counts.sum(axis=1) == 40).all()
    assert (counts[0] != counts[1]).any()


def test_blocks_of_resamples_make_the_number_asked_for(monkeypatch):
    monkeypatch.setattr("trustgraph.evaluation.bootstrap.AT_ONCE", 120)
    blocks = list(_resamples(scored(), 10, "rating", np.random.default_rng(0)))
    assert [len(block) for block in blocks] == [3, 3, 3, 1]


def test_the_interval_of_a_mean_is_as_wide_as_theory_says():
    one = scored(m=2000, people=1000)
    apart = np.abs(one.rating - one.value)
    found = bootstrap_metrics(one, ["mae"], unit="rating", level=0.9, resamples=2000).loc["mae"]
    error = apart.std() / np.sqrt(len(apart))
    assert found["value"] == pytest.approx(apart.mean())
    assert found["low"] == pytest.approx(apart.mean() - 1.645 * error, abs=0.1 * error)
    assert found["high"] == pytest.approx(apart.mean() + 1.645 * error, abs=0.1 * error)


def test_people_whose_ratings_hang_together_widen_the_interval():
    one = scored(m=400, people=20)
    # Everybody's errors are the person's own.
    shifted = np.random.default_rng(0).normal(size=20)[one.target]
    hanging = Scored(
        **{
            **{name: getattr(one, name) for name in Scored.__dataclass_fields__},
            "value": one.rating + shifted,
        }
    )
    widths = {
        unit: np.diff(bootstrap_metrics(hanging, ["rmse"], unit=unit)[["low", "high"]].values)
        for unit in ("both", "target", "rating")
    }
    assert widths["target"] > 2 * widths["rating"]
    assert widths["both"] > 0.9 * widths["target"]


def test_the_same_seed_gives_the_same_interval_and_another_does_not():
    one = scored()
    first, again = (bootstrap_metrics(one, resamples=30, seed=4) for _ in range(2))
    assert first.equals(again)
    assert not first.equals(bootstrap_metrics(one, resamples=30, seed=5))


def test_models_that_tell_no_pairs_apart_have_no_metrics_of_order():
    found = bootstrap_metrics(scored(ranks=False), resamples=20)
    undefined = found.index[found["value"].isna()]
    assert set(undefined) == RANKING
    assert found.loc[undefined].isna().all(axis=None)
    assert found.drop(index=undefined).notna().all(axis=None)


def test_without_resamples_there_are_values_and_no_intervals():
    found = bootstrap_metrics(scored(), resamples=0)
    assert found["value"].notna().all()
    assert found[["low", "high"]].isna().all(axis=None)


def test_a_model_differs_by_nothing_from_itself():
    found = bootstrap_difference(scored(), scored(), resamples=30)
    assert (found[["difference", "low", "high"]] == 0).all(axis=None)


def test_a_difference_is_paired():
    # Each model's own interval is far wider than that of their difference.
    good = scored(m=300, people=300)
    better = Scored(
        **{
            **{name: getattr(good, name) for name in Scored.__dataclass_fields__},
            "value": good.rating + 0.9 * (good.value - good.rating),
        }
    )
    found = bootstrap_difference(better, good, ["rmse"]).loc["rmse"]
    alone = bootstrap_metrics(good, ["rmse"]).loc["rmse"]
    assert found["difference"] == pytest.approx(-0.1 * alone["value"])
    assert found["low"] < found["difference"] < found["high"] < 0
    assert found["high"] - found["low"] < 0.2 * (alone["high"] - alone["low"])


def test_models_judged_on_other_ratings_are_not_compared():
    with pytest.raises(ValueError, match="different ratings"):
        bootstrap_difference(scored(0), scored(1))


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"resamples": -1}, "resamples is -1"),
        ({"resamples": 2.0}, "resamples is 2.0"),
        ({"level": 1.0}, "level is 1.0"),
        ({"unit": "edge"}, "unit is 'edge'"),
        ({"names": ["r2"]}, "there is no metric 'r2'"),
    ],
)
def test_options_that_make_no_sense_are_named(options, words):
    with pytest.raises(ValueError, match=words):
        bootstrap_metrics(scored(), **options)


def test_the_calibration_of_resamples_is_that_of_the_resamples_written_out():
    one = scored(4)
    found = bootstrap_calibration(one, 4, resamples=50, unit="source", seed=2)
    curve = calibration_curve(one.positive, one.probability, bins=4)
    np.testing.assert_allclose(found[curve.columns], curve)
    blocks = _resamples(one, 50, "source", np.random.default_rng(2))
    every = [repeated(one, counts) for block in blocks for counts in block]
    shares = [calibration_curve(two.positive, two.probability, bins=4)["share"] for two in every]
    ends = np.nanquantile(np.array(shares, float), [0.025, 0.975], axis=0)
    np.testing.assert_allclose(found[["share_low", "share_high"]].T, ends)


def test_without_resamples_a_calibration_has_no_intervals():
    found = bootstrap_calibration(scored(5), resamples=0)
    assert found[["share_low", "share_high"]].isna().all(axis=None)
    assert found["n"].sum() == 40


@pytest.mark.parametrize("unit", ["both", "target", "source", "rating"])
def test_one_of_what_is_drawn_makes_no_interval(unit):
    one = scored().take(np.array([0]))
    assert bootstrap_metrics(one, ["mae"], unit=unit).loc["mae", ["low", "high"]].isna().all()
    apart = bootstrap_difference(one, one, ["mae"], unit=unit).loc["mae"]
    assert apart["difference"] == 0
    assert apart[["low", "high"]].isna().all()
    curve = bootstrap_calibration(one, 2, unit=unit)
    assert curve[["share_low", "share_high"]].isna().all(axis=None)


def test_all_ratings_of_one_target_make_an_interval_only_by_their_raters():
    one = scored()
    one = replace(one, target=np.zeros_like(one.target))
    assert bootstrap_metrics(one, ["mae"], unit="target")["low"].isna().all()
    assert bootstrap_metrics(one, ["mae"], unit="both")["low"].notna().all()


@pytest.mark.parametrize(("positive", "level"), [(True, 0.95), (False, 0.8)])
def test_parts_of_one_kind_have_the_ends_of_wilson(positive, level):
    one = scored(m=12)
    same = np.full(12, positive)
    one = replace(one, positive=same, probability=np.full(12, 0.35))
    curve = bootstrap_calibration(one, 2, unit="rating", resamples=50, level=level)
    # The chances p at which a share of s is just as far off as the level allows:
    # (s - p) ** 2 = z ** 2 * p * (1 - p) / n.
    z2 = norm.ppf((1 + level) / 2) ** 2
    s = float(positive)
    wanted = np.sort(np.roots([1 + z2 / 12, -(2 * s + z2 / 12), s**2]).real)
    found = curve.loc[0, ["share_low", "share_high"]].to_numpy(float)
    np.testing.assert_allclose(found, wanted, atol=1e-12)
    assert curve.loc[1, ["share_low", "share_high"]].isna().all()
    none = bootstrap_calibration(one, 2, resamples=0)
    assert none["share_low"].isna().all()
