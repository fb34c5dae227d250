"""What a colleague sends: enough for the question, and nothing about anybody else."""

import json
import zipfile

import pytest

import trustgraph as tg
from trustgraph.errors import (
    AmbiguousPersonError,
    ArchiveError,
    SeveralOwnersError,
    UnknownPersonError,
)
from trustgraph.ingest.journal import BALANCE
from trustgraph.ingest.shared_files import SHARED_FILE
from trustgraph.ingest.sharing import share

from helpers.linkedin_files import (
    acts,
    connection,
    connections,
    folder,
    invitation,
    invitations,
    message,
    messages,
    zipped,
)

MIRA, JONAS, ADAEZE = "mira-sandquill", "jonas-ekwater", "adaeze-okelundu"
OWNERS = dict(zip((MIRA, JONAS, ADAEZE), tg.datasets.sample_archives(), strict=True))
TARGETS = {JONAS: ["Tessaloom", "Pinegate Systems"], ADAEZE: ["Tessaloom", "Yarrowfen Labs"]}
ANA, BO, CY = "Ana Lima <ana-lima>", "Bo Ek <bo-ek>", "Cy Yun <cy-yun>"


def words_of(path):
    with zipfile.ZipFile(path) as file:
        return file.namelist(), file.read(SHARED_FILE).decode()


def through(net, colleague, target):
    """Return path -> score of the ways that need nobody but the colleague and an insider."""
    paths = tg.find_introductions(tg.build_graph(net), MIRA, target, k=40)
    return {one.path: one.score for one in paths if one.path[1] == colleague and len(one.path) <= 4}


@pytest.mark.parametrize(
    ("colleague", "to"), [(owner, to) for owner, told in TARGETS.items() for to in told]
)
def test_a_shared_file_answers_the_question_as_the_whole_archive_would(tmp_path, colleague, to):
    small = tmp_path / "small.zip"
    share(OWNERS[colleague], to=to, out=small, also=[MIRA])
    whole = through(
        tg.read_linkedin([OWNERS[MIRA], OWNERS[colleague]]), colleague, tg.Organisation(to)
    )
    net = tg.read_linkedin([OWNERS[MIRA], small])
    assert whole
    assert through(net, colleague, tg.Organisation(to)) == whole
    assert net == tg.read_linkedin([small, OWNERS[MIRA]])


def test_one_person_may_be_what_the_question_is_about(tmp_path):
    theirs = tg.read_linkedin(OWNERS[JONAS])
    person = theirs.people.index[theirs.people["organisation"] == "Tessaloom"][0]
    small = share(OWNERS[JONAS], to=person, out=tmp_path / "small.zip", also=[MIRA])
    assert set(small.people.index) == {JONAS, MIRA, person}
    nets = [
        tg.read_linkedin([OWNERS[MIRA], path]) for path in (OWNERS[JONAS], tmp_path / "small.zip")
    ]
    whole, part = (through(net, JONAS, person) for net in nets)
    assert whole == part != {}


@pytest.mark.parametrize("names", [True, False])
def test_a_shared_file_reveals_nobody_else(tmp_path, names):
    made = tg.datasets.make_archive(tmp_path, seed=5, connections=150, messages=400)
    theirs = tg.read_linkedin(made)
    to = theirs.people["organisation"].replace("", None).value_counts().index[0]
    also = theirs.people.index.drop(theirs.owner)[3]
    small = share(made, to=to, out=tmp_path / "small.zip", also=[also], names=names)
    members, text = words_of(tmp_path / "small.zip")
    assert members == [SHARED_FILE]
    kept = set(small.people.index)
    assert 2 < len(kept) < 60
    others = theirs.people.drop(list(kept & set(theirs.people.index)))
    hidden = {*others.index, *others["name"], *others["url"]} - {""}
    shown = theirs.people.drop(others.index)
    if not names:
        hidden |= {*shown["name"], *shown["position"], *shown["location"]} - {""}
    # A name may stand inside another one that is shown.
    hidden = {one for one in hidden if not any(one in other for other in kept | {to})}
    assert [one for one in sorted(hidden) if f'"{one}"' in text] == []
    strange = {one for one in hidden if len(one) > 12}
    assert [one for one in sorted(strange) if one in text] == []
    bodies = set(made.messages["content"]) - {""}
    assert bodies
    assert [one for one in bodies if one[:40] in text] == []
    assert "@" not in text
    told = json.loads(text)
    assert {"facts", "texts", "judgements", "merged", "report"} <= {
        name for name, rows in told["network"].items() if rows == []
    }
    ends = {frozenset((row["source"], row["target"])) for row in told["network"]["evidence"]}
    assert all(theirs.owner in pair for pair in ends)


