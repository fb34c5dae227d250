"""Random graphs with everything that a question may meet, and random questions to them."""

from typing import Any

import networkx as nx
import numpy as np

import trustgraph as tg

from helpers.brute_paths import random_graph

PLACES = ("Acme", "Acme Inc.", "Acme Robotics", "Pacme", "")
RECORDS = {"recommendation": {"count": 1, "first": None, "last": "2023-03-15", "direction": "out"}}


def random_world(generator: np.random.Generator, *, n: int, density: float) -> nx.DiGraph:
    """Return a random graph with people at organisations, and at times certainty or guesses."""
    G = random_graph(generator, n=n, density=density)
    certain, guessed = generator.random() < 0.5, generator.random() < 0.5
    for person in G:
        G.nodes[person]["organisation"] = str(generator.choice(PLACES))
        G.nodes[person]["position"] = str(generator.choice(["Buyer", "CTO", "Senior Buyer", ""]))
        G.nodes[person]["do_not_ask"] = bool(generator.random() < 0.05)
    for *_, tie in G.edges(data=True):
        if certain:
            tie["certainty"] = float(generator.choice([0.0, 0.3, 0.9, 1.0]))
        if guessed:
            tie["observed"] = bool(generator.random() < 0.6)
        if generator.random() < 0.3:
            tie["last_contact"], tie["kinds"] = "2024-05-06T07:08:09", RECORDS
    return G


def random_ask(generator: np.random.Generator, G: nx.DiGraph) -> tg.Ask:
    """Return a question from the first person to others, an organisation or somebody unknown."""
    people = sorted(G)
    targets: list[Any] = [
        people[-1],
        people[-3:],
        tg.Organisation("Acme"),
        tg.Organisation("Acme", role="CTO"),
        tg.Prospect("Ines Roth", organisation="Acme"),
    ]
    kind = str(generator.choice(["none", "none", "gift", "payment"]))
    return tg.Ask(
        seeker=people[0],
        target=targets[int(generator.integers(len(targets)))],
        purpose="reach" if generator.random() < 0.25 else "vouch",
        incentive=tg.Incentive(kind=kind, size=str(generator.choice(["token", "large"]))),
        clarity=float(generator.choice([0.3, 1.0])),
    )
