"""What outcomes teach, against worlds drawn until they match."""

import numpy as np
import pytest

import trustgraph as tg
from trustgraph.planning._belief import Opinion, Seen, carried_given, learned, says, worth

MODEL = tg.TrustModel()
OPINION = Opinion(3.0, 2.0, 0.6, gated=True)
WEIGHT = np.array([0.4, 0.3, 0.2, 0.1])
LEADS = np.array([[True, True, False, False], [False, True, True, False]])
DRAWS = 400_000


def forwards(x):
    return MODEL.gate.model_copy(update={"endorse_at": MODEL.gate.forward_at}).g(x)


def drawn_worlds(kind):
    """Draw two people's trust, the state of one target, and what comes of asking the two."""
    rng = np.random.default_rng(5)
    x = rng.beta(OPINION.alpha, OPINION.beta, (2, DRAWS))
    state = rng.choice(4, DRAWS, p=WEIGHT)
    says_, believes = rng.random((2, 2, DRAWS))
    way = LEADS[:, state]
    if kind == "direct":
        met = believes < x
        answers = np.where(met, "passed", "declined")
        return x, state, answers, met
    handed, endorsed = forwards(x), MODEL.gate.g(x)
    answers = np.where(says_ < handed, "forwarded", "declined").astype("<U9")
    if kind == "reach":
        return x, state, answers, (answers == "forwarded") & way
    answers[says_ < endorsed] = "endorsed"
    return x, state, answers, (answers == "endorsed") & (believes < x) & way


def one(person, kind, answer, *, reached=False, failed=False, target=0):
    return Seen(person, target, kind, answer, reached, failed, LEADS[person])


CASES = {
    "endorsed, in vain": ("vouch", [("endorsed", False)]),
    "endorsed and met": ("vouch", [("endorsed", True)]),
    "declined": ("vouch", [("declined", False)]),
    "forwarded": ("vouch", [("forwarded", False)]),
    "two endorsed in vain": ("vouch", [("endorsed", False), ("endorsed", False)]),
    "one no, one in vain": ("vouch", [("declined", False), ("endorsed", False)]),
    "message handed on, in vain": ("reach", [("forwarded", False)]),
    "message not handed on": ("reach", [("declined", False)]),
    "asked directly, no": ("direct", [("declined", False)]),
}


@pytest.mark.parametrize("case", CASES)
def test_the_posterior_is_that_of_the_worlds_that_match(case):
    kind, outcomes = CASES[case]
    x, state, answers, met = drawn_worlds(kind)
    match = np.ones(DRAWS, bool)
    seen = []
    for person, (answer, reached) in enumerate(outcomes):
        match &= (answers[person] == answer) & (met[person] == reached)
        failed = not reached and answer != "declined" and (kind, answer) != ("vouch", "forwarded")
        seen.append(one(person, kind, answer, reached=reached, failed=failed))
    found = learned(MODEL, dict.fromkeys((0, 1), OPINION), {0: WEIGHT}, seen)
    error = 5 / np.sqrt(match.sum())
    for person in range(len(outcomes)):
        level, likely = found.levels[person]
        assert likely.sum() == pytest.approx(1)
        for value in (lambda t: t, MODEL.gate.g):
            truth = value(x[person][match]).mean()
            assert float(value(level) @ likely) == pytest.approx(truth, abs=error)
    if not met[:, match].any():
        weights = found.weights.get(0, WEIGHT)
        for place in range(4):
            assert weights[place] == pytest.approx((state[match] == place).mean(), abs=error)


def test_the_order_of_outcomes_does_not_matter():
    seen = [
        one(0, "vouch", "endorsed", failed=True),
        one(1, "vouch", "endorsed", failed=True),
        one(0, "vouch", "declined", target=1),
        one(1, "vouch", "silent", target=1),
    ]
    base = {0: WEIGHT, 1: WEIGHT}
    ways = [learned(MODEL, dict.fromkeys((0, 1), OPINION), base, s) for s in (seen, seen[::-1])]
    for person in (0, 1):
        assert ways[0].levels[person][1] == pytest.approx(ways[1].levels[person][1], abs=1e-12)
    assert ways[0].weights[0] == pytest.approx(ways[1].weights[0], abs=1e-12)


@pytest.mark.parametrize("answer", ["open", "silent"])
def test_silence_says_nothing_of_trust(answer):
    found = learned(MODEL, {0: OPINION}, {0: WEIGHT}, [one(0, "vouch", answer)])
    level, likely = found.levels[0]
    assert float(level @ likely) == pytest.approx(0.6)
    assert found.weights == {}


def test_a_yes_raises_and_a_no_lowers_what_somebody_is_worth():
    value = {}
    for answer in ("endorsed", "silent", "forwarded", "declined"):
        level, likely = learned(MODEL, {0: OPINION}, {0: WEIGHT}, [one(0, "vouch", answer)]).levels[
            0
        ]
        value[answer] = float(worth(MODEL, OPINION, "vouch", level) @ likely)
    assert value["endorsed"] > value["silent"] > value["forwarded"] > value["declined"]


def test_what_the_model_holds_impossible_teaches_nothing():
    sure = Opinion(np.nan, np.nan, 1.0, gated=True)
    level, likely = learned(MODEL, {0: sure}, {0: WEIGHT}, [one(0, "vouch", "declined")]).levels[0]
    assert (level.tolist(), likely.tolist()) == ([1.0], [1.0])
    everywhere = Seen(0, 0, "reach", "forwarded", False, True, np.ones(4, bool))
    found = learned(MODEL, {0: OPINION}, {0: WEIGHT}, [everywhere])
    assert found.weights[0] == pytest.approx(WEIGHT)


@pytest.mark.parametrize(
    "answer", ["endorsed", "passed", "forwarded", "declined", "silent", "open"]
)
@pytest.mark.parametrize("kind", ["vouch", "reach", "direct"])
@pytest.mark.parametrize("gated", [True, False])
def test_likelihoods_and_chances_are_chances(answer, kind, gated):
    opinion = Opinion(3.0, 2.0, 0.6, gated=gated)
    x = np.linspace(0, 1, 11)
    seen = one(0, kind, answer)
    for values in (says(MODEL, opinion, seen, x), carried_given(MODEL, opinion, seen, x)):
        assert values.shape == x.shape
        assert ((values >= -1e-12) & (values <= 1 + 1e-12)).all()


def test_passed_on_in_whatever_way_lies_between_endorsed_and_forwarded():
    x = np.array([0.5])
    carried = [
        float(carried_given(MODEL, OPINION, one(0, "vouch", answer), x)[0])
        for answer in ("forwarded", "passed", "endorsed")
    ]
    assert carried[0] == 0
    assert carried[0] < carried[1] < carried[2] == 0.5
