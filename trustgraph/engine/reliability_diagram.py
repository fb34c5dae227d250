"""Chance of a union of products of independent events, exactly, with its slopes.

Products that share no event are independent of each other and are joined at the end. Events that
only ever occur together count as one. What is left is expanded event by event (pivotal
decomposition); equal remainders are met once, which makes the expansion a decision diagram [1]_.

References
----------
.. [1] Bryant, R. E. (1986). Graph-based algorithms for Boolean function manipulation. IEEE
   Transactions on Computers C-35(8), 677-691. https://doi.org/10.1109/TC.1986.1676819
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np

from trustgraph._typing import Bools, Floats, LongInts

__all__ = ["Budget", "Union", "UnionDiagram", "union_diagram", "union_of_products"]

NEVER, SURE = 0, 1
"""Numbers of the two ends of a diagram."""
MOST_VALUES = 1 << 21
"""Values of nodes held at once, 16 MB: more cases are worked off one block after the other."""


class Budget:
    """Work that may still be done, in products looked at."""

    def __init__(self, work: int) -> None:
        self.left = work

    def spend(self, work: int) -> bool:
        """Take some work off; False when none is left."""
        self.left -= work
        return self.left >= 0


@dataclass(frozen=True, eq=False)
class Union:
    """Chance of a union, shape (cases,), and its slope in each event, shape (events, cases).

    The slope is given for the events whose chance is below 1 in some case, else 0.
    """

    chance: Floats
    slope: Floats


@dataclass(frozen=True, eq=False)
class _Diagram:
    """Nodes by event, from the root on; ``high`` and ``low`` where each leads."""

    root: int
    size: int
    nodes: list[LongInts]
    high: list[LongInts]
    low: list[LongInts]


@dataclass(frozen=True, eq=False)
class UnionDiagram:
    """Diagrams of a union, one for each block of products that share no event.

    Attributes
    ----------
    parts
        For each block the groups of events that count as one, and the diagram over the groups.
    always
        Whether the union is sure whatever the other events do.
    """

    parts: list[tuple[list[list[int]], _Diagram]]
    always: bool = False

    def chance(self, chance: Floats) -> Floats:
        """Return the chance of the union alone, shape (cases,), at chances in [0, 1]."""
        if self.always:
            return np.ones(chance.shape[1])
        total = np.zeros(chance.shape[1])
        for groups, diagram in self.parts:
            merged = _merged(groups, chance)
            for block in _case_blocks(diagram, chance.shape[1]):
                value = _values(diagram, merged[:, block])[diagram.root]
                total[block] += (1.0 - total[block]) * value
        return total

    def union(self, chance: Floats) -> Union:
        """Return the chance of the union and its slopes.

        Parameters
        ----------
        chance
            Chance of each event in each case, in (0, 1], shape (events, cases).

        Returns
        -------
        Union
            Exact up to rounding.
        """
        slope = np.zeros_like(chance)
        if self.always:
            return Union(np.ones(chance.shape[1]), slope)
        return _joined(self.parts, chance, slope)


def union_of_products(products: Iterable[int], chance: Floats, budget: Budget) -> Union | None:
    """Return the chance that all events of at least one product happen.

    Parameters
    ----------
    products
        Each a set of events, as bits.
    chance
        Chance of each event in each case, in (0, 1], shape (events, cases).
    budget
        Work that may be done.

    Returns
    -------
    Union or None
        None if the budget ran out.
    """
    diagram = union_diagram(products, (chance == 1.0).all(axis=1), budget)
    return None if diagram is None else diagram.union(chance)


def union_diagram(products: Iterable[int], certain: Bools, budget: Budget) -> UnionDiagram | None:
    """Return the diagram of a union, to be evaluated at any chances.

    Parameters
    ----------
    products
        Each a set of events, as bits.
    certain
        Which events are sure to happen in every case that will be asked for, shape (events,).
    budget
        Work that may be done.

    Returns
    -------
    UnionDiagram or None
        None if the budget ran out.
    """
    given = set(products)
    events = _events(_any(given))
    flags = certain[events].tolist()
    sure = _any(1 << event for event, is_sure in zip(events, flags, strict=True) if is_sure)
    left = {product & ~sure for product in given}
    if 0 in left:
        return UnionDiagram([], always=True)
    parts = []
    for block in _blocks(left):
        if sure and not budget.spend(len(block) ** 2 // 8):
            return None
        groups, merged = _grouped(_shortest(block) if sure else block)
        diagram = _expanded(merged, len(groups), budget)
        if diagram is None:
            return None
        parts.append((groups, diagram))
    return UnionDiagram(parts)


def _any(products: Iterable[int]) -> int:
    """Return the events that occur in any of the products."""
    union = 0
    for product in products:
        union |= product
    return union


def _blocks(products: Collection[int]) -> list[list[int]]:
    """Split products into blocks that share no event."""
    leader: dict[int, int] = {}

    def leader_of(event: int) -> int:
        while leader.setdefault(event, event) != event:
            leader[event] = leader[leader[event]]
            event = leader[event]
        return event

    ordered = sorted(products)
    for product in ordered:
        first, *others = _events(product)
        for event in others:
            leader[leader_of(event)] = leader_of(first)
    blocks: dict[int, list[int]] = {}
    for product in ordered:
        blocks.setdefault(leader_of(_events(product)[0]), []).append(product)
    return list(blocks.values())


def _shortest(products: list[int]) -> list[int]:
    """Leave out products that contain another."""
    kept: list[int] = []
    for product in sorted(products, key=int.bit_count):
        if not any(other & product == other for other in kept):
            kept.append(product)
    return kept


def _events(product: int) -> list[int]:
    events = []
    while product:
        lowest = product & -product
        events.append(lowest.bit_length() - 1)
        product ^= lowest
    return events


def _grouped(products: list[int]) -> tuple[list[list[int]], list[int]]:
    """Merge events that occur in the same products; groups keep the order of their first events."""
    where: dict[int, int] = {}
    for number, product in enumerate(products):
        for event in _events(product):
            where[event] = where.get(event, 0) | 1 << number
    members: dict[int, list[int]] = {}
    for event in sorted(where):
        members.setdefault(where[event], []).append(event)
    merged = [0] * len(products)
    for group, occurs in enumerate(members):
        for number in _events(occurs):
            merged[number] |= 1 << group
    return list(members.values()), merged


def _expanded(products: list[int], events: int, budget: Budget) -> _Diagram | None:
    """Expand by one event after the other; None if the budget ran out."""
    numbers: dict[frozenset[int], int] = {frozenset(): NEVER, frozenset([0]): SURE}
    waiting: list[list[frozenset[int]]] = [[] for _ in range(events)]

    def number(rest: frozenset[int]) -> int:
        found = numbers.get(rest)
        if found is None:
            found = numbers[rest] = len(numbers)
            union = _any(rest)
            waiting[(union & -union).bit_length() - 1].append(rest)
        return found

    root = number(frozenset(products))
    nodes, high, low = [], [], []
    for event in range(events):
        bit = 1 << event
        highs, lows = [], []
        for rest in waiting[event]:
            without = [product for product in rest if not product & bit]
            shorter = [product ^ bit for product in rest if product & bit]
            if not budget.spend(len(rest) + len(shorter) * len(without) // 4):
                return None
            lows.append(number(frozenset(without)))
            highs.append(number(_with_event(shorter, without)))
        nodes.append(np.array([numbers[rest] for rest in waiting[event]], dtype=np.int64))
        high.append(np.array(highs, dtype=np.int64))
        low.append(np.array(lows, dtype=np.int64))
    return _Diagram(root, len(numbers), nodes, high, low)


def _with_event(shorter: list[int], without: list[int]) -> frozenset[int]:
    """Return the products left when an event has happened, none containing another."""
    if 0 in shorter:
        return frozenset([0])
    kept = without
    for product in shorter:
        kept = [other for other in kept if other & product != product]
    return frozenset(shorter + kept)


def _joined(parts: list[tuple[list[list[int]], _Diagram]], chance: Floats, slope: Floats) -> Union:
    """Join independent blocks: one of them is enough."""
    alone = []
    for groups, diagram in parts:
        merged = _merged(groups, chance)
        value, steep = _evaluated(diagram, merged)
        alone.append(value)
        for group, whole, rate in zip(groups, merged, steep, strict=True):
            slope[group] = rate * whole / chance[group]
    total = np.zeros(chance.shape[1])
    before = [np.ones_like(total)]
    for value in alone:
        total = total + (1.0 - total) * value
        before.append(before[-1] * (1.0 - value))
    after = np.ones_like(total)
    for place in range(len(parts) - 1, -1, -1):
        events = [event for group in parts[place][0] for event in group]
        slope[events] *= before[place] * after
        after = after * (1.0 - alone[place])
    return Union(total, slope)


def _merged(groups: list[list[int]], chance: Floats) -> Floats:
    return np.stack([chance[group].prod(axis=0) for group in groups])


def _case_blocks(diagram: _Diagram, cases: int) -> list[slice]:
    """Split the cases so that the values of all nodes fit the room."""
    width = max(1, MOST_VALUES // diagram.size)
    return [slice(low, low + width) for low in range(0, cases, width)]


def _evaluated(diagram: _Diagram, chance: Floats) -> tuple[Floats, Floats]:
    """Return the chance at the root and its slope in each event, for all cases."""
    blocks = _case_blocks(diagram, chance.shape[1])
    if len(blocks) <= 1:
        return _evaluated_at_once(diagram, chance)
    parts = [_evaluated_at_once(diagram, chance[:, block]) for block in blocks]
    values, slopes = zip(*parts, strict=True)
    return np.concatenate(values), np.concatenate(slopes, axis=1)


def _values(diagram: _Diagram, chance: Floats) -> Floats:
    """Return the chance of reaching the sure end from every node, from the last layer up."""
    value = np.zeros((diagram.size, chance.shape[1]))
    value[SURE] = 1.0
    layers = list(zip(diagram.nodes, diagram.high, diagram.low, chance, strict=True))
    for nodes, high, low, happens in reversed(layers):
        value[nodes] = happens * value[high] + (1.0 - happens) * value[low]
    return value


def _evaluated_at_once(diagram: _Diagram, chance: Floats) -> tuple[Floats, Floats]:
    value = _values(diagram, chance)
    reached = np.zeros_like(value)
    reached[diagram.root] = 1.0
    slope = np.zeros_like(chance)
    layers = zip(diagram.nodes, diagram.high, diagram.low, chance, strict=True)
    for event, (nodes, high, low, happens) in enumerate(layers):
        here = reached[nodes]
        slope[event] = (here * (value[high] - value[low])).sum(axis=0)
        np.add.at(reached, high, here * happens)
        np.add.at(reached, low, here * (1.0 - happens))
    return value[diagram.root], slope
