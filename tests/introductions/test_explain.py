"""What a job-seeker reads."""

import datetime as dt

import networkx as nx

import trustgraph as tg

AS_OF = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def day(year: int, month: int = 1) -> dt.datetime:
    return dt.datetime(year, month, 15, tzinfo=dt.UTC)


def network(*, talks: int = 24) -> tg.Network:
    people = [
        tg.Person(id="ana", name="Ana Lima"),
        tg.Person(id="bo", name="Bo Chen", organisation="Acme", position="Head of Data"),
        tg.Person(id="cy", name="Cy Ode", organisation="Acme", position="Buyer"),
    ]
    records = [
        tg.Evidence(kind="connection", source="ana", target=who, at=day(2015))
        for who in ("bo", "cy")
    ]
    records += [
        tg.Evidence(
            kind="conversation_day", source="ana", target="bo", at=day(2024 + n // 12, n % 12 + 1)
        )
        for n in range(talks)
    ]
    if talks:
        records.append(
            tg.Evidence(kind="recommendation", source="bo", target="ana", at=day(2023, 3))
        )
    return tg.Network.from_records(people, records, owners=["ana"], as_of=AS_OF)


def test_a_path_tells_who_why_what_is_weak_and_how_it_compares() -> None:
    G = tg.build_graph(network())
    ask = tg.Ask(seeker="ana", target=tg.Organisation("Acme"), interest="data platforms")
    text = tg.find_introductions(G, ask).explain()
    assert "Ana Lima asks Bo Chen, who passes it on to Acme" in text
    assert "24 days of conversation (2024-01 to 2025-12)" in text
    assert "1 written recommendation from Bo Chen (2023-03)" in text
    assert "Head of Data at Acme" in text
    assert "assumed" in text
    assert "Weakest step" in text
    assert "What would mend it" in text
    assert "Against a cold application" in text
    assert "The ask leaves unsaid: role, why me, location, timing" in text
    assert "promise nothing" in text
    assert "Cy Ode" in text.splitlines()[-2]  # would only forward


def test_connections_alone_give_the_honest_answer() -> None:
    G = tg.build_graph(network(talks=0))
    result = tg.find_introductions(G, "ana", tg.Organisation("Acme"))
    assert (len(result), result.reason) == (0, "no_evidence_of_trust")
    assert result.contacts_at_target == ("Bo Chen", "Cy Ode")  # alphabetical, unranked
    assert result.nearest_misses == ()
    text = result.explain()
    assert "A bare connection is not a relationship" in text
    assert "in alphabetical order, not ranked: Bo Chen, Cy Ode" in text
    assert "a dozen judgements" in text
    assert "complete archive" in text


def test_a_closed_gate_says_how_much_is_missing() -> None:
    net = network(talks=24)
    people = net.people.reset_index()
    people["organisation"] = ["", "", "Acme"]
    G = tg.build_graph(net.replace(people=people))
    result = tg.find_introductions(G, "ana", tg.Organisation("Acme"))
    assert result.reason == "nobody_who_would_vouch"
    (miss,) = result.nearest_misses
    assert miss.path == ("ana", "cy", "Acme")
    assert "Cy Ode would vouch for Ana Lima with 6 %, it takes 20 %" in miss.lacking
    # r = .1 now, + 4 (1 - exp(-.75 / 4)) = .784 after three: trust .35, willingness .20
    assert "(about 3 days of conversation more)" in miss.lacking


def test_that_advice_opens_the_gate_when_followed() -> None:
    net = network(talks=24)
    people = net.people.reset_index()
    people["organisation"] = ["", "", "Acme"]
    for talks, found in ((2, 0), (3, 1)):
        more = [
            tg.Evidence(
                kind="conversation_day",
                source="ana",
                target="cy",
                at=AS_OF - dt.timedelta(hours=n * 24),
            )
            for n in range(talks)
        ]
        records = [*net.iter_evidence(), *more]
        G = tg.build_graph(net.replace(people=people, evidence=records))
        assert len(tg.find_introductions(G, "ana", tg.Organisation("Acme"))) == found


def test_a_longer_way_and_an_inferred_one_are_named_as_near_misses() -> None:
    G = nx.DiGraph()
    for asked, asker in (("a", "s"), ("b", "a"), ("c", "b"), ("t", "c")):
        G.add_edge(asked, asker, trust=0.9)
    result = tg.find_introductions(G, "s", "t", max_intermediaries=2)
    assert result.reason == "too_many_intermediaries"
    assert result.nearest_misses[0].path == ("s", "a", "b", "c", "t")
    G.edges["b", "a"]["observed"] = False
    result = tg.find_introductions(G, "s", "t")
    assert result.reason == "only_inferred_ties"
    assert "a and b" in result.nearest_misses[0].lacking


def test_nobody_at_the_target_and_no_path_differ() -> None:
    G = nx.DiGraph()
    G.add_edge("a", "s", trust=0.9)
    G.add_node("t")
    assert tg.find_introductions(G, "s", "t").reason == "no_path"
    result = tg.find_introductions(G, "s", tg.Organisation("Acme"))
    assert result.reason == "nobody_at_target"
    assert "Nobody in the graph is known to be at Acme" in result.explain()
    assert "tg.find_organisations" in result.explain()
