"""What is known of a pair of people from the ratings of others, on arrays.

Ratings are sorted by source, then by target. Known are those whose ``turn`` lies before ``now``,
but for the one that is ``left_out`` (-1: none). The row of a known rating is made of the others;
what it shows of the rating itself, through the mean and later rounds, is next to nothing unless
there are very few, and nothing at all if the rating is left out.
"""

from math import log1p

from trustgraph._typing import Floats, Ints, LongInts

__all__ = ["common_raters", "describe", "describe_each", "is_known", "moments", "settle"]

# Columns of what describes a pair.
LEVEL = 0
"""How others rate the target, corrected for how they rate everybody."""
BAD = 1
"""Share of bad ratings among them."""
RATERS = 2
"""Logarithm of their number, plus 1."""
BIAS = 3
"""By how much the source rates others higher than they are."""
RATED = 4
"""Logarithm of the number of people whom the source rated, plus 1."""
PATHS = 5
"""By how much those raters whom the source trusts think better of the target than all do."""
BAD_PATHS = 6
"""The same of the share of bad ratings."""
ANSWERED = 7
"""Whether the target rated the source."""
ANSWER = 8
"""That rating."""
WIDTH = 9
ROUNDING = 1e-9
"""By how much a rating must lie under the mean to be bad: all alike, none is."""


def is_known(e: int, turn: LongInts, now: int, left_out: int) -> bool:
    """Whether a rating is known. Complexity: constant."""
    return turn[e] < now and e != left_out


def common_raters(
    pair_source: Ints,
    pair_target: Ints,
    out_start: LongInts,
    target: Ints,
    in_start: LongInts,
    in_source: Ints,
    in_row: LongInts,
    start: LongInts,
    first: LongInts,
    second: LongInts,
) -> None:
    """Find whom each source rated that rated the target.

    Ratings ``out_start[u]`` to ``out_start[u + 1]`` are those of u; ``in_start``, ``in_source``
    and ``in_row`` tell the same by who is rated. Fills ``start``, and ``first`` and ``second``
    (the ratings source -> rater and rater -> target) where they have room: call it with empty
    ones to learn how much they need.

    Complexity: the sum over pairs of the ratings by the source and of the target.
    """
    fill = len(first) > 0
    found = 0
    start[0] = 0
    for i in range(len(pair_source)):
        u, v = pair_source[i], pair_target[i]
        a, b = out_start[u], in_start[v]
        while a < out_start[u + 1] and b < in_start[v + 1]:
            if target[a] < in_source[b]:
                a += 1
            elif target[a] > in_source[b]:
                b += 1
            else:
                if fill:
                    first[found] = a
                    second[found] = in_row[b]
                found += 1
                a += 1
                b += 1
        start[i + 1] = found


def settle(
    source: Ints,
    target: Ints,
    rating: Floats,
    turn: LongInts,
    now: int,
    left_out: int,
    prior: float,
    rounds: int,
    corrects: bool,
    bad: Floats,
    residual: Floats,
    unbiased: Floats,
    by_source: Floats,
    by_target: Floats,
) -> tuple[float, float]:
    """Tell the level of those rated from the bias of those who rate, and the other way round.

    Both are means, shrunk by ``prior`` ratings of the average, and each rating is compared with
    what the others say. Fills ``bad`` (1 for a rating under 0, or, where none is, under the mean),
    ``residual`` (rating less level) and ``unbiased`` (rating less bias) by rating, ``by_source``
    (number and sum of residuals) and ``by_target`` (number, sum of unbiased ratings, number of bad
    ones) by person. Unless it ``corrects``, the unbiased rating is the rating. Returns the mean and
    the share of bad ones.

    Complexity: ratings times rounds.
    """
    m = len(rating)
    by_source[:, 0] = 0.0
    by_target[:, 0] = 0.0
    by_target[:, 2] = 0.0
    total = bads = held = lowest = 0.0
    for e in range(m):
        if is_known(e, turn, now, left_out):
            held += 1.0
            total += rating[e]
            lowest = min(lowest, rating[e])
    mean = total / held if held > 0.0 else 0.0
    bar = (mean if lowest >= 0.0 else 0.0) - ROUNDING
    for e in range(m):
        bad[e] = 1.0 if rating[e] < bar else 0.0
        if is_known(e, turn, now, left_out):
            by_source[source[e], 0] += 1.0
            by_target[target[e], 0] += 1.0
            by_target[target[e], 2] += bad[e]
            bads += bad[e]
    share = bads / held if held > 0.0 else 0.0
    unbiased[:] = rating
    residual[:] = 0.0
    by_source[:, 1] = 0.0
    for k in range(rounds + 1):
        by_target[:, 1] = 0.0
        for e in range(m):
            if is_known(e, turn, now, left_out):
                by_target[target[e], 1] += unbiased[e]
        if k == rounds:
            break
        by_source[:, 1] = 0.0
        for e in range(m):
            if is_known(e, turn, now, left_out):
                weight = by_target[target[e], 0] - 1.0 + prior
                told = by_target[target[e], 1] - unbiased[e] + prior * mean
                residual[e] = rating[e] - (told / weight if weight > 0.0 else mean)
                by_source[source[e], 1] += residual[e]
        for e in range(m):
            if corrects and is_known(e, turn, now, left_out):
                weight = by_source[source[e], 0] - 1.0 + prior
                told = by_source[source[e], 1] - residual[e]
                unbiased[e] = rating[e] - (told / weight if weight > 0.0 else 0.0)
    return mean, share


