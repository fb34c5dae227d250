"""Opinions and their operators: worked numbers, identities of evidence, laws."""

from fractions import Fraction
from math import nextafter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from trustgraph.reputation import Opinion, averaging_fusion, cumulative_fusion, discount
from trustgraph.trust.opinion import OpinionModel

FIELDS = ("belief", "disbelief", "uncertainty", "base_rate")


def opinion(belief, disbelief, base_rate=0.5):
    return Opinion(
        belief=belief,
        disbelief=disbelief,
        uncertainty=max(1 - belief - disbelief, 0.0),
        base_rate=base_rate,
    )


def numbers(one):
    return tuple(getattr(one, name) for name in FIELDS)


def near(one, slack=1e-9):
    return pytest.approx(numbers(one), abs=slack)


VACUOUS = opinion(0, 0)
FULL = opinion(1, 0)


@st.composite
def opinions(draw, least=0.0):
    """Opinions with at least so much uncertainty; some dogmatic or vacuous if that is 0."""
    u = draw(st.floats(least, 1.0) | st.sampled_from([max(least, 1e-6), 1.0, least]))
    b = (1 - u) * draw(st.floats(0, 1) | st.sampled_from([0.0, 1.0]))
    rest = max(1 - u - b, 0.0)
    return Opinion(belief=b, disbelief=rest, uncertainty=u, base_rate=draw(st.floats(0, 1)))


amounts = st.floats(0, 1e4)
rates = st.floats(0, 1)


# ------------------------------------------------------------------------------ worked numbers


def test_three_sources_of_josang_wang_and_zhang():
    """The example of Jøsang, Wang & Zhang 2017 (in the form corrected by van der Heijden 2018)."""
    told = [opinion(0.1, 0.3), opinion(0.4, 0.2), opinion(0.7, 0.1)]
    fused = cumulative_fusion(*told)
    assert numbers(fused)[:3] == pytest.approx((0.651, 0.209, 0.140), abs=5e-4)
    mean = averaging_fusion(*told)
    assert numbers(mean)[:3] == pytest.approx((0.509, 0.164, 0.327), abs=5e-4)
    # The same in fractions: evidence over uncertainty is 1/6 + 1 + 7/2 good, 1/2 + 1/2 + 1/2 bad.
    good, bad = Fraction(1, 6) + 1 + Fraction(7, 2), Fraction(3, 2)
    whole = 1 + good + bad
    exact = [float(part / whole) for part in (good, bad, Fraction(1))]
    assert numbers(fused)[:3] == pytest.approx(exact, abs=1e-12)


def test_a_diamond_of_referrals_by_hand():
    """All ties (.9, 0, .1): two ways of one intermediary are (.81, 0, .19) each.

    Fused: b = 2 x .81 x .19 / (.38 - .0361) and u = .0361 / .3439.
    """
    tie = opinion(0.9, 0.0)
    way = discount(tie, tie)
    assert numbers(way) == pytest.approx((0.81, 0, 0.19, 0.5))
    fused = cumulative_fusion(way, way)
    assert numbers(fused) == pytest.approx((0.3078 / 0.3439, 0, 0.0361 / 0.3439, 0.5))
    assert fused.expectation == pytest.approx(0.3078 / 0.3439 + 0.01805 / 0.3439)


def test_two_opinions_by_the_formulas_for_two():
    a, b = opinion(0.5, 0.2, 0.3), opinion(0.1, 0.5, 0.9)
    ua, ub = 0.3, 0.4
    k = ua + ub - ua * ub
    expected = (
        (0.5 * ub + 0.1 * ua) / k,
        (0.2 * ub + 0.5 * ua) / k,
        ua * ub / k,
        (0.3 * ub + 0.9 * ua - (0.3 + 0.9) * ua * ub) / (ua + ub - 2 * ua * ub),
    )
    assert numbers(cumulative_fusion(a, b)) == pytest.approx(expected)
    expected = (
        (0.5 * ub + 0.1 * ua) / (ua + ub),
        (0.2 * ub + 0.5 * ua) / (ua + ub),
        2 * ua * ub / (ua + ub),
        0.6,
    )
    assert numbers(averaging_fusion(a, b)) == pytest.approx(expected)


def test_discounting_by_hand():
    trust, told = opinion(0.5, 0.3, 0.2), opinion(0.6, 0.3, 0.7)
    # u = d + u + b u' by the state equation.
    assert numbers(discount(trust, told)) == pytest.approx((0.3, 0.15, 0.3 + 0.2 + 0.05, 0.7))
    share = 0.5 + 0.2 * 0.2
    expected = (share * 0.6, share * 0.3, 1 - share * 0.9, 0.7)
    assert numbers(discount(trust, told, by="expectation")) == pytest.approx(expected)


# ------------------------------------------------------------------------------ evidence


