import numpy as np
import pandas as pd
import pytest

from trustgraph.datasets import Layers, load_krackhardt, load_lazega
from trustgraph.errors import UnknownPersonError
from trustgraph.evaluation import TieEvaluation, evaluate_ties, predict_ties
from trustgraph.evaluation._tie_models import MODELS, OURS, PLAIN
from trustgraph.evaluation.ties import _auc, _hidden

from helpers.published import published


def layers_of(matrices, ids=None):
    n = len(next(iter(matrices.values())))
    ids = pd.Index(range(n) if ids is None else ids)
    ties = {}
    for name, matrix in matrices.items():
        source, target = np.nonzero(matrix)
        ties[name] = pd.DataFrame({"source": ids[source], "target": ids[target]})
    return Layers(pd.DataFrame(index=ids), ties)


def world(n, *, friend=0.0, people=0.0, seed=0):
    """Advice that follows friendship, and people who ask or are asked more than others."""
    rng = np.random.default_rng(seed)
    off = ~np.eye(n, dtype=bool)
    friends = (rng.random((n, n)) < 0.25) & off
    ends = people * rng.normal(size=(2, n))
    logit = friend * (friends - 0.25) + ends[0][:, None] + ends[1]
    advice = (rng.random((n, n)) < 1 / (1 + np.exp(-logit))) & off
    return {"advice": advice, "friendship": friends}


def auc_of(found):
    return found.to_frame()["auc"]


def difference_of(found, model, than):
    return found.differences_frame().loc[(model, than)]


# ------------------------------------------------------------------------------ known truth


def test_where_only_friendship_matters_nothing_beats_plain_regression():
    found = evaluate_ties(layers_of(world(24, friend=3)), folds=5, draws=200)
    auc = auc_of(found)
    assert auc["logistic"] > 0.7
    assert (auc[list(OURS)] > auc["logistic"] - 0.04).all()
    assert difference_of(found, "effects", "logistic")["low"] < 0.02


def test_where_people_differ_their_effects_are_found():
    found = evaluate_ties(layers_of(world(24, friend=1, people=2)), folds=5, draws=200)
    gain = difference_of(found, "effects", "logistic")
    assert gain["difference"] > 0.15
    assert gain["low"] > 0.05
    assert "effects less logistic: +" in found.explain()


def test_where_nothing_matters_nothing_is_found():
    found = evaluate_ties(layers_of(world(24, seed=4)), folds=5, draws=200)
    assert auc_of(found).between(0.35, 0.65).all()
    assert difference_of(found, "effects", "logistic")["low"] < 0
    assert "which chance may explain" in found.explain()


def test_ties_that_are_the_same_are_told_apart_without_fault():
    matrix = world(10)["friendship"]
    found = evaluate_ties(layers_of({"advice": matrix, "lunch": matrix}), folds=4, draws=0)
    assert auc_of(found)["logistic"] == 1.0
    assert (auc_of(found) > 0.97).all()


@pytest.mark.parametrize("protocol", ["pairs", "dyads", "people"])
def test_no_model_sees_what_is_hidden(protocol):
    # Pure chance: a model that saw the tie it predicts would be far above a half.
    matrices = world(16, seed=9)
    found = evaluate_ties(layers_of(matrices), protocol=protocol, folds=4, draws=0)
    assert (auc_of(found) < 0.68).all()


def test_a_chance_does_not_depend_on_the_tie_it_is_of():
    matrices = world(9, friend=2, people=1)
    asked = [(0, 1), (5, 2), (2, 5), (8, 0)]
    other = {**matrices, "advice": matrices["advice"].copy()}
    for u, v in asked:
        other["advice"][u, v] = ~other["advice"][u, v]
    for model in MODELS:
        one, two = (predict_ties(layers_of(m), asked, model=model) for m in (matrices, other))
        pd.testing.assert_series_equal(one, two, check_exact=True)


# ------------------------------------------------------------------------------ predictions


