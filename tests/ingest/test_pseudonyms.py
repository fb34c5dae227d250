"""Nobody is named in a pseudonymised network, and everything else still counts."""

import csv
import hashlib
import hmac
import io
import zipfile

import matplotlib.pyplot as plt
import pandas as pd
import pytest

import trustgraph as tg
from trustgraph._text import circle_key, organisation_key, rank_in
from trustgraph.ingest.pooling import Part, pool
from trustgraph.ingest.pseudonyms import NO_ORGANISATION, pseudonym, pseudonymise
from trustgraph.steps.roles import role_tier

from helpers.outputs import (
    errors_of,
    graph_outputs,
    graphml,
    network_outputs,
    picture_outputs,
    pictures_of,
    result_outputs,
    results_of,
    saved_index,
    terminal,
    traces,
)

KEY = "only for tests: " + "0123456789"


@pytest.fixture(scope="module")
def told():
    """A network with an unmistakable text in every field that can hold one."""
    people = [
        tg.Person(
            id=f"zzid-{who}-zørbyx",
            name=f"Qüentyl {who.title()} Wrxmoor",
            organisation=place,
            position=f"Vice President Wyvernry {who}",
            location=f"Xanthopolis {who}",
            url=f"https://www.linkedin.com/in/zzid-{who}-z%C3%B8rbyx",
            do_not_ask=who == "third",
        )
        for who, place in (
            ("owner", "Vyrgwall Inc."),
            ("first", "Vyrgwall GmbH"),
            ("third", "Wolpertinx Ltd"),
            ("fourth", "Self-employed"),
            ("fifth", "Wolpertinx Ltd"),
            ("sixth", "Wolpertinx Ltd"),
        )
    ]
    ids = {person.id.split("-")[1]: person.id for person in people}
    nameless = "Ynglet Quorrow|"
    people.append(tg.Person(id=nameless, name="Ynglet Quorrow"))
    both = f"{ids['first']}\n{ids['owner']}"

    def act(kind, source, target, at, **more):
        return {"kind": kind, "source": ids[source], "target": ids[target], "at": at, **more}

    own = {"origin": ids["owner"]}
    evidence = [
        act("recommendation", "first", "owner", "2024-03-07T10:11:12Z", origin=both),
        act("connection", "first", "owner", "2022-03-07", **own),
        act("recommendation", "third", "first", "2024-03-09", amount=2.0, origin="Wrxmoor’s list"),
        act("recommendation", "fourth", "first", "2024-03-09", **own),
        act("recommendation", "sixth", "fifth", "2024-05-09", **own),
        act("skill_endorsement", "fifth", "fourth", None),
    ]
    evidence += [
        act("message_day", *pair, f"2025-0{n}-11", **own)
        for n in range(1, 9)
        for pair in (("owner", "first"), ("first", "owner"))
    ]
    net = tg.Network.from_records(
        people,
        [*evidence, {"kind": "connection", "source": ids["owner"], "target": nameless, **own}],
        positions=[
            {
                "person": ids["owner"],
                "organisation": "Vyrgwall AG",
                "title": "Archmage Plumbix",
                "started": "2020-01-17",
            },
            {"person": ids["first"], "organisation": "Freelance", "title": "Plumbix"},
            {"person": ids["first"], "organisation": "Uni Jorvexx", "kind": "school"},
            {"person": ids["third"], "organisation": "Uni Jorvexx", "kind": "school"},
        ],
        facts=[
            {"person": ids["owner"], "kind": "skill", "text": "Glimmerwrx", **own},
            {"person": ids["owner"], "kind": "name", "text": "Olde Namex", **own},
            {"person": ids["first"], "kind": "location", "text": "Lostwyrm", **own},
            {
                "person": ids["first"],
                "kind": "work",
                "text": "Chief Wumpusry",
                "organisation": "Vyrgwall",
                "at": "2021-02-03",
                "until": "2021-05-06",
                "origin": both,
            },
            {"person": ids["third"], "kind": "note", "text": "Met in Krakenholm", **own},
            {"person": ids["owner"], "kind": "company_follow", "organisation": "Wolpertinx"},
        ],
        texts=[
            {
                "kind": "message",
                "source": ids["owner"],
                "target": ids["first"],
                "text": "Secretly yours, Wrxmoor",
                **own,
            }
        ],
        owners=[ids["owner"], ids["first"]],
        as_of="2025-11-22T09:30:00Z",
        report=[
            {
                "file": "zzid-owner.zip: Connectionx_77123.csv",
                "row": 3,
                "level": "warning",
                "reason": "Qüentyl is odd",
                "value": "Wrxmoor",
                "mend": "ask Wrxmoor",
            },
            {
                "file": "messagex.csv",
                "level": "info",
                "reason": "rows read / used / not used",
                "value": "9 / 7 / 2",
            },
            {
                "file": "messagex.csv",
                "level": "info",
                "reason": "rows read / used / not used",
                "value": "Wrxmoor",
            },
            {"file": "messagex.csv", "level": "Qüentyl", "reason": "not used: Wrxmoor"},
        ],
    )
    net = net.replace(merged=[{"alias": ids["sixth"], "person": ids["third"]}])
    return net.with_judgement(ids["fifth"], ids["third"], trust=0.7)


