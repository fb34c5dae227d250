"""What a pool can see and what it cannot."""

import datetime as dt

import pytest
from pydantic import ValidationError

import trustgraph as tg
from trustgraph.ingest.sharing import share
from trustgraph.ingest.visibility import Coverage, coverage


def act(kind, source, target, at=None, origin="ana"):
    return {"kind": kind, "source": source, "target": target, "at": at, "origin": origin}


@pytest.fixture
def net():
    people = [
        {"id": "ana", "name": "Ana Lima"},
        {"id": "bo", "name": "Bo <b>Ek</b>"},
        {"id": "cy", "name": "Cy Yun"},
        {"id": "Di Wu|Acme", "name": "Di Wu"},
        {"id": "eve", "name": "Eve Au"},
        {"id": "fay", "name": "Fay Oz"},
    ]
    acts = [
        act("connection", "ana", "bo", "2020-01-01", "ana\nbo"),
        act("connection", "ana", "cy", "2024-05-01"),
        act("connection", "ana", "Di Wu|Acme"),
        act("message_day", "cy", "ana", "2022-02-02"),
        act("message_day", "ana", "cy", "2025-02-02"),
        act("recommendation", "cy", "ana", "2025-02-03"),
        act("connection", "bo", "cy", "2021-01-01", "bo"),
        act("project", "eve", "cy", "2021-01-01", ""),
        act("meeting_day", "ana", "eve", "2021-01-01", ""),
    ]
    return tg.Network.from_records(people, acts, owners=["ana", "bo"], as_of="2026-01-01")


def test_each_owner_and_the_pool_are_counted(net):
    seen = coverage(net)
    ana, bo = seen.owners
    assert ana.model_dump() == {
        "owner": "ana",
        "name": "Ana Lima",
        "people": 4,
        "by_name_only": 1,
        "connections": 3,
        "connected_since": dt.date(2020, 1, 1),
        "connected_until": dt.date(2024, 5, 1),
        "message_days": 2,
        "messages_since": dt.date(2022, 2, 2),
        "messages_until": dt.date(2025, 2, 2),
        "invitations": 0,
        "recommendations": 1,
        "endorsements": 0,
        "excerpt": "",
    }
    assert (bo.people, bo.connections, bo.messages_since) == (2, 2, None)
    assert ana.lacking == ("endorsements",)
    assert bo.lacking == ("messages", "recommendations", "endorsements")
    # Fay by nobody, Di and Eve by Ana, Cy by both.
    assert seen.seen_by == (1, 2, 1)
    assert (seen.people, seen.between_others) == (6, 1)
    assert [(one.person, one.owners, one.acts) for one in seen.further] == [
        ("cy", 2, 5),
        ("Di Wu|Acme", 1, 1),
        ("eve", 1, 1),
    ]


def test_the_sentences_say_what_cannot_be_seen(net):
    text = coverage(net, further=1).explain()
    for part in (
        "the archives of 2 people, as of 2026-01-01: 6 people.",
        "Ana Lima: 4 people, 3 connections made from 2020-01-01 to 2024-05-01; messages go back",
        "; messages go back to 2022-02-02, the last is of 2025-02-02; 1 recommendation.",
        "No endorsements of Ana Lima are here: there are none, or the archive does not hold them",
        "Ana Lima knows 1 person by name only, without an address",
        "in the last 180 days",
        "what one wrote in a small group with an owner; 1 act of that kind or from elsewhere is",
        "Who is seen by how many, owners aside: 2 people by 1 owner and 1 person by 2 owners.",
        "No owner has a tie to 1 person of this network.",
        "if it came from Cy Yun (5 acts)",
        "cannot be told from here",
    ):
        assert part in text


def test_the_frame_the_page_and_the_dictionary_hold_the_same(net):
    seen = coverage(net)
    frame = seen.to_frame()
    assert frame["owner"].tolist() == ["ana", "bo"]
    assert frame["connections"].tolist() == [3, 2]
    page = seen._repr_html_()
    assert "&lt;b&gt;Ek" in page
    assert "<b>" not in page
    assert Coverage.from_dict(seen.to_dict()) == seen
    with pytest.raises(ValidationError):
        Coverage.from_dict({**seen.to_dict(), "schema_version": 2})


def test_a_network_without_owners_says_so():
    seen = coverage(tg.Network.from_records([{"id": "ana"}]))
    assert seen.to_frame().empty
    assert "Nobody's archive" in seen.explain()
    assert "Nobody&#x27;s archive" in seen._repr_html_()
    alone = coverage(tg.Network.from_records([{"id": "ana"}], owners=["ana"]))
    assert alone.seen_by == alone.further == ()
    assert "one person's archive" in alone.explain()


def test_the_sample_is_seen_as_its_archives_are_read():
    net = tg.read_linkedin(tg.datasets.sample_archives())
    seen = coverage(net)
    for one, path in zip(seen.owners, sorted(tg.datasets.sample_archives()), strict=True):
        single = coverage(tg.read_linkedin(path)).owners[0]
        whole = next(owner for owner in seen.owners if owner.owner == single.owner)
        assert (whole.people, whole.messages_since) == (single.people, single.messages_since)
        assert one.people
    assert sum(seen.seen_by) == len(net.people) - 3


def test_a_shared_file_is_told_from_an_archive(tmp_path):
    mine, theirs = tg.datasets.sample_archives()[:2]
    share(theirs, to="Tessaloom", out=tmp_path / "small.zip", also=["mira-sandquill"])
    seen = coverage(tg.read_linkedin([mine, tmp_path / "small.zip"]))
    assert {one.owner: one.excerpt for one in seen.owners} == {
        "mira-sandquill": "",
        "jonas-ekwater": "Tessaloom",
    }
    told = seen.explain()
    assert "Jonas Ekwater shared what a question about Tessaloom needs" in told
    assert "of Jonas Ekwater are here: there are none" not in told