def test_chances_are_a_series_in_the_order_of_the_pairs():
    layers = layers_of(world(8, friend=2), ids=list("abcdefgh"))
    chance = predict_ties(layers, [("h", "a"), ("b", "c")])
    assert chance.name == "advice"
    assert chance.index.names == ["source", "target"]
    assert chance.index.tolist() == [("h", "a"), ("b", "c")]
    assert chance.between(0, 1).all()
    assert predict_ties(layers, []).empty


@pytest.mark.parametrize("model", MODELS)
def test_other_names_and_another_order_change_nothing(model):
    matrices = world(10, friend=2, people=1)
    asked = [(0, 1), (4, 7), (9, 3)]
    one = predict_ties(layers_of(matrices), asked, model=model)
    order = np.random.default_rng(1).permutation(10)
    ids = [f"p{number}" for number in order]
    turned = layers_of({name: m[np.ix_(order, order)] for name, m in matrices.items()}, ids)
    ties = {name: frame.sample(frac=1, random_state=2) for name, frame in turned.ties.items()}
    other = predict_ties(
        Layers(turned.people, ties), [(f"p{u}", f"p{v}") for u, v in asked], model=model
    )
    assert other.to_numpy() == pytest.approx(one.to_numpy(), abs=1e-6)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("kind", ["none", "all"])
def test_ties_of_nobody_or_of_all_give_chances_near_0_or_1(model, kind):
    off = ~np.eye(5, dtype=bool)
    advice = off if kind == "all" else np.zeros((5, 5), bool)
    layers = layers_of({"advice": advice, "friendship": world(5)["friendship"]})
    chance = predict_ties(layers, [(0, 1)], model=model).item()
    assert chance > 0.9 if kind == "all" else chance < 0.1


def test_three_people_are_enough():
    layers = layers_of(world(3, friend=1, seed=2))
    assert 0 <= predict_ties(layers, [(0, 1)]).item() <= 1
    assert evaluate_ties(layers, folds=2, draws=20).people == 3


@pytest.mark.parametrize(
    ("pairs", "options", "reason"),
    [
        ([(0, 0)], {}, "is one person"),
        ([(0, 1), (0, 1)], {}, "stands twice"),
        ([(0, 1)], {"model": "oracle"}, "model is 'oracle'; it must be 'logistic', "),
        ([(0, 1)], {"of": "lunch"}, "there is no kind of tie 'lunch'"),
        ([(0, 1)], {"using": ["lunch"]}, "there is no kind of tie 'lunch'"),
        ([(0, 1)], {"using": ["advice"]}, "name one or more other kinds of ties than 'advice'"),
        ([(0, 1)], {"using": []}, "name one or more other kinds"),
        ([(0, 1)], {"using": "friendship"}, "name one or more other kinds"),
        ([(u, v) for u in range(4) for v in range(4) if u != v], {}, "none to learn from"),
    ],
)
def test_questions_that_cannot_be_are_refused(pairs, options, reason):
    with pytest.raises(ValueError, match=reason):
        predict_ties(layers_of(world(4)), pairs, **options)


def test_strangers_are_told():
    with pytest.raises(UnknownPersonError, match="99"):
        predict_ties(layers_of(world(4)), [(0, 99)])


@pytest.mark.parametrize("n", [0, 2, 501])
def test_too_few_and_too_many_people_are_refused(n):
    empty = np.zeros((n, n), bool)
    with pytest.raises(ValueError, match=f"there are {n} people; ties are predicted among 3 to 5"):
        predict_ties(layers_of({"advice": empty, "lunch": empty}), [])


# ------------------------------------------------------------------------------ evaluations


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"protocol": "guess"}, "protocol is 'guess'; it must be 'pairs', 'dyads' or 'people'"),
        ({"folds": 1}, "folds is 1"),
        ({"folds": 2.5}, "folds is 2.5"),
        ({"draws": -1}, "draws is -1"),
        ({"level": 1.0}, "level is 1.0"),
    ],
)
def test_numbers_out_of_range_are_refused(options, reason):
    with pytest.raises(ValueError, match=reason):
        evaluate_ties(layers_of(world(4)), **options)


