"""Drafts: short, honest and easy to refuse."""

import re

import networkx as nx
import numpy as np
import pytest

import trustgraph as tg
from trustgraph.planning import DRAFT_WORDS, draft_request

FULL = {
    "interest": "a lead role in data",
    "role": "Head of Data",
    "location": "Berlin",
    "timing": "from March",
    "why_me": "I have built two data platforms from nothing",
}
PAID = tg.Incentive(kind="payment")
TOLD = tg.Incentive(kind="payment", disclosed=True)
GIFT = tg.Incentive(kind="gift")
RECIPIENTS = ("introducer", "target", "thanks")
ENDINGS = {
    "open": {},
    "passed": {"passed": "2026-01-09"},
    "forwarded": {"forwarded": "2026-01-09"},
    "endorsed": {"endorsed": "2026-01-09"},
    "declined": {"declined": "2026-01-09"},
    "silent": {"silent": "2026-01-09"},
}


@pytest.fixture(scope="module")
def office():
    return tg.TrustIndex.from_graph(tg.build_graph(tg.datasets.load_office()))


def kinds(**told):
    return {
        kind: {"count": 1, "first": day, "last": day, "direction": direction}
        for kind, (day, direction) in told.items()
    }


def graph(*, chain=False, records=None, further=None):
    """Ana asks Bo for Cy (by way of Di, if it is a chain)."""
    G = nx.DiGraph()
    for person, name in {"ana": "Ana Lima", "bo": "Bo Ek", "cy": "Cy Ito", "di": "Di Wu"}.items():
        G.add_node(person, name=name)
    G.add_edge("bo", "ana", trust=0.8, kinds=records or {})
    next_one = "di" if chain else "cy"
    G.add_edge(next_one, "bo", trust=0.8, kinds=further or {})
    if chain:
        G.add_edge("cy", "di", trust=0.8)
    return G


def ask_of(target="cy", **fields):
    return tg.Ask(seeker="ana", target=target, **fields)


def draft(ask=None, *, to="introducer", outcome=None, **ground):
    return draft_request(
        tg.find_introductions(graph(**ground), ask or ask_of()), to=to, outcome=outcome
    )


def outcome(state="open", **fields):
    days = {"introducer": "bo", "target": "cy", "asked": "2026-01-05", **ENDINGS[state], **fields}
    return tg.Outcome(**days)


# ------------------------------------------------------------------------------ what it says


def test_the_whole_text_to_the_introducer():
    told = draft(
        ask_of(**FULL),
        records=kinds(
            same_team_year=("2021-06-01", "both"), conversation_day=("2025-03-04", "both")
        ),
        further=kinds(project=("2024-01-01", "both")),
    )
    assert str(told) == (
        "Subject: An introduction to Cy Ito\n\n"
        "Hello Bo Ek,\n\n"
        "We worked in the same team in 2021. We were last in touch in March 2025.\n\n"
        "I am looking for: a lead role in data. I believe you know Cy Ito. "
        "Would you be willing to introduce me?\n\n"
        "Only if you are comfortable; please ask Cy Ito first whether they want to hear "
        "from me. A no is fine.\n\n"
        "Thank you,\nAna Lima\n\n"
        "To forward as it is:\n\n"
        "I am Ana Lima. I am looking for: a lead role in data. Role: Head of Data. "
        "Place: Berlin. When: from March. Why me: I have built two data platforms from nothing. "
        "If this interests you, I would be glad to talk; if not, no answer is needed."
    )
    assert (told.to_person, told.to_name, told.missing) == ("bo", "Bo Ek", ("organisation",))


def test_the_whole_text_to_the_target():
    assert draft(ask_of(interest="data"), to="target").body == (
        "Hello Cy Ito,\n\n"
        "This comes to you through Bo Ek; what they think of it is theirs to say.\n\n"
        "I am Ana Lima. I am looking for: data. "
        "If this interests you, I would be glad to talk; if not, no answer is needed.\n\n"
        "Kind regards,\nAna Lima"
    )


