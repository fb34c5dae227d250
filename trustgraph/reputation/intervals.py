"""Intervals of a transfer of reputation: the opinions drawn again and again."""

from typing import Any, Final

import numpy as np

from trustgraph._typing import Floats, Graph, Seed
from trustgraph.engine.reliability_draws import ManyFound, many_transfers
from trustgraph.engine.reliability_stop import share_error
from trustgraph.graph.index import TrustIndex
from trustgraph.models.ask import Ask
from trustgraph.reputation._given import check_trust_model
from trustgraph.reputation.interval_results import (
    INTERVAL_QUANTITIES,
    CarrierInterval,
    Interval,
    TransferIntervals,
)
from trustgraph.steps.drawn import drawn_chances, drawn_factors
from trustgraph.steps.question import Question, ask_question
from trustgraph.steps.seed import is_whole, number_of_seed
from trustgraph.steps.subgraph import StepGraph, admissible_subgraph, check_max_intermediaries
from trustgraph.trust.model import TrustModel

__all__ = ["transfer_intervals"]

SAMPLES: Final = 1_024
"""States in each draw where the exact numbers would take too long."""
TAIL: Final = 0.05
EQUAL: Final = 1e-12
"""Shapley values of a draw that differ by no more than this part count as equal."""


def transfer_intervals(  # noqa: PLR0913 - the question, and how to answer it
    G: Graph | TrustIndex,
    ask: Ask | str,
    target: Any = None,
    *,
    draws: int = 1_000,
    max_intermediaries: int = 3,
    model: TrustModel | None = None,
    observed_only: bool = True,
    samples: int = SAMPLES,
    seed: Seed = 0,
) -> TransferIntervals:
    """Return how far the transfer of reputation may be off, because opinions may.

    Parameters
    ----------
    G
        The graph, or its index; its ties need a ``certainty``.
    ask, target
        An `Ask`, or a seeker and a target, as in `reputation_transfer`.
    draws
        How many times all opinions are drawn, at least 1.
    max_intermediaries
        Largest number of intermediaries on a path, 0 to 5.
    model
        Trust model; default: the one of the graph, else the default model.
    observed_only
        Whether to leave out inferred ties.
    samples
        Random states in each draw where the exact numbers would take too long, at least 1; made
        up to a multiple of 64.
    seed
        Of all draws; None: a number left to chance, which the result tells.

    Returns
    -------
    TransferIntervals
        Mean and the ends of nine tenths of the draws, of the total and of removal, Shapley value,
        inflow and through of each intermediary; and the share of draws in which each comes first.
        Without an interval where there is no path, or a tie that counts has no certainty.

    Raises
    ------
    UnknownPersonError, AmbiguousPersonError
        If a person is not known, or not by that name alone.
    TypeError
        If ``model`` is no trust model.
    ValueError
        If the seeker is a target, or an option is out of range.
    GraphContractError
        If the graph breaks the contract.

    See Also
    --------
    reputation_transfer : The numbers at what is expected of every opinion.

    Notes
    -----
    One opinion X ~ Beta(alpha, beta) is drawn per tie and draw; a first or further step is then
    worth X g(X), the last one and a direct tie X (`trustgraph.steps.drawn`). The total is linear
    in the chance of each step and every step stands on a tie of its own, so the mean over all
    draws is the total of `reputation_transfer`: the draws add a width and no bias. Each draw is
    computed exactly, by one decision diagram for all draws, or on the same random states as every
    other draw, with a sampling error that the result tells apart.

    Examples
    --------
    >>> G = nx.DiGraph()
    >>> G.add_edge("bo", "ana", trust=0.8, certainty=0.9)
    >>> G.add_edge("dee", "bo", trust=0.5, certainty=0.6)
    >>> found = tg.reputation.transfer_intervals(G, "ana", "dee", draws=2_000)
    >>> total = found.total
    >>> total.low < total.mean < total.high, round(total.mean, 1), found.exact
    (True, 0.4, True)
    """
    most = check_max_intermediaries(max_intermediaries)
    for name, value in (("draws", draws), ("samples", samples)):
        if not is_whole(value) or value < 1:
            message = f"{name} is {value!r}; draw at least 1, a whole number"
            raise ValueError(message)
    number = number_of_seed(seed)
    check_trust_model(model)
    question = ask_question(G, ask, target, model=model, observed_only=observed_only)
    steps = admissible_subgraph(question, most)
    factors = drawn_factors(question, steps, int(draws), np.random.default_rng(number))
    told: dict[str, Any] = {
        "ask": question.ask,
        "seeker_name": question.seeker_name,
        "target_name": question.target_name,
        "draws": int(draws),
        "max_intermediaries": most,
        "observed_only": observed_only,
        "as_of": question.index.as_of,
        "seed": number,
    }
    if factors is None or not len(steps.tail):
        reason = "no_certainty" if len(steps.tail) else "no_path"
        return TransferIntervals(total=None, carriers=(), reason=reason, **told)
    chance, direct = drawn_chances(steps, factors)
    found = many_transfers(steps.network(), chance, direct, samples=int(samples), seed=number)
    return TransferIntervals(
        total=_interval(found.numbers.total),
        carriers=_carriers(question, steps, found),
        exact=not found.samples,
        samples=found.samples,
        sampling_error=_sampling_error(found, direct),
        truncated=found.truncated,
        **told,
    )


def _interval(values: Floats) -> Interval:
    low, high = np.quantile(values, [TAIL, 1.0 - TAIL])
    # Rounding may put the mean of equal numbers beside them.
    mean = min(max(float(values.mean()), float(values.min())), float(values.max()))
    return Interval(low=float(low), mean=mean, high=float(high))


def _sampling_error(found: ManyFound, direct: Floats) -> float:
    """Return the typical standard error of the total of one draw."""
    if not found.samples:
        return 0.0
    indirect = 1.0 - direct
    open_ = indirect > 0
    if not open_.any():
        return 0.0
    reached = (found.numbers.total[open_] - direct[open_]) / indirect[open_]
    hits = np.rint(np.clip(reached, 0.0, 1.0) * found.samples).astype(np.int64)
    errors = indirect[open_] * share_error(hits, found.samples)
    return float(np.median(errors))


def _carriers(
    question: Question, steps: StepGraph, found: ManyFound
) -> tuple[CarrierInterval, ...]:
    """Return the intermediaries, the largest mean Shapley value first; equal ones by id."""
    index, shapley = question.index, found.numbers.shapley
    highest = shapley.max(axis=0, initial=0.0)
    first = (shapley >= highest * (1.0 - EQUAL)) & found.kept[:, None]
    share = (first / np.maximum(first.sum(axis=0), 1)).mean(axis=1)
    carriers = [
        CarrierInterval(
            person=index.labels[node],
            name=index.names[node],
            share_first=float(share[place]),
            **{
                name: _interval(getattr(found.numbers, name)[place]) for name in INTERVAL_QUANTITIES
            },
        )
        for place, node in enumerate(steps.nodes[1:-1].tolist())
        if found.kept[place]
    ]
    # The index is in the order of ids, and sorting is stable.
    return tuple(sorted(carriers, key=lambda carrier: -round(carrier.shapley.mean, 12)))