INVENTED = """zzid zørbyx Qüentyl Wrxmoor Vyrgwall Wolpertinx Wyvernry Xanthopolis Ynglet Quorrow
Archmage Plumbix Jorvexx Glimmerwrx Namex Lostwyrm Wumpusry Krakenholm Secretly Connectionx 77123
messagex linkedin GmbH Freelance Self-employed owner-z first-z third-z sixth-z president""".split()


def questions_for(G, net):
    owner = net.owners[0]
    others = [person for person in G if person != owner]
    places = sorted({d["organisation"] for _, d in G.nodes(data=True) if d["organisation"]})
    return [(owner, one) for one in (*others[:6], *map(tg.Organisation, places[:3]))]


def everything(net, folder):
    """Name and text of every output of a network."""
    yield from network_outputs(net)
    G = tg.build_graph(net)
    yield from graph_outputs(G)
    yield "graphml", graphml(G)
    index, saved = saved_index(G, folder)
    yield "index file", saved.decode("utf-8", "replace")
    yield "index", repr(index) + index.nodes.to_csv()
    results = list(results_of(index, questions_for(G, net)))
    for result in results:
        yield from result_outputs(result)
    yield "terminal", terminal(net, results)
    for name, frame in (
        ("organisations", tg.rank_organisations(index, net.owners[0])),
        ("reach", tg.introductions.introduction_reach(index, net.owners[0]).reset_index()),
        ("find", tg.find_organisations(index, "organisation")),
        ("people", tg.find_people(index, "person")),
        ("inferred", tg.graph.edges_frame(tg.build_graph(tg.graph.infer_ties(net)))),
    ):
        yield name, frame.to_csv() + frame.to_html()
    for ax in pictures_of(G, results[:8]):
        for name, shown in picture_outputs(ax).items():
            yield f"picture {name}", shown
    yield from errors_of(net)


@pytest.mark.parametrize("options", [{}, {"roles": True, "dates": "month"}], ids=["plain", "roles"])
def test_no_original_string_survives_in_any_output_pictures_included(told, options, tmp_path):
    names = []
    for name, shown in everything(pseudonymise(told, KEY, **options), tmp_path):
        assert (name, traces(INVENTED, shown)) == (name, [])
        assert KEY not in shown
        names.append(name)
    assert {"picture svg", "picture texts", "graphml", "Transfer explain", "pickle"} <= set(names)


def test_the_search_for_strings_finds_them_all_in_the_network_itself(told, tmp_path):
    shown = "\n".join(text for _, text in everything(told, tmp_path))
    assert traces(INVENTED, shown) == sorted(INVENTED)


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    return tg.datasets.make_archive(
        tmp_path_factory.mktemp("made"), seed=5, connections=60, messages=300
    )


def cells_of(path):
    """Return every cell of every table of a zip, and the words of their headers."""
    cells, headers = set(), set()
    with zipfile.ZipFile(path) as container:
        names = [name for name in container.namelist() if name.endswith(".csv")]
    for name in names:
        with zipfile.ZipFile(path) as container:
            text = container.read(name).decode()
        header, *rows = csv.reader(io.StringIO(text.rpartition("Notes:\n")[2], newline=""))
        headers.update(header)
        cells.update(cell.strip() for row in rows for cell in row)
    return cells - headers


