import itertools

import numpy as np
import pytest

from trustgraph.evaluation._tie_features import Dyads


@pytest.fixture
def dyads():
    rng = np.random.default_rng(3)
    off = ~np.eye(7, dtype=bool)
    aim, friend = ((rng.random((7, 7)) < 0.4) & off for _ in range(2))
    work = friend | friend.T
    return Dyads(aim, (friend, work))


def pairs(n):
    return itertools.permutations(range(n), 2)


def test_direct_ties_both_ways_and_symmetric_ones_once(dyads):
    friend, work = dyads.using
    expected = np.stack([friend, friend.T, work], axis=2).astype(float)
    assert (dyads.direct == expected).all()


def test_ways_of_two_ties_by_counting(dyads):
    friend, work = dyads.using
    steps = [friend, friend.T, work]
    found = dyads.paths[:, :, 3:12]
    for u, v in pairs(7):
        ways = [
            sum(one[u, w] and other[w, v] for w in range(7) if w not in {u, v})
            for one, other in itertools.product(steps, repeat=2)
        ]
        assert found[u, v] == pytest.approx(np.sqrt(ways))


def test_numbers_of_ties_by_counting(dyads):
    found = dyads.paths[:, :, 12:]
    friend, work = dyads.using
    for u, v in pairs(7):
        numbers = [
            number for step in (friend, friend.T, work) for number in (step[u].sum(), step[v].sum())
        ]
        assert found[u, v] == pytest.approx(np.sqrt(numbers))


@pytest.mark.parametrize("name", ["known", "shares"])
def test_what_is_said_of_a_pair_does_not_depend_on_its_own_tie(dyads, name):
    seen = ~np.eye(7, dtype=bool)
    seen[0, 3] = seen[4, 1] = False
    for u, v in ((2, 5), (0, 1), (5, 0)):
        aim = dyads.aim.copy()
        aim[u, v] = ~aim[u, v]
        other = Dyads(aim, dyads.using)
        one, two = (getattr(each, name)(seen)[u, v] for each in (dyads, other))
        # The overall share, with which what is unknown is filled, is the one exception.
        assert one == pytest.approx(two, abs=0.1)
        every = ~np.eye(7, dtype=bool)
        one, two = (getattr(each, name)(every)[u, v] for each in (dyads, other))
        assert one == pytest.approx(two, abs=1e-12)


@pytest.mark.parametrize("name", ["known", "shares"])
def test_what_is_hidden_is_not_looked_at(dyads, name):
    seen = ~np.eye(7, dtype=bool)
    seen[2] = seen[:, 2] = False
    aim = dyads.aim.copy()
    aim[2] = ~aim[2]
    aim[:, 2] = ~aim[:, 2]
    np.fill_diagonal(aim, val=False)
    other = Dyads(aim, dyads.using)
    assert (getattr(dyads, name)(seen) == getattr(other, name)(seen)).all()


def test_shares_leave_the_pair_out(dyads):
    seen = ~np.eye(7, dtype=bool)
    shares = dyads.shares(seen)
    for u, v in pairs(7):
        out = [dyads.aim[u, w] for w in range(7) if w not in {u, v}]
        into = [dyads.aim[w, v] for w in range(7) if w not in {u, v}]
        assert shares[u, v] == pytest.approx([np.mean(out), np.mean(into)])
    nothing = dyads.shares(np.zeros((7, 7), bool))
    assert (nothing == 0).all()
