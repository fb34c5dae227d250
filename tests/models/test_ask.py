import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

import trustgraph as tg
from trustgraph.models import CLARITY_WEIGHTS

FIELDS = tuple(CLARITY_WEIGHTS)
organisations = st.builds(
    tg.Organisation, st.text(min_size=1, max_size=9), role=st.sampled_from(["", "CTO"])
)
prospects = st.builds(
    tg.Prospect,
    st.text(min_size=1, max_size=9),
    organisation=st.sampled_from(["", "Acme"]),
    school=st.sampled_from(["", "Uni"]),
)
targets = (
    st.text(min_size=1, max_size=9)
    | organisations
    | prospects
    | st.lists(st.text(min_size=1, max_size=4), min_size=1, max_size=4)
)
asks = st.builds(
    lambda target, said, incentive: tg.Ask(
        seeker="ana", target=target, incentive=incentive, **said
    ),
    targets,
    st.dictionaries(st.sampled_from(FIELDS), st.sampled_from(["", " ", "words"])),
    st.builds(
        tg.Incentive,
        kind=st.sampled_from(["none", "gift", "payment"]),
        size=st.sampled_from(["token", "modest", "large"]),
        disclosed=st.booleans(),
    ),
)


def ask(**fields):
    return tg.Ask(**{"seeker": "ana", "target": "bo", **fields})


def test_an_ask_that_says_nothing_is_unclear_and_one_that_says_all_is_clear():
    assert (ask().clarity, ask().missing) == (0.0, FIELDS)
    full = ask(**dict.fromkeys(FIELDS, "words"))
    assert (full.clarity, full.missing) == (1.0, ())


@pytest.mark.parametrize(("field", "share"), [*CLARITY_WEIGHTS.items()])
def test_each_field_adds_its_share(field, share):
    one = ask(**{field: "words"})
    assert one.clarity == pytest.approx(share)
    assert field not in one.missing
    assert ask(**{field: "   "}).clarity == 0


def test_the_target_says_organisation_and_role_too():
    # Organisation .1, role .2.
    assert ask(target=tg.Organisation("Acme")).clarity == pytest.approx(0.1)
    assert ask(target=tg.Organisation("Acme", role="CTO")).clarity == pytest.approx(0.3)
    twice = ask(target=tg.Organisation("Acme"), organisation="Acme")
    assert twice.clarity == pytest.approx(0.1)


def test_a_stated_clarity_wins():
    assert ask(clarity=0.7, interest="data").clarity == 0.7
    for wrong in (-0.1, 1.1):
        with pytest.raises(ValidationError):
            ask(clarity=wrong)


def test_a_changed_ask_counts_its_clarity_anew():
    changed = ask(interest="data").replace(role="lead")
    assert changed.clarity == pytest.approx(0.5)
    assert changed.missing == ("why_me", "organisation", "location", "timing")


@given(asks)
def test_clarity_is_the_sum_over_what_is_not_missing(one):
    said = [CLARITY_WEIGHTS[field] for field in FIELDS if field not in one.missing]
    assert one.clarity == pytest.approx(sum(said))
    assert 0 <= one.clarity <= 1


@given(asks)
def test_an_ask_comes_back_from_json(one):
    assert tg.Ask.model_validate_json(one.model_dump_json()) == one
    assert tg.Ask.model_validate(one.model_dump()) == one


@pytest.mark.parametrize(
    "people", [["cy", "bo", "cy"], {"bo", "cy"}, ("bo", "cy"), iter(("cy", "bo"))]
)
def test_several_targets_are_a_sorted_set(people):
    assert ask(target=people).target == ("bo", "cy")


@pytest.mark.parametrize("target", ["", (), [], ["bo", ""], {"nam": "Acme"}, 5.5, None])
def test_an_ask_needs_a_target(target):
    with pytest.raises(ValidationError):
        ask(target=target)


@pytest.mark.parametrize("fields", [{"seeker": ""}, {"purpose": "sell"}, {"intrest": "data"}])
def test_an_ask_that_makes_no_sense_is_refused(fields):
    with pytest.raises(ValidationError):
        ask(**fields)


@pytest.mark.parametrize("kind", [tg.Organisation, tg.Prospect])
def test_organisations_and_prospects_are_named_first(kind):
    assert kind("Acme") == kind(name="Acme")
    assert kind.model_validate_json(kind("Acme").model_dump_json()) == kind("Acme")
    assert repr(kind("Acme")) == f"{kind.__name__}(name='Acme')"
    for nameless in ({}, {"name": ""}):
        with pytest.raises(ValidationError):
            kind.model_validate(nameless)
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        kind("Acme", town="Oslo")


@pytest.mark.parametrize("fields", [{"kind": "bribe"}, {"size": "huge"}, {"disclosed": "perhaps"}])
def test_an_incentive_is_one_of_the_known_ones(fields):
    with pytest.raises(ValidationError):
        tg.Incentive(**fields)


def test_a_counted_clarity_is_counted_again_after_json():
    ask = tg.Ask(seeker="ana", target="bo", interest="data")
    read = tg.Ask.model_validate_json(ask.model_dump_json())
    assert read == ask
    assert read.replace(role="lead").clarity == 0.5
    stated = tg.Ask(seeker="ana", target="bo", clarity=0.9)
    assert tg.Ask.model_validate_json(stated.model_dump_json()).replace(role="lead").clarity == 0.9


# ------------------------------------------------------------------------------ own scorers


def test_a_scorer_of_ones_own_states_the_clarity():
    plain = ask(interest="lead")
    scored = plain.scored(lambda one: len(one.interest) / 10)
    assert scored.clarity == 0.4
    assert scored == plain.replace(clarity=0.4)
    assert tg.Ask.model_validate_json(scored.model_dump_json()) == scored


@pytest.mark.parametrize("found", [1.1, -0.1, float("nan"), float("inf")])
def test_a_score_out_of_range_is_refused(found):
    with pytest.raises(ValueError, match=r"scorer <lambda> returned .* in \[0, 1\]"):
        ask().scored(lambda _: found)


@pytest.mark.parametrize("found", ["high", None, True])
def test_a_score_that_is_no_number_is_refused(found):
    with pytest.raises(TypeError, match="must be a number from 0 to 1"):
        ask().scored(lambda _: found)


def test_a_target_that_is_nobody_is_refused_in_words():
    with pytest.raises(ValidationError, match="valid string"):
        ask(target=["bo", None])


def test_a_scorer_that_cannot_be_called_is_refused():
    with pytest.raises(TypeError, match="scorer is 0.5; pass a function"):
        ask().scored(0.5)