@pytest.mark.parametrize("kind", ["no", "every"])
def test_with_ties_of_nobody_or_of_all_there_is_nothing_to_tell_apart(kind):
    advice = ~np.eye(4, dtype=bool) & (kind == "every")
    layers = layers_of({"advice": advice, "friendship": world(4)["friendship"]})
    with pytest.raises(ValueError, match=f"{kind} pair has a tie of advice"):
        evaluate_ties(layers)


@pytest.mark.parametrize("folds", [2, 7, 1000])
def test_every_pair_is_hidden_once_and_dyads_both_ways(folds):
    for protocol in ("pairs", "dyads", "people"):
        rng = np.random.default_rng(0)
        times = np.zeros((6, 6), int)
        for asked, unseen in _hidden(6, protocol, folds, rng):
            times += asked
            assert (unseen | ~asked).all()
            assert protocol == "pairs" or (unseen == unseen.T).all()
        assert (times == ~np.eye(6, dtype=bool)).all()


def test_the_auc_is_the_share_of_pairs_in_order():
    rng = np.random.default_rng(5)
    aim = (rng.random((6, 6)) < 0.4) & ~np.eye(6, dtype=bool)
    value = rng.integers(0, 4, (6, 6)).astype(float)
    number = np.array([2, 0, 1, 3, 1, 1])
    off = [(u, v) for u in range(6) for v in range(6) if u != v]
    won = total = 0.0
    for one in off:
        for other in off:
            if aim[one] and not aim[other]:
                count = np.prod([number[list(pair)].prod() for pair in (one, other)])
                won += count * ((value[one] > value[other]) + (value[one] == value[other]) / 2)
                total += count
    assert _auc(aim, value, number[None])[0] == pytest.approx(won / total)
    assert np.isnan(_auc(aim, value, np.zeros((1, 6), int)))[0]


def test_the_same_seed_gives_the_same_and_results_are_written_and_read():
    layers = layers_of(world(10, friend=1, people=1))
    one, two, third = (evaluate_ties(layers, folds=3, draws=50, seed=s) for s in (7, 7, 8))
    assert one == two
    assert one != third
    assert TieEvaluation.from_dict(one.to_dict()) == one
    frame = one.to_frame()
    assert frame.index.name == "model"
    assert list(frame.index) == list(MODELS)
    assert ((frame["low"] <= frame["auc"]) & (frame["auc"] <= frame["high"])).all()
    differences = one.differences_frame()
    assert list(differences.index) == [(our, plain) for our in OURS for plain in PLAIN]
    gaps = [frame.loc[our, "auc"] - frame.loc[plain, "auc"] for our, plain in differences.index]
    assert differences["difference"].tolist() == pytest.approx(gaps)
    assert "<table>" in one._repr_html_()
    assert one.explain().startswith("Among 10 people, ")
    generator = evaluate_ties(layers, folds=3, draws=0, seed=np.random.default_rng(7))
    assert generator.seed is None
    assert TieEvaluation.from_dict(generator.to_dict()) == generator
    assert generator.to_frame()[["low", "high"]].isna().all(axis=None)
    assert "interval" not in generator.explain()


# ------------------------------------------------------------------------------ published data


def test_advice_among_managers_is_predicted_better_than_by_logistic_regression():
    layers = load_krackhardt(published("krackhardt_hightech/ht_advice.edges.csv"))
    found = evaluate_ties(layers, draws=200)
    assert auc_of(found)["logistic"] == pytest.approx(0.55, abs=0.03)
    for model in ("effects", "full"):
        assert auc_of(found)[model] > 0.83
        assert difference_of(found, model, "logistic")["low"] > 0.1


@pytest.mark.slow
def test_advice_among_lawyers_is_predicted_better_than_by_logistic_regression():
    layers = load_lazega(published("lazega/law_advice.edges.csv"))
    found = evaluate_ties(layers, folds=5, draws=200)
    assert auc_of(found)["logistic"] == pytest.approx(0.835, abs=0.02)
    for model in OURS:
        assert difference_of(found, model, "logistic")["low"] > 0.02


@pytest.mark.parametrize("given", [None, pd.DataFrame()])
def test_what_holds_no_layers_is_refused(given):
    with pytest.raises(TypeError, match="layers is a .*; give trustgraph.datasets.Layers"):
        evaluate_ties(given)
