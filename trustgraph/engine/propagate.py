"""Trust that flows from seeds along the edges of a graph, solved to a stated true error.

Each source shares what it has among those whom it trusts; nodes that trust nobody give it back to
the seeds. This one system, with different shares and seeds, is EigenTrust and personalised
PageRank.
"""

import os
from collections import deque
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from math import inf, isfinite, log, sqrt
from typing import Any, Self, TypeAlias

import numpy as np
import numpy.typing as npt

from trustgraph._typing import Floats
from trustgraph.engine import propagation, propagation_arrays
from trustgraph.engine._compile import compiled
from trustgraph.engine.flow import Flow
from trustgraph.errors import ConvergenceError

__all__ = ["Propagated", "propagate"]

COMPILE_FROM_EDGES = 500_000
"""Edges times columns from which compiled kernels pay for the start of the compiler."""
BLOCK_EDGES = 1 << 16
"""Edges of a block of rows; sums are added up block by block, so threads do not change them."""
MOST_BLOCKS = 64
FOUR = 4
"""Columns whose numbers lie together for one pass over the edges: more gained nothing."""
BLOCK_ROWS = 1 << 13
"""Rows that are interleaved together, so that they stay in the cache."""
THREADS_FROM_EDGES = 4_000_000
"""Edges from which threads gain more than they lose by waiting for each other."""
ROW_COST = 4
"""What a row costs beside its edges, in edges."""
SUM_TOLERANCE = 1e-9
"""How far the seeds may be from a sum of 1."""
BREAKDOWN = 1e-14
"""Cosine between two vectors under which they count as orthogonal."""
DRIFT = 1e-12
"""Part of the residual at which acceleration starts anew, for its rounding errors add up."""
WORSE = 1e6
"""Growth of the residual at which acceleration is given up."""

Pull: TypeAlias = tuple[Floats, Floats, Floats]
"""A vector whose image is asked for, the shadow to multiply with, and room for the image."""
Products: TypeAlias = tuple[float, ...]
"""Products of the image with the shadow, the vector and itself."""


@dataclass(frozen=True)
class Propagated:
    """Where the mass of the seeds comes to rest, and how exact that is.

    Parameters
    ----------
    scores
        Share of the mass, in [0, 1], in the shape of the seeds; each column sums to 1.
    residual
        Sum over nodes of ``|x - F(x)|`` at the scores returned, F being one round of the flow;
        one number a column, or just a number for seeds of one dimension.
    error_bound
        ``residual / (1 - damping)``: the sum over nodes of the distance from the exact solution is
        not more than this.
    iterations
        Passes over the edges, those for several columns counted as one.

    Examples
    --------
    >>> from trustgraph.engine.flow import shares
    >>> from trustgraph.engine.propagate import propagate
    >>> flow = shares(np.array([0, 1]), np.array([1, 0]), np.array([0.5, 0.2]), 2)
    >>> found = propagate(flow, np.array([1.0, 0.0]), damping=0.5)
    >>> found.error_bound <= 1e-9
    True
    """

    scores: Floats
    residual: Floats | float
    error_bound: Floats | float
    iterations: int


