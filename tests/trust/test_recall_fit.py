"""Learning recall from a network or a table: what comes out, what is refused, what it says."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

import trustgraph as tg
from trustgraph.models import Evidence
from trustgraph.trust import RecallFit, RecallModel, TrustModel, fit_recall, score_ties
from trustgraph.trust.recall import contact_strength
from trustgraph.trust.recall_fit import equal_count_bins, equal_count_ece
from trustgraph.trust.recall_past import TODAY, ContactRecord

from helpers.contact_worlds import DAY, START, WORLDS, make_contacts
from helpers.evidence_strategies import AS_OF, network

CAMPUS = next(world for world in WORLDS if "campus" in world.name)


@pytest.fixture(scope="module")
def contacts() -> pd.DataFrame:
    return make_contacts(CAMPUS).head(8000)


@pytest.fixture(scope="module")
def fit(contacts) -> RecallFit:
    return fit_recall(contacts, horizon_days=14)


def test_the_model_is_that_of_the_fit(contacts, fit):
    assert RecallModel.fit(contacts, horizon_days=14) == fit.model
    assert fit.prior == RecallModel.full_record()
    assert fit.model.horizon_days == 365
    there = fit.model.replace(horizon_days=14)
    values = fit.to_frame()["value"]
    assert there.theta == pytest.approx(values["theta"])
    assert there.slope == pytest.approx(values["slope"])
    assert there.decay == values["decay"]


def test_what_was_learnt_foresees_the_next_window_better(contacts, fit):
    assert fit.tested > 1000
    assert fit.log_loss < fit.log_loss_prior
    assert fit.ece < fit.ece_prior
    # The test is what it says: learnt a window earlier, tried on the newest.
    end = float(contacts["time"].iloc[-1]) + 1
    older = RecallModel.fit(contacts, horizon_days=14, windows=3, as_of=end - 14 * DAY)
    window = ContactRecord.from_frame(contacts).window(end - 14 * DAY, 14)
    model = older.replace(horizon_days=14)
    chance = model.recall(contact_strength(window.days, window.pairs, model, today=TODAY))
    assert fit.log_loss == pytest.approx(tg.evaluation.log_loss(window.again, chance))
    assert fit.ece == pytest.approx(equal_count_ece(window.again, chance))


def test_the_future_teaches_nothing(contacts):
    middle = float(contacts["time"].iloc[5000])
    past = contacts[contacts["time"] < middle]
    early, replayed = (
        RecallModel.fit(frame, horizon_days=7, as_of=middle) for frame in (past, contacts)
    )
    assert early == replayed


def test_ids_and_the_order_of_rows_mean_nothing(contacts, fit):
    shuffled = contacts.sample(frac=1, random_state=3)
    renamed = shuffled.assign(
        source="p" + shuffled["source"].astype(str), target="p" + shuffled["target"].astype(str)
    )
    other = fit_recall(renamed, horizon_days=14)
    pd.testing.assert_frame_equal(other.to_frame(), fit.to_frame(), rtol=1e-6)
    assert other.rows == fit.rows


def test_a_network_learns_theta_and_slope_and_keeps_the_rest():
    net = tg.datasets.load_office()
    found = fit_recall(net)
    assert found.prior == RecallModel()
    frame = found.to_frame()
    assert (frame.loc[["decay", "silence", "loss", "incoming"], "value"]
            == frame.loc[["decay", "silence", "loss", "incoming"], "prior"]).all()  # fmt: skip
    assert frame["low"].notna().tolist() == [True, True, False, False, False, False]
    assert (frame["low"] <= frame["value"])[:2].all()
    model = TrustModel(recall=found.model)
    ties = score_ties(net, model).frame
    usual = score_ties(net).frame
    # Another even chance, the same order of strength.
    for name in ("trust", "willingness", "certainty"):
        assert (ties[name] == usual[name]).all()
    order = np.argsort(usual["recall"].to_numpy(), kind="stable")
    assert (np.diff(ties["recall"].to_numpy()[order]) >= -1e-12).all()


def test_messages_of_a_network_and_the_same_contacts_agree_where_all_are_answered():
    rng = np.random.default_rng(5)
    acts = []
    for low in range(30):
        for high in range(low + 1, 30):
            if rng.random() < 0.4:
                for age in rng.choice(300, rng.geometric(0.2), replace=False):
                    at = AS_OF - dt.timedelta(days=int(age))
                    for one, other in ((low, high), (high, low)):
                        acts.append(
                            {"kind": "message_day", "source": f"p{one}", "target": f"p{other}",
                             "at": at}
                        )  # fmt: skip
    net = tg.Network.from_records(evidence=acts, as_of=AS_OF)
    frame = pd.DataFrame(acts)
    seconds = [act["at"].timestamp() + DAY / 2 for act in acts]
    end = AS_OF.timestamp() + DAY
    of_frame = fit_recall(frame.assign(time=seconds), horizon_days=30, as_of=end)
    of_net = fit_recall(net, horizon_days=30, prior=RecallModel.full_record())
    pd.testing.assert_frame_equal(of_net.to_frame(), of_frame.to_frame(), rtol=1e-9)


def test_too_little_is_refused_in_words():
    ages = range(0, 200, 20)
    few = network(
        [
            Evidence(
                kind="meeting_day", source="ana", target="bo", at=AS_OF - dt.timedelta(days=age)
            )
            for age in ages
        ]
    )
    with pytest.raises(ValueError, match="too little to learn recall from.*at least 20 of each"):
        RecallModel.fit(few)
    with pytest.raises(ValueError, match="the past is too short"):
        RecallModel.fit(few, horizon_days=300)
    with pytest.raises(ValueError, match="horizon_days is 0; give a number of days from 1"):
        RecallModel.fit(few, horizon_days=0)
    for names in (["thta"], "theta"):
        with pytest.raises(ValueError, match="learn names .* some of theta, slope, decay"):
            RecallModel.fit(few, learn=names)
    with pytest.raises(TypeError, match="Network or a table"):
        RecallModel.fit([("ana", "bo", 3)])


def test_without_older_windows_there_is_no_test(contacts):
    found = fit_recall(contacts, horizon_days=30, windows=1)
    assert (found.windows, found.tested, found.log_loss, found.ece) == (1, 0, None, None)
    assert "too little to try it" in found.explain()


def test_a_fit_is_told_in_words_and_written_down(fit):
    said = fit.explain()
    assert "In the last 4 closed windows of 14 days" in said
    assert "better than before: log loss" in said
    assert "not thinking of somebody" in said
    page = fit._repr_html_()
    assert "<table" in page
    assert "theta" in page
    assert RecallFit.from_dict(fit.to_dict()) == fit
    frame = fit.to_frame()
    assert frame.index.tolist() == ["theta", "slope", "decay", "silence", "loss", "incoming"]
    assert list(frame.columns) == ["prior", "value", "low", "high"]
    assert (frame.dtypes == np.float64).all()
    assert ((frame["low"] <= frame["value"]) & (frame["value"] <= frame["high"])).all()


def test_calibration_in_bins_of_equal_numbers_by_hand():
    chance = np.array([0.1, 0.9, 0.3, 0.2])
    came = np.array([True, True, False, False])
    # Four bins of one, the rest empty: |.1 - 1| + |.9 - 1| + .3 + .2, over four
    assert equal_count_ece(came, chance) == pytest.approx(1.5 / 4)
    many = np.linspace(0, 1, 40)
    assert [len(part) for part in equal_count_bins(many)] == [4] * 10
    assert equal_count_ece(many > 0.5, many) == pytest.approx(
        np.mean([abs((many - (many > 0.5))[k : k + 4].mean()) for k in range(0, 40, 4)])
    )


def test_datetimes_of_a_date_mean_the_whole_day(contacts):
    day = dt.datetime.fromtimestamp(START + 90 * DAY, tz=dt.UTC).date()
    end = dt.datetime.combine(day, dt.time.max, tzinfo=dt.UTC).timestamp()
    assert RecallModel.fit(contacts, horizon_days=7, as_of=day) == RecallModel.fit(
        contacts, horizon_days=7, as_of=end
    )
