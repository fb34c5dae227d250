import numpy as np
import pytest

from trustgraph.engine.batches import best_from_one, best_of_pairs, labels_from

from helpers.random_ground import goals_to, random_ground, rows_to
from helpers.random_routes import best_rows

TWINS = pytest.mark.parametrize("fast", [False, True], ids=["plain", "compiled"])


def told(rows, i):
    """Intermediaries and target of each path of row i."""
    return [
        (tuple(rows.people[i, a, : rows.lengths[i, a]].tolist()), int(rows.targets[i, a]))
        for a in range(rows.found[i])
    ]


def random_sets(generator, ground, seeker):
    """Every other person alone, and sets of several, none with the seeker."""
    others = [person for person in range(ground.n) if person != seeker]
    size = min(len(others), int(generator.integers(0, 4)))
    return [[one] for one in others] + [generator.permutation(others)[:size].tolist()]


@TWINS
@pytest.mark.parametrize("consistent", [False, True])
@pytest.mark.parametrize("seed", range(100))
def test_the_best_path_from_one_to_each_equals_enumeration(fast, consistent, seed):
    generator = np.random.default_rng(seed)
    ground, trust = random_ground(generator, n=int(generator.integers(2, 7)), consistent=consistent)
    seeker = int(generator.integers(ground.n))
    goals = goals_to(ground, trust, random_sets(generator, ground, seeker), seeker)
    for most in range(6):
        labels = labels_from(ground, seeker, most=most, compiled=fast)
        rows = best_from_one(labels, goals, compiled=fast)
        for g in np.flatnonzero(rows.found >= 0):
            wanted = best_rows(rows_to(ground, goals, g, seeker, most), 1)
            assert told(rows, g) == [(row[1], row[2]) for row in wanted]
            assert rows.scores[g, : len(wanted)].tolist() == [row[0] for row in wanted]


def test_the_labels_decide_nearly_always_where_a_last_step_is_worth_no_less():
    decided, all_goals = 0, 0
    for seed in range(60):
        generator = np.random.default_rng(seed)
        ground, trust = random_ground(generator, n=7, consistent=True)
        goals = goals_to(ground, trust, [[one] for one in range(1, 7)], 0)
        rows = best_from_one(labels_from(ground, 0, most=3), goals, compiled=False)
        decided += int((rows.found >= 0).sum())
        all_goals += len(goals)
    assert decided > 0.9 * all_goals


@TWINS
@pytest.mark.parametrize("seed", range(60))
def test_the_k_best_of_many_pairs_equal_enumeration(fast, seed):
    generator = np.random.default_rng(seed)
    ground, trust = random_ground(generator, n=int(generator.integers(2, 7)))
    k = int(generator.choice([1, 2, 7, 40]))
    most = int(generator.integers(6))
    seeker = int(generator.integers(ground.n))
    goals = goals_to(ground, trust, random_sets(generator, ground, seeker), seeker)
    # All who are no target of a goal seek; only one of them can take a direct step.
    seekers = [
        [one for one in range(ground.n) if one not in goals.barred[low:high]]
        for low, high in zip(goals.barred_start[:-1], goals.barred_start[1:], strict=True)
    ]
    start = np.cumsum([0, *map(len, seekers)])
    flat = np.array([one for some in seekers for one in some], np.int32)
    for need_flag in (False, True):
        rows = best_of_pairs(
            ground, goals, start, flat, k=k, most=most, need_flag=need_flag, compiled=fast
        )
        for i, one in enumerate(flat.tolist()):
            g = int(np.searchsorted(start, i, side="right")) - 1
            every = [row for row in rows_to(ground, goals, g, one, most) if row[0] > 0]
            wanted = best_rows(every, k, need_flag=need_flag)
            assert told(rows, i) == [(row[1], row[2]) for row in wanted]
            scores = rows.scores[i, : len(wanted)]
            np.testing.assert_allclose(scores, [row[0] for row in wanted], rtol=1e-12)
            for a in range(len(wanted)):
                first = np.flatnonzero(np.isclose(scores, scores[a], rtol=1e-12, atol=0))[0]
                assert rows.ranks[i, a] == first + 1


@TWINS
def test_more_equal_paths_than_it_is_worth_to_list_keep_their_order(fast):
    n = 30
    ground, _ = random_ground(np.random.default_rng(1), n=n)
    asker, asked = (part.astype(np.int64) for part in np.nonzero(~np.eye(n, dtype=bool)))
    back = np.argsort(asked, kind="stable")
    ground = type(ground)(
        out_start=np.searchsorted(asker, np.arange(n + 1)).astype(np.int64),
        out_asked=asked.astype(np.int32),
        passing=np.ones(len(asker)),
        in_start=np.searchsorted(asked[back], np.arange(n + 1)).astype(np.int64),
        in_asker=asker[back].astype(np.int32),
        in_step=back.astype(np.int32),
        back=np.ones(len(asker), np.float32),
        scale=1.0,
        kappa=1.0,
        inferred=np.zeros(len(asker), bool),
        workspaces=ground.workspaces,
    )
    goals = goals_to(ground, np.ones(len(asker)), [[29]], 0)
    rows = best_of_pairs(
        ground, goals, np.array([0, 1]), np.array([0], np.int32), k=30, most=4, compiled=fast
    )
    assert told(rows, 0) == [((i,), 0) for i in range(1, 29)] + [((1, 2), 0), ((1, 3), 0)]
    assert set(rows.ranks[0].tolist()) == {1}