def propagate(
    flow: Flow,
    seeds: npt.ArrayLike,
    *,
    damping: float = 0.85,
    tolerance: float = 1e-9,
    max_iterations: int = 1_000,
    threads: int | None = None,
) -> Propagated:
    """Solve x = F(x) for F one round of the flow.

    In a round, F(x) = damping · (P^T x + leak · seed) + (1 - damping) · seed, where P holds the
    shares and ``leak`` is the part of x at the nodes that trust nobody.

    Parameters
    ----------
    flow
        Who receives which share from whom, see `shares`.
    seeds
        Where the mass starts and returns to: shape (n,), or (n, s) for s questions; at least 0,
        each column sums to 1. On a large graph four questions share a pass over the edges.
    damping
        Part of the mass that flows on in a round, in [0, 1). What is left returns to the seeds,
        and so does the mass of nodes that trust nobody.
    tolerance
        Largest sum over nodes of the distance from the exact solution, for each column; above 0.
    max_iterations
        Passes over the edges after which to give up, at least 1.
    threads
        Threads to use on a large graph; if None as many as there are cores on a graph of millions
        of edges, and else one. Their number does not change the result.

    Returns
    -------
    Propagated
        The scores and how exact they are.

    Raises
    ------
    ValueError
        If a parameter is out of its range or the seeds do not fit.
    ConvergenceError
        If the tolerance is not met within ``max_iterations``.

    Notes
    -----
    BiCGSTAB [1]_ on ``x - F(x) = 0`` from the seeds, which on networks needs about three fifths of
    the passes of plain rounds at a damping of 0.85, and far fewer near 1. Whatever it returns is
    only a proposal: negative entries are set to 0, the sum to 1, and the true residual is measured
    by one more round. F contracts by ``damping`` in the sum of absolute values, so ``residual /
    (1 - damping)`` bounds the error. Where the proposal fails the test it is a new start, and where
    it is no better than as many plain rounds would be at worst, plain rounds follow: they always
    converge.

    Cost: a pass reads 12 bytes an edge, and one number at a random place for each edge and column;
    seven numbers a node and column are kept.

    References
    ----------
    .. [1] van der Vorst, H. A. (1992). Bi-CGSTAB: a fast and smoothly converging variant of Bi-CG
       for the solution of nonsymmetric linear systems. SIAM Journal on Scientific and Statistical
       Computing 13(2), 631-644. https://doi.org/10.1137/0913035

    Examples
    --------
    Node 0 trusts 1, and 1 trusts 2, who trusts nobody:

    >>> from trustgraph.engine.flow import shares
    >>> from trustgraph.engine.propagate import propagate
    >>> flow = shares(np.array([0, 1]), np.array([1, 2]), np.array([0.9, 0.3]), 3)
    >>> propagate(flow, np.array([1.0, 0.0, 0.0]), damping=0.5).scores.round(6)
    array([0.571429, 0.285714, 0.142857])
    """
    whole = _checked_seeds(seeds, flow.n)
    if not 0.0 <= damping < 1.0:
        raise ValueError(f"damping must be in [0, 1), not {damping}")
    if not 0.0 < tolerance < inf:
        raise ValueError(f"tolerance must be above 0 and finite, not {tolerance}")
    if max_iterations < 1 or (threads is not None and threads < 1):
        raise ValueError("max_iterations and threads must be at least 1")
    damping = float(damping)
    enough = float(tolerance) * (1.0 - damping)
    with _Passes(flow, damping, width=whole.shape[1], threads=threads) as passes:
        columns = [_Column(passes, seed, enough) for seed in whole[flow.order].T.copy()]
        iterations = _solve(passes, columns, max_iterations)
    scores = np.empty_like(whole)
    for j, column in enumerate(columns):
        scores[flow.order, j] = column.scores
    if np.ndim(seeds) == 1:
        error = columns[0].error
        return Propagated(scores[:, 0], error, error / (1.0 - damping), iterations)
    residual = np.array([column.error for column in columns])
    return Propagated(scores, residual, residual / (1.0 - damping), iterations)


def _checked_seeds(seeds: npt.ArrayLike, n: int) -> Floats:
    """Return the seeds as columns, or say what is wrong with them."""
    whole = np.asarray(seeds, np.float64)
    if whole.ndim not in {1, 2} or len(whole) != n:
        raise ValueError(f"seeds must have shape ({n},) or ({n}, s), not {whole.shape}")
    whole = whole.reshape(n, -1)
    total = whole.sum(axis=0)
    if not (whole >= 0.0).all() or not (np.abs(total - 1.0) <= SUM_TOLERANCE).all():
        raise ValueError("seeds must be at least 0, and each column must sum to 1")
    return np.asarray(whole / total)