OWN_WORDS = frozenset(
    """linkedin message messages connection connections invitation invitations recommendation file
    report skill project none true false english share comment reaction position name title text
    organisation source target education profile notes python""".split()
)
"""Cells that are words of the library or of Python too."""


def test_no_cell_of_an_archive_survives_in_any_output(archive, tmp_path):
    net = tg.read_linkedin(archive)
    strings = {
        cell
        for cell in cells_of(archive.path)
        if sum(letter.isalpha() for letter in cell) >= 4
        and cell.casefold() not in OWN_WORDS
        and not cell.endswith(" UTC")
        and not (cell.isalpha() and cell.isupper())  # a word of the format: LIKE
    }
    for column in ("name", "slug", "first", "last", "organisation", "position"):
        strings |= {text for text in archive.people[column] if len(text) >= 4}
    strings |= {str(archive.member_id), archive.path.name, archive.email}
    assert len(strings) > 500
    hidden = pseudonymise(net, KEY)
    assert len(traces(strings, net.model_dump_json())) > 100
    for name, shown in everything(hidden, tmp_path):
        assert (name, traces(strings, shown)) == (name, [])


# ------------------------------------------------------------------------------ the pseudonyms


def test_a_pseudonym_is_the_keyed_hash_of_the_id():
    digest = hmac.new(KEY.encode(), b"person\0ana-lima", hashlib.sha256).hexdigest()
    assert pseudonym(KEY, "ana-lima") == f"person-{digest[:20]}"
    assert pseudonym(KEY.encode(), "ana-lima") == pseudonym(KEY, "ana-lima")
    assert pseudonym(KEY + "!", "ana-lima") != pseudonym(KEY, "ana-lima")
    assert pseudonym(KEY, "\ud800") != pseudonym(KEY, "\ud801")


def test_the_forms_of_the_name_of_an_organisation_have_one_pseudonym():
    forms = ("Acme", "ACME Inc.", "The Acme Co., Ltd. | We build")
    (one,) = {pseudonym(KEY, form, kind="organisation") for form in forms}
    assert pseudonym(KEY, "Acmeology", kind="organisation") != one
    assert organisation_key(one) == one.replace("-", "")
    assert circle_key(one)
    assert pseudonym(KEY, "", kind="organisation") == ""
    assert pseudonym(KEY, "Self-employed", kind="organisation") == NO_ORGANISATION
    assert circle_key(NO_ORGANISATION) == ""


@pytest.mark.parametrize(
    ("key", "error", "told"),
    [
        ("hunter2", ValueError, "at least 16 bytes, this one has 7"),
        (b"", ValueError, "this one has 0"),
        (None, TypeError, "not NoneType"),
        (1234567890123456, TypeError, "not int"),
    ],
)
def test_a_bad_key_is_an_error_that_does_not_show_it(key, error, told):
    net = tg.Network.from_records([{"id": "ana"}])
    for call in (lambda: pseudonym(key, "ana"), lambda: pseudonymise(net, key)):
        with pytest.raises(error, match=told) as raised:
            call()
        assert "hunter2" not in str(raised.value)
    assert len(pseudonymise(net, "é" * 8).people) == 1  # 16 bytes, if only 8 letters


def test_an_unknown_option_is_named():
    net = tg.Network.from_records([{"id": "ana"}])
    with pytest.raises(ValueError, match="kind is one of 'person', 'organisation', not 'place'"):
        pseudonym(KEY, "ana", kind="place")
    for option in ("organisations", "dates"):
        with pytest.raises(ValueError, match=f"{option} is one of .*, not 'some'"):
            pseudonymise(net, KEY, **{option: "some"})


def test_two_people_with_one_pseudonym_are_an_error(monkeypatch):
    monkeypatch.setattr("trustgraph.ingest.pseudonyms._DIGITS", 0)
    with pytest.raises(ValueError, match="use another key"):
        pseudonymise(tg.Network.from_records([{"id": "ana"}, {"id": "bo"}]), KEY)


# ------------------------------------------------------------------------------ what stays


