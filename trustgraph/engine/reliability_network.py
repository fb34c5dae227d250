"""Hop-capped two-terminal networks: building, exact pruning, counting, cutting to size."""

from dataclasses import dataclass

import numpy as np

from trustgraph._typing import Bools, Floats, Ints, LongInts
from trustgraph.engine import reliability
from trustgraph.engine._compile import twin

__all__ = [
    "TwoTerminal",
    "hops_back",
    "hops_fore",
    "on_short_walk",
    "simple_steps",
    "strongest_steps",
    "two_terminal",
    "walk_counts",
]

FAR = np.int32(1 << 20)
"""Number of hops that stands for: not at all."""
COMPILE_FROM_STEPS = 20_000
"""Steps to be pruned from which the compiled twin pays for the start of the compiler."""


@dataclass(frozen=True, eq=False)
class TwoTerminal:
    """A network from a seeker (0) through intermediaries (1 … people) to a sink (people + 1).

    Attributes
    ----------
    people, most
        Number of intermediaries, and how many of them a path may have.
    tail, head, chance
        Steps, sorted by tail then head, at most one a pair, none from the seeker to the sink;
        chance that each works, in (0, 1].
    start
        Steps that leave v are ``start[v]`` to ``start[v + 1]``.
    exit_of
        Step from v to the sink, or -1.
    back
        Smallest number of intermediaries from v, itself included, to the sink.
    direct
        Chance that the seeker reaches the sink without anybody, in [0, 1].
    """

    people: int
    most: int
    tail: Ints
    head: Ints
    chance: Floats
    start: LongInts
    exit_of: LongInts
    back: Ints
    direct: float


def hops_fore(tail: Ints, head: Ints, people: int, most: int) -> Ints:
    """Return the smallest number of intermediaries from the seeker to v, v included.

    Parameters
    ----------
    tail, head
        Steps.
    people, most
        Number of intermediaries, and how many of them a path may have.

    Returns
    -------
    numpy.ndarray
        One number for each of 0 … people + 1; `FAR` where there is none within ``most``.
    """
    return _hops(tail, head, 0, people, most)


def hops_back(tail: Ints, head: Ints, people: int, most: int) -> Ints:
    """Return the smallest number of intermediaries from v, itself included, to the sink.

    Parameters
    ----------
    tail, head
        Steps.
    people, most
        Number of intermediaries, and how many of them a path may have.

    Returns
    -------
    numpy.ndarray
        One number for each of 0 … people + 1; `FAR` where there is none within ``most``.
    """
    return _hops(head, tail, people + 1, people, most)


def _hops(tail: Ints, head: Ints, origin: int, people: int, most: int) -> Ints:
    hops = np.full(people + 2, FAR, np.int32)
    hops[origin] = 0
    for hop in range(1, most + 1):
        met = head[hops[tail] == hop - 1]
        hops[met[hops[met] == FAR]] = hop
    return hops


def on_short_walk(tail: Ints, head: Ints, people: int, most: int) -> Bools:
    """Whether each step stands on a walk with at most ``most`` intermediaries.

    Parameters
    ----------
    tail, head
        Steps; none from the seeker to the sink.
    people, most
        Number of intermediaries, and how many of them a path may have.

    Returns
    -------
    numpy.ndarray
        One flag a step.
    """
    fore = hops_fore(tail, head, people, most)
    back = hops_back(tail, head, people, most)
    short: Bools = fore[tail] + back[head] <= most
    return short


def simple_steps(tail: Ints, head: Ints, people: int, most: int) -> Bools:
    """Whether each step stands on a simple path with at most ``most`` intermediaries, exactly.

    Parameters
    ----------
    tail, head
        Steps, sorted by tail then head, at most one a pair.
    people, most
        Number of intermediaries, and how many of them a path may have.

    Returns
    -------
    numpy.ndarray
        One flag a step.

    Notes
    -----
    A walk with one or two intermediaries is simple when no step joins a person to themselves, so
    there pruning by hops is exact. From three on a walk can pass the same person twice.
    """
    keep: Bools = on_short_walk(tail, head, people, most) & (tail != head)
    if most <= 2 or not keep.any():  # noqa: PLR2004 - see Notes
        return keep
    chosen = np.flatnonzero(keep)
    network = two_terminal(tail[chosen], head[chosen], np.ones(len(chosen)), people, most)
    fore = hops_fore(network.tail, network.head, people, most)
    simple = _on_shortest_path(network, fore)
    if not simple.all():
        between = (network.tail > 0) & (network.head <= people)
        order = np.lexsort((fore[network.tail[between]], network.head[between]))
        in_tail = network.tail[between][order]
        in_start = np.searchsorted(network.head[between][order], np.arange(people + 3))
        twin(reliability, work=int((~simple).sum()), worth=COMPILE_FROM_STEPS).on_simple_path(
            network.start,
            network.head,
            network.exit_of,
            network.back,
            in_start.astype(np.int64),
            in_tail,
            fore,
            network.tail,
            most,
            simple,
        )
    keep[chosen] = simple
    return keep