@given(amounts, amounts, rates, st.floats(0.1, 10))
def test_evidence_comes_back(good, bad, rate, weight):
    one = Opinion.from_evidence(good, bad, base_rate=rate, prior_weight=weight)
    assert one.evidence(weight) == pytest.approx((good, bad), rel=1e-9, abs=1e-9)
    alpha, beta = one.beta_parameters(weight)
    assert (alpha, beta) == pytest.approx(
        (good + rate * weight, bad + (1 - rate) * weight), rel=1e-9, abs=1e-9
    )
    assert one.expectation == pytest.approx(alpha / (alpha + beta), abs=1e-12)


def test_opinions_are_those_of_the_graph():
    made = OpinionModel().from_evidence(*[[3.0, 0.0], [1.0, 0.0]])
    for k, (good, bad) in enumerate([(3, 1), (0, 0)]):
        one = Opinion.from_evidence(good, bad, base_rate=0.1)
        assert one.expectation == pytest.approx(made.trust[k])
        assert one.belief == pytest.approx(made.belief[k])
        assert 1 - one.uncertainty == pytest.approx(made.certainty[k])
        assert one.beta_parameters() == pytest.approx((made.alpha[k], made.beta[k]))


@given(st.lists(st.tuples(amounts, amounts), min_size=1, max_size=5), rates)
def test_fusion_adds_the_evidence_up_or_takes_its_mean(observed, rate):
    told = [Opinion.from_evidence(*each, base_rate=rate) for each in observed]
    good, bad = (sum(each) for each in zip(*observed, strict=True))
    fused = Opinion.from_evidence(good, bad, base_rate=rate)
    assert numbers(cumulative_fusion(*told)) == near(fused)
    size = len(observed)
    mean = Opinion.from_evidence(good / size, bad / size, base_rate=rate)
    assert numbers(averaging_fusion(*told)) == near(mean)


# ------------------------------------------------------------------------------ laws


@given(st.lists(opinions(), min_size=1, max_size=4), st.randoms())
def test_the_order_of_opinions_does_not_matter(told, chance):
    other = chance.sample(told, len(told))
    for fusion in (cumulative_fusion, averaging_fusion):
        assert numbers(fusion(*told)) == near(fusion(*other))


@given(opinions(1e-4), opinions(1e-4), opinions(1e-4))
def test_evidence_may_be_added_up_in_steps(a, b, c):
    fused = cumulative_fusion(a, b, c)
    for stepwise in (
        cumulative_fusion(cumulative_fusion(a, b), c),
        cumulative_fusion(a, cumulative_fusion(b, c)),
    ):
        assert numbers(stepwise)[:3] == pytest.approx(numbers(fused)[:3], abs=1e-9)


@given(opinions(1e-4), opinions(1e-4), opinions(1e-4))
def test_base_rates_too_where_there_is_evidence(a, b, c):
    if min(1 - one.uncertainty for one in (a, b, c)) < 1e-3:
        return
    stepwise = cumulative_fusion(cumulative_fusion(a, b), c)
    assert stepwise.base_rate == pytest.approx(cumulative_fusion(a, b, c).base_rate, abs=1e-6)


@given(opinions())
def test_one_opinion_alone_and_equal_ones(a):
    assert numbers(cumulative_fusion(a)) == near(a)
    assert numbers(averaging_fusion(a)) == near(a)
    assert numbers(averaging_fusion(a, a, a)) == near(a)


@given(opinions())
def test_a_vacuous_opinion_adds_nothing(a):
    fused = cumulative_fusion(a, VACUOUS)
    assert numbers(fused)[:3] == pytest.approx(numbers(a)[:3], abs=1e-9)
    if a.uncertainty < 1 - 1e-6:
        assert fused.base_rate == pytest.approx(a.base_rate, abs=1e-9)


@given(opinions(), opinions())
def test_more_evidence_never_makes_less_certain(a, b):
    fused = cumulative_fusion(a, b)
    assert fused.uncertainty <= min(a.uncertainty, b.uncertainty) + 1e-12
    mean = averaging_fusion(a, b)
    low, high = sorted((a.uncertainty, b.uncertainty))
    assert low - 1e-12 <= mean.uncertainty <= high + 1e-12


@given(opinions(), opinions())
def test_what_comes_of_opinions_is_an_opinion(a, b):
    made = [
        cumulative_fusion(a, b),
        averaging_fusion(a, b),
        discount(a, b),
        discount(a, b, by="expectation"),
    ]
    for one in made:
        assert sum(numbers(one)[:3]) == pytest.approx(1, abs=1e-9)
        low, high = one.belief, 1 - one.disbelief
        assert low - 1e-9 <= one.expectation <= high + 1e-9


@given(opinions(), opinions(), opinions())
def test_laws_of_discounting(a, b, c):
    assert discount(FULL, a) == a
    assert discount(FULL, a, by="expectation") == a
    for nothing in (VACUOUS, opinion(0, 1), opinion(0, 0.4)):
        lost = discount(nothing, a)
        assert numbers(lost) == (0, 0, 1, a.base_rate)
    chain = discount(a, discount(b, c))
    assert numbers(discount(discount(a, b), c)) == near(chain)
    assert chain.uncertainty >= c.uncertainty - 1e-12


