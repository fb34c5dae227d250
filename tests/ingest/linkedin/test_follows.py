"""Member_Follows.csv: whom the owner follows says nothing about trust, and invents nobody."""

import pytest

import trustgraph as tg

from helpers.linkedin_files import acts, balance, message, messages, reasons, table
from helpers.linkedin_life import read

FILE = "Member_Follows_12345678.csv"
AT = "2025-12-06 10:05:49"


def row(name, status="Active", at=AT):
    return {"Date": at, "Status": status, "FullName": name}


def follows(tmp_path, rows, **files):
    return read(tmp_path, {FILE: table("Date,Status,FullName", rows), **files})


@pytest.mark.parametrize("name", [FILE, "Member_Follows.csv"])
def test_a_unique_name_is_a_follow(tmp_path, name):
    net = read(tmp_path, {name: table("Date,Status,FullName", [row("BO EK")])})
    assert acts(net, "follow") == [("follow", "ana", "bo-ek", "2025-12-06")]
    assert balance(net.report)[name] == (1, 1, 0)


def test_strangers_namesakes_and_the_lost_are_counted_and_are_no_people(tmp_path):
    rows = [
        row("Famous Author"),
        row("Famous Author II"),
        row("Al Oy"),
        row("Bo Ek", status="Unfollow"),
        row("Bo Ek", status="Odd"),
        row("LinkedIn Member"),
        row(""),
    ]
    net = follows(tmp_path, rows)
    assert acts(net, "follow") == []
    assert net.people.index.tolist() == ["al-1", "al-2", "ana", "bo-ek"]
    assert reasons(net, FILE) == {
        "somebody whom nothing else in it names": 2,
        "the name fits several people": 1,
        "somebody who is followed no more": 1,
        "an unknown status of a follow": 1,
        "a member who is hidden or has left": 2,
    }
    assert balance(net.report)[FILE] == (7, 0, 7)


def test_a_follow_touches_no_trust_and_makes_no_tie(tmp_path):
    talk = [message("Cy Yun <cy-yun>", "Ana Lima <ana>")]
    files = {"messages.csv": messages(talk)}
    without = read(tmp_path / "without", files)
    net = follows(tmp_path / "with", [row("Bo Ek"), row("Cy Yun")], **files)
    assert len(acts(net, "follow")) == 2
    one, other = tg.build_graph(without), tg.build_graph(net)
    assert set(one.edges) == set(other.edges)
    for edge in one.edges:
        ours, theirs = dict(one.edges[edge]), dict(other.edges[edge])
        for name in ("evidence", "kinds"):
            del ours[name], theirs[name]
        assert ours == theirs
    assert other.edges["ana", "bo-ek"]["kinds"]["follow"]["direction"] == "out"


def test_whoever_is_met_in_a_large_group_alone_does_not_become_a_person_by_a_follow(tmp_path):
    more = ";".join(f"Other {n} <other-{n}>" for n in range(6))
    files = {"messages.csv": messages([message("Cy Yun <cy-yun>", f"Ana Lima <ana>;{more}")])}
    net = follows(tmp_path, [row("Cy Yun")], **files)
    assert "cy-yun" not in net.people.index
    assert reasons(net, FILE) == {"somebody whom nothing else in it names": 1}


def test_a_bare_connection_is_called_so_even_if_it_is_followed(tmp_path):
    net = follows(tmp_path, [row("Bo Ek")])
    paths = tg.find_introductions(
        tg.build_graph(net.with_judgement("bo-ek", "ana", trust=0.9)), "ana", "bo-ek"
    )
    assert "follow" not in paths.explain()
    assert "bare connection" in paths.explain()


def test_an_undated_follow_is_undated(tmp_path):
    net = follows(tmp_path, [row("Bo Ek", at="once")])
    assert acts(net, "follow") == [("follow", "ana", "bo-ek", "")]
