"""An evaluation is a table, a story and a dictionary that says the same."""

import json
from dataclasses import replace

import pandas as pd
import pytest

from trustgraph.evaluation import Evaluation, evaluate
from trustgraph.evaluation.predictors import PREDICTORS
from trustgraph.evaluation.scored import METRICS

from helpers.rating_cases import random_ratings


@pytest.fixture(scope="module")
def found():
    return evaluate(
        random_ratings(1, m=60),
        ["mean", "target_mean", "bias", "linear"],
        protocol="leave-one-out",
        sample=20,
        resamples=30,
    )


def test_the_dictionary_form_is_json_without_nan_and_comes_back_the_same(found):
    told = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    again = Evaluation.from_dict(told)
    assert again == found
    assert hash(again) == hash(found)
    assert again.table().equals(found.table())
    assert again.explain() == found.explain()
    assert again != found.replace(seed=7)


def test_what_is_read_back_has_no_predictions_and_says_so(found):
    again = Evaluation.from_dict(found.to_dict())
    with pytest.raises(ValueError, match="not part of the dictionary form"):
        again["bias"]
    with pytest.raises(ValueError, match="not part of the dictionary form"):
        again.compare("bias", "mean")
    assert dict(again.seconds) == {}


def test_it_is_a_sequence_of_names(found):
    assert list(found) == ["mean", "target_mean", "bias", "linear"]
    assert len(found) == 4
    with pytest.raises(ValueError, match="'eigentrust' was not evaluated; name one of mean"):
        found["eigentrust"]


def test_frames_have_their_columns_and_types(found):
    frame, table = found.to_frame(), found.table()
    assert frame.dtypes.astype(str).to_dict() == {
        "value": "float64",
        "low": "float64",
        "high": "float64",
        "n": "int64",
        "how": "str",
    }
    assert list(table.columns) == [*METRICS, "n", "how"]
    assert table.index.name == "model"
    assert (table["rmse"] == frame["value"].xs("rmse", level="metric")).all()


def test_a_comparison_is_on_common_ratings_and_paired(found):
    frame = found.compare("linear", "bias")
    assert frame.index.tolist() == list(METRICS)
    row = frame.loc["rmse"]
    assert row["difference"] == pytest.approx(row["one"] - row["other"])
    assert row["low"] <= row["difference"] <= row["high"]
    assert row["one"] == pytest.approx(found.table().loc["linear", "rmse"])
    assert row["other"] != pytest.approx(found.table().loc["bias", "rmse"])  # on 20 of 60
    back = found.compare("bias", "linear").loc["rmse"]
    assert back["difference"] == pytest.approx(-row["difference"])


def test_it_is_told_in_sentences(found):
    told = found.explain()
    best = found.table()["rmse"].idxmin()
    assert told.startswith("Each of 60 ratings among 9 people was predicted from all others.")
    assert f"{best} errs least" in told
    assert "linear had to learn anew for each rating and predicted a sample of 20." in told
    assert "Correlations of mean are undefined" in told
    assert "90 % intervals" in told


@pytest.mark.parametrize(
    ("protocol", "words"),
    [
        ("kfold", "drawn into 5 parts"),
        ("hold-out", "a tenth, drawn at random"),
        ("chronological", "newest fifth of 60 ratings"),
        ("prequential", "newest four fifths"),
    ],
)
def test_every_protocol_is_told(protocol, words):
    found = evaluate(
        random_ratings(1, m=60), ["bias", "best_path"], protocol=protocol, folds=5, resamples=0
    )
    assert words in found.explain()
    assert ("learned anew only" in found.explain()) == (protocol == "prequential")


def test_a_notebook_shows_a_table(found):
    shown = found._repr_html_()
    assert "<td>target_mean</td>" in shown
    assert "4 models, leave-one-out, 60 ratings" in shown


def test_the_story_tells_where_weights_lie_and_does_not_rank_equals():
    told = pd.DataFrame({"source": [1, 2, 3, 1], "target": [2, 1, 1, 3], "rating": [2, 4, 5, 4]})
    mean = PREDICTORS["mean"]
    twin = replace(mean, name="twin")
    found = evaluate(told, [mean, twin], protocol="leave-one-out", resamples=0)
    story = found.explain()
    assert "where weights lie between 0.4 and 1;" in story
    assert "twin errs just as much." in story
    assert "Next is" not in story
    assert "Correlations of mean, twin are undefined: the values of each are alike." in story
    assert "where weights" not in found.replace(lowest=None).explain()
