"""Who is forgotten leaves no trace, and nobody else is touched."""

import matplotlib.pyplot as plt
import pytest

import trustgraph as tg
from trustgraph.ingest.forgetting import forget
from trustgraph.ingest.journal import BALANCE

from helpers.outputs import (
    graph_outputs,
    network_outputs,
    picture_outputs,
    pictures_of,
    result_outputs,
    results_of,
    saved_index,
    terminal,
    traces,
)

OWNER, OTHER, BO, ALIAS, CY = "owna-trelk", "othar-vimm", "bodrix-quillem", "bdq-old", "cyntha-moor"


def person(slug, name, **more):
    return tg.Person(id=slug, name=name, url=f"https://www.linkedin.com/in/{slug}", **more)


@pytest.fixture
def net():
    """Two owners' archives; Bodrix, whom both know, has two ids and is named all over."""
    both = f"{OTHER}\n{OWNER}"

    def act(kind, source, target, origin):
        return {
            "kind": kind,
            "source": source,
            "target": target,
            "at": "2025-05-05",
            "origin": origin,
        }

    def note(value, **more):
        return {
            "file": "a.zip: Notes.csv",
            "row": 2,
            "level": "warning",
            "reason": "odd",
            "value": value,
            **more,
        }

    told = tg.Network.from_records(
        [
            person(OWNER, "Owna Trelk", organisation="Acme"),
            person(OTHER, "Othar Vimm", organisation="Globex", position="Aide to Bodrix Quillém"),
            person(
                BO,
                "Bodrix Quillém",
                organisation="Bodrixworks",
                position="Chief Frobnik",
                location="Frobnitown",
            ),
            person(ALIAS, "B. Quillém-Urx", organisation="Urxworks"),
            person(CY, "Cyntha Moor", location="near BODRIX QUILLEM's house"),
            tg.Person(id="Dex Alm|", name="Dex Alm"),
            tg.Person(id=f"Eve Oss||{OWNER}", name="Eve Oss"),
            tg.Person(id=f"Eve Oss||{OTHER}", name="Eve Oss"),
            tg.Person(id="Lone Wolf|", name="Lone Wolf"),
        ],
        [
            act("recommendation", BO, OWNER, OWNER),
            act("recommendation", BO, OTHER, both),
            act("connection", ALIAS, CY, OTHER),
            act("recommendation", CY, OWNER, OWNER),
            act("recommendation", CY, OTHER, both),
            act("skill_endorsement", CY, "Dex Alm|", OWNER),
            act("recommendation", OWNER, OTHER, both),
            act("connection", OWNER, f"Eve Oss||{OWNER}", OWNER),
            act("connection", OTHER, f"Eve Oss||{OTHER}", OTHER),
            act("help_given", CY, OTHER, ""),
        ],
        positions=[
            {"person": BO, "organisation": "Frobnicorp", "title": "Frobnik"},
            {"person": OTHER, "organisation": "Globex", "title": "Aide of bodrix quillém, Ltd"},
            {"person": CY, "organisation": "Globex", "title": "Boxdrix"},
        ],
        facts=[
            {"person": BO, "kind": "skill", "text": "Frobnication", "origin": OTHER},
            {"person": CY, "kind": "note", "text": "cousin of B. Quillém-Urx", "origin": OTHER},
            {"person": CY, "kind": "skill", "text": "Weaving", "origin": OWNER},
            {"person": CY, "kind": "skill", "text": "Weaving", "origin": both},
        ],
        texts=[
            {"kind": "recommendation", "source": CY, "target": BO, "text": "A fine frobnik"},
            {"kind": "message", "source": BO, "target": OWNER, "text": "Hello frob"},
            {"kind": "note", "source": OWNER, "target": ALIAS, "text": "frob likes tea"},
            {"kind": "share", "source": CY, "text": "See linkedin.com/in/bodrix%2Dquillem/ now"},
            {"kind": "share", "source": CY, "text": "Nothing to see", "origin": OWNER},
        ],
        owners=[OWNER, OTHER],
        as_of="2025-11-22",
        report=[
            note("Bodrix Quillem"),
            note("", reason="a name of Quillém-Urx, B."),
            note("", mend="it looks like the archive of 'bodrix-quillem'"),
            note("", file="export of Bodrix Quillém.zip"),
            note("a long sentence that ends in the middle of Bodrix Qui…"),
            note("Cyntha Moor"),
            note("2 / 1 / 1", row=0, level="info", reason=BALANCE),
        ],
    )
    told = told.replace(merged=[{"alias": ALIAS, "person": BO}])
    told = told.with_judgement(BO, OWNER, trust=0.7).with_judgement(CY, BO, trust=0.7)
    return told.with_judgement(CY, OWNER, trust=0.6)


