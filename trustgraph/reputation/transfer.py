"""The transfer of reputation from a seeker to a target, and who carries it."""

from numbers import Real
from typing import Any, Final

import numpy as np

from trustgraph._typing import Graph, Seed
from trustgraph.engine.reliability_numbers import TransferNumbers
from trustgraph.engine.reliability_transfer import Transferred, transfer
from trustgraph.graph.index import TrustIndex
from trustgraph.models.ask import Ask
from trustgraph.reputation._given import check_trust_model
from trustgraph.reputation.results import QUANTITIES, Carrier, Transfer
from trustgraph.steps.question import Question, ask_question
from trustgraph.steps.seed import is_whole, number_of_seed
from trustgraph.steps.subgraph import (
    LAST,
    StepGraph,
    admissible_subgraph,
    check_max_intermediaries,
)
from trustgraph.trust.model import TrustModel

__all__ = ["reputation_transfer"]


SAMPLES: Final = 16_384
SAMPLES_FOR_PRECISION: Final = 4_194_304
FINEST: Final = 1e-9
"""Smallest standard error that can be asked for."""


def reputation_transfer(  # noqa: PLR0913 - the question, and how to answer it
    G: Graph | TrustIndex,
    ask: Ask | str,
    target: Any = None,
    *,
    max_intermediaries: int = 3,
    model: TrustModel | None = None,
    observed_only: bool = True,
    samples: int | None = None,
    precision: float | None = None,
    seed: Seed = 0,
) -> Transfer:
    """Return how much of the seeker's reputation arrives at the target, and through whom.

    Parameters
    ----------
    G
        The graph, or its index (compile it once for many questions). An edge u -> v is u's trust
        in v, so a path uses the trust of each asked person in the asker.
    ask, target
        An `Ask`, or a seeker and a target: a person (id or unique full name), several people, an
        `Organisation` or a `Prospect`. Two names make an ask of clarity 1; an `Ask` has the
        clarity of its fields.
    max_intermediaries
        Largest number of intermediaries on a path, 0 to 5.
    model
        Trust model; default: the one of the graph, else the default model.
    observed_only
        Whether to leave out inferred ties.
    samples
        Number of random draws where the exact answer would take longer, at least 1; default
        16,384. With ``precision`` the largest number; default 4,194,304.
    precision
        Standard error of the total at which to stop drawing, above 0; default: make all draws.
        The result tells how many were made and the error that was reached.
    seed
        Of these draws; None: a number left to chance, which the result tells.

    Returns
    -------
    Transfer
        The total and, for each intermediary, removal, Shapley value, inflow, through and
        retained.

    Raises
    ------
    UnknownPersonError, AmbiguousPersonError
        If a person is not known, or not by that name alone.
    TypeError
        If ``model`` is no trust model.
    ValueError
        If the seeker is a target, or ``max_intermediaries``, ``samples`` or ``precision`` is out
        of range.
    GraphContractError
        If the graph breaks the contract.

    Notes
    -----
    Each step on some admissible path works independently with the chance that is its factor
    (`step_factors`). The total R is the chance that at least one whole path works: shared steps
    count once, parallel paths add up, so it lies between the best score and 1. It is a
    two-terminal reliability [1]_ with a limit on path length. For each intermediary m: removal is
    R less R without m, the importance of Birnbaum [2]_ on the scale of R; the Shapley value [3]_
    is m's mean gain to R when people join in random order; inflow is the chance that a working
    beginning of an admissible path ends in m; through that a whole working path holds m. Always
    removal <= through <= inflow and Shapley value <= through, and the Shapley values sum to
    ``total - direct``.

    The answer is exact while the paths are few or hang together little, else every number comes
    from the same random draws, with its standard error.

    References
    ----------
    .. [1] Colbourn, C. J. (1987). The Combinatorics of Network Reliability. Oxford University
       Press.
    .. [2] Birnbaum, Z. W. (1969). On the importance of different components in a multicomponent
       system. In: Multivariate Analysis II, Academic Press, 581-592.
    .. [3] Shapley, L. S. (1953). A value for n-person games. Contributions to the Theory of Games
       II, 307-317. https://doi.org/10.1515/9781400881970-018

    Examples
    --------
    >>> G = nx.DiGraph()
    >>> G.add_edge("bo", "ana", trust=0.8)
    >>> G.add_edge("cy", "ana", trust=0.5)
    >>> G.add_edge("dee", "bo", trust=0.5)
    >>> G.add_edge("dee", "cy", trust=0.6)
    >>> moved = tg.reputation_transfer(G, "ana", "dee")
    >>> round(moved.total, 3), moved.exact
    (0.58, True)
    >>> moved.shapley.round(3).to_dict()
    {'bo': 0.34, 'cy': 0.24}
    """
    most = check_max_intermediaries(max_intermediaries)
    seed = number_of_seed(None) if seed is None else seed
    draws = check_draws(samples, precision, usual=SAMPLES)
    check_trust_model(model)
    question = ask_question(G, ask, target, model=model, observed_only=observed_only)
    steps = admissible_subgraph(question, most)
    network = steps.network()
    found = transfer(network, samples=draws, precision=precision, rng=np.random.default_rng(seed))
    return Transfer(
        ask=question.ask,
        seeker_name=question.seeker_name,
        target_name=question.target_name,
        total=found.numbers.total,
        direct=network.direct,
        carriers=_carriers(question, steps, found),
        exact=found.method != "monte_carlo",
        method=found.method,
        standard_error=found.numbers.total_error,
        samples=found.samples,
        truncated=found.truncated,
        assumed_last_steps=int(((steps.step < 0) & (steps.role == LAST)).sum()),
        reason="" if len(steps.tail) else "no_path",
        max_intermediaries=most,
        observed_only=observed_only,
        precision=precision,
        as_of=question.index.as_of,
        seed=None if isinstance(seed, np.random.Generator) else seed,
    )


