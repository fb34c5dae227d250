"""Offers under both norms: by hand and by law."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from trustgraph.models import Incentive
from trustgraph.trust import EndorsementGate, Norms, Reaction, TrustModel

from helpers.any_norms import NORMS, PRESETS, SHARES

KINDS = ("none", "gift", "payment")
SIZES = ("token", "modest", "large")
OFFERS = st.builds(
    Incentive, kind=st.sampled_from(KINDS), size=st.sampled_from(SIZES), disclosed=st.booleans()
)


def effect(norms: Norms, *, response=0.5, willingness=0.2, forwards=0.6, **offer):
    found = norms.effect(
        Incentive(**offer), np.array([response]), np.array([willingness]), np.array([forwards])
    )
    return tuple(
        float(getattr(found, name)[0])
        for name in ("response", "endorsement", "forwards", "carried")
    )


def test_the_literature_by_hand():
    norms = Norms.literature()
    assert effect(norms) == (0.5, 1, 0.6, 1)
    assert effect(norms, kind="gift") == pytest.approx((0.585, 1, 0.6, 1))
    assert effect(norms, kind="gift", response=0.9, disclosed=True) == (1, 1, 0.6, 1)
    # forwards x (1 + .3 (1 - .2)) = .6 x 1.24 = .744
    assert effect(norms, kind="payment", size="token") == pytest.approx((0.5, 0.64, 0.744, 1))
    assert effect(norms, kind="payment", size="modest") == pytest.approx((0.5, 1, 0.744, 1))
    paid = effect(norms, kind="payment", size="large", disclosed=True, forwards=0.9)
    assert paid == pytest.approx((0.5, 1, 1, 0.7))


def test_the_essay_in_its_own_words():
    norms = Norms.essay()
    nothing = effect(norms)
    insult = effect(norms, kind="payment", size="token")
    assert insult[0] < nothing[0]
    assert insult[1] < 1
    duty = effect(norms, kind="payment", size="large")
    assert duty[3] < 1
    thanks = effect(norms, kind="gift", size="modest")
    assert thanks == pytest.approx((0.5 * 1.17, 1, 0.6, 1))
    assert effect(norms, kind="gift", size="large")[3] < 1
    assert effect(norms, kind="gift", size="token") == nothing


@given(NORMS, OFFERS, SHARES, SHARES, SHARES)
def test_no_offer_opens_the_gate(norms, offer, response, willingness, more):
    forwards = min(1.0, willingness + more)
    found = norms.effect(offer, np.array([response]), np.array([willingness]), np.array([forwards]))
    assert 0 <= found.endorsement[0] <= 1
    assert 0 <= found.carried[0] <= 1
    assert 0 <= found.response[0] <= 1
    assert forwards <= found.forwards[0] <= 1
    # A merely nominal hand-over is never less likely than an endorsement.
    assert found.endorsement[0] * willingness <= found.forwards[0]
    if offer.kind == "payment":
        assert found.response[0] <= response
        assert found.response[0] * found.endorsement[0] * willingness <= response * willingness
    if offer.kind == "none":
        assert (found.response[0], found.forwards[0]) == (response, forwards)


@given(NORMS, OFFERS, SHARES)
def test_telling_the_target_never_adds_reputation(norms, offer, response):
    arrays = np.array([response]), np.array([0.3]), np.array([0.5])
    hidden = norms.effect(offer.replace(disclosed=False), *arrays)
    told = norms.effect(offer.replace(disclosed=True), *arrays)
    assert told.carried[0] <= hidden.carried[0]


@given(PRESETS, SHARES, SHARES, SHARES, st.booleans(), st.sampled_from(["token", "modest"]))
def test_under_both_norms_a_small_gift_never_does_harm(
    norms, response, willingness, more, disclosed, size
):
    forwards = min(1.0, willingness + more)
    offer = Incentive(kind="gift", size=size, disclosed=disclosed)
    found = norms.effect(offer, np.array([response]), np.array([willingness]), np.array([forwards]))
    assert found.response[0] >= response
    assert found.forwards[0] >= forwards
    assert (found.endorsement[0], found.carried[0]) == (1, 1)


@given(NORMS, SHARES, SHARES, st.sampled_from(SIZES), st.booleans())
def test_pay_buys_forwards_of_the_unwilling_alone(norms, response, forwards, size, disclosed):
    offer = Incentive(kind="payment", size=size, disclosed=disclosed)
    arrays = np.full(2, response), np.array([0.0, 1.0]), np.full(2, forwards)
    unwilling, willing = norms.effect(offer, *arrays).forwards
    assert willing == forwards
    assert unwilling >= willing


def test_money_makes_no_sponsor_of_a_stranger():
    gate = EndorsementGate()
    willingness = gate.willingness(np.array([0.2]), np.array([1.8]))
    forwards = gate.forwards(np.array([0.2]), np.array([1.8]))
    for norms in (Norms.literature(), Norms.essay()):
        for size in SIZES:
            paid = norms.effect(
                Incentive(kind="payment", size=size), np.array([0.12]), willingness, forwards
            )
            assert (paid.endorsement * willingness <= willingness).all()


@pytest.mark.parametrize(
    "reaction", [{"endorsement": 1.1}, {"carried": 1.1}, {"forwards": -0.1}, {"response": -1}]
)
def test_a_reaction_that_buys_a_name_is_refused(reaction):
    with pytest.raises(ValidationError):
        Reaction(**reaction)


def test_norms_that_were_changed_unchecked_keep_the_law():
    generous = Reaction().model_copy(update={"response": 1.5, "endorsement": 3.0})
    norms = Norms().model_copy(update={"payment_large": generous})
    paid = effect(norms, kind="payment", size="large")
    assert paid[:2] == (0.5, 1)


def test_a_changed_number_loses_its_source():
    changed = TrustModel().with_parameters({"norms.payment_token.endorsement": 0.9})
    row = changed.parameters().loc["norms.payment_token.endorsement"]
    assert (row["confidence"], row["source"]) == ("J", "set by the user; it was 0.64")
    same = TrustModel().with_parameters(TrustModel().parameters()["value"].to_dict())
    assert same == TrustModel()


def test_norms_in_which_money_buys_attention_are_refused():
    with pytest.raises(ValidationError, match="payment_large"):
        Norms(payment_large=Reaction(response=1.5))


@pytest.mark.parametrize("harm", [{"response": 0.9}, {"endorsement": 0.9}, {"carried": 0.9}])
def test_norms_may_say_that_any_gift_does_harm(harm):
    for size in SIZES:
        assert Norms(**{f"gift_{size}": Reaction(**harm)}).reaction(
            Incentive(kind="gift", size=size)
        ) == Reaction(**harm)


def test_to_tell_of_an_offer_never_adds_even_if_the_numbers_say_so():
    norms = Norms(payment_large=Reaction(carried=0.5))
    assert effect(norms, kind="payment", size="large", disclosed=True)[3] == 0.5


def test_every_number_of_both_presets_stands_beside_the_other_with_its_source():
    frame = Norms.literature().to_frame(Norms.essay())
    assert len(frame) == 6 * 5
    assert frame.index.names == ["offer", "effect"]
    for norms in (Norms.literature(), Norms.essay()):
        listed = TrustModel(norms=norms).parameters()
        for offer, number in frame.index:
            row = frame.loc[(offer, number), norms.name]
            known = listed.loc[f"norms.{offer}.{number}"]
            assert row["value"] == getattr(getattr(norms, offer), number) == known["value"]
            assert (row["source"], row["confidence"]) == (known["source"], known["confidence"])
            assert row["source"]
    literature = frame["literature"]
    assert literature.loc[("gift_modest", "response"), "confidence"] == "V"
    assert literature.loc[("payment_token", "endorsement"), "confidence"] == "D"
    assert "Verlegh" in literature.loc[("payment_large", "carried_disclosed"), "source"]
    # The essay measures nothing.
    assert set(frame["essay"]["confidence"]) == {"J"}


def test_norms_beside_each_other_need_names():
    with pytest.raises(ValueError, match="names of their own"):
        Norms().to_frame(Norms.literature())


def test_the_origin_of_no_number_is_an_error():
    with pytest.raises(ValueError, match="'praise'"):
        Reaction().origin("praise")


@pytest.mark.parametrize("norms", [Norms.literature(), Norms.essay()], ids=lambda norms: norms.name)
def test_norms_survive_json_and_say_where_they_come_from(norms):
    assert Norms.model_validate_json(norms.model_dump_json()) == norms
    for kind in ("gift", "payment"):
        for size in SIZES:
            assert getattr(norms, f"{kind}_{size}").source
