"""Whether the sink is reached, in 64 sampled states at once: one kernel, drawing as it goes.

A network is as `trustgraph.engine.reliability` has it, but several steps may lead from a person to
the sink. A state says of each step whether it works. Bit i of a word belongs to state i of 64: its
*lane*. A walk that repeats somebody can be cut short, so walks reach what simple paths reach.

Random words come from xoshiro256++ [1]_, whose state is handed in and out as four words.

References
----------
.. [1] Blackman, D., Vigna, S. (2021). Scrambled linear pseudorandom number generators. ACM
   Transactions on Mathematical Software 47(4), 36. https://doi.org/10.1145/3460772
"""

import numpy as np

from trustgraph._typing import Floats, Ints, LongInts, Words

NONE = np.uint64(0)
ALL = np.uint64(0xFFFF_FFFF_FFFF_FFFF)
SCALE = 2.0**64
R1, R17, R19, R23, R41, R45, R63 = (np.uint64(shift) for shift in (1, 17, 19, 23, 41, 45, 63))
"""Shifts, of the type of the words."""


def drawn(
    s0: np.uint64,
    s1: np.uint64,
    s2: np.uint64,
    s3: np.uint64,
) -> tuple[np.uint64, np.uint64, np.uint64, np.uint64, np.uint64]:
    """Return the next random word and the next state of xoshiro256++."""
    word = s0 + s3
    word = ((word << R23) | (word >> R41)) + s0
    s2 = s2 ^ s0
    s3 = s3 ^ s1
    carried = s1 << R17
    s1 = s1 ^ s2
    s0 = s0 ^ s3
    s2 = s2 ^ carried
    s3 = (s3 << R45) | (s3 >> R19)
    return word, s0, s1, s2, s3


def digits_of(chance: Floats) -> Words:
    """Return the first 64 binary digits of each chance, all of them 1 for a chance of 1."""
    digits = np.full(len(chance), ALL)
    for e in range(len(chance)):
        if chance[e] < 1.0:
            digits[e] = np.uint64(chance[e] * SCALE)
    return digits


def works(
    digits: np.uint64,
    lanes: np.uint64,
    s0: np.uint64,
    s1: np.uint64,
    s2: np.uint64,
    s3: np.uint64,
) -> tuple[np.uint64, np.uint64, np.uint64, np.uint64, np.uint64]:
    """Return in which of the lanes a step works, and the next state of the generator.

    A uniform number is compared with the chance digit by digit in all lanes at once; a lane is
    settled at the first binary digit that differs: the number is smaller where the digit of the
    chance is 1. About ``2 + log2(lanes)`` words are drawn.
    """
    open_ = NONE
    if digits == ALL:
        return lanes, s0, s1, s2, s3
    while lanes != NONE and digits != NONE:  # noqa: PLR1714 - the compiler prefers it
        # Four digits at a time: to ask after each whether that is enough costs more.
        for _ in range(4):
            word, s0, s1, s2, s3 = drawn(s0, s1, s2, s3)
            one = NONE - (digits >> R63)
            digits = digits << R1
            word = word ^ one
            open_ = open_ | (lanes & word & one)
            lanes = lanes & ~word
    return open_, s0, s1, s2, s3


def nearest(
    of: Ints,
    along: Ints,
    origin: int,
    sink: int,
    most: int,
) -> Ints:
    """Return the fewest steps ``of -> along`` from the origin to each person, at most one too many.

    Complexity: O(steps x most).
    """
    hops = np.full(sink + 1, most + 1, np.int32)
    hops[origin] = 0
    for hop in range(1, most + 1):
        for e in range(len(of)):
            if hops[of[e]] == hop - 1 and hops[along[e]] > hop:
                hops[along[e]] = hop
    return hops


def starts(
    tail: Ints,
    sink: int,
) -> LongInts:
    """Return where the steps of each person start; they are sorted by tail."""
    start = np.zeros(sink + 2, np.int64)
    for e in range(len(tail)):
        start[tail[e] + 1] += 1
    for t in range(sink + 1):
        start[t + 1] += start[t]
    return start


def reached(
    tail: Ints,
    head: Ints,
    chance: Floats,
    sink: int,
    most: int,
    state: Words,
    words: Words,
) -> None:
    """Fill ``words``: the states in which the sink is reached through 1 … ``most`` intermediaries.

    Steps are sorted by tail, then head; those from the seeker to the sink are left out. A step is
    drawn only in lanes in which its tail is reached, its head is not, and the sink is not: each at
    most once, since a person is met for the first time once a lane. ``state`` moves on.

    Complexity: at most about 8 words drawn per step and word of states, plus O(people).
    """
    start = starts(tail, sink)
    digits = digits_of(chance)
    back = nearest(head, tail, sink, sink, most)
    s0, s1, s2, s3 = state[0], state[1], state[2], state[3]
    seen = np.zeros(sink + 1, np.uint64)
    # ``new[hop & 1, v]``: lanes in which v is met first as the hop-th intermediary.
    new = np.zeros((2, sink + 1), np.uint64)
    front = np.zeros((2, sink + 1), np.int32)
    for i in range(len(words)):
        left = ALL
        seen[:] = NONE
        size = 0
        for e in range(start[0], start[1]):
            w = head[e]
            if w != sink:
                open_, s0, s1, s2, s3 = works(digits[e], ALL, s0, s1, s2, s3)
                if open_ != NONE:
                    seen[w] = open_
                    new[1, w] = open_
                    front[1, size] = w
                    size += 1
        for hop in range(1, most + 1):
            now = hop & 1
            for j in range(size):
                v = front[now, j]
                lanes = new[now, v] & left
                for e in range(start[v + 1] - 1, start[v] - 1, -1):
                    if head[e] != sink or lanes == NONE:
                        break
                    open_, s0, s1, s2, s3 = works(digits[e], lanes, s0, s1, s2, s3)
                    left = left & ~open_
                    lanes = lanes & ~open_
            wider = 0
            for j in range(size):
                v = front[now, j]
                lanes = new[now, v] & left
                new[now, v] = NONE
                if lanes == NONE or hop == most:
                    continue
                for e in range(start[v], start[v + 1]):
                    w = head[e]
                    if hop + back[w] > most or w == sink:
                        continue
                    needed = lanes & ~seen[w]
                    if needed == NONE:
                        continue
                    open_, s0, s1, s2, s3 = works(digits[e], needed, s0, s1, s2, s3)
                    if open_ != NONE:
                        if new[1 - now, w] == NONE:
                            front[1 - now, wider] = w
                            wider += 1
                        new[1 - now, w] |= open_
                        seen[w] |= open_
            size = wider
        words[i] = ~left
    state[0], state[1], state[2], state[3] = s0, s1, s2, s3
