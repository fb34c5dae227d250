"""Several people's archives as one network."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import trustgraph as tg
from trustgraph.ingest.merging import merge_people, split_person
from trustgraph.ingest.networks import pool_networks

from helpers.linkedin_files import (
    GIVEN,
    RECEIVED,
    RECOMMENDATIONS,
    acts,
    connection,
    connections,
    folder,
    invitation,
    invitations,
    message,
    messages,
    table,
    zipped,
)

ANA, BO, CY = "Ana Lima <ana-lima>", "Bo Ek <bo-ek>", "Cy Yun <cy-yun>"


def archive(path, day, files):
    name = path / f"Complete_LinkedInDataExport_{day}.zip"
    path.mkdir(parents=True, exist_ok=True)
    month, date, year = map(int, day.split("-"))
    return zipped(name, files, made=(year, month, date, 9, 0, 0))


def written(name, at):
    first, _, last = name.partition(" ")
    return {"First Name": first, "Last Name": last, "Creation Date": at, "Status": "VISIBLE"}


def clicked(name, slug, who):
    first, _, last = name.partition(" ")
    return {
        "Endorsement Date": "2024/02/01 15:02:55 UTC",
        "Skill Name": "SQL",
        f"{who} First Name": first,
        f"{who} Last Name": last,
        f"{who} Public Url": f"www.linkedin.com/in/{slug}",
        "Endorsement Status": "ACCEPTED",
    }


@pytest.fixture
def both(tmp_path):
    """Ana's and Bo's archives, each with its side of what is between them."""
    talk = [
        message(ANA, BO, "2026-02-10 10:00:00 UTC"),
        message(BO, ANA, "2026-02-11 10:00:00 UTC"),
    ]
    asked = "2/7/26, 2:37 PM"
    ana = {
        "Connections.csv": connections(
            [
                connection("Bo Ek", "bo-ek", company="Acme"),
                connection("Cy Yun", "cy-yun", company="Old"),
            ]
        ),
        "Invitations.csv": invitations([invitation(ANA, BO, "OUTGOING", at=asked)]),
        "messages.csv": messages(talk),
        "Recommendations_Received.csv": table(
            RECOMMENDATIONS, [written("Bo Ek", "01/24/18, 03:00 PM")]
        ),
        "Endorsement_Given_Info.csv": table(GIVEN, [clicked("Bo Ek", "bo-ek", "Endorsee")]),
    }
    bo = {
        "Connections.csv": connections(
            [
                connection("Ana Lima", "ana-lima", company="Initech"),
                connection("Cy Yun", "cy-yun", company="New", on="01 Jan 2025"),
            ]
        ),
        "Invitations.csv": invitations([invitation(ANA, BO, "INCOMING", at=asked)]),
        "messages.csv": messages(talk),
        "Recommendations_Given.csv": table(
            RECOMMENDATIONS, [written("Ana Lima", "01/24/18, 03:00 PM")]
        ),
        "Endorsement_Received_Info.csv": table(
            RECEIVED, [clicked("Ana Lima", "ana-lima", "Endorser")]
        ),
    }
    return [archive(tmp_path / "a", "11-20-2026", ana), archive(tmp_path / "b", "11-22-2026", bo)]


def test_two_sides_of_a_tie_are_evidence_once(both):
    net = tg.read_linkedin(both)
    assert net.owners == ("ana-lima", "bo-ek")
    assert acts(net) == [
        ("connection", "ana-lima", "bo-ek", "2026-02-08"),
        ("connection", "ana-lima", "cy-yun", "2026-02-08"),
        ("connection", "bo-ek", "cy-yun", "2025-01-01"),
        ("invitation", "ana-lima", "bo-ek", "2026-02-07"),
        ("message_day", "ana-lima", "bo-ek", "2026-02-10"),
        ("message_day", "bo-ek", "ana-lima", "2026-02-11"),
        ("recommendation", "bo-ek", "ana-lima", "2018-01-24"),
        ("skill_endorsement", "ana-lima", "bo-ek", "2024-02-01"),
    ]
    assert set(net.evidence["amount"]) == {1.0}


def test_each_act_keeps_whose_archive_says_it(both):
    rows = tg.read_linkedin(both).evidence
    ties = rows[rows["target"] == "cy-yun"]
    assert ties["origin"].tolist() == ["ana-lima", "bo-ek"]
    # What both say is said by both.
    assert set(rows.loc[rows["target"] != "cy-yun", "origin"]) == {"ana-lima\nbo-ek"}


def test_the_newer_archive_tells_where_people_are_and_the_report_says_so(both):
    net = tg.read_linkedin(both)
    assert net.person("cy-yun").organisation == "New"
    assert str(net.as_of) == "2026-11-22 09:00:00+00:00"
    told = net.report[net.report["reason"].str.contains("different organisations")]
    assert told["value"].tolist() == ["cy-yun: New"]
    assert told["file"].tolist() == ["pool"]


def test_the_report_says_which_archive_a_file_is_from(both):
    files = set(tg.read_linkedin(both).report["file"])
    assert "Complete_LinkedInDataExport_11-20-2026.zip: messages.csv" in files
    assert "Complete_LinkedInDataExport_11-22-2026.zip: messages.csv" in files


def test_an_archive_given_twice_says_nothing_more(both):
    once, twice = tg.read_linkedin(both), tg.read_linkedin([*both, both[0]])
    assert once.people.equals(twice.people)
    assert once.evidence.equals(twice.evidence)


def test_the_order_of_the_archives_does_not_matter(both, tmp_path):
    lone = folder(tmp_path / "c", {"Connections.csv": connections([connection("Bo Ek", "bo-ek")])})
    sources = [*both, lone]
    nets = [tg.read_linkedin(order) for order in itertools.permutations(sources)]
    assert all(net == nets[0] for net in nets)
    assert nets[0].owners == ("ana-lima", "bo-ek", "me")


def test_archives_of_two_unknown_owners_are_not_one_persons(tmp_path):
    files = [
        folder(tmp_path / str(n), {"Connections.csv": connections([connection("Bo Ek", slug)])})
        for n, slug in enumerate(("bo-1", "bo-2"))
    ]
    sources = [path / "Connections.csv" for path in files]
    net = tg.read_linkedin(sources)
    assert len(net.owners) == 2
    assert all(owner.startswith("me-") for owner in net.owners)
    assert net == tg.read_linkedin(sources[::-1])
    # The same file twice is one person's.
    assert tg.read_linkedin([sources[0], sources[0]]).owner == "me"
    assert "0/Connections.csv: Connections.csv" in set(net.report["file"])


def test_owners_are_stated_by_list_or_mapping(tmp_path):
    paths = []
    for name, slug in (("a", "bo-1"), ("b", "bo-2")):
        files = {f"{name}.csv": connections([connection("Bo Ek", slug)])}
        paths.append(folder(tmp_path, files) / f"{name}.csv")
    expected = ("ana", "me")
    assert tg.read_linkedin(paths, owner=["ana", None]).owners == expected
    assert tg.read_linkedin(paths, owner={"a.csv": "ana"}).owners == expected
    assert tg.read_linkedin(map(str, paths), owner={paths[0]: "ana"}).owners == expected
    for wrong in ("ana", ["ana"], {"c.csv": "ana"}):
        with pytest.raises(tg.errors.ArchiveError):
            tg.read_linkedin(paths, owner=wrong)


def old(tmp_path, number, rows, owner):
    text = connections(rows, era="2020")
    return folder(tmp_path / f"old{number}", {"Connections.csv": text}), owner


def new(tmp_path, number, rows, owner):
    return folder(tmp_path / f"new{number}", {"Connections.csv": connections(rows)}), owner


def pooled(*archives):
    paths, owners = zip(*archives, strict=True)
    net = tg.read_linkedin(paths, owner=owners)
    assert net == tg.read_linkedin(paths[::-1], owner=owners[::-1])
    apart = net.report[net.report["reason"].str.contains("kept apart")]
    return net.people.index.drop(list(net.owners)).tolist(), apart["value"].tolist()


def test_a_name_and_organisation_is_the_one_address_that_has_both(tmp_path):
    people, apart = pooled(
        old(tmp_path, 1, [connection("BO EK", company="Acme GmbH")], "ana"),
        new(tmp_path, 1, [connection("Bo Ek", "bo-ek", company="ACME")], "cy"),
    )
    assert (people, apart) == (["bo-ek"], [])


def test_a_name_at_another_organisation_stays_apart_and_is_listed(tmp_path):
    people, apart = pooled(
        old(tmp_path, 1, [connection("Bo Ek", company="Acme")], "ana"),
        new(tmp_path, 1, [connection("Bo Ek", "bo-ek", company="Globex")], "cy"),
    )
    assert (people, apart) == (["Bo Ek|Acme", "bo-ek"], ["Bo Ek"])


def test_a_name_that_fits_two_addresses_stays_apart_and_is_listed(tmp_path):
    people, apart = pooled(
        old(tmp_path, 1, [connection("Bo Ek", company="Acme")], "ana"),
        new(tmp_path, 1, [connection("Bo Ek", "bo-1", company="Acme")], "cy"),
        new(tmp_path, 2, [connection("Bo Ek", "bo-2", company="Acme")], "di"),
    )
    assert (people, apart) == (["Bo Ek|Acme", "bo-1", "bo-2"], ["Bo Ek"])


def test_two_of_a_name_and_organisation_in_one_archive_are_never_joined(tmp_path):
    two = [connection("Bo Ek", company="Acme", on=f"0{n} Feb 2020") for n in (1, 2)]
    people, apart = pooled(
        old(tmp_path, 1, two, "ana"),
        new(tmp_path, 1, [connection("Bo Ek", "bo-ek", company="Acme")], "cy"),
    )
    assert people == ["Bo Ek|Acme|2020-02-01", "Bo Ek|Acme|2020-02-02", "bo-ek"]
    assert apart == ["Bo Ek"]


def test_people_without_any_address_meet_by_name_and_organisation(tmp_path):
    people, apart = pooled(
        old(tmp_path, 1, [connection("Bo Ek", company="Acme, Inc.")], "ana"),
        old(tmp_path, 2, [connection("Bo Ek", company="Acme")], "cy"),
    )
    assert (people, apart) == (["Bo Ek|Acme"], [])


@pytest.mark.parametrize("company", ["", "Freelance"])
def test_a_name_without_a_place_in_two_archives_is_two_people(tmp_path, company):
    people, apart = pooled(
        old(tmp_path, 1, [connection("Bo Ek", company=company)], "ana"),
        old(tmp_path, 2, [connection("Bo Ek", company=company)], "cy"),
    )
    assert people == [f"Bo Ek|{company}|ana", f"Bo Ek|{company}|cy"]
    assert apart == ["Bo Ek"]


def test_an_owner_known_by_name_is_found_in_the_other_archive(tmp_path):
    profile = "First Name,Last Name,Headline\nAna,Lima,x\n"
    held = "Company Name,Title,Started On,Finished On\nInitech,Lead,2020,\n"
    ana = folder(
        tmp_path / "a",
        {
            "Connections.csv": connections([connection("Bo Ek", "bo-ek")]),
            "Profile.csv": profile,
            "Positions.csv": held,
        },
    )
    rows = [connection("Ana Lima", "ana-lima", company="Initech", on="08 Feb 2026")]
    net = tg.read_linkedin(
        [ana, new(tmp_path, 1, rows, "")[0]], owner={"a": "Ana Lima", "new1": "bo-ek"}
    )
    assert net.owners == ("ana-lima", "bo-ek")
    assert acts(net) == [("connection", "ana-lima", "bo-ek", "2026-02-08")]
    assert net.positions["person"].tolist() == ["ana-lima"]


def test_where_an_owner_worked_is_said_once_and_its_end_by_the_newer_archive(tmp_path):
    asked = invitations([invitation(ANA, BO, "OUTGOING")])
    head = "Company Name,Title,Started On,Finished On\n"
    first = {"Invitations.csv": asked, "Positions.csv": head + "Initech,Lead,Aug 2020,\n"}
    later = {
        "Invitations.csv": asked,
        "Positions.csv": head + "Initech Inc,Lead,Aug 2020,May 2026\nGlobex,Head,Jun 2026,\n",
    }
    paths = [archive(tmp_path, "01-02-2025", first), archive(tmp_path, "11-22-2026", later)]
    net = tg.read_linkedin(paths)
    assert net == tg.read_linkedin(paths[::-1])
    assert net.positions["organisation"].tolist() == ["Initech Inc", "Globex"]
    assert net.positions["finished"].dt.strftime("%Y-%m-%d").fillna("").tolist() == [
        "2026-05-31",
        "",
    ]
    assert net.person("ana-lima").organisation == "Globex"


PEOPLE = st.sampled_from(["Bo Ek", "Cy Yun", "BO EK"])
ROW = st.builds(
    connection,
    PEOPLE,
    st.sampled_from(["", "bo-ek", "cy-yun", "bo-2"]),
    company=st.sampled_from(["", "Acme", "Acme Inc", "Globex"]),
    on=st.sampled_from(["08 Feb 2026", "01 Jan 2020", ""]),
)


@settings(max_examples=20, deadline=None)
@given(
    tables=st.lists(st.lists(ROW, min_size=1, max_size=4), min_size=2, max_size=3),
    owners=st.lists(
        st.sampled_from(["ana-lima", "di-wu", "Ana Lima", None]), min_size=3, max_size=3
    ),
    data=st.data(),
)
def test_pooling_does_not_depend_on_any_order(tmp_path_factory, tables, owners, data):
    base = tmp_path_factory.mktemp("pool")
    order = data.draw(st.permutations(range(len(tables))))
    nets = []
    for turn, numbers in enumerate((range(len(tables)), order)):
        paths = []
        for number in numbers:
            rows = tables[number]
            rows = data.draw(st.permutations(rows)) if turn else rows
            path = folder(base / str(turn) / f"t{number}", {"Connections.csv": connections(rows)})
            paths.append(path)
        nets.append(tg.read_linkedin(paths, owner=[owners[number] for number in numbers]))
    one, other = nets
    assert one.people.equals(other.people)
    assert one.evidence.equals(other.evidence)
    assert (one.owners, one.as_of) == (other.owners, other.as_of)
    lines = ["file", "level", "reason", "value", "mend"]  # rows were shuffled within the files
    assert sorted(one.report[lines].values.tolist()) == sorted(other.report[lines].values.tolist())


# ------------------------------------------------------------------------------ what is not counted


def facts(net):
    rows = net.facts.assign(at=net.facts["at"].dt.strftime("%Y-%m-%d").fillna(""))
    columns = ["person", "kind", "text", "organisation", "at", "origin"]
    return sorted(map(tuple, rows[columns].to_numpy().tolist()))


def test_what_an_archive_says_otherwise_is_kept_with_its_date_and_owner(tmp_path):
    told = [
        ("01-02-2024", connection("Bo Ek", "bo-ek", company="Old", position="Clerk"), "ana"),
        ("01-02-2025", connection("Bo Ek-Lund", "bo-ek", company="New", position="Head"), "ana"),
        ("01-02-2026", connection("Bo Ek-Lund", "bo-ek", company="NEW Ltd", position="head"), "cy"),
    ]
    paths = [
        archive(tmp_path / day, day, {"Connections.csv": connections([row])})
        for day, row, _ in told
    ]
    owners = [owner for *_, owner in told]
    for order in itertools.permutations(range(3)):
        net = tg.read_linkedin([paths[n] for n in order], owner=[owners[n] for n in order])
        assert net.person("bo-ek").organisation == "NEW Ltd"
        assert facts(net) == [
            ("bo-ek", "name", "Bo Ek", "", "2024-01-02", "ana"),
            ("bo-ek", "work", "Clerk", "Old", "2024-01-02", "ana"),
        ]


def test_one_archive_alone_says_nothing_otherwise(both):
    assert facts(tg.read_linkedin(both[0])) == []


# ------------------------------------------------------------------------------ networks


def same_told(one, other):
    assert one.people.equals(other.people)
    assert one.evidence.astype("str").equals(other.evidence.astype("str"))
    assert one.positions.equals(other.positions)
    assert facts(one) == facts(other)
    assert (one.owners, one.as_of) == (other.owners, other.as_of)


def test_networks_are_pooled_as_their_archives_are(both):
    nets = [tg.read_linkedin(path) for path in both]
    pooled = pool_networks(*nets)
    same_told(pooled, tg.read_linkedin(both))
    assert pool_networks(*nets[::-1]) == pooled
    assert pool_networks(pooled, *nets).report.equals(pooled.report)
    same_told(pool_networks(pooled, *nets), pooled)


def test_a_network_pooled_with_itself_is_itself(both):
    net = tg.read_linkedin(both).with_judgement("bo-ek", "ana-lima", trust=0.5)
    assert pool_networks(net) == net
    assert pool_networks(net, net) == net
    with pytest.raises(ValueError, match="no network"):
        pool_networks()


def test_judgements_merges_and_wishes_survive_pooling(both):
    ana, bo = (tg.read_linkedin(path) for path in both)
    ana = merge_people(ana.with_judgement("bo-ek", "ana-lima", trust=0.2), "bo-ek", "cy-yun")
    bo = bo.with_judgement("bo-ek", "ana-lima", trust=0.7).without_asking("cy-yun")
    net = pool_networks(ana, bo)
    assert net.judgements.to_numpy().tolist() == [["bo-ek", "ana-lima", 0.7, 0.9]]
    assert net.resolve("cy-yun") == "bo-ek"
    assert bool(net.people.loc["bo-ek", "do_not_ask"])
    apart = split_person(net, "bo-ek")
    assert apart.people["do_not_ask"].to_dict() == {
        "ana-lima": False,
        "bo-ek": False,
        "cy-yun": True,
    }


def test_merges_that_contradict_each_other_make_one_person():
    people = [{"id": one} for one in ("a", "b", "c", "d")]
    base = tg.Network.from_records(people, owners=["d"])
    nets = [merge_people(base, *pair) for pair in ("ab", "ba", "bc", "ca")]
    expected = pool_networks(*nets)
    for order in ([3, 2, 1, 0], [1, 3, 0, 2], [2, 0, 3, 1]):
        net = pool_networks(*(nets[n] for n in order))
        assert net.people.index.tolist() in (["a", "d"], ["b", "d"], ["c", "d"])
        assert net == expected
        assert len(split_person(net, net.people.index[0]).people) == 4


def test_acts_told_side_by_side_stay_several_and_those_told_twice_are_one():
    act = {"kind": "project", "source": "ana", "target": "bo"}
    two = tg.Network.from_records(evidence=[act, act], owners=["ana"])
    one = tg.Network.from_records(
        [{"id": "ana"}, {"id": "bo"}, {"id": "cy"}], [act, {**act, "target": "cy"}]
    )
    rows = pool_networks(two, one).evidence
    assert rows["target"].tolist() == ["bo", "bo", "cy"]


def test_two_networks_of_unknown_owners_are_not_one_persons():
    nets = [
        tg.Network.from_records(
            evidence=[{"kind": "connection", "source": "me", "target": other, "origin": "me"}],
            owners=["me"],
        )
        for other in ("bo", "cy")
    ]
    net = pool_networks(*nets)
    assert len(net.owners) == 2
    assert set(net.evidence["origin"]) == set(net.owners)
    assert pool_networks(net, *nets).owners == net.owners
    assert pool_networks(*nets[::-1]) == net


@pytest.mark.parametrize("company", ["", "Freelance", "Acme"])
def test_a_name_without_a_place_stays_one_owners_however_often_it_is_pooled(tmp_path, company):
    sources = [old(tmp_path, n, [connection("Bo Ek", company=company)], f"o{n}") for n in range(3)]
    nets = [tg.read_linkedin(path, owner=owner) for path, owner in sources]
    at_once = pool_networks(*nets)
    in_turn = pool_networks(pool_networks(*nets[:2]), nets[2])
    again = pool_networks(in_turn, nets[0])
    assert len(at_once.people) == (4 if company == "Acme" else 6)
    for other in (in_turn, again):
        assert other.people.equals(at_once.people)
        assert acts(other) == acts(at_once)


@settings(max_examples=10, deadline=None)
@given(
    tables=st.lists(st.lists(ROW, min_size=1, max_size=4), min_size=2, max_size=3),
    days=st.lists(st.sampled_from(["01-02-2025", "11-22-2026"]), min_size=3, max_size=3),
    data=st.data(),
)
def test_pooling_networks_does_not_depend_on_their_order(tmp_path_factory, tables, days, data):
    base = tmp_path_factory.mktemp("nets")
    nets = [
        tg.read_linkedin(
            archive(base / str(n), days[n], {"Connections.csv": connections(rows)}),
            owner=data.draw(st.sampled_from(["ana-lima", "di-wu", None])),
        )
        for n, rows in enumerate(tables)
    ]
    order = data.draw(st.permutations(range(len(nets))))
    assert pool_networks(*(nets[n] for n in order)) == pool_networks(*nets)


def test_a_text_that_both_sides_keep_is_one_text():
    said = {"kind": "message", "source": "ana", "target": "bo", "at": "2026-01-01", "text": "Hi"}
    people = [{"id": "ana"}, {"id": "bo"}]
    nets = [
        tg.Network.from_records(people, texts=[{**said, "origin": owner}], owners=[owner])
        for owner in ("ana", "bo")
    ]
    assert pool_networks(*nets).texts["origin"].tolist() == ["ana\nbo"]


def test_two_whom_one_owner_met_on_different_days_are_not_joined_by_name_and_place(tmp_path):
    rows = [connection("John Smith", company="Amazon", on="01 Jan 2015")]
    old = folder(tmp_path / "old", {"Connections.csv": connections(rows, era="2020")})
    rows = [
        connection("John Smith", "js-9", company="Amazon", on="03 Jan 2024"),
        connection("John Smith", "js-1", company="Google", on="01 Jan 2015"),
    ]
    new = folder(tmp_path / "new", {"Connections.csv": connections(rows)})
    net = tg.read_linkedin([old, new], owner=["ana", "ana"])
    assert set(net.people.index) == {"ana", "js-1", "js-9", "John Smith|Amazon"}
    found = tg.ingest.possible_duplicates(net)
    assert ("js-1", "John Smith|Amazon") in set(zip(found["person"], found["other"], strict=True))


def test_an_archive_given_twice_says_no_more_than_once(tmp_path):
    rows = [connection("Bo Ek"), connection("Cy Yun", company="Acme")]
    one, again = (
        folder(tmp_path / name, {"Connections.csv": connections(rows, era="2020")})
        for name in ("one", "again")
    )
    twice = tg.read_linkedin([one, again], owner=["ana", "ana"])
    once = tg.read_linkedin(one, owner="ana")
    assert twice.people.equals(once.people)
    assert twice.evidence.equals(once.evidence)
    assert twice.facts.equals(once.facts)
    assert not twice.report["reason"].str.contains("kept apart").any()


def test_archives_of_owners_known_by_name_only_are_said_to_be_taken_for_one_person_s(tmp_path):
    both = [
        folder(tmp_path / name, {"Connections.csv": connections([connection(who, slug)])})
        for name, who, slug in (("a", "Bo Ek", "bo-ek"), ("b", "Cy Yun", "cy-yun"))
    ]
    report = tg.read_linkedin(both, owner=["Ana Lima", "Ana Lima"]).report
    told = report[report["reason"].str.contains("taken for one person's")]
    assert told["value"].tolist() == ["Ana Lima|"]


def test_what_is_no_network_is_not_pooled():
    with pytest.raises(TypeError, match="a list is no network"):
        tg.ingest.pool_networks([tg.Network()])
