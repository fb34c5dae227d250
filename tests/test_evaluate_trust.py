"""The command that judges models takes any file of ratings, and ends in one honest line."""

import importlib
import json
import math
import sys

import pandas as pd
import pytest

import trustgraph as tg
from trustgraph.evaluation.predictors import PREDICTORS

from helpers.project import ROOT

FOLDER = ROOT / "benchmarks"
if not FOLDER.is_dir():
    pytest.skip("the benchmarks are not part of this copy", allow_module_level=True)

PROTOCOLS = ["leave-one-out", "kfold", "hold-out", "chronological", "prequential"]
QUICK = ["--resamples", "20", "--jobs", "1"]
WANTED = set(
    "model protocol rmse mae pcc spearman auc brier log_loss ece coverage width answered n exact "
    "intervals seconds".split()
)


@pytest.fixture(scope="module")
def command():
    """The program, which is no package that is installed."""
    before = list(sys.path)
    sys.path[:0] = [str(FOLDER)]
    yield importlib.import_module("evaluate_trust")
    sys.path[:] = before


@pytest.fixture(scope="module")
def market():
    return tg.datasets.make_ratings(40, 300, seed=3)


@pytest.fixture
def told(command, capsys, tmp_path):
    """Write a table, run the command on it, return the last line and what was said."""

    def run(frame, *options, header=True, sep=","):
        path = tmp_path / "ratings.csv"
        frame.to_csv(path, index=False, header=header, sep=sep)
        command.main(["--ratings", str(path), "--json", *QUICK, *options])
        out, err = capsys.readouterr()
        return json.loads(out.splitlines()[-1], parse_constant=pytest.fail), err

    return run


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_the_last_line_is_one_object_with_every_figure(told, market, protocol):
    last, _ = told(market, "--protocol", protocol, "--model", "bias")
    assert set(last) >= WANTED
    assert last["model"] == "bias"
    assert last["protocol"] == protocol
    assert last["exact"] is True
    assert 0 < last["rmse"] < 1
    low, high = last["intervals"]["rmse"]
    assert low < last["rmse"] < high
    assert 0 <= last["coverage"] <= 1


def test_what_is_undefined_is_null(told, market):
    last, _ = told(market, "--protocol", "leave-one-out", "--model", "mean")
    assert last["pcc"] is None
    assert last["intervals"]["pcc"] == [None, None]
    assert last["rmse"] > 0


def test_the_figures_are_those_of_the_library(told, market):
    last, _ = told(market, "--protocol", "chronological", "--model", "target_mean")
    found = tg.evaluation.evaluate(market, ["target_mean"], resamples=20)
    assert last["rmse"] == found.table().loc["target_mean", "rmse"]
    assert last["n"] == found.models[0].n


@pytest.mark.parametrize("protocol", ["leave-one-out", "chronological"])
def test_a_table_as_it_is_published_is_read_with_its_names_or_with_none(told, market, protocol):
    options = ["--protocol", protocol, "--model", "bias"]
    plain, _ = told(market, *options)
    renamed, _ = told(
        market.rename(columns={"source": "from", "target": "to", "rating": "feature"}), *options
    )
    bare, _ = told(market, *options, header=False)
    tabs, _ = told(market, *options, header=False, sep="\t")
    for other in (renamed, bare, tabs):
        assert other | {"seconds": 0} == plain | {"seconds": 0}


def test_errors_are_on_weights_and_the_scale_can_be_given(told, market):
    options = ["--protocol", "kfold", "--model", "bias"]
    usual, _ = told(market, *options)
    assert usual["scale"] == 10
    wide, _ = told(market, *options, "--scale", "100")
    assert wide["rmse"] == pytest.approx(usual["rmse"] / 10)
    assert wide["pcc"] == pytest.approx(usual["pcc"])


def test_the_scale_is_told_and_what_made_an_odd_one(told, market):
    options = ["--protocol", "kfold", "--model", "mean"]
    assert "divided by 10, the scale; --scale names another" in told(market, *options)[1]
    assert "divided by 20, as --scale" in told(market, *options, "--scale", "20")[1]
    odd = market.astype({"rating": float})
    odd.iloc[7, 2] = -150.0
    said = told(odd, *options)[1]
    who, whom = odd.iloc[7, 0], odd.iloc[7, 1]
    assert f"divided by 150, which is no usual scale: {who} rated {whom} -150" in said
    assert "--scale names another" in said


def test_what_is_kept_needs_a_folder_before_any_work(command, tmp_path, capsys):
    for path, words in ((tmp_path / "no" / "kept.json", "no folder"), (tmp_path, "is a folder")):
        with pytest.raises(SystemExit) as ended:
            command.main(["--ratings", "nowhere.csv", "--keep", str(path)])
        assert ended.value.code == 2
        said = capsys.readouterr().err
        assert words in said.splitlines()[-1]
        assert "nowhere" not in said