def describe(
    pair_source: Ints,
    pair_target: Ints,
    own: LongInts,
    answer: LongInts,
    start: LongInts,
    first: LongInts,
    second: LongInts,
    rating: Floats,
    bad: Floats,
    turn: LongInts,
    now: int,
    left_out: int,
    prior: float,
    path_prior: float,
    mean: float,
    share: float,
    residual: Floats,
    unbiased: Floats,
    by_source: Floats,
    by_target: Floats,
    rows: Floats,
) -> None:
    """Fill one row a pair with what others say, ``WIDTH`` columns.

    ``own`` is the pair's own rating, -1 if it has none; ``answer`` the one the other way round.

    Complexity: pairs plus their common raters.
    """
    for i in range(len(pair_source)):
        u, v, e = pair_source[i], pair_target[i], own[i]
        rated, residuals = by_source[u, 0], by_source[u, 1]
        raters, told, bads = by_target[v, 0], by_target[v, 1], by_target[v, 2]
        if e >= 0 and is_known(e, turn, now, left_out):
            rated -= 1.0
            residuals -= residual[e]
            raters -= 1.0
            told -= unbiased[e]
            bads -= bad[e]
        level = (told + prior * mean) / (raters + prior) if raters + prior > 0.0 else mean
        often = (bads + prior * share) / (raters + prior) if raters + prior > 0.0 else share
        trusted = good = worse = 0.0
        for p in range(start[i], start[i + 1]):
            a, b = first[p], second[p]
            both = is_known(a, turn, now, left_out) and is_known(b, turn, now, left_out)
            if both and rating[a] > 0.0:
                trusted += rating[a]
                good += rating[a] * unbiased[b]
                worse += rating[a] * bad[b]
        weight = trusted + path_prior
        known = answer[i] >= 0 and is_known(answer[i], turn, now, left_out)
        rows[i, LEVEL] = level
        rows[i, BAD] = often
        rows[i, RATERS] = log1p(raters)
        rows[i, BIAS] = residuals / (rated + prior) if rated + prior > 0.0 else 0.0
        rows[i, RATED] = log1p(rated)
        rows[i, PATHS] = (good - trusted * level) / weight if weight > 0.0 else 0.0
        rows[i, BAD_PATHS] = (worse - trusted * often) / weight if weight > 0.0 else 0.0
        rows[i, ANSWERED] = 1.0 if known else 0.0
        rows[i, ANSWER] = rating[answer[i]] if known else 0.0


def moments(
    rows: Floats, rating: Floats, turn: LongInts, now: int, left_out: int, sums: Floats
) -> None:
    """Fill the products of all columns and the rating, summed over known rows; the last is 1.

    ``sums`` has two more rows and columns than ``rows`` has columns: the rating and 1.

    Complexity: rows times the square of their width.
    """
    width = rows.shape[1]
    sums[:] = 0.0
    for e in range(len(rating)):
        if is_known(e, turn, now, left_out):
            for a in range(width):
                for b in range(a + 1):
                    sums[a, b] += rows[e, a] * rows[e, b]
                sums[width, a] += rating[e] * rows[e, a]
                sums[width + 1, a] += rows[e, a]
            sums[width, width] += rating[e] * rating[e]
            sums[width + 1, width] += rating[e]
            sums[width + 1, width + 1] += 1.0
    for a in range(width + 2):
        for b in range(a):
            sums[b, a] = sums[a, b]


def describe_each(
    wanted: LongInts,
    leaves_out: bool,
    source: Ints,
    target: Ints,
    rating: Floats,
    turn: LongInts,
    answer: LongInts,
    start: LongInts,
    first: LongInts,
    second: LongInts,
    own: LongInts,
    prior: float,
    path_prior: float,
    rounds: int,
    corrects: bool,
    by_source: Floats,
    by_target: Floats,
    room: Floats,
    rows: Floats,
    sums: Floats,
    described: Floats,
) -> None:
    """Do all anew for each of the ratings wanted: without it, or from what came before its turn.

    Fills ``sums`` (the moments of what is known) and ``described`` (the row of the one wanted)
    for each. ``room`` has three rows, one number a rating each. Neighbours of one turn are done
    together where nothing is left out.

    Complexity: ratings wanted times (ratings times rounds, plus common raters).
    """
    bad, residual, unbiased = room[0], room[1], room[2]
    done = -1
    for i in range(len(wanted)):
        e = wanted[i]
        if leaves_out or done < 0 or turn[wanted[done]] != turn[e]:
            out = e if leaves_out else -1
            now = turn[e] + 1 if leaves_out else turn[e]
            mean, share = settle(
                source,
                target,
                rating,
                turn,
                now,
                out,
                prior,
                rounds,
                corrects,
                bad,
                residual,
                unbiased,
                by_source,
                by_target,
            )
            describe(
                source,
                target,
                own,
                answer,
                start,
                first,
                second,
                rating,
                bad,
                turn,
                now,
                out,
                prior,
                path_prior,
                mean,
                share,
                residual,
                unbiased,
                by_source,
                by_target,
                rows,
            )
            moments(rows, rating, turn, now, out, sums[i])
            done = i
        else:
            sums[i] = sums[done]
        described[i] = rows[e]