def renamed(frame, columns):
    """The rows of a table with pseudonyms for ids, sorted."""
    frame = frame.astype(dict.fromkeys(columns, "str")).copy()
    for column in columns:
        frame[column] = [
            "\n".join(sorted(pseudonym(KEY, one) for one in text.split("\n") if one))
            for text in frame[column]
        ]
    return sorted(map(tuple, frame.astype("str").to_numpy().tolist()))


def rows(frame):
    return sorted(map(tuple, frame.astype("str").to_numpy().tolist()))


def test_ties_judgements_merged_ids_owners_and_whom_not_to_ask_stay(told):
    hidden = pseudonymise(told, KEY)
    assert rows(hidden.evidence) == renamed(told.evidence, ["source", "target", "origin"])
    assert rows(hidden.judgements) == renamed(told.judgements, ["source", "target"])
    assert rows(hidden.merged) == renamed(told.merged, ["alias", "person"])
    assert hidden.owners == tuple(sorted(pseudonym(KEY, one) for one in told.owners))
    assert hidden.as_of == told.as_of
    asked = told.people["do_not_ask"].rename(lambda one: pseudonym(KEY, one))
    pd.testing.assert_series_equal(asked.sort_index(), hidden.people["do_not_ask"])
    apart = hidden.replace(merged=None)
    assert rows(apart.evidence) == renamed(
        told.replace(merged=None).evidence, ["source", "target", "origin"]
    )
    assert len(hidden.texts) == 0


def test_of_facts_and_positions_stay_kinds_dates_and_places(told):
    hidden = pseudonymise(told, KEY).replace(merged=None)
    assert sorted(hidden.facts["kind"]) == ["company_follow", "note", "skill", "work"]
    assert set(hidden.facts["text"]) == {""}
    at_work = hidden.facts[hidden.facts["kind"] == "work"].iloc[0]
    assert at_work["organisation"] == pseudonym(KEY, "Vyrgwall", kind="organisation")
    assert at_work["at"] == pd.Timestamp("2021-02-03", tz="UTC")
    places = hidden.positions.set_index(["person", "kind"])["organisation"]
    first = pseudonym(KEY, told.owners[1])
    assert places[first, "employer"] == NO_ORGANISATION
    assert places[first, "school"] == pseudonym(KEY, "Uni Jorvexx", kind="organisation")
    assert set(hidden.positions["title"]) == {""}


def test_of_the_report_the_counts_stay_and_files_are_numbered(told):
    report = pseudonymise(told, KEY).report
    assert report[["file", "level", "reason", "value"]].to_numpy().tolist() == [
        ["file 1", "warning", "rows of the report left out with the names", "1"],
        ["file 2", "info", "rows of the report left out with the names", "2"],
        ["file 2", "info", "rows read / used / not used", "9 / 7 / 2"],
    ]
    assert report["mend"].eq("").all()
    assert report["row"].eq(0).all()


def test_the_order_of_rows_says_nothing_of_the_ids(told):
    hidden = pseudonymise(told, KEY).replace(merged=None)
    for frame in (hidden.evidence, hidden.positions, hidden.facts, hidden.judgements):
        plain = frame.astype({name: "str" for name in frame if frame[name].dtype == "category"})
        assert plain.equals(plain.sort_values(list(plain.columns), ignore_index=True))
    assert hidden.people.index.is_monotonic_increasing


def test_dates_are_blunted_as_asked(told):
    day = pseudonymise(told, KEY, dates="day")
    month = pseudonymise(told, KEY, dates="month")
    assert sorted(day.evidence["at"].dropna()) == sorted(told.evidence["at"].dropna().dt.floor("D"))
    firsts = [month.evidence["at"], month.positions["started"], month.facts["until"]]
    dates = pd.concat([times.dropna() for times in firsts])
    assert set(dates.dt.day) == {1}
    assert (dates == dates.dt.floor("D")).all()
    assert len(month.evidence) == len(told.evidence)
    assert month.as_of.isoformat() == "2025-11-01T00:00:00+00:00"
    assert day.as_of.isoformat() == "2025-11-22T00:00:00+00:00"
    undated = tg.Network.from_records([{"id": "ana"}])
    assert pseudonymise(undated, KEY, dates="month").as_of is None


