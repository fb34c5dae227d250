"""The best products of trust from one person to all others, and averages of them.

Edges lie by giver (``out_start``, ``out_to``, ``out_trust``) and by receiver (``in_start``,
``in_from``, ``in_trust``). A product of trust in [0, 1] never grows along a walk, so the best ones
are found in the order of their values, largest first (Dijkstra), with a heap of people: ``heap``
holds ``size`` people, ``place`` where each stands in it plus 1 (0: not in it).
"""

from trustgraph._typing import Bytes, Floats, Ints, LongInts, Number


def rise(at: Number, heap: Ints, place: Ints, value: Floats) -> None:
    """Move a person of the heap up to where they belong. Complexity: O(log n)."""
    person = heap[at]
    while at > 0:
        above = (at - 1) >> 1
        if value[heap[above]] >= value[person]:
            break
        heap[at] = heap[above]
        place[heap[at]] = at + 1
        at = above
    heap[at] = person
    place[person] = at + 1


def sink(size: Number, heap: Ints, place: Ints, value: Floats) -> None:
    """Move the first person of a heap down to where they belong. Complexity: O(log n)."""
    person = heap[0]
    at = 0
    while True:
        below = 2 * at + 1
        if below >= size:
            break
        if below + 1 < size and value[heap[below + 1]] > value[heap[below]]:
            below += 1
        if value[heap[below]] <= value[person]:
            break
        heap[at] = heap[below]
        place[heap[at]] = at + 1
        at = below
    heap[at] = person
    place[person] = at + 1


def push(person: Number, size: Number, heap: Ints, place: Ints, value: Floats) -> Number:
    """Put a person whose value has grown into the heap, or up in it; return its size. O(log n)."""
    at: Number = place[person] - 1
    if at < 0:
        at = size
        heap[at] = person
        size += 1
    rise(at, heap, place, value)
    return size


def pop(size: Number, heap: Ints, place: Ints, value: Floats) -> Number:
    """Take the first person out of the heap, left in ``heap[size - 1]``; return its size."""
    first = heap[0]
    size -= 1
    heap[0] = heap[size]
    if size > 0:
        sink(size, heap, place, value)
    heap[size] = first
    place[first] = 0
    return size


def spread(
    source: Number,
    out_start: LongInts,
    out_to: Ints,
    out_trust: Floats,
    best: Floats,
    parent: Ints,
    heap: Ints,
    place: Ints,
) -> None:
    """Fill the best product from the source to everybody, and who stands before them on the way.

    ``best`` is 0 where no way leads, and so is ``parent`` then -1, as it is of the source.
    Complexity: O((n + m) log n).
    """
    for i in range(len(best)):
        best[i] = 0.0
        parent[i] = -1
    best[source] = 1.0
    size: Number = push(source, 0, heap, place, best)
    while size > 0:
        size = pop(size, heap, place, best)
        person = heap[size]
        for e in range(out_start[person], out_start[person + 1]):
            product = best[person] * out_trust[e]
            other = out_to[e]
            if product > best[other]:
                best[other] = product
                parent[other] = person
                size = push(other, size, heap, place, best)


def hang(parent: Ints, child: Ints, sibling: Ints) -> None:
    """Fill the first child of each person in the tree of ``parent`` and its next sibling. O(n)."""
    for i in range(len(parent)):
        child[i] = -1
    for i in range(len(parent)):
        if parent[i] >= 0:
            sibling[i] = child[parent[i]]
            child[parent[i]] = i


def gather(root: Number, child: Ints, sibling: Ints, below: Ints, marks: Bytes) -> Number:
    """Fill ``below`` with everybody under the root, marked 1; return how many. O(their number)."""
    found = 0
    other = child[root]
    while other >= 0:
        below[found] = other
        found += 1
        other = sibling[other]
    k = 0
    while k < found:
        marks[below[k]] = 1
        other = child[below[k]]
        while other >= 0:
            below[found] = other
            found += 1
            other = sibling[other]
        k += 1
    return found


