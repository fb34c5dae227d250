"""A draft as a result: its text, its grounds, and back from its dictionary."""

import json

import networkx as nx
import pytest

import trustgraph as tg
from trustgraph.planning import Draft, DraftFact, draft_request

OFFICE = tg.build_graph(tg.datasets.load_office())
ASK = tg.Ask(
    seeker="ana",
    target="lena",
    interest="data",
    incentive=tg.Incentive(kind="payment", disclosed=True),
)


@pytest.mark.parametrize("to", ["introducer", "target", "thanks"])
def test_a_draft_comes_back_from_its_dictionary(to):
    outcome = tg.Outcome(
        introducer="chiara", target="lena", asked="2026-01-05", endorsed="2026-01-09"
    )
    told = draft_request(tg.find_introductions(OFFICE, ASK), to=to, outcome=outcome)
    assert told.facts
    assert Draft.from_dict(json.loads(json.dumps(told.to_dict()))) == told
    assert str(told) == f"Subject: {told.subject}\n\n{told.body}"


def test_every_claim_is_told_with_its_ground():
    told = draft_request(tg.find_introductions(OFFICE, ASK))
    lines = told.explain().splitlines()
    for fact in told.facts:
        assert fact.sentence in told.body
        assert f"“{fact.sentence}” rests on: {fact.rests_on()}." in lines
    assert [fact.basis for fact in told.facts] == ["record", "record", "record", "ask"]
    assert lines[0] == f"A draft to Chiara Salvi, who is asked: {told.words} words."
    assert "To make it clearer, say: role, why me, organisation, location, timing." in lines
    assert lines[-len(told.notes) :] == [f"Note: {note}." for note in told.notes]


def test_what_rests_on_records_names_their_days():
    record = tg.introductions.TieRecord(
        kind="project", count=1, first="2024-01-02", last="2024-03-04"
    )
    fact = DraftFact(sentence="We did.", records=(record,), note="and more")
    assert fact.rests_on() == "1 shared project (2024-01-02 to 2024-03-04); and more"
    odd = tg.introductions.TieRecord(kind="own_kind", count=2)
    assert DraftFact(sentence="We did.", records=(odd,)).rests_on() == "2 own kind"


def test_the_page_is_escaped():
    G = nx.DiGraph()
    G.add_node("bo", name="<b>Bo</b>")
    G.add_edge("bo", "ana", trust=0.8)
    G.add_edge("cy", "bo", trust=0.8)
    page = draft_request(tg.find_introductions(G, "ana", "cy"))._repr_html_()
    assert "&lt;b&gt;Bo&lt;/b&gt;" in page
    assert "<b>" not in page