@pytest.fixture
def ana(tmp_path):
    """Ana knows two at Acme, one of whom left and one by name only, and some others."""
    rows = [
        connection("Bo Ek", "bo-ek", company="Acme Inc", position="Head"),
        connection("Cy Yun", company="ACME"),
        connection("Di Wu", "di-wu", company="Acme Bakery"),
        connection("Eve Au", "eve-au", company="Acmeology"),
        connection("Fay Oz", "fay-oz", company="Globex"),
    ]
    held = "Company Name,Title,Started On,Finished On\n"
    files = {
        "Connections.csv": connections(rows),
        "Invitations.csv": invitations([invitation(ANA, BO, "OUTGOING")]),
        "Profile.csv": "First Name,Last Name,Headline\nAna,Lima,x\n",
        "Positions.csv": held
        + "Initech,Lead,Aug 2020,\nGlobex,Clerk,2015,2016\nAcme Ltd,Intern,2010,2011\n",
        "messages.csv": messages([message(ANA, "Fay Oz <fay-oz>", text="a secret")]),
    }
    return zipped(tmp_path / "Complete_LinkedInDataExport_11-22-2026.zip", files)


def test_all_tiers_of_an_organisation_and_the_owners_places_are_sent(ana, tmp_path):
    net = share(ana, to="Acme", out=tmp_path / "s.zip")
    assert net.people.index.tolist() == ["Cy Yun|ACME", "ana-lima", "bo-ek", "di-wu"]
    assert net.positions["organisation"].tolist() == ["Acme Ltd", "Initech"]
    assert net.report["value"].tolist() == ["2", "3"]
    assert tg.read_linkedin(tmp_path / "s.zip").as_of == tg.read_linkedin(ana).as_of


def test_those_who_have_no_id_but_their_name_become_numbers_without_names(ana, tmp_path):
    net = share(ana, to="Acme", out=tmp_path / "s.zip", names=False, also=["fay-oz"])
    told = net.people.index.str.replace(r" in [0-9a-f]{8}$", "", regex=True)
    assert told.tolist() == ["ana-lima", "bo-ek", "contact 1 of ana-lima", "di-wu", "fay-oz"]
    assert net.people["name"].tolist() == net.people.index.tolist()
    assert set(net.people["position"]) == {""} == set(net.positions["title"])
    assert net.people.loc["bo-ek", "organisation"] == "Acme Inc"
    _, text = words_of(tmp_path / "s.zip")
    assert not any(word in text for word in ("Cy Yun", "Bo Ek", "Head", "Lead", "secret"))
    again = tg.read_linkedin([ana, tmp_path / "s.zip"])
    assert again.person("bo-ek").name == "Bo Ek"


def test_a_network_may_be_shared_too_and_only_its_owners_part(ana, tmp_path):
    bo = folder(tmp_path / "bo", {"Connections.csv": connections([connection("Di Wu", "di-wu")])})
    both = tg.read_linkedin([ana, bo], owner=[None, "bo-ek"])
    both = both.with_judgement("bo-ek", "ana-lima", trust=0.9)
    with pytest.raises(SeveralOwnersError):
        share(both, to="Acme", out=tmp_path / "s.zip")
    net = share(both, to="Acme", out=tmp_path / "s.zip", owner="https://linkedin.com/in/ana-lima/")
    assert net.owner == "ana-lima"
    assert {one for _, *pair, _ in acts(net) for one in pair} == {
        "ana-lima",
        "bo-ek",
        "Cy Yun|ACME",
        "di-wu",
    }
    assert len(acts(net)) == 4
    assert net.judgements.empty
    again = tg.read_linkedin(tmp_path / "s.zip", owner="Ana Lima")
    assert acts(again) == acts(net)


