"""The best way of one seeker to everybody, hop-capped.

`spread` labels people with the best product of a path on which they are the last intermediary.
With factors in [0, 1] cutting out a loop never lowers a product, so a longer path is worth a label
only if it is better than every shorter one, and every label stands for a simple path. A label is a
*record*: person, product, number of intermediaries, the record before it on the path, and the
record of the same person with fewer intermediaries.

What ends a path is the target, which the path of a label may contain: such a label is *blocked*
for that target. Whatever it hides is not better and has no fewer intermediaries; where that could
matter, the target is left to a search of its own. So it is where two products are nearly, but not
quite, equal: scores within a relative 1e-12 count as one (`trustgraph.engine.kbest`).

Complexity: the steps that leave people within ``most - 1`` of the seeker are read once for each
label that is better than those before, those of the others once, each in O(1) but for ties.
"""

import numpy as np

from trustgraph._typing import Bools, Bytes, Floats, Ints, LongInts, Number

BARRED = 2.0
"""Mark of the seeker: no product reaches it."""
SAME = 1e-14
"""Products that differ by less are equal but for rounding."""
NEAR = 3e-12
"""Products that differ by more are different for certain; what lies between is in doubt."""
DOUBTFUL = 64
"""Added to the number of intermediaries of those who need a search of their own."""


def precedes(
    a: Number,
    b: Number,
    person: Ints,
    parent: Ints,
) -> bool:
    """Whether the path of record a comes first in the order of numbers; both are equally long."""
    first = False
    while a != b and a >= 0:
        if person[a] != person[b]:
            first = person[a] < person[b]
        a = parent[a]
        b = parent[b]
    return first


def holds(
    record: Number,
    wanted: Number,
    person: Ints,
    parent: Ints,
) -> bool:
    """Whether a person is on the path of a record."""
    at = record
    while at >= 0:
        if person[at] == wanted:
            return True
        at = parent[at]
    return False


def label(
    w: Number,
    product: float,
    source: Number,
    first: Number,
    number: int,
    best: Floats,
    slot: Ints,
    person: Ints,
    value: Floats,
    parent: Ints,
    earlier: Ints,
    level: Bytes,
    doubt: Bools,
) -> int:
    """Label w if the path of record ``source`` and a step is worth it; return the records now.

    ``first`` is the first record with this number of intermediaries.
    """
    q = slot[w] - 1
    held = best[w]
    unsure = source >= 0 and doubt[source]
    if q < first:
        if q >= 0 and product <= held * (1.0 + SAME):
            return number  # as good with fewer intermediaries
        person[number] = w
        value[number] = product
        parent[number] = source
        earlier[number] = q
        level[number] = 1 if source < 0 else level[source] + 1
        doubt[number] = unsure or (q >= 0 and product <= held * (1.0 + NEAR))
        slot[w] = number + 1
        best[w] = product
        return number + 1
    if product > held * (1.0 + NEAR):
        doubt[q] = unsure
    elif abs(product - held) <= SAME * held:
        doubt[q] = doubt[q] or unsure
        if not precedes(source, parent[q], person, parent):
            return number
    else:
        doubt[q] = True
        if product < held:
            return number
    value[q] = product
    parent[q] = source
    best[w] = product
    return number


def spread(
    out_start: LongInts,
    out_asked: Ints,
    passing: Floats,
    scale: float,
    kappa: float,
    seeker: int,
    most: int,
    limit: int,
    best: Floats,
    slot: Ints,
    person: Ints,
    value: Floats,
    parent: Ints,
    earlier: Ints,
    level: Bytes,
    doubt: Bools,
    counts: LongInts,
) -> int:
    """Label everybody within ``most`` intermediaries; return the number of records.

    ``best`` and ``slot`` (1 + the last record of a person) start at 0 and have a place for each
    person; the columns of records need ``most`` places for each. ``counts`` takes the steps read,
    and whether it was given up since there were more than ``limit`` to read.
    """
    best[seeker] = BARRED
    number = 0
    counts[0] = out_start[seeker + 1] - out_start[seeker]
    counts[1] = 0
    for p in range(out_start[seeker], out_start[seeker + 1]):
        if passing[p] > 0.0 and most > 0:
            number = label(
                out_asked[p],
                passing[p] * kappa,
                -1,
                0,
                number,
                best,
                slot,
                person,
                value,
                parent,
                earlier,
                level,
                doubt,
            )
    begin = 0
    for j in range(1, most):
        end = number
        for r in range(begin, end):
            counts[0] += out_start[person[r] + 1] - out_start[person[r]]
        if counts[0] > limit:
            counts[1] = 1
            return number
        for r in range(begin, end):
            v = person[r]
            onward = value[r]
            for p in range(out_start[v], out_start[v + 1]):
                product = onward * (passing[p] * scale)
                w = out_asked[p]
                if product > best[w] * (1.0 - NEAR):
                    q = slot[w] - 1
                    if q < 0:
                        person[number] = w
                        value[number] = product
                        parent[number] = r
                        earlier[number] = -1
                        level[number] = j + 1
                        doubt[number] = doubt[r]
                        best[w] = product
                        number += 1
                        slot[w] = number
                    elif q >= end and product > best[w] * (1.0 + NEAR):
                        value[q] = product
                        parent[q] = r
                        doubt[q] = doubt[r]
                        best[w] = product
                    else:
                        number = label(
                            w,
                            product,
                            r,
                            end,
                            number,
                            best,
                            slot,
                            person,
                            value,
                            parent,
                            earlier,
                            level,
                            doubt,
                        )
        begin = end
    return number