@pytest.mark.parametrize("fields", [{}, FULL, {"why_me": "Ask me!"}, {"location": "  "}])
@pytest.mark.parametrize("to", RECIPIENTS)
@pytest.mark.parametrize("purpose", ["vouch", "reach"])
def test_what_the_ask_leaves_out_is_left_out_and_listed(fields, to, purpose):
    ask = ask_of(purpose=purpose, **fields)
    told = draft(ask, to=to)
    for odd in ("{", "}", "None", "  ", "\n\n\n", ": .", "..", " ,", "!."):
        assert odd not in str(told)
    assert told.missing == ask.missing
    for label, field in {"Place:": "location", "When:": "timing", "Why me:": "why_me"}.items():
        assert (label in told.body) == (to != "thanks" and bool(fields.get(field, "").strip()))


def test_an_introduction_is_asked_with_two_opt_ins():
    for chain in (False, True):
        told = draft(chain=chain)
        next_one = "Di Wu" if chain else "Cy Ito"
        assert f"please ask {next_one} first whether they want to hear from me" in told.body
        assert "Only if you are comfortable" in told.body
        assert "A no is fine." in told.body
        assert told.subject == f"An introduction to {next_one}"


def test_of_several_the_first_is_asked_for_the_next():
    told = draft(chain=True, further=kinds(connection=("2020-01-01", "both")))
    assert "I would like to reach Cy Ito through Di Wu. I believe you know Di Wu." in told.body
    assert "the way from Di Wu on is for Di Wu to ask" in told.notes
    note = draft(chain=True, to="target")
    assert note.to_name == "Cy Ito"
    assert "through Di Wu" in note.body
    assert "Bo Ek" not in note.body


def test_for_reach_nobody_is_asked_to_vouch():
    told = draft(ask_of(purpose="reach", interest="who leads data"))
    assert "My question: who leads data." in told.body
    assert "pass my question on, without vouching for me?" in told.body
    assert "introduce" not in told.body
    note = draft(ask_of(purpose="reach"), to="target")
    assert "through Bo Ek, who does not vouch for me by passing it on." in note.body


def test_a_direct_tie_gets_the_request_itself(office):
    for to in ("introducer", "target"):
        paths = tg.find_introductions(office, tg.Ask(seeker="ana", target="chiara", **FULL))
        told = draft_request(paths, to=to)
        assert told.to_person == "chiara"
        assert "We worked in the same team between 2019 and 2021." in told.body
        assert "introduce" not in told.body
        assert "A no is fine." in told.body
        assert told.forwardable == ""


def test_an_organisation_is_asked_for_as_somebody_there(office):
    paths = tg.find_introductions(office, "chiara", tg.Organisation("Acme", role="Head of Data"))
    inside = tg.find_introductions(office, "chiara", tg.Organisation("Acme"))
    told = draft_request(inside)
    assert told.subject == "An introduction to somebody at Acme"
    assert "Do you know who would be the right person there? If so, would you" in told.body
    assert "please ask that person first" in told.body
    assert "Where: Acme." in told.forwardable
    assert any("Lena Vogt is Data Engineering Manager at Acme, as far" in n for n in told.notes)
    assert draft_request(inside, to="target").body.startswith("Hello,\n")
    # With a role the target is whoever holds it.
    held = draft_request(paths, to="target")
    assert held.body.startswith("Hello Kofi Mensa,\n")
    assert "Role: Head of Data. Where: Acme." in held.forwardable


def test_somebody_who_is_in_no_archive_is_asked_about(office):
    target = tg.Prospect("Ines Roth", organisation="Acme")
    told = draft_request(tg.find_introductions(office, "chiara", target))
    assert "Do you know Ines Roth? If so, would you be willing to introduce me?" in told.body


