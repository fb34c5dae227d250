"""Nothing that is to be predicted is learned from, and the future never teaches the past."""

import numpy as np
import pandas as pd
import pytest

import trustgraph as tg
from trustgraph.evaluation import protocols

from helpers.rating_cases import random_ratings


def made(times=None, m=10):
    people = range(m + 1)
    told = pd.DataFrame(
        {"source": people[:-1], "target": people[1:], "rating": [1.0] * m}, dtype=object
    )
    return tg.graph.Ratings.from_frame(told if times is None else told.assign(time=times))


PROTOCOLS = {
    "leave_one_out": protocols.leave_one_out,
    "k_fold": lambda ratings: protocols.k_fold(ratings, 4),
    "hold_out": protocols.hold_out,
    "chronological": protocols.chronological,
    "prequential": protocols.prequential,
    "prequential in blocks": lambda ratings: protocols.prequential(ratings, blocks=3),
}


@pytest.mark.parametrize("name", PROTOCOLS)
@pytest.mark.parametrize("seed", range(3))
def test_train_and_test_are_apart_and_never_empty(name, seed):
    ratings = random_ratings(seed)
    for split in PROTOCOLS[name](ratings):
        assert len(split.train)
        assert len(split.test)
        assert not set(split.train) & set(split.test)
        assert split.future == ("chron" in name or "preq" in name)
        for rows in (split.train, split.test):
            assert (np.diff(rows) > 0).all()


@pytest.mark.parametrize("name", [name for name in PROTOCOLS if "chron" in name or "preq" in name])
@pytest.mark.parametrize("seed", range(5))
def test_what_teaches_is_strictly_earlier(name, seed):
    ratings = random_ratings(seed)  # times that are often equal
    for split in PROTOCOLS[name](ratings):
        assert ratings.time[split.train].max() < ratings.time[split.test].min()


def test_leave_one_out_predicts_each_from_all_others():
    splits = list(protocols.leave_one_out(made()))
    assert [split.test.tolist() for split in splits] == [[row] for row in range(10)]
    assert all(len(split.train) == 9 for split in splits)


def test_leave_one_out_of_some():
    assert [s.test.tolist() for s in protocols.leave_one_out(made(), rows=[7, 2])] == [[7], [2]]


def test_folds_are_everything_once_and_of_one_size():
    splits = list(protocols.k_fold(made(m=11), 4, seed=3))
    assert sorted(np.concatenate([split.test for split in splits])) == list(range(11))
    assert sorted(len(split.test) for split in splits) == [2, 3, 3, 3]
    assert all(len(split.train) + len(split.test) == 11 for split in splits)


@pytest.mark.parametrize("name", ["k_fold", "hold_out"])
def test_the_seed_decides(name):
    def tests(seed):
        options = {"seed": seed} if name == "k_fold" else {"seeds": [seed]}
        return [s.test.tolist() for s in getattr(protocols, name)(made(m=40), **options)]

    assert tests(1) == tests(1)
    assert tests(1) != tests(2)


def test_a_share_is_held_out_for_each_seed():
    splits = list(protocols.hold_out(made(m=40), 0.1))
    assert [len(split.test) for split in splits] == [4] * 5


def test_the_newest_fifth_is_predicted_whatever_the_order_of_rows():
    times = [50, 10, 90, 30, 70, 20, 60, 80, 100, 40]
    (split,) = protocols.chronological(made(times))
    assert split.test.tolist() == [2, 8]


@pytest.mark.parametrize(
    ("times", "cut"),
    [
        ([1, 1, 1, 1, 1, 1, 1, 1, 1, 2], 9),
        ([1, 2, 2, 2, 2, 2, 2, 2, 2, 2], 1),
        ([1, 1, 1, 1, 1, 1, 1, 2, 3, 3], 8),
        ([1, 1, 1, 1, 1, 2, 2, 2, 2, 2], 5),
    ],
)
def test_one_moment_is_not_cut_in_two(times, cut):
    (split,) = protocols.chronological(made(times))
    assert len(split.train) == cut


def test_each_moment_is_predicted_from_all_before_it():
    times = [1, 2, 2, 3, 3, 3, 4, 5, 6, 6]
    splits = list(protocols.prequential(made(times), 0.7))
    assert [s.test.tolist() for s in splits] == [[3, 4, 5], [6], [7], [8, 9]]
    assert [len(s.train) for s in splits] == [3, 6, 7, 8]


def test_blocks_predict_the_same_ratings_from_less():
    ratings = random_ratings(4, m=60)
    each = list(protocols.prequential(ratings))
    blocks = list(protocols.prequential(ratings, blocks=5))
    assert len(blocks) == 5
    assert sorted(np.concatenate([s.test for s in each])) == sorted(
        np.concatenate([s.test for s in blocks])
    )


def test_more_blocks_than_moments_are_the_moments():
    ratings = random_ratings(4, m=60)
    moments = [s.test.tolist() for s in protocols.prequential(ratings)]
    assert [s.test.tolist() for s in protocols.prequential(ratings, blocks=999)] == moments


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: protocols.chronological(made()), "no times"),
        (lambda: protocols.prequential(made()), "no times"),
        (lambda: protocols.chronological(made([1, np.nan] + [2] * 8)), "1 of 10 .* row 2"),
        (lambda: protocols.chronological(made([5] * 10)), "fewer than two moments"),
        (lambda: protocols.chronological(made([], m=0)), "no times|fewer than two moments"),
        (lambda: protocols.chronological(made(range(10)), 1.0), "share is 1.0"),
        (lambda: protocols.prequential(made(range(10)), blocks=0), "blocks is 0"),
        (lambda: protocols.k_fold(made(), 1), "folds is 1"),
        (lambda: protocols.k_fold(made(), 11), "needs 11"),
        (lambda: protocols.hold_out(made(), 0.0), "share is 0"),
        (lambda: protocols.leave_one_out(made(m=1)), "needs 2"),
    ],
)
def test_what_cannot_be_split_is_told_with_the_mend(call, words):
    with pytest.raises(ValueError, match=words):
        next(call())


def test_too_few_ratings_are_counted_in_grammar_and_the_mend_is_named():
    told = pd.DataFrame({"source": [1], "target": [2], "rating": [1]})
    ratings = tg.graph.Ratings.from_frame(told)
    with pytest.raises(ValueError, match=r"there is 1 rating; .* needs 10 at least.*folds="):
        list(tg.evaluation.k_fold(ratings))
    with pytest.raises(ValueError, match="there is 1 rating; an evaluation needs 3 at least"):
        tg.evaluation.evaluate(ratings, ["mean"])