# ------------------------------------------------------------------------------ dogmatic opinions


def test_dogmatic_opinions_outweigh_all_others_and_weigh_alike():
    sure, other, told = opinion(0.8, 0.2, 0.3), opinion(0.2, 0.8, 0.5), opinion(0.1, 0.2, 0.9)
    for fusion in (cumulative_fusion, averaging_fusion):
        fused = fusion(sure, told)
        assert numbers(fused)[:3] == (0.8, 0.2, 0.0)
        both = fusion(sure, told, other)
        assert numbers(both)[:3] == pytest.approx((0.5, 0.5, 0.0), abs=1e-15)
        assert both.uncertainty == 0.0
    assert cumulative_fusion(sure, told).base_rate == 0.3
    assert cumulative_fusion(sure, told, other).base_rate == pytest.approx(0.4)


@given(opinions(1e-3), st.floats(0, 1), st.floats(0, 1))
def test_they_are_the_limit_of_ever_less_uncertainty(told, first, second):
    least = 1e-9
    almost = [
        Opinion(
            belief=b * (1 - least),
            disbelief=(1 - b) * (1 - least),
            uncertainty=least,
            base_rate=0.5,
        )
        for b in (first, second)
    ]
    sure = [opinion(b, 1 - b) for b in (first, second)]
    for fusion in (cumulative_fusion, averaging_fusion):
        limit = numbers(fusion(told, *sure))
        assert numbers(fusion(told, *almost))[:3] == pytest.approx(limit[:3], abs=1e-5)


def test_the_least_uncertainty_there_is_breaks_nothing():
    least = nextafter(0.0, 1.0)
    hair = Opinion(belief=1.0, disbelief=0.0, uncertainty=least, base_rate=0.5)
    fused = cumulative_fusion(hair, opinion(0.1, 0.5))
    assert numbers(fused)[:2] == pytest.approx((1.0, 0.0))
    assert numbers(averaging_fusion(hair, hair)) == near(hair)


def test_a_dogmatic_opinion_has_no_evidence_to_count():
    for method in (FULL.evidence, FULL.beta_parameters):
        with pytest.raises(ValueError, match="a dogmatic opinion .* stands for endless evidence"):
            method()


# ------------------------------------------------------------------------------ what is refused


@pytest.mark.parametrize(
    ("masses", "words"),
    [
        ((0.5, 0.4, 0.2, 0.5), "sum to 1.1; they must sum to 1"),
        ((0.5, 0.4, 0.0, 0.5), "sum to 0.9; they must sum to 1"),
        ((-0.1, 0.6, 0.5, 0.5), "greater than or equal to 0"),
        ((0.5, 0.5, 0.0, 1.5), "less than or equal to 1"),
        ((float("nan"), 0.5, 0.5, 0.5), "Input should be"),
    ],
)
def test_no_opinion_is_made_of_impossible_masses(masses, words):
    with pytest.raises(ValidationError, match=words):
        Opinion(**dict(zip(FIELDS, masses, strict=True)))


def test_opinions_are_frozen_and_checked_again_when_changed():
    with pytest.raises(ValidationError):
        VACUOUS.belief = 0.5
    with pytest.raises(ValidationError, match="sum to 1.5"):
        VACUOUS.replace(belief=0.5)
    assert VACUOUS.replace(base_rate=0.1).expectation == 0.1


def test_impossible_questions_are_told():
    with pytest.raises(ValueError, match="there is no opinion to fuse"):
        cumulative_fusion()
    with pytest.raises(ValueError, match="there is no opinion to fuse"):
        averaging_fusion()
    with pytest.raises(ValueError, match="by is 'hope'; name 'belief' or 'expectation'"):
        discount(FULL, FULL, by="hope")
    for bad in (-1, float("inf"), float("nan")):
        with pytest.raises(ValueError, match="good is .*, it must be a finite number"):
            Opinion.from_evidence(bad, 0, base_rate=0.5)
    for bad in (0, float("inf")):
        with pytest.raises(ValueError, match="prior_weight is .*, it must be a finite number"):
            Opinion.from_evidence(1, 0, base_rate=0.5, prior_weight=bad)
        with pytest.raises(ValueError, match="prior_weight is"):
            VACUOUS.evidence(bad)


def test_what_is_no_opinion_is_told():
    some = Opinion.from_evidence(2, 0, base_rate=0.1)
    for ask in (
        lambda: discount(1, some),
        lambda: discount(some, 2),
        lambda: averaging_fusion(1),
        lambda: cumulative_fusion(some, "x"),
    ):
        with pytest.raises(TypeError, match="is no opinion; give an Opinion"):
            ask()