TRACES = """bodrix quillem quillém bdq-old frob Chief Urx B.%20Q""".split()


def everything(net, folder):
    yield from network_outputs(net)
    G = tg.build_graph(net)
    yield from graph_outputs(G)
    yield "index file", saved_index(G, folder)[1].decode("utf-8", "replace")
    people = [one for one in G if one != CY]
    results = list(results_of(G, [(CY, one) for one in people] if CY in G else []))
    for result in results:
        yield from result_outputs(result)
    yield "terminal", terminal(net, results)
    for ax in pictures_of(G, results[:4]):
        yield from picture_outputs(ax).items()


def test_no_string_of_who_is_forgotten_is_in_any_output(net, tmp_path):
    shown = "".join(text for _, text in everything(net, tmp_path))
    assert traces(TRACES, shown) == sorted(TRACES)
    for name, told in everything(forget(net, BO), tmp_path):
        assert (name, traces(TRACES, told)) == (name, [])


@pytest.mark.parametrize("said", [BO, ALIAS, "Bodrix Quillém"])
def test_any_id_or_the_full_name_says_who(net, said):
    assert forget(net, said) == forget(net, BO)


def test_a_merge_taken_back_does_not_bring_them_back(net):
    left = forget(net, BO)
    apart = left.replace(merged=None)
    assert {BO, ALIAS}.isdisjoint(apart.people.index)
    assert left.merged.empty
    assert apart.people.equals(left.people)


def test_what_is_said_of_others_stays(net):
    left = forget(net, BO)
    assert sorted(left.people.index) == sorted(set(net.people.index) - {BO})
    assert len(left.evidence) == len(net.evidence) - 3
    assert left.owners == net.owners
    assert left.as_of == net.as_of
    assert left.judgements.to_numpy().tolist() == [[CY, OWNER, 0.6, 0.9]]
    assert left.positions[["person", "title"]].to_numpy().tolist() == [[OTHER, ""], [CY, "Boxdrix"]]
    assert left.people["position"][OTHER] == ""
    assert left.people["location"][CY] == ""
    assert left.people["organisation"][OTHER] == "Globex"
    assert left.facts[["person", "kind", "text"]].to_numpy().tolist() == [
        [CY, "note", ""],
        [CY, "skill", "Weaving"],
        [CY, "skill", "Weaving"],
    ]
    assert left.texts["text"].tolist() == ["", "Nothing to see"]
    assert left.report["value"].tolist() == ["Cyntha Moor", "2 / 1 / 1"]


def test_several_are_forgotten_at_once(net):
    left = forget(net, BO, "Cyntha Moor")
    assert {BO, ALIAS, CY}.isdisjoint(left.people.index)
    assert left == forget(forget(net, BO), CY)
    assert left == forget(net, CY, BO)


# ------------------------------------------------------------------------------ owners


def test_with_an_owner_goes_all_that_only_their_archive_says(net, tmp_path):
    left = forget(net, OWNER)
    assert left.owners == (OTHER,)
    assert sorted(left.people.index) == sorted([OTHER, BO, CY, f"Eve Oss||{OTHER}"])
    assert set(left.evidence["origin"]) == {OTHER, ""}
    assert left.replace(merged=None).facts["origin"].tolist() == [OTHER, OTHER, OTHER]
    assert left.merged["alias"].tolist() == [ALIAS]
    (row,) = left.report.to_dict("records")
    assert row["value"] == str(len(net.report))
    for name, told in everything(left, tmp_path):
        assert (name, traces(["owna", "trelk", "Dex Alm", "Lone Wolf"], told)) == (name, [])


def test_without_archive_what_an_owner_said_of_others_stays(net, tmp_path):
    left = forget(net, OWNER, archive=False)
    assert sorted(left.people.index) == sorted(
        [OTHER, BO, CY, "Dex Alm|", "Lone Wolf|", f"Eve Oss||{OTHER}", "Eve Oss||1"]
    )
    kinds = left.evidence.astype("str").set_index(["source", "target", "kind"])["origin"]
    assert kinds[CY, "Dex Alm|", "skill_endorsement"] == ""
    assert kinds[CY, OTHER, "recommendation"] == OTHER
    assert left.texts["text"].tolist()[-1] == "Nothing to see"
    for name, told in everything(left, tmp_path):
        assert (name, traces(["owna", "trelk"], told)) == (name, [])