@pytest.mark.parametrize("incentive", [tg.Incentive(), GIFT, PAID, TOLD], ids=repr)
@pytest.mark.parametrize("purpose", ["vouch", "reach"])
@pytest.mark.parametrize("target", ["kofi", "jun", tg.Organisation("Acme")], ids=str)
def test_drafts_are_short(office, incentive, purpose, target):
    ask = tg.Ask(seeker="ana", target=target, incentive=incentive, purpose=purpose, **FULL)
    for path in tg.find_introductions(office, ask, k=5):
        for to, most in {"introducer": 150, "target": 100, "thanks": 60}.items():
            told = draft_request(path, ask, to=to)
            assert told.words <= most
            assert told.words == len(told.body.split())


def test_a_long_ask_makes_a_long_draft_and_is_told():
    told = draft(ask_of(why_me="because " * 100))
    assert f"it has {told.words} words; say in the ask the same in fewer" in told.notes


# ------------------------------------------------------------------------------ money and gifts


@pytest.mark.parametrize("chain", [False, True])
def test_a_payment_is_said_to_the_introducer_and_never_forwarded(chain):
    for incentive in (PAID, TOLD):
        told = draft(ask_of(incentive=incentive), chain=chain)
        assert "To be open: I offer you a payment for this" in told.body
        assert "pay" not in told.forwardable
        assert told.forwardable in told.body
    assert "Cy Ito would not know." in draft(ask_of(incentive=PAID), chain=chain).body
    assert "please tell Cy Ito." in draft(ask_of(incentive=TOLD), chain=chain).body
    assert "pay" not in draft(ask_of(), chain=chain).body


def test_the_target_is_told_of_a_payment_that_is_disclosed():
    told = draft(ask_of(incentive=TOLD), to="target")
    assert "So that you know: I have offered Bo Ek a payment for this." in told.body
    assert "theirs to say" not in told.body
    hidden = draft(ask_of(incentive=PAID), to="target")
    assert "theirs to say" not in hidden.body
    given = draft(ask_of(incentive=PAID), to="target", outcome=outcome("endorsed"))
    assert "Bo Ek introduced us." in given.body
    assert "pay" not in hidden.body
    assert any("comes out later" in note for note in hidden.notes)


def test_a_gift_is_never_promised():
    for to in RECIPIENTS:
        for state in ENDINGS:
            plain, gift = (
                draft(ask_of(incentive=each), to=to, outcome=outcome(state))
                for each in (tg.Incentive(), GIFT)
            )
            assert str(plain) == str(gift)
            assert "gift" in " ".join(gift.notes)
            assert "gift" not in " ".join(plain.notes)


def test_on_a_direct_tie_nothing_is_offered():
    G = nx.DiGraph([("cy", "ana", {"trust": 0.8})])
    told = draft_request(tg.find_introductions(G, ask_of(incentive=PAID)))
    assert "pay" not in told.body
    assert "nobody introduces, so the payment of the ask is not mentioned" in told.notes


# ------------------------------------------------------------------------------ after the ask


@pytest.mark.parametrize("state", ENDINGS)
def test_only_an_endorsement_that_was_given_is_told_to_the_target(state):
    body = draft(to="target", outcome=outcome(state)).body
    assert ("Bo Ek was kind enough to introduce us." in body) == (state == "endorsed")
    assert not re.search("recommend|vouch|trust|praise", body)


def test_of_a_chain_no_endorsement_by_the_first_is_told_to_the_target():
    body = draft(to="target", chain=True, outcome=outcome("endorsed")).body
    assert "introduce us" not in body
    assert "This comes to you through" in body


@pytest.mark.parametrize("given", [None, "open"])
def test_thanks_for_nothing_yet_claim_nothing(given):
    told = draft(to="thanks", outcome=outcome(given) if given else None)
    assert not told.facts
    assert "you have" not in told.body


