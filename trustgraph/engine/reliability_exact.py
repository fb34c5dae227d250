"""Transfer exactly, by the chance of a union of products (a decision diagram of the paths)."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np

from trustgraph._typing import Bools, Floats, LongInts
from trustgraph.engine.reliability_diagram import (
    Budget,
    UnionDiagram,
    union_diagram,
    union_of_products,
)
from trustgraph.engine.reliability_network import TwoTerminal, walk_counts
from trustgraph.engine.reliability_numbers import ManyTransfers, TransferNumbers

__all__ = ["TransferDiagrams", "exact_total", "exact_transfer", "transfer_diagrams"]

MOST_PATHS = 1_000
"""Paths up to which an exact answer is tried."""
WALKS_PER_PATH = 10
"""Walks for each path allowed up to which the paths among them are listed."""
MOST_WORK = 20_000
"""Products looked at while the diagrams are built, over all of them.

Measured: there the diagrams take twice as long as 16,384 plain samples, five times as compiled.
"""
CASES_AT_ONCE = 4_096
"""Cases of a diagram that are made up together."""


@dataclass(frozen=True)
class _Literals:
    """Bits of the products: one for each step and one for each intermediary."""

    step: dict[tuple[int, int], int]
    person: dict[int, int]
    chance: Floats


@dataclass(frozen=True, eq=False)
class TransferDiagrams:
    """Diagrams of a transfer, to be evaluated at any chances of its steps.

    Attributes
    ----------
    steps, people
        Event of each step of the network, and of each intermediary.
    total
        Of some whole path: its steps work and its people take part.
    inflow, through
        Of each intermediary, over steps alone.
    """

    steps: LongInts
    people: LongInts
    total: UnionDiagram
    inflow: list[UnionDiagram]
    through: list[UnionDiagram]

    def numbers(self, chance: Floats, direct: Floats) -> ManyTransfers:
        """Return the transfer in many cases at once.

        Parameters
        ----------
        chance
            Chance of each step in each case, in (0, 1], shape (steps, cases).
        direct
            Chance of the direct tie in each case, in [0, 1].

        Returns
        -------
        ManyTransfers
            Exact up to rounding.
        """
        cases = chance.shape[1]
        nodes, weights = _gauss(len(self.people))
        taking_part = np.concatenate([[1.0], nodes])
        base = self.events(chance)
        slopes = np.zeros((len(taking_part), len(self.people), cases))
        reached = np.zeros((len(taking_part), cases))
        at_once = max(1, CASES_AT_ONCE // max(cases, 1))
        for low in range(0, len(taking_part), at_once):
            part = slice(low, low + at_once)
            wide = np.tile(base, len(taking_part[part]))
            wide[self.people] = np.repeat(taking_part[part], cases)
            found = self.total.union(wide)
            reached[part] = found.chance.reshape(reached[part].shape)
            for person, event in enumerate(self.people):
                slopes[part, person] = found.slope[event].reshape(reached[part].shape)
        shapley = np.tensordot(weights, slopes[1:], 1)
        none = np.zeros((0, cases))
        inflow, through = (
            np.array([one.chance(base) for one in diagrams] or none)
            for diagrams in (self.inflow, self.through)
        )
        return ManyTransfers.of_paths(reached[0], slopes[0], shapley, inflow, through, direct)

    def totals(self, chance: Floats, taking_part: Floats) -> Floats:
        """Return the chance that some path works, without the direct tie.

        Parameters
        ----------
        chance
            Chance of each step, in (0, 1].
        taking_part
            Chance that each intermediary takes part, in [0, 1], shape (people, cases).

        Returns
        -------
        numpy.ndarray
            Shape (cases,).
        """
        base = self.events(np.repeat(chance[:, None], taking_part.shape[1], axis=1))
        base[self.people] = taking_part
        return self.total.chance(base)

    def events(self, chance: Floats) -> Floats:
        """Return the chance of each event; everybody takes part."""
        base = np.ones((len(self.steps) + len(self.people), chance.shape[1]))
        base[self.steps] = chance
        return base


def exact_transfer(network: TwoTerminal) -> TransferNumbers | None:
    """Return the exact transfer of a network, or None where that would take too long.

    Parameters
    ----------
    network
        The network; every step stands on an admissible simple path.

    Returns
    -------
    TransferNumbers or None
        Exact up to rounding.

    Notes
    -----
    A path works if all its steps work: a product. The total is the chance of a union of products,
    through and inflow those of the products of some paths or prefixes. If each intermediary
    takes part with chance t, the total is a polynomial F in t, linear in each intermediary's own
    chance; the slope in it is the removal at t = 1, and its mean over t in [0, 1] is the Shapley
    value [1]_. The mean of a polynomial of degree M - 1 is exact on ceil(M / 2) Gauss nodes.

    References
    ----------
    .. [1] Owen, G. (1972). Multilinear extensions of games. Management Science 18(5), P64-P79.
       https://doi.org/10.1287/mnsc.18.5.64
    """
    diagrams = transfer_diagrams(network, network.chance == 1.0)
    if diagrams is None:
        return None
    return diagrams.numbers(network.chance[:, None], np.array([network.direct])).exactly()


def transfer_diagrams(
    network: TwoTerminal, certain: Bools, *, total_alone: bool = False
) -> TransferDiagrams | None:
    """Return the diagrams of a transfer, or None where they would take too long to build.

    Parameters
    ----------
    network
        The network; every step stands on an admissible simple path.
    certain
        Which steps are sure to work in every case that will be asked for.
    total_alone
        Whether to leave out those of inflow and through.

    Returns
    -------
    TransferDiagrams or None
        To be evaluated.
    """
    paths = _few_paths(network, MOST_PATHS)
    if paths is None:
        return None
    literals = _literals(network)
    pairs = zip(network.tail.tolist(), network.head.tolist(), strict=True)
    steps = np.array([literals.step[pair] for pair in pairs], dtype=np.int64)
    people = np.array([literals.person[v] for v in range(1, network.people + 1)], dtype=np.int64)
    sure = np.zeros(len(literals.chance), bool)
    sure[steps] = certain
    budget = Budget(MOST_WORK)
    products = {_product(path, literals) | _members(path, literals) for path in paths}
    total = union_diagram(products, sure, budget)
    if total is None:
        return None
    found = TransferDiagrams(steps, people, total, [], [])
    for person in range(1, 1 if total_alone else network.people + 1):
        holding = [path for path in paths if person in path]
        prefixes = {path[: path.index(person) + 1] for path in holding}
        for diagrams, routes in ((found.through, holding), (found.inflow, prefixes)):
            diagram = union_diagram({_product(one, literals) for one in routes}, sure, budget)
            if diagram is None:
                return None
            diagrams.append(diagram)
    return found


def _gauss(people: int) -> tuple[Floats, Floats]:
    """Return points and weights that give the mean over [0, 1] of what depends on so many."""
    nodes, weights = np.polynomial.legendre.leggauss(max(1, -(-people // 2)))
    return (nodes + 1.0) / 2.0, weights / 2.0


def exact_total(network: TwoTerminal, *, most_paths: int, most_work: int) -> float | None:
    """Return the exact total of a network, or None where that would take too long.

    Parameters
    ----------
    network
        The network; its steps may stand on walks alone.
    most_paths
        Number of paths up to which it is tried.
    most_work
        Products that may be looked at.

    Returns
    -------
    float or None
        Exact up to rounding.
    """
    paths = _few_paths(network, most_paths)
    if paths is None:
        return None
    literals = _literals(network)
    products = {_product(path, literals) for path in paths}
    answer = union_of_products(products, literals.chance[:, None], Budget(most_work))
    if answer is None:
        return None
    return network.direct + (1.0 - network.direct) * min(float(answer.chance[0]), 1.0)


def _few_paths(network: TwoTerminal, most: int) -> list[tuple[int, ...]] | None:
    """List all paths; None if there are too many."""
    if walk_counts(network)[0] > WALKS_PER_PATH * most:
        return None
    paths = list(islice(_paths(network), most + 1))
    return None if len(paths) > most else paths


def _paths(network: TwoTerminal) -> Iterator[tuple[int, ...]]:
    """List all admissible simple paths: their people, then the sink."""

    def grown(path: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        last = path[-1]
        for head in network.head[network.start[last] : network.start[last + 1]].tolist():
            if head > network.people:
                yield (*path[1:], head)
            elif head not in path and len(path) - 1 + network.back[head] <= network.most:
                yield from grown((*path, head))

    return grown((0,))


def _literals(network: TwoTerminal) -> _Literals:
    """Give each person, in a narrow order, a bit, and each step one next to its first person."""
    pairs = list(zip(network.tail.tolist(), network.head.tolist(), strict=True))
    touching: dict[int, list[int]] = {person: [] for person in range(network.people + 2)}
    for number, pair in enumerate(pairs):
        for end in pair:
            touching[end].append(number)
    step: dict[tuple[int, int], int] = {}
    person: dict[int, int] = {}
    chance: list[float] = []
    for v in _narrow_order(network):
        person[v] = len(chance)
        chance.append(1.0)
        for number in touching[v]:
            if pairs[number] not in step:
                step[pairs[number]] = len(chance)
                chance.append(float(network.chance[number]))
    return _Literals(step, person, np.array(chance))


def _narrow_order(network: TwoTerminal) -> list[int]:
    """Order the people so that those who are settled touch few who are not.

    Greedy: next comes who adds the fewest new people to the border of the settled ones. The
    narrower the border, the smaller the diagrams.
    """
    near: dict[int, set[int]] = {person: set() for person in range(1, network.people + 1)}
    for tail, head in zip(network.tail.tolist(), network.head.tolist(), strict=True):
        if tail and head <= network.people:
            near[tail].add(head)
            near[head].add(tail)
    order: list[int] = []
    waiting = dict.fromkeys(sorted(near, key=lambda person: len(near[person])))
    while waiting:
        border = {next(iter(waiting))}
        while border:
            around = border.union(*(near[person] for person in border)) & waiting.keys()
            person = min(
                sorted(around),
                key=lambda v: len((near[v] & waiting.keys()) - border) - (v in border),
            )
            order.append(person)
            del waiting[person]
            border |= near[person] & waiting.keys()
            border.discard(person)
    return order


def _product(route: tuple[int, ...], literals: _Literals) -> int:
    """Return the steps of a path or prefix as bits."""
    bits = 0
    for pair in zip((0, *route), route, strict=False):
        bits |= 1 << literals.step[pair]
    return bits


def _members(path: tuple[int, ...], literals: _Literals) -> int:
    """Return the people of a whole path as bits."""
    bits = 0
    for person in path[:-1]:
        bits |= 1 << literals.person[person]
    return bits
