import networkx as nx

import trustgraph as tg


def graph() -> nx.DiGraph:
    G = nx.DiGraph()
    G.add_node("ana-lima", name="Ana Lima", organisation="Acme, Inc.")
    G.add_node("ana-lima-2", name="Ána Lima", organisation="ACME")
    G.add_node("bo", name="Bo Chen", organisation="Pacme")
    G.add_node("cy", name="Cy Ode", organisation="", past=(("Acme Robotics", "Buyer"),))
    return G


def test_people_are_found_by_name_words_and_misspelling() -> None:
    G = graph()
    assert tg.find_people(G, "ana lima")["person"].tolist() == ["ana-lima", "ana-lima-2"]
    assert tg.find_people(G, "Lima")["person"].tolist() == ["ana-lima", "ana-lima-2"]
    assert tg.find_people(G, "Bo Chan")["person"].tolist() == ["bo"]
    assert tg.find_people(G, "Lyma")["person"].tolist() == ["ana-lima", "ana-lima-2"]
    assert tg.find_people(G, "zzz").empty
    assert tg.find_people(G, "").empty


def test_organisations_say_how_they_match_and_never_by_substring() -> None:
    frame = tg.find_organisations(graph(), "Acme")
    told = dict(zip(frame["organisation"], frame["match"], strict=True))
    assert told["ACME"] == "exact"
    assert told["Acme, Inc."] == "strong"
    assert told["Acme Robotics"] == "weak"
    assert told.get("Pacme", "") == ""  # alike in spelling, but no match
    people = dict(zip(frame["organisation"], frame["people"], strict=True))
    assert people["Acme Robotics"] == 0