def without(
    removed: Number,
    number: Number,
    below: Ints,
    marks: Bytes,
    wanted: Number,
    out_start: LongInts,
    out_to: Ints,
    out_trust: Floats,
    in_start: LongInts,
    in_from: Ints,
    in_trust: Floats,
    best: Floats,
    again: Floats,
    heap: Ints,
    place: Ints,
) -> None:
    """Fill ``again`` with the best products to the people ``below`` where one person is removed.

    They are marked 1, or 2 if they are among the ``wanted``, with whom the search ends. To all
    others the best way does not lead through the removed one, so only the marked ones are searched.
    Complexity: O(k log k) for the k edges at those marked.
    """
    size: Number = 0
    for k in range(number):
        person = below[k]
        value = 0.0
        for e in range(in_start[person], in_start[person + 1]):
            giver = in_from[e]
            if marks[giver] == 0 and giver != removed:
                value = max(value, best[giver] * in_trust[e])
        again[person] = value
        if value > 0.0:
            size = push(person, size, heap, place, again)
    while size > 0 and wanted > 0:
        size = pop(size, heap, place, again)
        person = heap[size]
        if marks[person] == 2:  # noqa: PLR2004 - one of those wanted
            wanted -= 1
        for e in range(out_start[person], out_start[person + 1]):
            other = out_to[e]
            product = again[person] * out_trust[e]
            if marks[other] > 0 and product > again[other]:
                again[other] = product
                size = push(other, size, heap, place, again)
    for k in range(size):
        place[heap[k]] = 0


def average(
    source: Number,
    target: Number,
    direct: bool,
    in_start: LongInts,
    in_from: Ints,
    in_trust: Floats,
    best: Floats,
    again: Floats,
    marks: Bytes,
) -> float:
    """Return the trust in the target, averaged over those who have some with their products.

    0 where nobody of them is reached. Complexity: O(number of edges to the target).
    """
    total = 0.0
    for e in range(in_start[target], in_start[target + 1]):
        giver = in_from[e]
        if direct or giver != source:
            total += again[giver] if marks[giver] else best[giver]
    if total == 0.0:
        return 0.0
    # Weights first: a square of small products would be 0.
    found = 0.0
    for e in range(in_start[target], in_start[target + 1]):
        giver = in_from[e]
        if direct or giver != source:
            product = again[giver] if marks[giver] else best[giver]
            found += (product / total) * product * in_trust[e]
    return found


def transitive_trust(
    sources: Ints,
    pair_start: LongInts,
    targets: Ints,
    direct: bool,
    out_start: LongInts,
    out_to: Ints,
    out_trust: Floats,
    in_start: LongInts,
    in_from: Ints,
    in_trust: Floats,
    best: Floats,
    again: Floats,
    parent: Ints,
    child: Ints,
    sibling: Ints,
    below: Ints,
    heap: Ints,
    place: Ints,
    marks: Bytes,
    found: Floats,
) -> None:
    """Fill the trust of ``sources[s]`` in ``targets[pair_start[s]:pair_start[s + 1]]``.

    ``place`` and ``marks`` are 0 before and after. One sweep a source, O((n + m) log n), and for a
    target through whom best ways lead to those who trust it one over the people behind it.
    """
    for s in range(len(sources)):
        source = sources[s]
        spread(source, out_start, out_to, out_trust, best, parent, heap, place)
        hang(parent, child, sibling)
        for p in range(pair_start[s], pair_start[s + 1]):
            target = targets[p]
            if target == source:
                found[p] = 1.0
                continue
            number: Number = 0
            if child[target] >= 0:
                number = gather(target, child, sibling, below, marks)
                wanted = 0
                for e in range(in_start[target], in_start[target + 1]):
                    if marks[in_from[e]] == 1:
                        marks[in_from[e]] = 2
                        wanted += 1
                if wanted > 0:
                    without(
                        target,
                        number,
                        below,
                        marks,
                        wanted,
                        out_start,
                        out_to,
                        out_trust,
                        in_start,
                        in_from,
                        in_trust,
                        best,
                        again,
                        heap,
                        place,
                    )
            found[p] = average(
                source, target, direct, in_start, in_from, in_trust, best, again, marks
            )
            for k in range(number):
                marks[below[k]] = 0
