"""Random and hand-made questions for the tests of subgraphs, reliability and transfer."""

import networkx as nx
import numpy as np

from trustgraph.engine.reliability_network import TwoTerminal, simple_steps, two_terminal

from helpers.brute_transfer import SEEKER, Steps, all_paths, factors


def random_steps(rng: np.random.Generator, *, uncertain: int = 10) -> Steps:
    """A small random question with few enough uncertain steps to enumerate, some 0 and some 1."""
    left = uncertain

    def factor():
        nonlocal left
        kind = rng.random()
        if kind < 0.1:
            return 0.0
        if kind < 0.2 or left == 0:
            return 1.0
        left -= 1
        return rng.random()

    people = [f"m{number}" for number in range(int(rng.integers(2, 6)))]
    targets = [f"t{number}" for number in range(int(rng.integers(1, 3)))]
    density = rng.choice([0.2, 0.5, 0.9])
    drawn = [("first", person) for person in people if rng.random() < 0.6]
    drawn += [
        ("further", (one, other))
        for one in people
        for other in people
        if one != other and rng.random() < density
    ]
    drawn += [("last", (one, target)) for one in people for target in targets if rng.random() < 0.4]
    drawn += [("direct", target) for target in targets if rng.random() < 0.3]
    rng.shuffle(drawn)
    steps = Steps({}, {}, {}, {})
    for place, key in drawn:
        getattr(steps, place)[key] = factor()
    return steps if len(all_paths(steps, 3)) >= rng.choice([0, 2, 4, 6]) else random_steps(rng)


def network_of(steps: Steps, most: int) -> tuple[list[str], TwoTerminal]:
    """The same on arrays, pruned: names of the intermediaries 1 … M and the network."""
    people = {*steps.first, *(asker for asker, _ in steps.last)}
    people |= {person for pair in steps.further for person in pair}
    names = sorted(people)
    number = {name: place for place, name in enumerate(names, start=1)} | {SEEKER: 0}
    fails: dict[tuple[int, int], float] = {}
    for (asker, asked), factor in factors(steps).items():
        pair = (number[asker], number.get(asked, len(names) + 1))
        fails[pair] = fails.get(pair, 1.0) * (1.0 - factor)
    direct = 1.0 - fails.pop((0, len(names) + 1), 1.0)
    pairs = sorted(fails)
    tail = np.array([pair[0] for pair in pairs], dtype=np.int32)
    head = np.array([pair[1] for pair in pairs], dtype=np.int32)
    chance = np.array([1.0 - fails[pair] for pair in pairs])
    keep = simple_steps(tail, head, len(names), most)
    left, tail = np.unique(tail[keep], return_inverse=True)
    left = left[left > 0]
    head = np.searchsorted(left, head[keep]) + 1
    network = two_terminal(
        tail.astype(np.int32), head.astype(np.int32), chance[keep], len(left), most, direct=direct
    )
    return [names[place - 1] for place in left], network


def random_graph(rng: np.random.Generator, *, people: int = 5, density: float = 0.4) -> nx.DiGraph:
    """A graph s, p0 …, t0, t1 with random trust, some of it 0 or 1; nobody trusts themselves.

    Trust in s and trust of the targets is more frequent, so that there are paths.
    """
    names = ["s", *(f"p{number}" for number in range(people)), "t0", "t1"]
    G = nx.DiGraph()
    G.add_nodes_from(names)
    for source in names:
        for target in names:
            likely = 1.5 * density if target == "s" or source in ("t0", "t1") else density
            if source != target and rng.random() < likely:
                G.add_edge(source, target, trust=rng.choice([0.0, 1.0, *([rng.random()] * 4)]))
    return G


def steps_of(G: nx.DiGraph, targets: set[str], *, retention: float = 0.5) -> Steps:
    """What the steps of a graph with trust alone are worth to s: DESIGN 2.6 written out."""
    steps = Steps({}, {}, {}, {})
    for asked, asker, trust in G.edges(data="trust"):
        if asker in targets or asked == "s":
            continue
        if asked in targets:
            (steps.direct if asker == "s" else steps.last)[
                asked if asker == "s" else (asker, asked)
            ] = trust
        elif asker == "s":
            steps.first[asked] = trust
        else:
            steps.further[asker, asked] = retention * trust
    return steps


def star_of(routes: int, seed: int = 0) -> Steps:
    """That many people between seeker and target, who do not know each other."""
    rng = np.random.default_rng(seed)
    people = [f"m{number:03}" for number in range(routes)]
    return Steps(
        {person: rng.random() for person in people},
        {},
        {(person, "t"): rng.random() for person in people},
        {},
    )


def pooled(seed: int = 0, *, hubs: int = 3, inside: int = 8, around: int = 8) -> Steps:
    """Pooled archives: a few well-known owners, people around them, people at the target."""
    rng = np.random.default_rng(seed)

    def factor():
        return 0.05 + 0.5 * rng.random()

    owners = [f"h{number}" for number in range(hubs)]
    at_target = [f"x{number}" for number in range(inside)]
    friends = [f"y{number}" for number in range(around)]
    first = {person: factor() for person in owners + friends}
    first |= {person: factor() for person in at_target if rng.random() < 0.5}
    further = {(owner, x): factor() for owner in owners for x in at_target if rng.random() < 0.6}
    further |= {(y, owner): factor() for owner in owners for y in friends if rng.random() < 0.4}
    further |= {(one, other): factor() for one in owners for other in owners if one != other}
    further |= {(x, owner): factor() for x in at_target for owner in owners if rng.random() < 0.2}
    return Steps(first, further, {(x, "t"): factor() for x in at_target}, {"t": 0.05})