def test_organisations_can_go_with_all_positions(told):
    hidden = pseudonymise(told, KEY, organisations="remove")
    assert set(hidden.people["organisation"]) == {""}
    assert set(hidden.facts["organisation"]) == {""}
    assert len(hidden.positions) == 0
    assert "organisation-" not in hidden.model_dump_json()


def test_roles_leave_one_word_of_a_job_title(told):
    plain, hidden = pseudonymise(told, KEY), pseudonymise(told, KEY, roles=True)
    assert set(plain.people["position"]) == {""}
    assert set(hidden.people["position"]) == {"director", ""}
    assert set(hidden.facts.loc[hidden.facts["kind"] == "work", "text"]) == {"director"}


@pytest.mark.parametrize(
    "title", ["CTO", "VP of Sales", "Sr Engineer", "Team Lead", "Founder", "Buyer", "HR", ""]
)
def test_the_word_that_is_left_means_for_a_question_what_the_title_meant(title):
    assert role_tier(rank_in(title), "") == role_tier(title, "")


def test_a_network_pseudonymised_twice_joins_with_one_pseudonymised_twice(told):
    twice = pseudonymise(pseudonymise(told, KEY), KEY)
    assert len(twice.people) == len(told.people)
    assert pseudonym(KEY, pseudonym(KEY, told.owners[0])) in twice.owners


# ------------------------------------------------------------------------------ equal scores


@pytest.fixture(scope="module")
def sample():
    return tg.read_linkedin(tg.datasets.sample_archives())


def scores(G, seeker, target, of=lambda one: one):
    """Scores of paths by the people on them, in terms of pseudonyms."""
    paths = tg.find_introductions(G, seeker, target, k=200)
    return {tuple(of(one) for one in path.path): path.score for path in paths}


def same_edge(one, other):
    assert one["kinds"] == other["kinds"]
    numbers = [{k: v for k, v in tie.items() if k != "kinds"} for tie in (one, other)]
    assert numbers[0] == pytest.approx(numbers[1], abs=1e-12)


def same_scores(G, H, seeker, target):
    before = scores(G, seeker, target, lambda one: pseudonym(KEY, one))
    after = scores(H, pseudonym(KEY, seeker), pseudonym(KEY, target))
    assert after == pytest.approx(before, abs=1e-12)
    return len(before)


def test_edges_and_paths_of_a_pseudonymised_network_are_the_same(sample):
    G, H = tg.build_graph(sample), tg.build_graph(pseudonymise(sample, KEY))
    assert len(H) == len(G)
    for source, target, told in G.edges(data=True):
        same_edge(H.edges[pseudonym(KEY, source), pseudonym(KEY, target)], told)
    found = [
        same_scores(G, H, sample.owners[0], one) for one in list(G)[:40] if one not in sample.owners
    ]
    assert sum(found) > 40


def test_organisations_are_found_by_their_pseudonym(sample):
    plain = sample.people.assign(position="")
    # All forms of a name match exactly afterwards.
    plain["organisation"] = plain["organisation"].replace("Tessaloom GmbH", "Tessaloom")
    G = tg.build_graph(sample.replace(people=plain, positions=()))
    H = tg.build_graph(pseudonymise(sample.replace(positions=()), KEY))
    R = tg.build_graph(pseudonymise(sample, KEY, roles=True))
    seeker = sample.owners[0]
    there = tg.Organisation(pseudonym(KEY, "Tessaloom", kind="organisation"))
    hidden = tg.find_introductions(H, pseudonym(KEY, seeker), there, k=50)
    exact = {
        tuple(pseudonym(KEY, one) for one in path.path[:-1]): path.score
        for path in tg.find_introductions(G, seeker, tg.Organisation("Tessaloom"), k=50)
    }
    assert {path.path[:-1]: path.score for path in hidden} == pytest.approx(exact, abs=1e-12)
    assert exact
    ranked = tg.find_introductions(R, pseudonym(KEY, seeker), there, k=50)
    assert max(path.score for path in ranked) >= max(exact.values())


def test_transfer_is_the_same(sample):
    G, H = tg.build_graph(sample), tg.build_graph(pseudonymise(sample, KEY))
    seeker, target = sample.owners[0], "katalin-vesterholt"
    before = tg.reputation_transfer(G, seeker, target)
    after = tg.reputation_transfer(H, pseudonym(KEY, seeker), pseudonym(KEY, target))
    assert after.total == pytest.approx(before.total, abs=1e-12)
    assert {one.person: one.shapley for one in after.carriers} == pytest.approx(
        {pseudonym(KEY, one.person): one.shapley for one in before.carriers}, abs=1e-12
    )


