"""Opinions drawn at random, and what the steps of a question are worth with them."""

from typing import Final

import numpy as np

from trustgraph._typing import Bools, Floats, Ints, LongInts
from trustgraph.steps.question import Question
from trustgraph.steps.step_graph import DIRECT, FIRST, FURTHER, StepGraph
from trustgraph.steps.told import told

__all__ = ["draw_opinions", "drawn_chances", "drawn_factors", "endorsed_worth", "is_gated"]

LEAST: Final = 1e-300
"""A chance that stands for none: a network knows no step of chance 0."""


def draw_opinions(
    question: Question, steps: Ints | LongInts, draws: int, rng: np.random.Generator
) -> Floats:
    """Draw one opinion a tie and draw, X ~ Beta(alpha, beta).

    Parameters
    ----------
    question
        The question, whose model says what trust and certainty mean.
    steps
        Numbers of the steps that stand on the ties, each once.
    draws
        Number of draws, at least 1.
    rng
        Source of randomness.

    Returns
    -------
    numpy.ndarray
        In [0, 1], shape (steps, draws); the trust itself where it is 0 or 1 or wholly certain.

    Raises
    ------
    ValueError
        If the certainty of a tie is not known.

    Examples
    --------
    >>> from trustgraph.steps.drawn import draw_opinions
    >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8, "certainty": 0.9})])
    >>> question = tg.steps.ask_question(G, "ana", "bo")
    >>> draws = draw_opinions(question, np.array([0]), 1_000, np.random.default_rng(7))
    >>> draws.shape, round(float(draws.mean()), 1)
    ((1, 1000), 0.8)
    """
    trust, certainty = (told(question.index, name, steps) for name in ("trust", "certainty"))
    if np.isnan(certainty).any():
        message = "a tie has no certainty, so there is no opinion to draw"
        raise ValueError(message)
    drawn = np.repeat(trust[:, None], draws, axis=1)
    open_ = (certainty < 1) & (trust > 0) & (trust < 1)
    if open_.any():
        opinions = question.model.opinion.from_judgement(trust[open_], certainty[open_])
        alpha, beta = opinions.alpha[:, None], opinions.beta[:, None]
        drawn[open_] = rng.beta(alpha, beta, (len(alpha), draws))
    return drawn


def is_gated(question: Question, steps: Ints | LongInts) -> Bools:
    """Whether each tie passes on more or less than its trust: one with trust alone has no gate.

    Examples
    --------
    >>> from trustgraph.steps.drawn import is_gated
    >>> question = tg.steps.ask_question(nx.DiGraph([("bo", "ana", {"trust": 0.8})]), "ana", "bo")
    >>> is_gated(question, np.array([0])).tolist()
    [False]
    """
    index = question.index
    endorsed = index.endorsed_trust[steps]
    # A large index holds the one in single and the other in double precision.
    gated: Bools = (index.willingness[steps] != 1) | (
        endorsed != index.trust[steps].astype(endorsed.dtype)
    )
    return gated


def endorsed_worth(question: Question, steps: Ints | LongInts) -> Floats:
    """Return the expected worth of an endorsement of each tie, E[X g(X)], in [0, 1].

    Examples
    --------
    >>> from trustgraph.steps.drawn import endorsed_worth
    >>> question = tg.steps.ask_question(nx.DiGraph([("bo", "ana", {"trust": 0.8})]), "ana", "bo")
    >>> endorsed_worth(question, np.array([0])).tolist()
    [0.8]
    """
    index = question.index
    return told(index, "willingness", steps) * told(index, "endorsed_trust", steps)


def drawn_factors(
    question: Question, steps: StepGraph, draws: int, rng: np.random.Generator
) -> Floats | None:
    """Return the factor of every step with opinions drawn at random.

    Parameters
    ----------
    question, steps
        The question and its admissible steps.
    draws
        Number of draws, at least 1.
    rng
        Source of randomness.

    Returns
    -------
    numpy.ndarray or None
        In (0, 1], shape (steps, draws); None where a tie has no certainty.

    Notes
    -----
    A first or further step is worth ``X g(X)`` of its tie, any other ``X``; each factor is linear
    in the mean of that, and all else in it (response, clarity, incentive, retention) stays as it
    is. So the mean of a factor over the draws is the factor. Assumed steps have no opinion and stay
    as they are, as do all of an ask whose purpose is ``"reach"``. Which steps are admissible is
    decided by what is expected, once for all draws.

    Examples
    --------
    >>> from trustgraph.steps.drawn import drawn_factors
    >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8, "certainty": 0.9})])
    >>> question = tg.steps.ask_question(G, "ana", "bo")
    >>> steps = tg.steps.admissible_subgraph(question)
    >>> drawn_factors(question, steps, 500, np.random.default_rng(7)).shape
    (1, 500)
    """
    own = np.flatnonzero(steps.step >= 0)
    tie = steps.step[own]
    if np.isnan(told(question.index, "certainty", tie)).any():
        return None
    factors = np.repeat(steps.probability[:, None], draws, axis=1)
    if question.ask.purpose == "reach" or not len(own):
        return factors
    worth = draw_opinions(question, tie, draws, rng)
    expected = question.index.trust[tie].copy()
    gated = is_gated(question, tie) & np.isin(steps.role[own], (FIRST, FURTHER))
    worth[gated] *= question.model.gate.g(worth[gated])
    expected[gated] = endorsed_worth(question, tie[gated])
    factors[own] = (steps.probability[own] / expected)[:, None] * worth
    return np.clip(factors, LEAST, 1.0)


def drawn_chances(steps: StepGraph, factors: Floats) -> tuple[Floats, Floats]:
    """Return the chances of ``steps.network()`` in every draw.

    Parameters
    ----------
    steps
        Admissible steps.
    factors
        Factor of each of them in each draw, shape (steps, draws).

    Returns
    -------
    chance, direct : numpy.ndarray
        Of the steps of the network, shape (steps, draws), and of the direct tie, shape (draws,).

    Examples
    --------
    >>> from trustgraph.steps.drawn import drawn_chances
    >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
    >>> steps = tg.steps.admissible_subgraph(tg.steps.ask_question(G, "ana", "cy"))
    >>> chance, direct = drawn_chances(steps, steps.probability[:, None])
    >>> chance.ravel().tolist(), direct.tolist()
    ([0.8, 0.5], [0.0])
    """
    straight = steps.role == DIRECT
    direct = 1.0 - np.prod(1.0 - factors[straight], axis=0)
    tail, head, rest = steps.tail[~straight], steps.head[~straight], factors[~straight]
    if not len(rest):
        return rest, direct
    new = np.ones(len(tail), bool)
    new[1:] = (np.diff(tail) != 0) | (np.diff(head) != 0)
    first = np.flatnonzero(new)
    alone = np.diff([*first, len(tail)]) == 1
    merged = np.clip(1.0 - np.multiply.reduceat(1.0 - rest, first, axis=0), LEAST, 1.0)
    return np.where(alone[:, None], rest[first], merged), direct