def test_all_owners_can_be_forgotten(net):
    left = forget(net, OWNER, OTHER)
    assert left.owners == ()
    # Bodrix and Cyntha stay by a judgement, and by texts that are in nobody's archive.
    assert sorted(left.people.index) == [BO, CY]
    assert left.evidence.empty
    assert left.replace(merged=None).facts.empty


def test_nobody_is_left_of_a_single_archive_whose_owner_is_forgotten(tmp_path):
    archive = tg.datasets.make_archive(tmp_path, connections=20, messages=60)
    net = tg.read_linkedin(archive)
    left = forget(net, net.owner)
    assert len(left.people) == len(left.evidence) == len(left.positions) == 0
    assert left.as_of == net.as_of
    assert archive.owner.id not in left.model_dump_json()
    some = forget(net, archive.connections["person"].iloc[0])
    assert len(some.people) == len(net.people) - 1
    assert some.owners == net.owners


# ------------------------------------------------------------------------------ who is named


def named(name, text, slug=""):
    """Whether a text of somebody else is emptied when a person of this name is forgotten."""
    net = tg.Network.from_records(
        [{"id": slug or name, "name": name}, {"id": "other", "position": text}]
    )
    return forget(net, slug or name).people["position"]["other"] == ""


@pytest.mark.parametrize(
    ("name", "text", "is_named"),
    [
        ("Ana Lima", "friend of ana lima.", True),
        ("Ana Lima", "ana.lima@example.org", True),
        ("Ana Lima", "Diana Limas", False),
        ("Ana Lima", "Ana, not Lima", False),
        ("Ana Lima", "as told by Ana Li…", True),
        ("Ana Lima", "as told by Ana Li", False),
        ("Ana Lima", "Lima, Ana", True),
        ("Ana Lima", "Ana Lima’s aide", True),
        ("Ana de Lima", "De Lima, Ana", True),
        ("Ana de Lima", "Lima, Ana", False),
        ("Zoë Ng", "ZOE NG", True),
        ("Bo", "Bo", True),
        ("Bo", "about Bo and others", False),
        ("🦄🦄", "thanks, 🦄🦄!", True),
        ("王小明", "感谢 王小明", True),
    ],
)
def test_somebody_is_named_by_all_words_together(name, text, is_named):
    assert named(name, text) is is_named


def test_a_number_as_id_does_not_take_the_counts_of_the_report():
    net = tg.Network.from_records(
        [{"id": "1", "name": "Ana Lima"}, {"id": "2"}],
        report=[{"file": "a.csv", "reason": "not used: odd", "value": "1"}],
    )
    assert forget(net, "1").report["value"].tolist() == ["1"]


def test_namesakes_stay_and_an_ambiguous_name_is_an_error():
    net = tg.Network.from_records(
        [{"id": "a", "name": "Ana Lima"}, {"id": "b", "name": "Ana Lima"}]
    )
    with pytest.raises(tg.errors.AmbiguousPersonError):
        forget(net, "Ana Lima")
    assert forget(net, "a").people.index.tolist() == ["b"]


def test_nobody_is_an_error(net):
    with pytest.raises(tg.errors.UnknownPersonError):
        forget(net, "nobody at all")


def test_the_network_that_was_given_stays_as_it_was(net):
    before = net.model_copy()
    forget(net, BO, OWNER)
    assert net == before
    assert BO in net.people.index


@pytest.fixture(autouse=True)
def _no_figure_left():
    yield
    plt.close("all")


@pytest.mark.parametrize("person", ["bo", "bo-2", "bo-3", "Bo Ek Three"])
def test_all_ids_of_a_chain_are_forgotten_whichever_is_named(person):
    people = [{"id": one} for one in ("ana", "bo", "bo-2", "cy")]
    people.append({"id": "bo-3", "name": "Bo Ek Three"})
    acts = [{"kind": "project", "source": one, "target": "ana"} for one in ("bo", "bo-2", "bo-3")]
    net = tg.Network.from_records(people, acts)
    chain = tg.ingest.merge_people(net, "bo-2", "bo-3")
    left = forget(tg.ingest.merge_people(chain, "bo", "bo-2"), person)
    assert left.people.index.tolist() == ["ana", "cy"]
    assert left.replace(merged=None).evidence.empty
