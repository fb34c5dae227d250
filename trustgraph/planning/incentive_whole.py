"""What an offer does to the whole ask: all contacts and all paths together."""

from dataclasses import dataclass

import numpy as np

from trustgraph._typing import Floats
from trustgraph.planning.incentive_arrivals import arrivals
from trustgraph.planning.incentive_draws import Draws
from trustgraph.planning.incentive_numbers import Contacts, Offered
from trustgraph.steps.drawn import drawn_chances
from trustgraph.steps.step_graph import DIRECT, FIRST, FURTHER, StepGraph
from trustgraph.steps.told import told

__all__ = ["Whole", "any_of", "whole_ask"]


@dataclass(frozen=True, eq=False)
class Whole:
    """The whole ask under each offer, in each draw; arrays of shape (offers, draws).

    Attributes
    ----------
    score
        Chance that reputation arrives on at least one path.
    delivery
        Chance that the request arrives endorsed on at least one path.
    error, samples
        Largest standard error of the score, and the states behind it; 0 where it is exact.
    """

    score: Floats
    delivery: Floats
    error: float
    samples: int


def whole_ask(
    steps: StepGraph,
    contacts: Contacts,
    draws: Draws,
    offers: list[Offered],
    *,
    samples: int,
    seed: int,
) -> Whole:
    """Return what arrives in all under each offer.

    Parameters
    ----------
    steps
        The admissible steps of the question without an offer.
    contacts, draws
        Whom the seeker could ask, and the opinions on all ties of ``steps``.
    offers
        What each offer makes of the first steps.
    samples, seed
        Of the states, where the paths are too many for an exact answer.

    Returns
    -------
    Whole
        Offers that do the same have the same numbers, to the last bit.
    """
    question = contacts.question
    between = np.isin(steps.role, (FIRST, FURTHER))
    factors = draws.factors(steps.step, steps.probability, between)
    first = steps.nodes[steps.head[steps.role == FIRST]]
    place = {node: row for row, node in enumerate(contacts.node.tolist())}
    # A way of next to no chance is no path of the search; then no offer changes it.
    rows = [place.get(node, -1) for node in first.tolist()]
    score = _arrived(steps, factors, [_of(one.factor, rows) for one in offers], samples, seed)
    if question.ask.purpose == "reach":
        return Whole(score[0], score[0], score[1], score[2])
    passes = np.ones_like(factors)
    asked = steps.step[between]
    answered = told(question.index, "response", asked) * question.kappa
    passes[between] = answered[:, None] * draws.willing(asked)
    straight = np.flatnonzero(steps.role == DIRECT)
    known = np.searchsorted(question.direct_target, steps.target[straight])
    passes[straight] = question.direct_passes[known][:, None]
    passes = np.clip(np.maximum(passes, factors), 0.0, 1.0)
    delivery = _arrived(steps, passes, [_of(one.passing, rows) for one in offers], samples, seed)
    return Whole(score[0], np.maximum(delivery[0], score[0]), score[1], score[2])


def _of(values: Floats, rows: list[int]) -> Floats:
    """Return the values of some contacts; 1 for the row -1."""
    return np.append(values, 1.0)[rows]


def _arrived(
    steps: StepGraph, factors: Floats, offers: list[Floats], samples: int, seed: int
) -> tuple[Floats, float, int]:
    chance, direct = drawn_chances(steps, factors)
    different, which = np.unique(np.array(offers), axis=0, return_inverse=True)
    found = arrivals(steps.network(), chance, direct, different, samples=samples, seed=seed)
    return found.value[which.ravel()], found.error, found.samples


def any_of(chance: Floats) -> Floats:
    """Return the chance of at least one of independent events, shape (draws,)."""
    return np.asarray(1.0 - np.prod(1.0 - chance, axis=0), dtype=np.float64)
