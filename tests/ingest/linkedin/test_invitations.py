"""Invitations.csv: who asked whom, on the clock of California."""

import pytest

import trustgraph as tg
from trustgraph.errors import RecordError

from helpers.linkedin_files import (
    acts,
    balance,
    connection,
    connections,
    folder,
    invitation,
    invitations,
    reasons,
)

FILE = "Invitations.csv"
ANA, BO = "Ana Lima <ana-lima>", "Bo Ek <bo-ek>"


def read(tmp_path, rows, *, era="2026", **options):
    return tg.read_linkedin(folder(tmp_path, {FILE: invitations(rows, era=era)}), **options)


@pytest.mark.parametrize("era", ["2021", "2023", "2026"])
def test_every_era_is_read(tmp_path, era):
    rows = [invitation(ANA, BO, "OUTGOING"), invitation("Cy Yun <cy>", ANA, "INCOMING")]
    net = read(tmp_path, rows, era=era)
    ana, bo, cy = (
        ("ana-lima", "bo-ek", "cy") if era == "2026" else ("Ana Lima|", "Bo Ek|", "Cy Yun|")
    )
    assert net.owner == ana
    assert sorted(acts(net)) == sorted(
        [("invitation", ana, bo, "2026-02-07"), ("invitation", cy, ana, "2026-02-07")]
    )


def test_the_clock_is_californias(tmp_path):
    # 2:37 PM PST is 22:37 UTC; 11:30 PM PDT is 6:30 UTC on the next day.
    rows = [
        invitation(ANA, BO, "OUTGOING", at="2/7/26, 2:37 PM"),
        invitation("Cy Yun <cy>", ANA, "INCOMING", at="7/1/26, 11:30 PM"),
    ]
    assert read(tmp_path, rows).evidence["at"].astype(str).tolist() == [
        "2026-02-07 22:37:00+00:00",
        "2026-07-02 06:30:00+00:00",
    ]


def test_the_useless_constant_is_no_address(tmp_path):
    rows = [
        invitation("Ana Lima", "Bo Ek", "OUTGOING"),
        invitation("Cy Yun", "Ana Lima", "INCOMING"),
    ]
    net = read(tmp_path, rows)
    assert net.owner == "Ana Lima|"
    assert net.people.index.tolist() == ["Ana Lima|", "Bo Ek|", "Cy Yun|"]


def test_rows_of_nobody_without_direction_or_date(tmp_path):
    rows = [
        invitation(ANA, BO, "OUTGOING", at="some day"),
        invitation(ANA, "LinkedIn Member", "OUTGOING"),
        invitation(ANA, "Cy Yun <cy>", "SIDEWAYS"),
    ]
    net = read(tmp_path, rows)
    assert acts(net) == [("invitation", "ana-lima", "bo-ek", "")]
    assert reasons(net, FILE) == {
        "a member who is hidden or has left": 1,
        "the direction is neither INCOMING nor OUTGOING": 1,
    }
    assert balance(net.report) == {FILE: (3, 1, 2)}
    with pytest.raises(RecordError, match=r"row 4: the direction .*'SIDEWAYS'"):
        read(tmp_path, rows, strict=True)


def test_the_same_row_twice_is_one_act(tmp_path):
    net = read(tmp_path, [invitation(ANA, BO, "OUTGOING")] * 2)
    assert len(net.evidence) == 1
    assert balance(net.report) == {FILE: (2, 2, 0)}


def test_no_invitation_is_not_read_as_never_invited(tmp_path):
    """The table reaches back 180 days: of two connections alike, only the newer one is in it."""
    ties = [connection("Bo Ek", "bo-ek"), connection("Cy Yun", "cy", on="08 Feb 2016")]
    files = {
        "Connections.csv": connections(ties),
        FILE: invitations([invitation(BO, ANA, "INCOMING")]),
    }
    net = tg.read_linkedin(folder(tmp_path, files))
    assert [act[0] for act in acts(net)] == ["connection", "connection", "invitation"]
    G = tg.build_graph(net)
    for way in (("ana-lima", "{}"), ("{}", "ana-lima")):
        old, new = (G.edges[tuple(one.format(who) for one in way)] for who in ("cy", "bo-ek"))
        for name in ("trust", "certainty", "willingness", "forwards", "response", "recall"):
            assert old[name] == new[name]