@pytest.mark.parametrize("state", [None, *ENDINGS])
@pytest.mark.parametrize("chain", [False, True])
def test_thanks_hold_no_new_ask(state, chain):
    told = draft(to="thanks", chain=chain, outcome=outcome(state) if state else None)
    assert told.subject == "Thank you"
    assert told.to_name == "Bo Ek"
    assert not re.search(r"\?|would you|could you|can you|looking for|forward to", told.body)


@pytest.mark.parametrize(
    ("state", "fields", "sentence"),
    [
        ("endorsed", {}, "Thank you for introducing me to Cy Ito and for putting your name to it."),
        ("forwarded", {}, "Thank you for passing my note on to Cy Ito."),
        ("passed", {}, "Thank you for passing my note on to Cy Ito."),
        ("declined", {}, "Thank you for telling me that it does not suit you."),
        ("silent", {}, "My note about Cy Ito needs no answer any more."),
        ("endorsed", {"met": "2026-02-01"}, "Cy Ito and I are in touch now."),
        ("open", {"hired": "2026-02-01"}, "I have found what I was looking for."),
    ],
)
def test_thanks_say_what_they_are_for(state, fields, sentence):
    told = draft(to="thanks", outcome=outcome(state, **fields))
    assert sentence in told.body
    fact = next(fact for fact in told.facts if fact.sentence == sentence)
    assert (fact.basis, fact.records) == ("outcome", ())
    assert "2026" in fact.note


def test_thanks_to_who_answered_by_themselves():
    G = nx.DiGraph([("cy", "ana", {"trust": 0.8})])
    paths = tg.find_introductions(G, ask_of())
    told = [
        draft_request(paths, to="thanks", outcome=outcome(state, introducer="cy", met="2026-02-01"))
        for state in ENDINGS
    ]
    assert not [one for one in told if "introducing" in one.body or "note on" in one.body]
    assert "It was good to hear from you." in told[0].body


# ------------------------------------------------------------------------------ who is who


def test_scores_are_never_told():
    for to in RECIPIENTS:
        assert not re.search(
            r"\d|%|score|chance|likely", str(draft(ask_of(interest="data"), to=to))
        )


def test_what_the_seeker_did_for_them_is_not_held_against_them():
    deeds = ("help_given", "recommendation", "introduction_made")
    records = dict.fromkeys(deeds, ("2024-01-01", "in"))
    assert draft(records=kinds(**records)).body == draft().body


def test_how_the_introducer_and_the_next_person_get_on_is_not_told():
    further = kinds(recommendation=("2024-05-05", "out"), endorsement_failed=("2023-04-04", "out"))
    told = draft(further=further)
    assert "I believe you know Cy Ito." in told.body
    assert not re.search("202[34]|wrong|recommend", told.body)


def test_bad_turns_are_for_the_seekers_eyes_alone():
    told = draft(records=kinds(introduction_declined=("2024-01-01", "out")))
    assert told.body == draft().body
    assert any("Bo Ek declined to introduce you before" in note for note in told.notes)
    theirs = draft(records=kinds(introduction_declined=("2024-01-01", "in")))
    assert not any("declined" in note for note in theirs.notes)


def test_ids_of_any_kind_and_full_names_make_the_same_draft():
    G = graph(records=kinds(project=("2024-01-01", "both")))
    by_id = draft_request(tg.find_introductions(G, "ana", "cy"))
    named = draft_request(tg.find_introductions(G, "Ana Lima", "Cy Ito"))
    H = nx.relabel_nodes(G, {"ana": 1, "bo": np.int64(2), "cy": 3, "di": 4})
    whole = draft_request(tg.find_introductions(H, 1, 3)[0], tg.Ask(seeker=1, target="Cy Ito"))
    assert by_id.body == named.body == whole.body
    assert whole.to_person == 2


def test_several_targets_and_names_in_other_letters_are_the_asks_own():
    path = tg.find_introductions(graph(), "ana", "cy")[0]
    assert draft_request(path, ask_of(("cy", "zed"))).to_name == "Bo Ek"
    assert draft_request(path, tg.Ask(seeker="ANA LIMA", target="cy ito")).to_name == "Bo Ek"


