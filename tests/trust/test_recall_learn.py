"""What is learnt from closed windows: against scipy, finite differences, and known numbers."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from trustgraph.trust import RecallModel
from trustgraph.trust.contact import ContactDays
from trustgraph.trust.pairs import Pairs
from trustgraph.trust.recall import contact_strength
from trustgraph.trust.recall_learn import (
    LEAST,
    NUMBERS,
    SPREAD,
    _bounds,
    _folded,
    _Likely,
    _unfolded,
    changed,
    check_enough,
    learn,
    numbers_of,
)
from trustgraph.trust.recall_past import TODAY, Window
from trustgraph.trust.recall_rows import Rows

TRUE = RecallModel.full_record(
    horizon_days=14,
    theta_over_horizon=30,
    decay=0.8,
    silence=0.3,
    loss_per_day=0.01,
    incoming_weight=0.3,
)


def window(seed: int, *, people: int = 80, acts: int = 3000, span: int = 200) -> Window:
    """Contacts of the past at random, and nothing known of what came; half of all fell silent."""
    rng = np.random.default_rng(seed)
    ends = rng.zipf(1.4, (2, acts)) % people
    actor, other = ends[:, ends[0] != ends[1]].astype(np.int64)
    quiet = np.where(rng.random(people) < 0.5, 0, rng.integers(0, span, people))
    since = np.maximum(quiet[actor], quiet[other])
    day = -1 - since - rng.integers(0, span, len(actor)) ** 2 // span
    days = ContactDays.plain(actor, other, day, people=people)
    pairs = Pairs.between(days.actor, days.other, people=people)
    return Window(days, pairs, np.zeros(len(pairs), dtype=bool))


def lived(one: Window, model: RecallModel, seed: int) -> Window:
    """The same, with what came drawn from a model."""
    chance = model.recall(contact_strength(one.days, one.pairs, model, today=TODAY))
    again = np.random.default_rng(seed).random(len(chance)) < chance
    return Window(one.days, one.pairs, again)


def rows_of(seeds, model: RecallModel = TRUE) -> Rows:
    return Rows.of([lived(window(seed), model, 1000 + seed) for seed in seeds], model)


@pytest.mark.parametrize(
    "model",
    [TRUE, RecallModel(), RecallModel.full_record(rhythm=0.2, shared_circles=0.1, horizon_days=7),
     RecallModel(incoming_weight=0.2, incoming_alone=0.5, loss_per_day=0.1, silence=0.4)],
)  # fmt: skip
def test_the_likelihood_is_that_of_the_model(model):
    windows = [window(1, acts=300), window(2, acts=300)]
    rows = Rows.of(windows, model)
    chance = np.concatenate(
        [model.recall(contact_strength(w.days, w.pairs, model, today=TODAY)) for w in windows]
    )
    told = rows.told(model)
    assert (told == (chance > 0)).all()
    start = _unfolded(numbers_of(model))
    logit = _Likely(rows, model, told, start).logit(start)
    assert 1 / (1 + np.exp(-logit)) == pytest.approx(chance[told], rel=1e-9)


def test_slopes_are_those_of_finite_differences():
    rows = rows_of([3])
    start = _unfolded(numbers_of(RecallModel.full_record(horizon_days=14)))
    likely = _Likely(rows, TRUE, rows.told(TRUE), start)
    at = start + np.array([0.3, -0.1, 0.2, 0.05, 0.02, -0.4])
    down, bend, scores = likely.around(at)
    for place in range(len(NUMBERS)):
        step = 1e-6 * np.eye(len(NUMBERS))[place]
        assert down[place] == pytest.approx(
            (likely.value(at + step) - likely.value(at - step)) / 2e-6, rel=1e-5, abs=1e-3
        )
    assert scores.sum(axis=1) + (at - start) / np.array(list(SPREAD.values())) ** 2 == (
        pytest.approx(down)
    )
    assert (np.linalg.eigvalsh(bend) > 0).all()


@pytest.mark.parametrize(
    "names", [("theta", "slope"), NUMBERS, ("decay", "loss"), ("silence",), ("incoming",)]
)
@pytest.mark.parametrize("seed", range(3))
def test_the_maximum_is_that_of_another_optimiser(seed, names):
    truth = TRUE.replace(loss_per_day=0.0, silence=0.0) if seed == 0 else TRUE
    rows = rows_of([seed], truth)
    start = RecallModel.full_record(horizon_days=14)
    likely = _Likely(rows, start, rows.told(start), _unfolded(numbers_of(start)))
    free = np.array([name in names for name in NUMBERS])
    bounds = [pair for pair, one in zip(_bounds(start), free, strict=True) if one]

    def value(inner):
        at = likely.start.copy()
        at[free] = inner
        return likely.value(at)

    other = minimize(
        value, likely.start[free], method="L-BFGS-B", bounds=bounds, options={"ftol": 1e-14}
    )
    found = _unfolded(learn(rows, start, names).values)
    assert likely.value(found) <= other.fun + 1e-6 * abs(other.fun)
    assert (found[~free] == likely.start[~free]).all()


def test_known_numbers_are_found_again():
    start = RecallModel.full_record(horizon_days=14)
    truth, spread = numbers_of(TRUE), np.array(list(SPREAD.values()))
    off, held = [], []
    for seed in range(12):
        learnt = learn(rows_of(range(4 * seed, 4 * seed + 4)), start, NUMBERS)
        off.append((_unfolded(learnt.values) - _unfolded(truth)) / spread)
        held.append((learnt.low <= truth) & (truth <= learnt.high))
    mean = np.abs(np.mean(off, axis=0))  # in parts of how far communities differ
    assert mean[:2].max() < 0.1
    assert mean.max() < 0.3
    assert np.mean(held) > 0.85  # of 72 intervals that should hold 19 of 20


def test_theta_and_slope_alone_are_found_again():
    truth = RecallModel.full_record(horizon_days=30, theta_over_horizon=40, slope_short=1.3,
                                    slope_month=1.3 * 0.75, slope_long=1.3 * 0.7)  # fmt: skip
    start = RecallModel.full_record(horizon_days=30)
    rows = rows_of(range(4), truth)
    learnt = learn(rows, start, ("theta", "slope"))
    assert learnt.values[0] == pytest.approx(40 / 30, rel=0.15)
    assert learnt.values[1] == pytest.approx(1.3 * 0.75, rel=0.1)
    assert np.isnan(learnt.low[2:]).all()
    model = changed(start, learnt.values)
    # The shape over horizons stays: both ends move by the same factor.
    assert model.replace(horizon_days=7).slope == pytest.approx(model.slope / 0.75)
    assert model.replace(horizon_days=7).theta * 7 == pytest.approx(model.theta * 30)


def few(rows: Rows, places: np.ndarray) -> Rows:
    """The same pairs and days, of which only some came true or were told at all."""
    factor = np.zeros(len(rows.again))
    factor[places] = rows.factor[places]
    return Rows(**{**vars(rows), "factor": factor})


def test_rows_of_the_same_two_people_count_as_what_they_have_in_common():
    rows, start = rows_of([1]), RecallModel.full_record(horizon_days=14)
    alone = learn(rows, start, ("theta",))
    same, others = (
        Rows(
            **{name: np.concatenate([value, value]) for name, value in vars(rows).items()}
            | {"ages": rows.ages}
            | {"place": np.append(rows.place, rows.place + len(rows.again))}
            | {"reverse": np.append(rows.reverse, rows.reverse + len(rows.again))}
            | {"people": np.append(rows.people, rows.people + shift)}
        )
        for shift in (0, int(rows.people.max()) + 1)
    )

    def width(learnt) -> float:
        return float(np.log(learnt.high[0] / learnt.low[0]))

    # The very same rows once more, of the same people, make nothing surer; of others, they do.
    assert width(learn(same, start, ("theta",))) == pytest.approx(width(alone), rel=0.03)
    assert width(learn(others, start, ("theta",))) == pytest.approx(width(alone) / 2**0.5, rel=0.03)


def test_little_data_changes_little():
    rows = rows_of([1])
    start = RecallModel.full_record(horizon_days=14)
    order = np.random.default_rng(0).permutation(len(rows.again))
    moved = []
    for number in (0, 5, 50, 500):
        learnt = learn(few(rows, order[:number]), start, NUMBERS)
        off = (_unfolded(learnt.values) - _unfolded(numbers_of(start))) / list(SPREAD.values())
        moved.append(float(np.abs(off).max()))
    assert moved[0] == 0
    assert moved[1] < 0.5
    assert moved[1] < moved[2]
    assert moved[1] < moved[3]


def test_what_is_not_told_teaches_nothing():
    one = lived(window(1), TRUE, 5)
    gated = RecallModel(horizon_days=14)
    rows = Rows.of([one], gated)
    told = rows.told(gated)
    assert 0 < told.sum() < len(told)
    flipped = Rows(**{**vars(rows), "again": rows.again ^ ~told})
    first, second = (learn(each, gated, NUMBERS).values for each in (rows, flipped))
    assert first.tolist() == second.tolist()


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 50), st.randoms(use_true_random=False))
def test_numbers_of_people_and_the_order_of_windows_mean_nothing(seed, random):
    one, other = (lived(window(seed + k, people=20, acts=200), TRUE, k) for k in (0, 1))
    start = RecallModel.full_record(horizon_days=14)
    learnt = learn(Rows.of([one, other], start), start, NUMBERS)
    order = list(range(20))
    random.shuffle(order)
    new = np.array(order)
    moved = [renamed(each, new) for each in (other, one)]
    again = learn(Rows.of(moved, start), start, NUMBERS)
    assert again.values == pytest.approx(learnt.values, rel=1e-6)
    assert again.low == pytest.approx(learnt.low, rel=1e-4)


def renamed(one: Window, new: np.ndarray) -> Window:
    days = ContactDays.plain(
        new[one.days.actor], new[one.days.other], one.days.day, people=one.pairs.people
    )
    pairs = Pairs.between(days.actor, days.other, people=one.pairs.people)
    again = np.zeros(len(pairs), dtype=bool)
    again[pairs.locate(new[one.pairs.source], new[one.pairs.target])[0]] = one.again
    return Window(days, pairs, again)


@pytest.mark.parametrize(
    ("start", "values"),
    [
        (RecallModel.full_record(horizon_days=30), (0.5, 0.9, 1.2, 0.1, 0.01, 0.3)),
        (RecallModel(horizon_days=7), (3.0, 1.1, 0.5, 0.0, 0.0, 0.0)),
    ],
)
def test_a_changed_model_says_the_numbers_at_its_horizon(start, values):
    model = changed(start, np.array(values))
    assert numbers_of(model) == pytest.approx(np.array(values))
    assert _folded(_unfolded(np.array(values))) == pytest.approx(np.array(values))


def test_numbers_end_where_the_model_ends():
    # Everybody is in contact again, whatever the past: no bound of a field may be crossed.
    start = RecallModel.full_record(horizon_days=3650)
    rows = rows_of([1], TRUE)
    sure = Rows(**{**vars(rows), "again": np.ones(len(rows.again), dtype=bool)})
    learnt = learn(sure, start, NUMBERS)
    model = changed(start, learnt.values)
    assert model.theta_over_horizon < start.theta_over_horizon
    assert 0 <= model.silence <= start.silence


@pytest.mark.parametrize(("yes", "no"), [(LEAST - 1, 100), (100, LEAST - 1), (0, 0)])
def test_too_little_is_refused_and_counted(yes, no):
    again = np.repeat([True, False], [yes, no])
    with pytest.raises(ValueError, match=f"{yes} pairs had contact again and {no} had none"):
        check_enough(again, windows=3, horizon_days=7)
    check_enough(np.repeat([True, False], [LEAST, LEAST]), windows=1, horizon_days=7)
