"""What is known of a pair of people from the ratings of others, on arrays.

Ratings are sorted by source, then by target. A rating's own row never sees the rating itself.
"""

from math import log1p

from trustgraph._typing import Floats, Ints, LongInts

__all__ = ["common_raters", "describe", "leave_out_each", "moments", "settle"]

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
    bad: Floats,
    left_out: int,
    prior: float,
    rounds: int,
    corrects: bool,
    residual: Floats,
    unbiased: Floats,
    by_source: Floats,
    by_target: Floats,
) -> tuple[float, float]:
    """Tell the level of those rated from the bias of those who rate, and the other way round.

    Both are means, shrunk by ``prior`` ratings of the average, and each rating is compared with
    what the others say. Fills ``residual`` (rating less level) and ``unbiased`` (rating less
    bias) by rating, ``by_source`` (number and sum of residuals) and ``by_target`` (number, sum of
    unbiased ratings, number of bad ones) by person. Unless it ``corrects``, the unbiased rating is
    the rating. Returns the mean and the share of bad ones.

    Complexity: ratings times rounds.
    """
    m = len(rating)
    by_source[:, 0] = 0.0
    by_target[:, 0] = 0.0
    by_target[:, 2] = 0.0
    total = bads = 0.0
    for e in range(m):
        if e != left_out:
            by_source[source[e], 0] += 1.0
            by_target[target[e], 0] += 1.0
            by_target[target[e], 2] += bad[e]
            total += rating[e]
            bads += bad[e]
    held = m - (1 if left_out >= 0 else 0)
    mean = total / held if held else 0.0
    share = bads / held if held else 0.0
    unbiased[:] = rating
    residual[:] = 0.0
    by_source[:, 1] = 0.0
    for k in range(rounds + 1):
        by_target[:, 1] = 0.0
        for e in range(m):
            if e != left_out:
                by_target[target[e], 1] += unbiased[e]
        if k == rounds:
            break
        by_source[:, 1] = 0.0
        for e in range(m):
            if e != left_out:
                weight = by_target[target[e], 0] - 1.0 + prior
                told = by_target[target[e], 1] - unbiased[e] + prior * mean
                residual[e] = rating[e] - (told / weight if weight > 0.0 else mean)
                by_source[source[e], 1] += residual[e]
        for e in range(m):
            if corrects and e != left_out:
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
        if e >= 0 and e != left_out:
            rated -= 1.0
            residuals -= residual[e]
            raters -= 1.0
            told -= unbiased[e]
            bads -= bad[e]
        level = (told + prior * mean) / (raters + prior) if raters + prior > 0.0 else mean
        often = (bads + prior * share) / (raters + prior) if raters + prior > 0.0 else share
        trusted = good = worse = 0.0
        for p in range(start[i], start[i + 1]):
            if first[p] != left_out and second[p] != left_out and rating[first[p]] > 0.0:
                trusted += rating[first[p]]
                good += rating[first[p]] * unbiased[second[p]]
                worse += rating[first[p]] * bad[second[p]]
        weight = trusted + path_prior
        known = answer[i] >= 0 and answer[i] != left_out
        rows[i, LEVEL] = level
        rows[i, BAD] = often
        rows[i, RATERS] = log1p(raters)
        rows[i, BIAS] = residuals / (rated + prior) if rated + prior > 0.0 else 0.0
        rows[i, RATED] = log1p(rated)
        rows[i, PATHS] = (good - trusted * level) / weight if weight > 0.0 else 0.0
        rows[i, BAD_PATHS] = (worse - trusted * often) / weight if weight > 0.0 else 0.0
        rows[i, ANSWERED] = 1.0 if known else 0.0
        rows[i, ANSWER] = rating[answer[i]] if known else 0.0


def moments(rows: Floats, rating: Floats, left_out: int, sums: Floats) -> None:
    """Fill the products of all columns and the rating, summed over rows; the last place is 1.

    ``sums`` has two more rows and columns than ``rows`` has columns: the rating and 1.

    Complexity: rows times the square of their width.
    """
    width = rows.shape[1]
    sums[:] = 0.0
    for e in range(len(rating)):
        if e != left_out:
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


def leave_out_each(
    wanted: LongInts,
    source: Ints,
    target: Ints,
    rating: Floats,
    bad: Floats,
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
    """Do all anew without one rating, for each of those wanted.

    Fills ``sums`` (the moments of all other ratings) and ``described`` (the row of the one left
    out) for each. ``room`` has two rows, one number a rating each.

    Complexity: ratings wanted times (ratings times rounds, plus common raters).
    """
    residual, unbiased = room[0], room[1]
    for i in range(len(wanted)):
        e = wanted[i]
        mean, share = settle(
            source,
            target,
            rating,
            bad,
            e,
            prior,
            rounds,
            corrects,
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
            e,
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
        moments(rows, rating, e, sums[i])
        described[i] = rows[e]