# ------------------------------------------------------------------------------ what is refused


PATH = tg.find_introductions(graph(), "ana", "cy")[0]
NOBODY = tg.find_introductions(graph(), "cy", "ana")


@pytest.mark.parametrize(
    ("arguments", "options", "error", "message"),
    [
        ((PATH,), {}, ValueError, "a path by itself does not know what was asked; give draft_req"),
        ((NOBODY,), {}, ValueError, "no path to draft for: No introduction from Cy Ito to Ana"),
        (("bo",), {}, TypeError, "path is a str; give a path of find_introductions"),
        ((PATH, "cy"), {}, TypeError, "ask is a str; give tg.Ask"),
        ((PATH, tg.Ask(seeker="bo", target="cy")), {}, ValueError, "the ask is of 'bo' for 'cy'"),
        ((PATH, ask_of("di")), {}, ValueError, "from 'ana' to 'cy', the ask is of 'ana' for 'di'"),
        ((PATH, ask_of(("di", "bo"))), {}, ValueError, "give the ask with which the path was"),
        ((PATH, ask_of(tg.Prospect("Zed"))), {}, ValueError, "give the ask with which the path"),
        ((PATH, ask_of()), {"to": "boss"}, ValueError, "to is 'boss'; give 'introducer', 'target'"),
        ((PATH, ask_of()), {"outcome": "yes"}, TypeError, "outcome is a str; give tg.Outcome"),
        (
            (PATH, ask_of()),
            {"outcome": outcome(introducer="di")},
            ValueError,
            "the outcome is of 'di' for 'cy', the path asks 'bo' for 'cy'",
        ),
        (
            (PATH, ask_of()),
            {"outcome": outcome(target="di")},
            ValueError,
            "give the outcome of this ask",
        ),
    ],
)
def test_what_cannot_be_drafted_is_refused(arguments, options, error, message):
    with pytest.raises(error, match=re.escape(message)):
        draft_request(*arguments, **options)


def test_an_outcome_may_name_the_organisation_or_full_names(office):
    ask = tg.Ask(seeker="ana", target=tg.Organisation("Acme"))
    paths = tg.find_introductions(office, ask)
    told = tg.Outcome(
        introducer="Ben Okafor", target="Acme", asked="2026-01-05", endorsed="2026-01-09"
    )
    assert "introducing me to Kofi Mensa" in draft_request(paths, to="thanks", outcome=told).body
    other = tg.Ask(seeker="ana", target=tg.Organisation("Umbrella"))
    with pytest.raises(ValueError, match="give the ask with which the path was found"):
        draft_request(paths[0], other)


def test_every_word_of_a_template_is_there_for_every_text():
    every = "\n".join(f"{name}={{{{ {name} }}}}" for name in DRAFT_WORDS)
    templates = dict.fromkeys(["introducer", "target", "direct", "thanks"], every)
    direct = tg.find_introductions(nx.DiGraph([("cy", "ana", {"trust": 0.8})]), "ana", "cy")
    for paths in (tg.find_introductions(graph(), "ana", "cy"), direct):
        for to in RECIPIENTS:
            told = draft_request(paths, to=to, templates=templates)
            lines = [line for line in told.body.split("\n") if line]
            assert {line.partition("=")[0] for line in lines if "=" in line} == set(DRAFT_WORDS)
            assert "None" not in told.body


def test_the_forwardable_text_cannot_hold_what_is_private():
    private = set(DRAFT_WORDS) - {
        *("seeker", "purpose", "interest", "role", "organisation", "location", "timing", "why_me")
    }
    assert {"relation", "payment", "belief", "introducer"} < private
    for name in private:
        with pytest.raises(tg.errors.RecordError, match=f"'{name}' is undefined"):
            draft_request(PATH, ask_of(), templates={"forwardable": f"{{{{ {name} }}}}"})