# ------------------------------------------------------------------------------ pooling


def part_of(net, archive):
    """What one archive says, from the network of one owner."""
    return Part(
        archive=archive,
        owner=net.owner,
        is_owner_known=True,
        as_of=net.as_of,
        people=net.people.reset_index().drop(columns="do_not_ask"),
        evidence=net.evidence.drop(columns="origin").astype(
            {"source": "str", "target": "str", "kind": "str"}
        ),
        positions=net.positions,
        facts=net.facts.drop(columns="origin"),
        texts=net.texts.drop(columns="origin"),
        report=net.report,
    )


def either_way(acts):
    """Acts in which a connection, which has no direction, names the lesser id first."""
    acts = acts.astype({"source": "str", "target": "str"})
    back = (acts["kind"] == "connection") & (acts["source"] > acts["target"])
    return acts.assign(
        source=acts["source"].where(~back, acts["target"]),
        target=acts["target"].where(~back, acts["source"]),
    )


def pooled_both_ways(nets):
    before = pseudonymise(pool([part_of(net, f"a{n}") for n, net in enumerate(nets)]), KEY)
    hidden = [pseudonymise(net, KEY) for net in nets]
    return before, pool([part_of(net, f"a{n}") for n, net in enumerate(hidden)])


def test_networks_pseudonymised_apart_pool_as_before():
    nets = [tg.read_linkedin(path) for path in tg.datasets.sample_archives()]
    before, after = pooled_both_ways(nets)
    assert len(nets) == 3
    told = [net.people.drop(columns="organisation") for net in (before, after)]
    # Whoever is known by a name alone is somebody else in each archive, under ids of their own.
    placeless = [people.index.str.contains("|", regex=False) for people in told]
    assert placeless[0].sum() == placeless[1].sum() == 3
    assert told[0][~placeless[0]].equals(told[1][~placeless[1]])
    assert rows(either_way(before.evidence)) == rows(either_way(after.evidence))
    assert before.owners == after.owners
    assert before.as_of == after.as_of
    G, H = tg.build_graph(before), tg.build_graph(after)
    assert set(G.edges) == set(H.edges)
    for edge in G.edges:
        same_edge(H.edges[edge], G.edges[edge])
    found = [
        scores(G, before.owners[0], one) == scores(H, before.owners[0], one)
        for one in list(G)
        if one != before.owners[0] and one in H
    ]
    assert all(found)


def lone(owner, *names):
    """The network of somebody whose connections are known by name alone."""
    people = [{"id": owner, "name": owner, "url": f"https://www.linkedin.com/in/{owner}"}]
    for name in names:
        who, _, place = name.partition("|")
        people.append({"id": name, "name": who, "organisation": place})
    ties = [
        {"kind": "connection", "source": owner, "target": name, "at": "2024-01-01", "origin": owner}
        for name in names
    ]
    return tg.Network.from_records(people, ties, owners=[owner], as_of="2025-01-01")


def test_people_known_by_name_alone_join_where_the_text_is_the_same():
    nets = [lone("ana", "Zoë Ng|Acme", "Cy Yun|"), lone("bo", "Zoë Ng|Acme", "Cy Yun|")]
    before, after = pooled_both_ways(nets)
    # Two of one name at no known place are two people, before and after.
    assert len(before.people) == len(after.people) == 5
    assert pseudonym(KEY, "Zoë Ng|Acme") in after.people.index
    assert sorted(tg.build_graph(after).degree[one] for one in after.people.index) == sorted(
        tg.build_graph(before).degree[one] for one in before.people.index
    )


def test_other_spellings_of_a_name_join_only_before():
    nets = [lone("ana", "Zoë Ng|Acme Inc."), lone("bo", "Zoe Ng|Acme")]
    before, after = pooled_both_ways(nets)
    assert (len(before.people), len(after.people)) == (3, 4)


@pytest.fixture(autouse=True)
def _no_figure_left():
    yield
    plt.close("all")