def _solve(passes: "_Passes", columns: Sequence["_Column"], max_iterations: int) -> int:
    """Give all unsettled columns what they ask for, pass by pass; return the number of passes."""
    answers = [column.settle() for column in columns]
    asked = {j: next(answer) for j, answer in enumerate(answers)}
    iterations = 0
    while asked:
        if iterations == max_iterations:
            worst = max(column.error for column in columns)
            raise ConvergenceError(iterations, worst, columns[0].enough)
        products = passes.images(list(asked.values()), [columns[j].seed for j in asked])
        iterations += 1
        again = {}
        for j, product in zip(asked, products, strict=True):
            try:
                again[j] = answers[j].send(product)
            except StopIteration:
                answers[j].close()
        asked = again
    return iterations


class _Column:
    """One question: its scores so far, and what it asks of the next pass.

    ``error`` is the true residual at the scores when they were last tested.
    """

    def __init__(self, passes: "_Passes", seed: Floats, enough: float) -> None:
        self.passes = passes
        self.seed = seed
        self.enough = enough
        self.error = inf
        self.scores = seed.copy()
        self.residual, self.direction, self.shadow, self.first, self.second = (
            np.zeros_like(seed) for _ in range(5)
        )

    def settle(self) -> Generator[Pull, Products, None]:
        """Propose scores and test them until the true residual is small enough."""
        damping = self.passes.damping
        accelerated = True
        expected = inf
        while True:
            yield self.scores, self.scores, self.first
            np.multiply(self.seed, 1.0 - damping, out=self.residual)
            self.residual -= self.first
            self.error = float(np.abs(self.residual).sum())
            if self.error <= self.enough:
                return
            accelerated = accelerated and self.error <= expected
            if accelerated and damping * self.error > self.enough:
                before = self.error
                passes = yield from self._accelerate()
                # The test of the proposal is a pass as well.
                expected = before * damping ** (passes + 1)
                self._make_shares()
            else:
                # One round of the flow: the residual shrinks by the damping at least.
                self.scores += self.residual

    def _accelerate(self) -> Generator[Pull, Products, int]:
        """Take steps of BiCGSTAB until the residual seems small enough, or they lead nowhere.

        Returns the passes used, not many more than plain rounds would need at worst.
        """
        self.shadow[:] = self.residual
        self.direction[:] = self.residual
        square = product = propagation_arrays.product(self.residual, self.residual)
        error = self.error
        goal = max(self.enough, DRIFT * error)
        most = log(goal / error) / log(self.passes.damping)
        passes = 0
        while passes < most and goal < error < WORSE * self.error and product != 0.0:
            by_shadow, _, by_image = yield self.direction, self.shadow, self.first
            passes += 1
            if abs(by_shadow) <= BREAKDOWN * sqrt(square * by_image):
                break
            alpha = product / by_shadow
            error = self.passes.halve(alpha, self.first, self.residual)
            if error <= goal:
                self.scores += alpha * self.direction
                break
            turned, by_mass, by_image = yield self.residual, self.shadow, self.second
            passes += 1
            omega = by_mass / by_image
            # The product could be had for -omega · turned, but then rounding errors would grow.
            error, product = self.passes.advance(
                alpha,
                omega,
                -turned / by_shadow,
                self.first,
                self.second,
                self.shadow,
                self.direction,
                self.residual,
                self.scores,
            )
        return passes

    def _make_shares(self) -> None:
        """Set the scores to at least 0 with sum 1."""
        np.maximum(self.scores, 0.0, out=self.scores)
        total = self.scores.sum()
        if isfinite(total) and total > 0.0:
            self.scores /= total
        else:
            self.scores[:] = self.seed