def _on_shortest_path(network: TwoTerminal, fore: Ints) -> Bools:
    """Whether some shortest way to each step and one on from it have nobody in common.

    Of all shortest ways two are tried on each side: that of the first and of the last steps.
    """
    tail, head, back, most = network.tail, network.head, network.back, network.most
    simple = np.zeros(len(tail), bool)
    forth = np.flatnonzero(fore[head] == fore[tail] + 1)
    on = np.flatnonzero(back[tail] == back[head] + 1)
    for steps_to in (forth, forth[::-1]):
        earlier = _chain(head[steps_to], tail[steps_to], 0, tail, network)
        for steps_on in (on, on[::-1]):
            later = _chain(tail[steps_on], head[steps_on], network.people + 1, head, network)
            apart = np.ones(len(tail), bool)
            for one in earlier:
                for other in later:
                    apart &= one != other
            simple |= apart
    simple &= fore[tail] + back[head] <= most
    return simple


def _chain(of: Ints, neighbour: Ints, end: int, people: Ints, network: TwoTerminal) -> list[Ints]:
    """Return people, their neighbours, the neighbours of these and so on, up to the end."""
    following = np.full(network.people + 2, end, np.int32)
    following[of] = neighbour
    chain = [people]
    for _ in range(network.most - 1):
        chain.append(following[chain[-1]])
    return chain


def two_terminal(
    tail: Ints, head: Ints, chance: Floats, people: int, most: int, *, direct: float = 0.0
) -> TwoTerminal:
    """Return the network of some steps.

    Parameters
    ----------
    tail, head, chance
        Steps sorted by tail then head, at most one a pair, none from the seeker to the sink.
    people, most
        Number of intermediaries, and how many of them a path may have.
    direct
        Chance that the seeker reaches the sink without anybody.

    Returns
    -------
    TwoTerminal
        The network.
    """
    exit_of = np.full(people + 2, -1, np.int64)
    leaving = np.flatnonzero(head == people + 1)
    exit_of[tail[leaving]] = leaving
    return TwoTerminal(
        people=people,
        most=most,
        tail=tail,
        head=head,
        chance=chance,
        start=np.searchsorted(tail, np.arange(people + 2)).astype(np.int64),
        exit_of=exit_of,
        back=hops_back(tail, head, people, most),
        direct=direct,
    )


def walk_counts(network: TwoTerminal) -> tuple[float, float]:
    """Return bounds on the work: how many walks and how many prefixes of walks there are.

    Parameters
    ----------
    network
        The network.

    Returns
    -------
    tuple
        At least the number of admissible simple paths, and of their prefixes; exact while no
        walk within the cap passes anybody twice.
    """
    inner = network.head <= network.people
    tail, head = network.tail[inner], network.head[inner]
    ways = np.zeros(network.people + 2)
    ways[0] = 1.0
    whole = prefixes = 0.0
    for used in range(1, network.most + 1):
        open_ = used + network.back[head] - 1 <= network.most
        ways = _summed(head[open_], ways[tail[open_]], network.people + 2)
        prefixes += float(ways.sum())
        whole += float(ways[network.exit_of >= 0].sum())
    return whole, prefixes


def _summed(places: Ints, values: Floats, size: int) -> Floats:
    sums = np.zeros(size)
    np.add.at(sums, places, values)
    return sums


def strongest_steps(network: TwoTerminal, limit: float) -> TwoTerminal:
    """Keep the steps on the best paths, as many as leave at most ``limit`` prefixes.

    Parameters
    ----------
    network
        The network.
    limit
        Largest number of prefixes.

    Returns
    -------
    TwoTerminal
        A network with the same people; its reliability is a lower bound.

    Notes
    -----
    Steps are ranked by the best product of chances over the walks within the cap that use them.
    """
    worth = _best_through(network)
    order = np.argsort(-worth, kind="stable")
    fewest, most = 0, len(order)
    while most - fewest > 1:
        middle = (fewest + most) // 2
        if walk_counts(_only(network, np.sort(order[:middle])))[1] <= limit:
            fewest = middle
        else:
            most = middle
    kept = _only(network, np.sort(order[:fewest]))
    simple = simple_steps(kept.tail, kept.head, kept.people, kept.most)
    return _only(kept, np.flatnonzero(simple))


def _only(network: TwoTerminal, steps: LongInts) -> TwoTerminal:
    return two_terminal(
        network.tail[steps],
        network.head[steps],
        network.chance[steps],
        network.people,
        network.most,
        direct=network.direct,
    )


def _best_through(network: TwoTerminal) -> Floats:
    """Return, for each step, the best product of a walk within the cap that uses it."""
    most, sink = network.most, network.people + 1
    tail, head, chance = network.tail, network.head, network.chance
    fore = np.zeros((most + 1, sink + 1))
    back = np.zeros((most + 1, sink + 1))
    fore[0, 0] = back[0, sink] = 1.0
    for used in range(1, most + 1):
        np.maximum.at(fore[used], head, fore[used - 1, tail] * chance)
        np.maximum.at(back[used], tail, back[used - 1, head] * chance)
        fore[used, sink] = back[used, 0] = 0.0
    best = np.zeros(len(tail))
    for before in range(most + 1):
        for after in range(most - before + 1):
            best = np.maximum(best, fore[before, tail] * chance * back[after, head])
    return best
