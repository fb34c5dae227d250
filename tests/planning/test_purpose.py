"""Which of the two jobs an ask needs: the rule, both scores, and what is told."""

import networkx as nx
import numpy as np
import pytest

import trustgraph as tg
from trustgraph.errors import UnknownPersonError
from trustgraph.planning import PurposeAdvice, advise_purpose
from trustgraph.trust import ReachModel

from helpers.random_questions import random_ask, random_world

OFFICE = tg.build_graph(tg.datasets.load_office())
ACME = tg.Organisation("Acme")


def ask(**fields) -> tg.Ask:
    return tg.Ask(**{"seeker": "ana", "target": ACME, **fields})


@pytest.mark.parametrize(
    ("fields", "needs", "ground"),
    [
        ({}, "vouch", "default"),
        ({"purpose": "reach"}, "reach", "stated"),
        ({"purpose": "vouch"}, "vouch", "stated"),
        ({"interest": "a job in data"}, "vouch", "words"),
        ({"interest": "Hiring for our team"}, "vouch", "words"),
        ({"interest": "seed round for a ledger"}, "vouch", "words"),
        ({"role": "head of data"}, "vouch", "words"),
        ({"target": tg.Organisation("Acme", role="CTO")}, "vouch", "words"),
        ({"why_me": "I built it before"}, "vouch", "words"),
        ({"interest": "advice on ledgers"}, "reach", "words"),
        ({"interest": "How do you store events?"}, "reach", "words"),
        ({"interest": "who knows whether they moved? news of it"}, "reach", "words"),
        # As many signs for either: what the ask states decides, else vouch.
        ({"interest": "a question about the job"}, "vouch", "default"),
        ({"interest": "a question about the job", "purpose": "reach"}, "reach", "stated"),
        # Words are whole words.
        ({"interest": "jobless", "purpose": "reach"}, "reach", "stated"),
        ({"interest": "newsletters"}, "vouch", "default"),
        ({"interest": "a lead role in data"}, "vouch", "words"),
        # The words outweigh what is stated.
        ({"interest": "a job", "role": "lead", "purpose": "reach"}, "vouch", "words"),
    ],
    ids=str,
)
def test_the_rule(fields, needs, ground):
    found = advise_purpose(OFFICE, ask(**fields))
    assert (found.needs, found.ground) == (needs, ground)
    assert found.needed.purpose == needs


def test_every_sign_is_told():
    found = advise_purpose(
        OFFICE, ask(interest="Advice on a job, a good job?", role="lead", why_me="I did it")
    )
    assert found.signs == (
        ("vouch", "it names a role"),
        ("vouch", "it says why it should be the seeker"),
        ("vouch", 'it says "job"'),
        ("reach", 'it says "advice"'),
        ("reach", "it is put as a question"),
    )
    text = found.explain()
    assert 'For reach speaks that it says "advice" and it is put as a question.' in text


def test_words_that_speak_against_what_is_stated_are_told():
    found = advise_purpose(OFFICE, ask(interest="a job", role="lead", purpose="reach"))
    assert "The ask itself states reach" in found.explain()
    assert "states reach" not in advise_purpose(OFFICE, ask(interest="a job")).explain()


@pytest.mark.parametrize("seed", range(12))
def test_both_jobs_are_as_in_the_other_analyses(seed):
    generator = np.random.default_rng(seed)
    G = random_world(generator, n=8, density=0.4)
    one = random_ask(generator, G)
    found = advise_purpose(G, one)
    for job in (found.vouch, found.reach):
        same = one.replace(purpose=job.purpose)
        paths = tg.find_introductions(G, same, k=5, diversity="introducer")
        assert job.score == (paths[0].score if len(paths) else 0.0)
        assert {opening.introducer for opening in job.openings} == {p.introducer for p in paths}
        assert job.reliability == pytest.approx(tg.reputation_transfer(G, same).total, abs=1e-9)
        assert job.reason == paths.reason


def party() -> nx.DiGraph:
    """Bo trusts Ana much and knows nobody there; Cy hardly knows her and stands beside Dee."""
    G = nx.DiGraph()
    G.add_edge("bo", "ana", trust=0.9, willingness=0.9, forwards=0.9, response=0.5)
    G.add_edge("cy", "ana", trust=0.3, willingness=0.1, forwards=0.9, response=0.9)
    for name in ("bo", "cy"):
        G.add_edge("dee", name, trust=0.5)
    return G


def test_where_the_introducers_differ():
    found = advise_purpose(party(), "ana", "dee")
    assert (found.vouch.best.introducer, found.reach.best.introducer) == ("bo", "cy")
    assert found.differs
    assert "They differ: bo trusts ana with 0.90, cy with 0.30" in found.explain()


def test_where_nobody_vouches_a_question_still_gets_through():
    G = party()
    G.remove_node("bo")
    found = advise_purpose(G, tg.Ask(seeker="ana", target="dee", role="lead"))
    assert found.vouch.best is None
    assert found.vouch.reason
    text = found.explain()
    assert "For vouch there is no path." in text
    assert "ask for information first" in text


def test_access_changes_who_is_asked_to_get_through_alone():
    G = party()
    G.edges["bo", "ana"].update(forwards=1.0, response=1.0, trust=0.95)
    on = tg.TrustModel(reach=ReachModel(access="inverted_u"))
    plain, moderate = (advise_purpose(G, "ana", "dee", model=model) for model in (None, on))
    assert (plain.reach.best.introducer, moderate.reach.best.introducer) == ("bo", "cy")
    assert plain.vouch == moderate.vouch
    assert (plain.access, moderate.access) == (False, True)
    assert "moderate closeness" in moderate.explain()


def test_a_direct_tie_needs_nobody():
    found = advise_purpose(nx.DiGraph([("bo", "ana", {"trust": 0.8})]), "ana", "bo")
    assert found.vouch.best.name == ""
    assert "write to them directly" in found.explain()


def test_no_way_at_all():
    G = nx.DiGraph()
    G.add_nodes_from(["ana", "bo"])
    found = advise_purpose(G, "ana", "bo")
    assert (found.vouch.score, found.reach.score) == (0, 0)
    assert "Neither job can be done" in found.explain()
    frame = found.to_frame()
    assert len(frame) == 0
    assert frame["score"].dtype == np.float64


def test_the_frame_and_the_dictionary():
    found = advise_purpose(OFFICE, ask(role="lead"))
    frame = found.to_frame()
    assert list(frame.columns) == [
        "purpose", "rank", "introducer", "name", "score", "trust", "hops"
    ]  # fmt: skip
    assert frame.groupby("purpose")["score"].is_monotonic_decreasing.all()
    assert PurposeAdvice.from_dict(found.to_dict()) == found
    assert "<script" not in found.replace(target_name="<script>")._repr_html_()
    index = tg.TrustIndex.from_graph(OFFICE)
    assert advise_purpose(index, ask(role="lead")) == found


def test_what_is_wrong_is_named():
    with pytest.raises(UnknownPersonError):
        advise_purpose(OFFICE, "nobody", ACME)
    with pytest.raises(TypeError, match="model"):
        advise_purpose(OFFICE, ask(), model="x")
    with pytest.raises(ValueError, match="max_intermediaries is 7"):
        advise_purpose(OFFICE, ask(), max_intermediaries=7)
