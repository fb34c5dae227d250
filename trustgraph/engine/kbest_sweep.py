"""What can follow at best, from everybody near the targets: exact bounds for a search.

`sweep` walks from the exits backwards and fills ``rest[v * levels + j]``: the best product of a
completion from v with exactly j further intermediaries, met by walking; a walk that repeats a
person only makes the bound less tight. ``back`` is the factor of each step by asked person before
``scale``, rounded up to single precision, so it is a bound, too.

Nothing of the size of the graph is cleared or filled: a sweep notes whom it ``touched``, and a bit
for each (``marks``) tells a search in a small part of the cache whom it may pass over.

Complexity: the steps into people within ``levels - 1`` steps of an exit are read once a level.
"""

from trustgraph._typing import Bytes, Floats, Ints, LongInts, Number, Singles

BARRED = 2.0
"""Mark of those who are never intermediaries: no product reaches it."""


def note(
    v: Number,
    marks: Bytes,
    touched: Ints,
    number: int,
) -> int:
    """Mark a person that is met for the first time; return how many there are now."""
    bit = 1 << (v & 7)
    if (marks[v >> 3] & bit) == 0:
        marks[v >> 3] = marks[v >> 3] | bit
        touched[number] = v
        return number + 1
    return number


def sweep(
    in_start: LongInts,
    in_asker: Ints,
    in_step: Ints,
    passing: Floats,
    back: Singles,
    exact: bool,
    scale: float,
    barred: LongInts,
    exit_asker: Ints,
    exit_factor: Floats,
    levels: int,
    limit: int,
    rest: Floats,
    marks: Bytes,
    exit_at: Ints,
    touched: Ints,
    front: Ints,
    tops: Floats,
    counts: LongInts,
) -> int:
    """Fill ``rest`` for everybody and ``exit_at``, the first exit of each; return the levels done.

    The bounds are a little loose, unless ``exact``, which reads the factors all over the memory.
    ``tops[j]`` takes the largest ``rest`` of a level, ``counts`` how many people were touched and
    how many steps were read. With more than ``limit`` steps to read, the level at which that
    happens and those above are left out.
    """
    number = 0
    for b in range(len(barred)):
        number = note(barred[b], marks, touched, number)
        for j in range(levels):
            rest[barred[b] * levels + j] = BARRED
    size = 0
    for x in range(len(exit_asker)):
        v = exit_asker[x]
        if exit_factor[x] > rest[v * levels]:
            if rest[v * levels] == 0.0:
                number = note(v, marks, touched, number)
                exit_at[v] = x
                front[0, size] = v
                size += 1
            rest[v * levels] = exit_factor[x]
    steps = 0
    done = 1
    for j in range(levels):
        tops[j] = 0.0
    for i in range(size):
        tops[0] = max(tops[0], rest[front[0, i] * levels])
    for j in range(1, levels):
        for i in range(size):
            v = front[(j - 1) & 1, i]
            steps += in_start[v + 1] - in_start[v]
        if steps > limit:
            break
        wider = 0
        for i in range(size):
            w = front[(j - 1) & 1, i]
            onward = scale * rest[w * levels + j - 1]
            for p in range(in_start[w], in_start[w + 1]):
                value = onward * (passing[in_step[p]] if exact else back[p])
                place = in_asker[p] * levels + j
                if value > rest[place]:
                    if rest[place] == 0.0:
                        number = note(in_asker[p], marks, touched, number)
                        front[j & 1, wider] = in_asker[p]
                        wider += 1
                    rest[place] = value
                    tops[j] = max(tops[j], value)
        size = wider
        done += 1
    counts[0] = number
    counts[1] = steps
    return done


def forget(
    levels: int,
    rest: Floats,
    marks: Bytes,
    touched: Ints,
    number: int,
) -> None:
    """Clear what a sweep has written."""
    for i in range(number):
        v = touched[i]
        marks[v >> 3] = 0
        for j in range(levels):
            rest[v * levels + j] = 0.0


def ahead(
    out_start: LongInts,
    out_asked: Ints,
    passing: Floats,
    scale: float,
    levels: int,
    rest: Floats,
    marks: Bytes,
    v: Number,
    j: int,
) -> float:
    """Return the best completion from v with exactly j further intermediaries, j <= levels."""
    if j < levels:
        return float(rest[v * levels + j])
    best = 0.0
    for p in range(out_start[v], out_start[v + 1]):
        w = out_asked[p]
        if marks[w >> 3] & (1 << (w & 7)):
            value = rest[w * levels + j - 1]
            if value < BARRED:
                best = max(best, passing[p] * scale * value)
    return best


def furthest(
    out_start: LongInts,
    out_asked: Ints,
    passing: Floats,
    scale: float,
    levels: int,
    rest: Floats,
    marks: Bytes,
    people: Ints,
    most: int,
    best: Floats,
) -> None:
    """Fill ``best`` with the best completion from each of some first intermediaries."""
    for i in range(len(people)):
        v = people[i]
        if rest[v * levels] < BARRED:
            for j in range(most):
                value = ahead(out_start, out_asked, passing, scale, levels, rest, marks, v, j)
                best[i] = max(best[i], value)