def test_several_archives_of_one_person_may_be_shared(ana, tmp_path):
    older = folder(
        tmp_path / "older", {"Connections.csv": connections([connection("Bo Ek", "bo-ek")])}
    )
    net = share([ana, older], to="Acme", out=tmp_path / "s.zip", owner="ana-lima")
    assert net.owner == "ana-lima"
    assert len(net.people) == 4


def test_what_cannot_be_shared_is_told_and_nothing_is_written(ana, tmp_path):
    out = tmp_path / "s.zip"
    for to in ("Initrode", "", "Acm"):
        with pytest.raises(ArchiveError):
            share(ana, to=to, out=out)
    with pytest.raises(UnknownPersonError):
        share(ana, to="Acme", out=out, also=["nobody"])
    with pytest.raises(UnknownPersonError):
        share(ana, to="Acme", out=out, also=["https://linkedin.com/in/nobody"])
    two = tg.Network.from_records(
        [{"id": "a"}, {"id": "b", "name": "Bo Ek"}, {"id": "c", "name": "Bo Ek"}], owners=["a"]
    )
    with pytest.raises(AmbiguousPersonError):
        share(two, to="Bo Ek", out=out)
    with pytest.raises(ArchiveError, match="cannot be written"):
        share(ana, to="Acme", out=tmp_path / "nowhere" / "s.zip")
    assert not out.exists()
    out.write_text("mine")
    with pytest.raises(ArchiveError, match="a file already"):
        share(ana, to="Acme", out=out)
    assert out.read_text() == "mine"


# ------------------------------------------------------------------------------ reading it


def test_rows_of_a_shared_file_are_counted(ana, tmp_path):
    share(ana, to="Acme", out=tmp_path / "s.zip")
    report = tg.read_linkedin(tmp_path / "s.zip").report
    assert report.loc[report["reason"] == BALANCE, "value"].tolist() == ["10 / 10 / 0"]
    excerpt = report[report["reason"].str.endswith("than it needs: Acme")]
    assert excerpt["value"].tolist() == ["ana-lima"]
    both = tg.read_linkedin([ana, tmp_path / "s.zip"]).report
    assert f"s.zip: {SHARED_FILE}" in set(both["file"])


def test_the_same_file_unpacked_or_alone_is_read_too(ana, tmp_path):
    share(ana, to="Acme", out=tmp_path / "s.zip")
    _, text = words_of(tmp_path / "s.zip")
    path = folder(tmp_path / "unpacked", {SHARED_FILE: text})
    expected = tg.read_linkedin(tmp_path / "s.zip")
    assert tg.read_linkedin(path) == expected
    assert tg.read_linkedin(path / SHARED_FILE) == expected


def changed(ana, tmp_path, change):
    share(ana, to="Acme", out=tmp_path / "s.zip")
    told = json.loads(words_of(tmp_path / "s.zip")[1])
    text = change(told)
    return zipped(tmp_path / "c.zip", {SHARED_FILE: text or json.dumps(told)})