def take(
    w: Number,
    product: float,
    between: Number,
    unsure: bool,
    score: Floats,
    hops: Bytes,
) -> None:
    """Note a score of w over so many intermediaries, if it is the best so far."""
    held = score[w]
    if product > held * (1.0 + NEAR):
        score[w] = product
        hops[w] = between | DOUBTFUL if unsure else between
    elif product >= held * (1.0 - NEAR):
        fewest = min(hops[w] & (DOUBTFUL - 1), between)
        sure = abs(product - held) <= SAME * held and not unsure and hops[w] < DOUBTFUL
        hops[w] = fewest if sure else fewest | DOUBTFUL
        score[w] = max(held, product)


def everyone(
    out_start: LongInts,
    out_asked: Ints,
    trust: Floats,
    observed: Bools,
    seeker: int,
    direct: Floats,
    number: int,
    slot: Ints,
    person: Ints,
    value: Floats,
    parent: Ints,
    earlier: Ints,
    level: Bytes,
    doubt: Bools,
    score: Floats,
    hops: Bytes,
) -> LongInts:
    """Fill the best score of everybody as a target, and on how many intermediaries.

    ``direct`` holds the scores of the seeker's own steps, ``trust`` the factor of each step as a
    last one; it counts where ``observed``, or everywhere if that is empty. ``score`` and ``hops``
    start at 0. Return those whose answer needs a search of its own.
    """
    # Blocked ways: target, product, intermediaries.
    targets = [np.int64(0)]
    products = [0.0]
    betweens = [np.int64(0)]
    targets.pop()
    products.pop()
    betweens.pop()
    for p in range(out_start[seeker], out_start[seeker + 1]):
        score[out_asked[p]] = direct[p - out_start[seeker]]
    score[seeker] = BARRED
    all_count = len(observed) == 0
    for r in range(number):
        v = person[r]
        if slot[v] - 1 != r:
            continue  # a better label follows
        onward = value[r]
        size = level[r]
        unsure = doubt[r]
        a = parent[r]
        b = parent[a] if a >= 0 else -1
        c = parent[b] if b >= 0 else -1
        d = parent[c] if c >= 0 else -1
        one = person[a] if a >= 0 else -1
        two = person[b] if b >= 0 else -1
        three = person[c] if c >= 0 else -1
        four = person[d] if d >= 0 else -1
        for p in range(out_start[v], out_start[v + 1]):
            product = onward * trust[p]
            w = out_asked[p]
            if product <= score[w] * (1.0 - NEAR) or not (all_count or observed[p]):
                continue
            if w not in (one, two, three, four):
                if product > score[w] * (1.0 + NEAR) and not unsure:
                    score[w] = product
                    hops[w] = size
                else:
                    take(w, product, size, unsure, score, hops)
                continue
            at = r
            while at >= 0:
                product = value[at] * trust[p]
                if not holds(at, w, person, parent):
                    take(w, product, level[at], doubt[at], score, hops)
                    break
                targets.append(np.int64(w))
                products.append(product)
                betweens.append(np.int64(level[at]))
                at = earlier[at]
    for i in range(len(targets)):
        w = targets[i]
        longer = (hops[w] & (DOUBTFUL - 1)) > betweens[i]
        limit = 1.0 - NEAR if longer else 1.0 + SAME
        if products[i] > score[w] * limit:
            hops[w] = hops[w] | DOUBTFUL
    score[seeker] = 0.0
    hops[seeker] = 0
    return np.flatnonzero(hops >= DOUBTFUL)
