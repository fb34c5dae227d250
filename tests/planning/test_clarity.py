"""What an ask leaves unsaid: the rule, its laws, scorers of one's own, and what is told."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import trustgraph as tg
from trustgraph.errors import UnknownPersonError
from trustgraph.models import CLARITY_WEIGHTS
from trustgraph.planning import AskImprovement, improve_ask
from trustgraph.planning import incentive_arrivals as engine
from trustgraph.planning.clarity import EXAMPLES, QUESTIONS
from trustgraph.trust import ClarityModel

from helpers.random_questions import random_ask, random_world

FIELDS = tuple(CLARITY_WEIGHTS)
OFFICE = tg.build_graph(tg.datasets.load_office())
ACME = tg.Organisation("Acme")
SAID = st.sets(st.sampled_from(FIELDS))


def ask(said=(), **fields) -> tg.Ask:
    return tg.Ask(**{"seeker": "ana", "target": ACME, **dict.fromkeys(said, "words"), **fields})


def test_the_fields_of_the_rule_have_a_question_and_an_example_each():
    assert QUESTIONS.keys() == EXAMPLES.keys() == CLARITY_WEIGHTS.keys()
    assert all(question.endswith("?") for question in QUESTIONS.values())


# ------------------------------------------------------------------------------ laws


@given(SAID, st.floats(0, 0.8), st.floats(0.8, 1))
def test_the_costs_sum_to_what_is_lacking_and_kappa_is_linear(said, unclear, clear):
    model = tg.TrustModel(clarity=ClarityModel(unclear=unclear, clear=clear))
    one = ask(said)
    found = improve_ask(one, model=model)
    assert sum(part.clarity_gain for part in found) == pytest.approx(1 - one.clarity, abs=1e-9)
    assert {part.field for part in found} == set(one.missing)
    for part in found:
        assert part.clarity_gain == pytest.approx(CLARITY_WEIGHTS[part.field])
        slope = (clear - unclear) / clear
        assert part.kappa_gain == pytest.approx(part.clarity_gain * slope, abs=1e-9)
    gains = [round(part.clarity_gain, 9) for part in found]
    assert gains == sorted(gains, reverse=True)
    assert found.complete.clarity == 1
    assert found.complete.kappa == pytest.approx(1)


@given(SAID, st.sampled_from(FIELDS))
def test_a_filled_field_gives_what_was_foretold(said, field):
    one = ask(said)
    told = {part.field: part for part in improve_ask(one)}
    after = one.replace(**{field: "words"})
    assert after.clarity >= one.clarity
    if field in told:
        assert after.clarity == pytest.approx(told[field].then.clarity)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), SAID, st.sampled_from(["vouch", "reach"]))
def test_to_say_more_never_lowers_a_score(seed, said, purpose):
    generator = np.random.default_rng(seed)
    G = random_world(generator, n=7, density=0.5)
    drawn = random_ask(generator, G)
    one = ask(said, seeker=drawn.seeker, target=drawn.target, purpose=purpose)
    found = improve_ask(one, G)
    for part in found:
        assert part.score_gain >= -1e-15
        assert part.reliability_gain >= -1e-12
        assert part.then.score <= found.complete.score + 1e-15
        assert part.then.reliability <= found.complete.reliability + 1e-12
    assert 0 <= found.now.score <= found.now.reliability + 1e-12


# ------------------------------------------------------------------------------ other analyses


@pytest.mark.parametrize("seed", range(15))
def test_scores_are_those_of_the_other_analyses_at_that_clarity(seed):
    generator = np.random.default_rng(seed)
    G = random_world(generator, n=7, density=0.5)
    one = random_ask(generator, G)
    one = tg.Ask(
        seeker=one.seeker, target=one.target, purpose=one.purpose, interest="words",
        incentive=one.incentive,
    )  # fmt: skip
    found = improve_ask(one, G)
    for then in (found.now, found.complete, *(part.then for part in found)):
        at = one.replace(clarity=then.clarity)
        paths = tg.find_introductions(G, at, k=1)
        assert then.score == pytest.approx(paths[0].score if len(paths) else 0.0, abs=1e-12)
        moved = tg.reputation_transfer(G, at)
        assert moved.exact
        assert then.reliability == pytest.approx(moved.total, abs=1e-9)


def test_an_ask_that_is_acted_on_by_nobody_unless_it_is_clear():
    model = tg.TrustModel(clarity=ClarityModel(unclear=0.0))
    found = improve_ask(ask(target="kofi"), OFFICE, model=model)
    assert (found.now.kappa, found.now.score, found.now.reliability) == (0, 0, 0)
    assert found.complete.score > 0
    assert found[0].score_gain > 0


def test_sampled_states_are_shared_by_all_wordings(monkeypatch):
    monkeypatch.setattr(engine, "transfer_diagrams", lambda *_, **__: None)
    found = improve_ask(ask(), OFFICE)
    assert not found.exact
    exact = tg.reputation_transfer(OFFICE, ask()).total
    assert found.now.reliability == pytest.approx(exact, abs=5 * found.standard_error)
    assert all(part.reliability_gain > 0 for part in found)
    assert "estimate" in found.explain()


# ------------------------------------------------------------------------------ stated and scored


def test_what_a_stated_clarity_lacks_is_shared_by_weight():
    found = improve_ask(ask(["role"], clarity=0.5))
    assert found.rule == "stated"
    gains = {part.field: part.clarity_gain for part in found}
    # Acme says organisation: interest .3, why_me .2, location .1, timing .1 are missing.
    assert gains == pytest.approx(
        {"interest": 0.5 * 3 / 7, "why_me": 0.5 * 2 / 7, "location": 0.5 / 7, "timing": 0.5 / 7}
    )
    assert "stated" in found.explain()


def test_a_stated_clarity_without_anything_missing_stays():
    found = improve_ask(ask(FIELDS, clarity=0.5))
    assert (len(found), found.now, found.complete.clarity) == (0, found.complete, 0.5)
    assert "nothing unsaid" in found.explain()


def test_a_scorer_of_ones_own_reads_the_answers():
    def by_length(one: tg.Ask) -> float:
        return min(1.0, len(one.interest + one.why_me) / 100)

    found = improve_ask(
        ask(interest="x" * 10), OFFICE, scorer=by_length, answers={"why_me": "y" * 30}
    )
    assert found.rule == "scorer"
    assert found.now.clarity == 0.1
    assert (found[0].field, found[0].then.clarity) == ("why_me", 0.4)
    assert [part.clarity_gain for part in found[1:]] == [0, 0, 0]
    paths = tg.find_introductions(OFFICE, ask(interest="x" * 10).scored(by_length), k=1)
    assert found.now.score == paths[0].score


def test_a_scorer_may_find_that_to_say_something_is_worse():
    found = improve_ask(ask(), scorer=lambda one: 0.2 if one.location else 0.6)
    assert found[-1].field == "location"
    assert found[-1].clarity_gain == pytest.approx(-0.4)
    assert "would lower the clarity by 0.40" in found.explain()


# ------------------------------------------------------------------------------ what is told


def test_the_frame_and_the_dictionary():
    found = improve_ask(ask(["interest"]), OFFICE)
    frame = found.to_frame()
    assert frame.index.name == "field"
    assert frame.index.tolist() == ["role", "why_me", "location", "timing"]
    assert (frame.drop(columns="question").dtypes == np.float64).all()
    assert frame["score_gain"].gt(0).all()
    assert AskImprovement.from_dict(found.to_dict()) == found
    empty = improve_ask(ask(FIELDS)).to_frame()
    assert (len(empty), list(empty.columns)) == (0, list(frame.columns))
    assert improve_ask(ask(["interest"])).to_frame()["score"].isna().all()


def test_it_is_told_in_plain_words():
    found = improve_ask(ask(["interest"], seeker="ana"), OFFICE)
    text = found.explain()
    assert "It does not say why it should be you: that costs 0.20 of clarity" in text
    assert QUESTIONS["why_me"] in text
    assert "Marin" in text
    hostile = found.replace(ask=found.ask.replace(seeker="<script>"))
    assert "<script" not in hostile._repr_html_()


# ------------------------------------------------------------------------------ edges and errors


@pytest.mark.parametrize("edges", [[], [("bo", "ana", {"trust": 0.0})]], ids=["none", "no trust"])
def test_where_there_is_no_way_nothing_is_gained(edges):
    G = nx.DiGraph(edges)
    G.add_nodes_from(["ana", "bo"])
    found = improve_ask(ask(target="bo"), G)
    assert (found.now.score, found.complete.reliability) == (0, 0)
    assert found.explain()


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"scorer": lambda _: 2}, ValueError, r"returned 2; clarity must lie in \[0, 1\]"),
        ({"scorer": lambda _: "good"}, TypeError, "returned 'good'"),
        ({"scorer": 0.5}, TypeError, "scorer is 0.5"),
        ({"answers": {"hobby": "chess"}}, ValueError, "answers has 'hobby'; name some of interest"),
        ({"answers": ["role"]}, TypeError, r"answers is \['role'\]; pass a dictionary"),
        ({"answers": {"role": " "}}, ValueError, "the answer for 'role' is ' '"),
        ({"max_intermediaries": -1}, ValueError, "max_intermediaries is -1"),
    ],
    ids=["too clear", "no number", "no rule", "no field", "no table", "no answer", "no limit"],
)
def test_what_is_wrong_is_named(options, error, words):
    with pytest.raises(error, match=words):
        improve_ask(ask(), **options)


def test_two_names_are_no_ask():
    with pytest.raises(TypeError, match="ask is 'ana'; pass a tg.Ask"):
        improve_ask("ana", OFFICE)
    with pytest.raises(UnknownPersonError):
        improve_ask(ask(seeker="nobody"), OFFICE)
