"""The sampler of totals: generator, digits, agreement with enumeration, twins, stop, errors."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trustgraph.engine import reliability_reach, reliability_total
from trustgraph.engine._compile import compiled
from trustgraph.engine.reliability_exact import exact_total
from trustgraph.engine.reliability_stop import further_draws, most_needed, share_error
from trustgraph.engine.reliability_total import sampled_total

from helpers.brute_transfer import brute_transfer
from helpers.transfer_cases import network_of, pooled, random_steps, star_of

WORDS = 2**64
# The first words of the authors' own program for the state 1, 2, 3, 4.
KNOWN = (
    41943041,
    58720359,
    3588806011781223,
    3591011842654386,
    9228616714210784205,
    9973669472204895162,
    14011001112246962877,
    12406186145184390807,
    15849039046786891736,
    10450023813501588000,
)


def both_twins():
    return (reliability_reach, compiled(reliability_reach))


def words_of(kernels, state, count):
    found = []
    with np.errstate(over="ignore"):
        for _ in range(count):
            # The compiled twin hands out plain numbers.
            word, *state = kernels.drawn(*map(np.uint64, state))
            found.append(int(word))
    return found


def reference(state, count):
    """xoshiro256++ as published, on whole numbers of any size."""

    def rotated(word, by):
        return ((word << by) | (word >> (64 - by))) % WORDS

    s0, s1, s2, s3 = state
    for _ in range(count):
        yield (rotated((s0 + s3) % WORDS, 23) + s0) % WORDS
        carried = (s1 << 17) % WORDS
        s2 ^= s0
        s3 ^= s1
        s1 ^= s2
        s0 ^= s3
        s2 ^= carried
        s3 = rotated(s3, 45)


def test_the_generator_gives_the_published_words():
    for kernels in both_twins():
        assert words_of(kernels, [np.uint64(one) for one in (1, 2, 3, 4)], 10) == list(KNOWN)


def test_the_generator_equals_its_definition_from_any_state():
    rng = np.random.default_rng(3)
    for _ in range(20):
        state = rng.integers(0, WORDS - 1, 4, dtype=np.uint64, endpoint=True)
        expected = list(reference([int(one) for one in state], 100))
        for kernels in both_twins():
            assert words_of(kernels, list(state), 100) == expected


CHANCES = (0.0, 1e-12, 0.05, 1 / 3, 0.5, 0.9, 1 - 1e-12, 1.0)


@pytest.mark.parametrize("chance", CHANCES)
def test_each_lane_works_with_the_chance(chance):
    kernels = compiled(reliability_reach)
    digits = kernels.digits_of(np.array([chance]))[0]
    state = list(np.random.default_rng(8).integers(0, WORDS - 1, 4, dtype=np.uint64))
    rounds = 20_000
    words = np.zeros(rounds, np.uint64)
    for i in range(rounds):
        words[i], *state = kernels.works(digits, reliability_reach.ALL, *map(np.uint64, state))
    bits = np.unpackbits(words.view(np.uint8)).reshape(rounds, 64)
    if chance in (0.0, 1e-12, 1 - 1e-12, 1.0):
        assert (bits == round(chance)).all()
        return
    # Every lane, and all together; lanes and rounds are independent of their neighbours.
    error = np.sqrt(chance * (1 - chance))
    assert np.abs(bits.mean(axis=0) - chance).max() < 4.5 * error / np.sqrt(rounds)
    assert abs(bits.mean() - chance) < 4 * error / np.sqrt(bits.size)
    centred = bits - chance
    for product in (centred[1:] * centred[:-1], centred[:, 1:] * centred[:, :-1]):
        assert abs(product.mean()) < 4 * error**2 / np.sqrt(product.size)


def test_only_the_lanes_that_are_asked_for_work():
    lanes = np.uint64(0b1011)
    state = [np.uint64(one) for one in (1, 2, 3, 4)]
    for kernels in both_twins():
        with np.errstate(over="ignore"):
            for digits in kernels.digits_of(np.array([0.5, 0.99, 1.0])):
                open_, *_ = kernels.works(digits, lanes, *state)
                assert int(open_) & ~int(lanes) == 0


def test_digits_are_those_of_the_chance():
    given_chances = np.array([0.0, 2.0**-64, 2.0**-70, 0.25, 0.75, 1 - 2.0**-53, 1.0])
    expected = [0, 1, 0, 1 << 62, 3 << 62, WORDS - (1 << 11), WORDS - 1]
    for kernels in both_twins():
        assert kernels.digits_of(given_chances).tolist() == expected


def sampled(network, *, samples=20_000, seed=0, precision=None, large=True):
    return sampled_total(
        network.tail,
        network.head,
        network.chance,
        sink=network.people + 1,
        most=network.most,
        direct=network.direct,
        samples=samples,
        precision=precision,
        rng=np.random.default_rng(seed),
        large=large,
    )


@pytest.mark.parametrize("most", range(6))
def test_totals_agree_with_enumeration_of_all_states(most):
    rng = np.random.default_rng(100 + most)
    between = 0
    for seed in range(25):
        steps = random_steps(rng)
        brute = brute_transfer(steps, most).total
        network = network_of(steps, most)[1]
        exact = exact_total(network, most_paths=1_000, most_work=10**6)
        assert exact == pytest.approx(brute, abs=1e-12)
        found = sampled(network, seed=seed)
        assert abs(found.value - brute) <= 4 * found.error + 1e-12
        between += 0.02 < brute < 0.98
    assert between > (0 if most == 0 else 8)


def test_a_step_to_the_sink_may_stand_twice():
    # s -> a (.8), a -> t0 (.5), a -> t1 (.4): .8 x (1 - .5 x .6) = .56
    tail, head = np.array([0, 1, 1], np.int32), np.array([1, 2, 2], np.int32)
    for large in (False, True):
        found = sampled_total(
            tail,
            head,
            np.array([0.8, 0.5, 0.4]),
            sink=2,
            most=1,
            direct=0.0,
            samples=4_096,
            precision=None,
            rng=np.random.default_rng(0),
            large=large,
        )
        assert abs(found.value - 0.56) < 4 * found.error


def test_both_twins_reach_the_same_states():
    rng = np.random.default_rng(4)
    reached = 0
    for _ in range(60):
        network = network_of(random_steps(rng, uncertain=25), int(rng.integers(0, 6)))[1]
        answers = []
        for kernels in both_twins():
            state = np.array([1, 2, 3, 4], np.uint64)
            words = np.zeros(3, np.uint64)
            ends = (network.tail, network.head, network.chance)
            with np.errstate(over="ignore"):
                kernels.reached(*ends, network.people + 1, network.most, state, words)
            answers.append((words.tolist(), state.tolist()))
        assert answers[0] == answers[1]
        reached += answers[0][0] != [0, 0, 0]
    assert reached > 20


def test_small_questions_run_without_a_compiler(monkeypatch):
    network = network_of(pooled(1, hubs=1), 3)[1]
    compiled_answer = sampled(network, samples=1_000)

    def forbidden(module):
        raise AssertionError(module)

    monkeypatch.setattr("trustgraph.engine._compile.compiled", forbidden)
    assert sampled(network, samples=1_000, large=False) == compiled_answer
    with pytest.raises(AssertionError):
        sampled(network, samples=1_000)
    assert reliability_total.uses_compiled(10_000, 1_000, large=False)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**9), st.integers(0, 3))
def test_another_step_never_lowers_the_exact_total(seed, most):
    rng = np.random.default_rng(seed)
    steps = random_steps(rng)
    before = exact_total(network_of(steps, most)[1], most_paths=1_000, most_work=10**6)
    one, other = rng.choice(6, 2, replace=False)
    steps.further.setdefault((f"m{one}", f"m{other}"), rng.random())
    steps.first.setdefault(f"m{one}", rng.random())
    steps.last.setdefault((f"m{other}", "t0"), rng.random())
    after = exact_total(network_of(steps, most)[1], most_paths=1_000, most_work=10**6)
    assert after >= before - 1e-12


@pytest.mark.parametrize("steps", [star_of(3), pooled(1, hubs=1, inside=2)])
def test_standard_errors_of_the_total_are_calibrated(steps):
    network = network_of(steps, 3)[1]
    exact = exact_total(network, most_paths=1_000, most_work=10**6)
    found = [sampled(network, samples=1_000, seed=seed) for seed in range(2_000)]
    scores = np.array([(one.value - exact) / one.error for one in found])
    assert 0.1 < exact < 0.9
    assert 0.94 < np.mean(np.abs(scores) < 1.96) < 0.965
    assert 0.95 < scores.std() < 1.05
    assert abs(scores.mean()) < 0.1


TARGETS = (0.002, 0.01, 0.03)


@pytest.mark.parametrize("share", [0.001, 0.02, 0.3, 0.9])
@pytest.mark.parametrize("precision", TARGETS)
def test_intervals_keep_their_promise_when_the_draws_stop_at_a_precision(share, precision):
    """By simulation of the stopping rule alone: 1.96 standard errors cover about 95 %."""
    rng = np.random.default_rng(int(1e6 * share))
    covered, drawn_in_all = [], []
    for _ in range(4_000):
        hits = drawn = 0
        while more := further_draws(hits, drawn, 1 << 22, precision, 1.0):
            hits += int(rng.binomial(more, share))
            drawn += more
        error = float(share_error(hits, drawn))
        assert error <= precision
        covered.append(abs(hits / drawn - share) <= 1.96 * error)
        drawn_in_all.append(drawn)
    # With so few expected hits that the error is mostly the two added ones it covers more.
    assert np.mean(covered) > 0.925
    assert np.mean(covered) < 0.975 or share * np.mean(drawn_in_all) < 25
    # What it takes, and at most twice that.
    needed = max(1_024, share * (1 - share) / precision**2)
    assert needed * 0.7 < np.mean(drawn_in_all) < needed * 1.6


def test_the_stop_gives_the_draws_that_were_asked_for():
    assert further_draws(0, 0, 100, None, 1.0) == 100
    assert further_draws(30, 100, 100, None, 1.0) == 0
    assert further_draws(0, 0, 100, 0.1, 1.0) == 100
    assert further_draws(0, 0, 10**9, 0.1, 1.0) == 1_024
    assert further_draws(512, 1_024, 10**9, 0.1, 1.0) == 0
    # Error .0156; for .01 it takes 2,4 times the draws: at most as many again are added.
    assert further_draws(512, 1_024, 10**9, 0.01, 1.0) == 1_024
    # Draws that stand for half of the total need half of the precision.
    assert further_draws(512, 1_024, 10**9, 0.008, 0.5) == 0
    # A little is missing: one word of 64.
    assert further_draws(512, 1_024, 10**9, 0.0155, 1.0) == 64
    assert further_draws(512, 1_024, 1_030, 0.0155, 1.0) == 6
    assert most_needed(10_000, None) == 10_000
    assert most_needed(10_000, 0.01) == 2_500
    assert most_needed(10_000, 0.5) == 1_024
    assert most_needed(500, 0.01) == 500


def test_a_precision_is_kept_by_the_sampler_itself():
    network = network_of(pooled(2), 3)[1]
    found = sampled(network, samples=1 << 22, precision=0.002)
    assert found.error <= 0.002
    share = (found.value - network.direct) / (1 - network.direct)
    needed = share * (1 - share) * (1 - network.direct) ** 2 / 0.002**2
    assert needed * 0.95 < found.samples < needed * 1.3
    short = sampled(network, samples=3_000, precision=0.0002)
    assert short.samples == 3_000
    assert short.error > 0.0002


def test_the_exact_total_is_given_up_where_sampling_is_faster():
    network = network_of(pooled(1, hubs=2), 3)[1]
    whole = exact_total(network, most_paths=1_000, most_work=10**6)
    assert reliability_total.exact_total_within(network, 1e9) == whole
    assert reliability_total.exact_total_within(network, 500.0) is None
    assert exact_total(network, most_paths=1_000, most_work=10) is None
    assert exact_total(network, most_paths=5, most_work=10**6) is None
    time = reliability_total.sampling_time(100, samples=10_000, precision=None, large=True)
    more = reliability_total.sampling_time(100, samples=10_000, precision=1e-9, large=True)
    slow = reliability_total.sampling_time(100, samples=10_000, precision=None, large=False)
    assert time == more < slow