class _Passes:
    """Passes over the edges and over the rows, in blocks of rows shared among threads."""

    def __init__(self, flow: Flow, damping: float, *, width: int, threads: int | None) -> None:
        self.flow = flow
        self.damping = damping
        self.large = large = flow.m * width >= COMPILE_FROM_EDGES
        self.kernels: Any = compiled(propagation) if large else propagation_arrays
        blocks = min(MOST_BLOCKS, 1 + flow.m // BLOCK_EDGES) if large else 1
        parts = np.arange(blocks + 1) / blocks
        cost = flow.start + ROW_COST * np.arange(flow.n + 1)
        self.by_edges = np.searchsorted(cost, parts * cost[-1]).astype(np.uint64)
        self.by_rows = (parts * flow.n).astype(np.uint64)
        start = flow.start.view(np.uint64)
        self.edges = (start[:-1], start[1:], flow.source.view(np.uint32), flow.share)
        wanted = (os.cpu_count() or 1) if flow.m >= THREADS_FROM_EDGES else 1
        self.threads = min(threads or wanted, blocks)
        room = flow.n if self.large and width >= FOUR else 0
        self.four = np.empty((room, FOUR)), np.empty((FOUR, room))
        self.stack = ExitStack()

    def __enter__(self) -> Self:
        """Start the threads that help this one."""
        if self.threads > 1:
            self.helpers = self.stack.enter_context(ThreadPoolExecutor(self.threads - 1))
        return self

    def __exit__(self, *_: object) -> None:
        """Let them go."""
        self.stack.close()

    def images(self, asked: Sequence[Pull], seeds: Sequence[Floats]) -> list[Products]:
        """Fill the images that are asked for, four in a pass over the edges if there are many."""
        wide = len(asked) - len(asked) % FOUR if self.large else 0
        products = []
        for j in range(0, wide, FOUR):
            products += self._four(asked[j : j + FOUR], seeds[j : j + FOUR])
        for one, seed in zip(asked[wide:], seeds[wide:], strict=True):
            own = (self.damping, self._leak(one), one[0], seed, *one[1:])
            products.append(
                _sums(self._blocks(self.by_edges, self.kernels.pull, *self.edges, *own))
            )
        return products

    def _four(self, asked: Sequence[Pull], seeds: Sequence[Floats]) -> list[Products]:
        masses, received = self.four
        for lo in range(0, len(masses), BLOCK_ROWS):
            for j, (mass, _, _) in enumerate(asked):
                masses[lo : lo + BLOCK_ROWS, j] = mass[lo : lo + BLOCK_ROWS]
        self._blocks(self.by_edges, self.kernels.pull_four, *self.edges, masses, received)
        products = []
        for one, seed, came in zip(asked, seeds, received, strict=True):
            mass, shadow, image = one
            own = (self.damping, self._leak(one), mass, seed, shadow, came, image)
            products.append(_sums(self._blocks(self.by_rows, self.kernels.close, *own)))
        return products

    def _leak(self, one: Pull) -> float:
        """Sum what nodes without an edge out hold."""
        return float(one[0][self.flow.leaky].sum())

    def halve(self, *arguments: Any) -> float:
        """Call the kernel on all rows; return the sum over them."""
        return float(sum(self._blocks(self.by_rows, self.kernels.halve, *arguments)))

    def advance(self, *arguments: Any) -> tuple[float, float]:
        """Call the kernel on all rows; return the sums over them."""
        total, by_shadow = _sums(self._blocks(self.by_rows, self.kernels.advance, *arguments))
        return total, by_shadow

    def _blocks(
        self, bounds: propagation.Positions, kernel: Callable[..., Any], *arguments: Any
    ) -> list[Any]:
        """Call a kernel on each block of rows; return what it returned, in order."""
        done: list[Any] = [None] * (len(bounds) - 1)
        left = deque(range(len(done)))

        def work() -> None:
            # Whoever is free takes the next block: edges cost more in the first, long rows.
            while (b := _taken(left)) is not None:
                done[b] = kernel(bounds[b], bounds[b + 1], *arguments)

        others = [self.helpers.submit(work) for _ in range(self.threads - 1)]
        work()
        for other in others:
            other.result()
        return done


def _taken(left: deque[int]) -> int | None:
    """Take the next of what is left, if anything is."""
    with suppress(IndexError):
        return left.popleft()
    return None


def _sums(blocks: Sequence[Products]) -> Products:
    """Add up what the blocks returned, in order."""
    return tuple(float(sum(each)) for each in zip(*blocks, strict=True))
