"""Which edges and which ways make up a person's score in a linear model of standing."""

from typing import Any, Final, Literal

import numpy as np

from trustgraph._text import listed
from trustgraph._typing import Floats, Graph
from trustgraph.graph.index import TrustIndex
from trustgraph.reputation._flow import check_solver, passed_on, settled
from trustgraph.reputation._given import Seeds, index_of, number_of, seed_shares
from trustgraph.reputation._walks import strongest_walks
from trustgraph.reputation.decomposition import Decomposition, EdgePart, WalkPart
from trustgraph.reputation.pagerank import check_damping
from trustgraph.steps.seed import is_whole

__all__ = ["decompose"]

Model = Literal["eigentrust", "personalised_pagerank"]
DAMPING: Final[dict[str, float]] = {"eigentrust": 0.9, "personalised_pagerank": 0.85}
MOST_STEPS: Final = 1_000


def decompose(  # noqa: PLR0913 - the question, and how far to go
    G: Graph | TrustIndex,
    person: Any,
    *,
    model: Model = "eigentrust",
    seeds: Seeds = None,
    damping: float | None = None,
    top: int = 10,
    max_steps: int = 20,
    tolerance: float = 1e-12,
    max_iterations: int = 1_000,
) -> Decomposition:
    """Return what makes up a person's score: seed, edges, and the strongest walks to them.

    Parameters
    ----------
    G
        The graph, or its index (compile it once for many questions).
    person
        Whose score: an id, a unique full name or a `Person`.
    model
        ``"eigentrust"`` or ``"personalised_pagerank"``.
    seeds
        As in `eigentrust` and `personalised_pagerank`.
    damping
        Part that flows on in a round, in [0, 1): ``1 - alpha`` for EigenTrust. Default: that of
        the model, 0.9 for EigenTrust and 0.85 for PageRank.
    top
        Number of walks to list, at least 0.
    max_steps
        Largest number of steps of a walk that is listed, 0 to 1,000.
    tolerance
        Largest sum over people of the distance from the exact scores, above 0.
    max_iterations
        Passes over the edges after which to give up, at least 1.

    Returns
    -------
    Decomposition
        The parts, which sum to the score. A score of 0 is an answer: nothing flows there.

    Raises
    ------
    UnknownPersonError, AmbiguousPersonError
        If the person or a seed is not known, or not by that name alone.
    TypeError
        If the person or a seed is no person, such as a list of people.
    ValueError
        If there is no such model, or a number is out of range.
    ConvergenceError
        If the tolerance is not met within ``max_iterations``.
    GraphContractError
        If the graph breaks the contract.

    Notes
    -----
    Both models solve x = d · (P^T x + r · s) + (1 - d) · s with d the damping, P the shares in
    which people divide their trust, s the seeds, and r what people who trust nobody hold
    (`eigentrust`). The line of person v of this system is the sum over edges:

        x_v = (1 - d) · s_v  +  d · r · s_v  +  Σ_u d · P_uv · x_u
              seed              returned        one part an edge

    It is taken one round beyond the scores that were found, so the parts add up to the score
    itself, and that is as near to the exact one as stated. Solved for x, with all that starts at
    the seeds in one factor c = 1 - d + d · r, it is the sum over walks of any length k,

        x = c · Σ_k d^k (P^T)^k s

    in which each walk a -> ... -> v from a seed a has the part c · s_a times d · P of each of its
    steps. The walks listed are exactly the strongest of at most ``max_steps`` steps; they may
    meet people again, v too. All others are counted in ``smaller`` and ``longer``.

    Examples
    --------
    Ana trusts bo three times as much as cy; both trust dee, who trusts nobody:

    >>> G = nx.DiGraph()
    >>> G.add_edge("ana", "bo", trust=0.9)
    >>> G.add_edge("ana", "cy", trust=0.3)
    >>> G.add_edge("bo", "dee", trust=0.5)
    >>> G.add_edge("cy", "dee", trust=0.8)
    >>> parts = tg.reputation.decompose(G, "dee", seeds="ana", damping=0.8)
    >>> parts.edges.round(4)
      source    part  share
    0     bo  0.1967   0.75
    1     cy  0.0656   0.25
    >>> parts.paths.round(4)
                   path    part  share
    0  (ana, bo, dee)  0.1967   0.75
    1  (ana, cy, dee)  0.0656   0.25
    """
    damping = _checked(model, damping, top, max_steps)
    check_solver(tolerance, max_iterations)
    index = index_of(G)
    goal = number_of(index, person)
    shares = seed_shares(index, seeds)
    found = settled(
        index, shares, damping=damping, tolerance=tolerance, max_iterations=max_iterations
    )
    factor = damping * passed_on(index)
    silent = np.bincount(index.out_asked, index.trust, index.n) == 0.0
    leak = float(found.scores[silent].sum())
    seed = (1.0 - damping) * float(shares[goal])
    returned = damping * leak * float(shares[goal])
    incoming = _incoming(index, goal, factor, found.scores)
    score = seed + returned + sum(edge.part for edge in incoming)
    start = 1.0 - damping + damping * leak
    walks = strongest_walks(index, factor, shares, goal, most=int(max_steps), top=int(top))
    listed_walks = tuple(
        WalkPart(
            path=tuple(index.labels[one] for one in people),
            names=tuple(index.names[one] for one in people),
            part=start * value,
        )
        for people, value in zip(walks.people, walks.values, strict=True)
    )
    within = min(start * walks.within, score)
    return Decomposition(
        person=index.labels[goal],
        name=index.names[goal],
        model=model,
        score=score,
        error=float(found.error_bound),
        seed=seed,
        returned=returned,
        incoming=incoming,
        walks=listed_walks,
        smaller=max(within - sum(walk.part for walk in listed_walks), 0.0),
        longer=score - within,
        people=index.n,
        inactive=int(silent.sum()),
        damping=damping,
        seeds=None if seeds is None else _told(index, shares),
        max_steps=int(max_steps),
        top=int(top),
        as_of=index.as_of,
    )


def _checked(model: Any, damping: Any, top: Any, max_steps: Any) -> float:
    """Return the damping; raise a ValueError if something asked for cannot be."""
    if model not in DAMPING:
        message = f"there is no model {model!r} to take apart; name {listed(list(DAMPING), 'or')}"
        raise ValueError(message)
    if not is_whole(top) or top < 0:
        message = f"top is {top!r}; give the number of walks to list, a whole number from 0"
        raise ValueError(message)
    if not is_whole(max_steps) or not 0 <= max_steps <= MOST_STEPS:
        message = f"max_steps is {max_steps!r}; give a whole number from 0 to {MOST_STEPS:,}"
        raise ValueError(message)
    damping = DAMPING[model] if damping is None else damping
    check_damping(damping)
    return float(damping)


def _incoming(index: TrustIndex, goal: int, factor: Floats, scores: Floats) -> tuple[EdgePart, ...]:
    """Return the part of each edge to a person, the largest first; equal ones by id."""
    edges = slice(int(index.out_start[goal]), int(index.out_start[goal + 1]))
    givers = index.out_asked[edges]
    parts = factor[edges] * scores[givers]
    # The index is in the order of ids, and sorting is stable.
    return tuple(
        EdgePart(
            source=index.labels[givers[k]],
            name=index.names[givers[k]],
            trust=float(index.trust[edges][k]),
            part=float(parts[k]),
        )
        for k in np.argsort(-parts, kind="stable")
    )


def _told(index: TrustIndex, shares: Floats) -> tuple[tuple[Any, float], ...]:
    return tuple((index.labels[one], float(shares[one])) for one in np.flatnonzero(shares))