def check_draws(samples: Any, precision: Any, *, usual: int) -> int:
    """Return the largest number of draws.

    Parameters
    ----------
    samples, precision
        As they were passed.
    usual
        Number of draws if neither is given.

    Returns
    -------
    int
        At least 1.

    Raises
    ------
    ValueError
        If one of them is out of range.

    Examples
    --------
    >>> from trustgraph.reputation.transfer import check_draws
    >>> check_draws(None, None, usual=10_000), check_draws(None, 0.001, usual=10_000)
    (10000, 4194304)
    """
    if precision is not None and not (
        isinstance(precision, Real) and FINEST <= float(precision) < 1
    ):
        message = (
            f"precision is {precision!r}; the standard error to stop at must be a number from "
            f"{FINEST:g} to 1"
        )
        raise ValueError(message)
    if samples is None:
        return usual if precision is None else SAMPLES_FOR_PRECISION
    if not is_whole(samples) or samples < 1:
        message = f"samples is {samples!r}; draw at least 1, a whole number"
        raise ValueError(message)
    return int(samples)


def _carriers(question: Question, steps: StepGraph, found: Transferred) -> tuple[Carrier, ...]:
    """Return the intermediaries, the largest Shapley value first; equal ones by id."""
    index = question.index
    carriers = [
        Carrier(
            person=index.labels[node],
            name=index.names[node],
            **_numbers_of(found.numbers, place),
        )
        for place, node in enumerate(steps.nodes[1:-1].tolist())
        if found.kept[place]
    ]
    # The index is in the order of ids, and sorting is stable.
    return tuple(sorted(carriers, key=lambda carrier: -round(carrier.shapley, 12)))


def _numbers_of(numbers: TransferNumbers, place: int) -> dict[str, float | None]:
    row: dict[str, float | None] = {}
    for quantity in QUANTITIES:
        for name in (quantity, f"{quantity}_error"):
            value = float(getattr(numbers, name)[place])
            row[name] = None if np.isnan(value) else value
    return row