def test_a_folder_is_no_file_of_ratings(command, tmp_path, capsys):
    with pytest.raises(SystemExit):
        command.main(["--ratings", str(tmp_path)])
    assert "this is a folder" in capsys.readouterr().err


def test_ratings_without_a_sign_or_a_time_are_judged_too(told, market):
    stars = market.drop(columns="time").assign(rating=1 + market["rating"].abs() % 5)
    last, _ = told(stars, "--protocol", "leave-one-out", "--model", "bias")
    assert last["scale"] == 5
    assert 0 < last["auc"] < 1


def test_rows_that_are_not_used_are_counted_and_shown(told, market):
    rows = market.head(40).astype(object)
    first = rows.iloc[0]
    bad = rows.iloc[[0, 1, 2]].copy()
    bad.iloc[0, 2] = "plenty"  # no number
    bad.iloc[1, 1] = bad.iloc[1, 0]  # of oneself
    bad.iloc[2] = [first["source"], first["target"], 3, 2e9]  # again, later
    spoilt = pd.concat([rows, bad])
    last, said = told(spoilt, "--protocol", "leave-one-out", "--model", "mean")
    assert last["ratings"] == 40
    assert "1 row not used: a rating of oneself" in said
    assert "1 row not used: the same pair is rated again later" in said
    assert "row 42: 'plenty'" in said


def test_without_a_time_a_rating_is_left_out_of_what_goes_through_time_and_said(told, market):
    some = market.astype({"time": object})
    some.iloc[:3, 3] = ""
    last, said = told(some, "--protocol", "prequential", "--model", "mean")
    assert "3 ratings not used: no time is known" in said
    assert last["ratings"] == len(market) - 3
    last, said = told(some, "--protocol", "leave-one-out", "--model", "mean")
    assert last["ratings"] == len(market)


def test_a_model_that_learns_anew_predicts_a_sample_and_says_so(told, market):
    last, _ = told(market, "--protocol", "leave-one-out", "--model", "linear", "--sample", "9")
    assert (last["n"], last["exact"], last["how"]) == (9, False, "sampled")


def test_the_seed_decides(told, market):
    def rmse(seed):
        return told(market, "--protocol", "kfold", "--model", "bias", "--seed", seed)[0]["rmse"]

    assert rmse("1") == rmse("1")
    assert rmse("1") != rmse("2")


def test_without_a_model_the_table_has_them_all(command, market, tmp_path, capsys, monkeypatch):
    few = {name: PREDICTORS[name] for name in ("mean", "reciprocal", "linear")}
    monkeypatch.setattr(
        importlib.import_module("trustgraph.evaluation.evaluate"), "PREDICTORS", few
    )
    path = tmp_path / "ratings.csv"
    market.head(60).to_csv(path, index=False)
    kept = tmp_path / "kept.json"
    found = command.main(["--ratings", str(path), "--keep", str(kept), *QUICK, "--sample", "5"])
    out, _ = capsys.readouterr()
    assert [one.protocol for one in found] == ["leave-one-out", "chronological", "prequential"]
    assert [len(one) for one in found] == [3, 3, 3]
    rows = [line.split()[0] for line in out.splitlines() if line.count(".") > 8]
    assert sorted(rows) == sorted(3 * list(few))
    again = json.loads(kept.read_text(encoding="utf-8"), parse_constant=pytest.fail)
    first = again["evaluations"][0]
    seconds = first.pop("seconds")
    assert tg.evaluation.Evaluation.from_dict(first) == found[0]
    assert all(math.isfinite(took) for took in seconds.values())


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--protocol", "kfold", "--model", "biass"], "did you mean 'bias'"),
        (["--protocol", "folds", "--model", "bias"], "no protocol 'folds'"),
        (["--protocol", "kfold", "--folds", "1", "--model", "bias"], "folds is 1"),
        (["--protocol", "kfold", "--scale", "2", "--model", "bias"], "the scale is 2.0"),
        (["--protocol", "chronological", "--model", "bias"], "no times"),
        (["--model", "bias"], "--json is about one protocol"),
    ],
)
def test_what_is_wrong_is_told_in_a_line(told, market, capsys, options, words):
    with pytest.raises(SystemExit) as ended:
        told(market.drop(columns="time"), *options)
    assert ended.value.code == 2
    assert words in capsys.readouterr().err.splitlines()[-1]


def test_without_a_file_it_says_where_to_get_the_usual_one(command, monkeypatch, capsys):
    monkeypatch.delenv("TRUSTGRAPH_DATA", raising=False)
    with pytest.raises(SystemExit):
        command.main([])
    said = capsys.readouterr().err
    assert "TRUSTGRAPH_DATA" in said
    assert "https://snap.stanford.edu" in said