def test_acts_of_others_in_a_shared_file_are_left_out_and_reported(ana, tmp_path):
    def slipped_in(told):
        row = {**told["network"]["evidence"][0], "source": "bo-ek", "target": "di-wu"}
        told["network"]["evidence"].insert(0, row)
        told["network"]["evidence"][1]["origin"] = "di-wu"
        told["network"]["judgements"] = [
            {"source": "bo-ek", "target": "ana-lima", "trust": 0.9, "certainty": 0.9}
        ]

    net = tg.read_linkedin(changed(ana, tmp_path, slipped_in))
    assert set(net.evidence["origin"]) == {"ana-lima"}
    assert net.judgements.empty
    left = net.report[net.report["reason"].str.contains("has no part")]
    assert left["row"].tolist() == [1]
    balance = net.report.loc[net.report["reason"] == BALANCE, "value"].tolist()
    assert balance == ["11 / 10 / 1"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda _: "{", "damaged"),
        (lambda _: "[" * 100_000, "damaged"),
        (lambda _: b"\xff\xfe", "damaged"),
        (lambda _: "[]", "no shared file"),
        (lambda told: told.update(schema="x"), "no shared file"),
        (lambda told: told.update(version=2), "another version"),
        (lambda told: told.update(network=3), "damaged"),
        (lambda told: told["network"].update(people=told["network"]["people"][1:]), "row"),
        (lambda told: told["network"].update(people="x"), "damaged"),
        (lambda told: told["network"].update(peple=[]), "damaged"),
        (lambda told: told["network"]["evidence"][0].update(at="x"), "evidence, row 1"),
        (lambda told: told["network"]["evidence"][0].update(amount=-1), "evidence, row 1"),
        (lambda told: told["network"].update(owners=["ana-lima", "bo-ek"]), "one person's"),
        (lambda told: told["network"].update(owners=[]), "one person's"),
    ],
)
def test_a_damaged_shared_file_is_a_clear_error(ana, tmp_path, change, reason):
    with pytest.raises(ArchiveError, match=reason) as told:
        tg.read_linkedin(changed(ana, tmp_path, change))
    assert told.value.mend


def test_a_shared_file_is_its_owners(ana, tmp_path):
    share(ana, to="Acme", out=tmp_path / "s.zip")
    with pytest.raises(ArchiveError, match="not of the stated owner"):
        tg.read_linkedin(tmp_path / "s.zip", owner="bo-ek")


def test_strangers_of_two_nameless_files_stay_two(ana, tmp_path):
    for name, to in (("1", "Acme"), ("2", "Acme")):
        share(ana, to=to, out=tmp_path / f"{name}.zip", names=False)
    one, two = (tg.read_linkedin(tmp_path / f"{name}.zip") for name in "12")
    both = tg.read_linkedin([tmp_path / "1.zip", tmp_path / "2.zip"])
    numbered = {person for net in (one, two) for person in net.people.index if "contact" in person}
    assert numbered <= set(both.people.index)
    assert len(numbered) == 2 * sum("contact" in person for person in one.people.index) > 0


def test_addresses_of_mail_are_never_sent(tmp_path):
    people = [{"id": "ana"}, {"id": "bo@example.org", "name": "Bo Ek", "organisation": "Acme"}]
    tie = {"kind": "message_day", "source": "ana", "target": "bo@example.org", "origin": "ana"}
    net = tg.Network.from_records(people, [tie], owners=["ana"])
    share(net, to="Acme", out=tmp_path / "s.zip")
    assert "example.org" not in words_of(tmp_path / "s.zip")[1]
    with pytest.raises(ArchiveError, match="address of mail"):
        share(net.replace(owners=["bo@example.org"]), to="Acme", out=tmp_path / "o.zip")
    assert not (tmp_path / "o.zip").exists()


def test_a_name_that_a_person_and_an_organisation_bear_is_refused(tmp_path):
    people = [{"id": "ana"}, {"id": "bo", "name": "Acme"}, {"id": "cy", "organisation": "Acme"}]
    acts = [{"kind": "connection", "source": "ana", "target": one} for one in ("bo", "cy")]
    net = tg.Network.from_records(people, acts, owners=["ana"])
    with pytest.raises(ArchiveError, match="a person and an organisation"):
        share(net, to="Acme", out=tmp_path / "s.zip")
    assert "cy" not in share(net, to="bo", out=tmp_path / "s.zip").people.index
