"""What is learned from the outcomes of asks: about the people asked, and about the ways on."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

import numpy as np

from trustgraph._typing import Bools, Floats
from trustgraph.trust.model import TrustModel

__all__ = ["Answer", "Kind", "Opinion", "Seen", "carried_given", "learned", "worth"]

Kind = Literal["vouch", "reach", "direct"]
"""What is asked for: a word in one's own name, a mere message, or the target's own time."""
Answer = Literal["open", "silent", "declined", "forwarded", "passed", "endorsed"]

NODES: Final = 48
"""Nodes of the quadrature: exact for polynomials up to degree 95, ten answers of one person."""
ROUNDS: Final = 4
"""Rounds in which people and ways exchange what a broken introduction says of them."""


@dataclass(frozen=True)
class Opinion:
    """What one person holds of the seeker.

    Attributes
    ----------
    alpha, beta
        X ~ Beta(alpha, beta); NaN where trust is known for sure.
    trust
        Expected trust, in [0, 1].
    gated
        Whether they speak for somebody only from some trust on; a tie of trust alone has no gate.

    Examples
    --------
    >>> from trustgraph.planning._belief import Opinion
    >>> Opinion(6.0, 2.0, 0.75, gated=True).trust
    0.75
    """

    alpha: float
    beta: float
    trust: float
    gated: bool


@dataclass(frozen=True, eq=False)
class Seen:
    """One ask and what came of it.

    Attributes
    ----------
    person, target
        Who was asked and for which target, by its place.
    kind
        What was asked for.
    answer
        What they did.
    reached
        Whether the target was reached by it.
    failed
        Whether it is settled that a good answer did not reach the target.
    leads
        In which states of the target the way on from this person works, shape (states,).

    Examples
    --------
    >>> from trustgraph.planning._belief import Seen
    >>> Seen(7, 0, "vouch", "declined", False, False, np.ones(1, bool)).answer
    'declined'
    """

    person: int
    target: int
    kind: Kind
    answer: Answer
    reached: bool
    failed: bool
    leads: Bools


@dataclass(frozen=True, eq=False)
class Learned:
    """What the outcomes say.

    Attributes
    ----------
    levels
        Person -> levels of trust and how likely each is now, shapes (levels,), of all who were
        asked.
    weights
        Target -> share of each of its states now, of all targets of which something was learned.
    """

    levels: dict[int, tuple[Floats, Floats]]
    weights: dict[int, Floats]


@lru_cache(maxsize=4096)
def _levels(alpha: float, beta: float) -> tuple[Floats, Floats]:
    """Return nodes and weights that integrate polynomials exactly under a Beta distribution."""
    from scipy.special import roots_jacobi

    nodes, weights = roots_jacobi(NODES, beta - 1.0, alpha - 1.0)
    total = weights.sum()
    return (1.0 + nodes) / 2.0, weights / total


def levels_of(opinion: Opinion) -> tuple[Floats, Floats]:
    """Return levels of trust and how likely each is, before anything was asked."""
    if np.isnan(opinion.alpha):
        return np.array([opinion.trust]), np.ones(1)
    return _levels(opinion.alpha, opinion.beta)


def endorses(model: TrustModel, opinion: Opinion, x: Floats) -> Floats:
    """Return the chance to speak for the seeker at each level of trust, given an answer."""
    return model.gate.g(x) if opinion.gated else np.ones_like(x)


def forwards(model: TrustModel, opinion: Opinion, x: Floats) -> Floats:
    """Return the chance of at least handing the message on at each level, given an answer."""
    if not opinion.gated:
        return np.ones_like(x)
    return model.gate.model_copy(update={"endorse_at": model.gate.forward_at}).g(x)


def worth(model: TrustModel, opinion: Opinion, kind: Kind, x: Floats) -> Floats:
    """Return the chance that an answered ask works at its first step, at each level of trust."""
    if kind == "direct":
        return x
    if kind == "reach":
        return forwards(model, opinion, x)
    return endorses(model, opinion, x) * x


def says(model: TrustModel, opinion: Opinion, seen: Seen, x: Floats) -> Floats:
    """Return how likely the answer was at each level of trust, up to a constant.

    Silence says nothing of trust; it lowers the chance of an answer instead.
    """
    if seen.answer in ("open", "silent"):
        return np.ones_like(x)
    if seen.kind == "direct":
        return 1.0 - x if seen.answer == "declined" else np.ones_like(x)
    if not opinion.gated:
        # Without a gate nobody ever declines; that they did is then all against the trust.
        return 1.0 - x if seen.answer == "declined" else np.ones_like(x)
    endorsed, handed = endorses(model, opinion, x), forwards(model, opinion, x)
    if seen.kind == "reach":
        return 1.0 - handed if seen.answer == "declined" else handed
    return {
        "declined": 1.0 - handed,
        "forwarded": handed - endorsed,
        "passed": handed,
        "endorsed": endorsed,
    }[seen.answer]


def carried_given(model: TrustModel, opinion: Opinion, seen: Seen, x: Floats) -> Floats:
    """Return the chance that the first step works at each level of trust, given the answer."""
    nothing = seen.answer in ("silent", "declined")
    if nothing or (seen.answer == "forwarded" and seen.kind == "vouch" and opinion.gated):
        return np.zeros_like(x)
    if seen.answer == "open":
        return worth(model, opinion, seen.kind, x)
    if seen.kind == "reach":
        return np.ones_like(x)
    if seen.kind == "direct" or seen.answer == "endorsed" or not opinion.gated:
        return x
    # It was passed on, but not said how: perhaps as an endorsement, perhaps not.
    handed, endorsed = forwards(model, opinion, x), endorses(model, opinion, x)
    return x * np.divide(endorsed, handed, out=np.zeros_like(x), where=handed > 0)


def learned(
    model: TrustModel,
    opinions: dict[int, Opinion],
    base: dict[int, Floats],
    seen: Sequence[Seen],
) -> Learned:
    """Return what the outcomes of asks say about people and about the ways on.

    Parameters
    ----------
    model
        The trust model.
    opinions
        Person -> what they held of the seeker, of all who were asked.
    base
        Target -> share of each of its states before anything was asked.
    seen
        The outcomes, in any order.

    Returns
    -------
    Learned
        Levels of trust and states of the ways on, with how likely each is now.

    Notes
    -----
    The answers give the posterior of each person's trust exactly (Gauss-Jacobi quadrature). A good
    answer that did not reach the target is evidence both against the carrier's trust and against
    the ways on: each hears what the other makes likely, in a few rounds of belief propagation,
    which is exact where no two people were asked in vain for the same two targets. The order of
    the outcomes does not matter.
    """
    levels = {}
    for person in {one.person: None for one in seen}:
        x, prior = levels_of(opinions[person])
        for one in seen:
            if one.person != person:
                continue
            likely = says(model, opinions[person], one, x)
            if one.reached and one.answer not in ("silent", "declined"):
                likely = likely * carried_given(model, opinions[person], one, x)
            prior = _normal(prior * likely, prior)
        levels[person] = (x, prior)
    failed = [one for one in seen if one.failed and not one.reached and one.leads.any()]
    return _exchanged(model, opinions, base, levels, failed)


def _exchanged(
    model: TrustModel,
    opinions: dict[int, Opinion],
    base: dict[int, Floats],
    levels: dict[int, tuple[Floats, Floats]],
    failed: list[Seen],
) -> Learned:
    """Let people and ways on exchange what introductions that came to nothing say."""
    to_way: list[Floats] = [np.ones(len(one.leads)) for one in failed]
    carried = [
        carried_given(model, opinions[one.person], one, levels[one.person][0]) for one in failed
    ]
    to_person: list[Floats] = [np.ones_like(one) for one in carried]
    for _ in range(ROUNDS):
        fresh: list[Floats] = []
        for place, one in enumerate(failed):
            known = levels[one.person][1] * _product(
                to_person, [p for p, two in enumerate(failed) if two.person == one.person], place
            )
            chance = float(carried[place] @ _normal(known, levels[one.person][1]))
            fresh.append(np.where(one.leads, 1.0 - chance, 1.0))
        to_way = fresh
        for place, one in enumerate(failed):
            known = base[one.target] * _product(
                to_way, [p for p, two in enumerate(failed) if two.target == one.target], place
            )
            leads = float(_normal(known, base[one.target])[one.leads].sum())
            to_person[place] = 1.0 - carried[place] * leads
    weights: dict[int, Floats] = {}
    after = dict(levels)
    for place, one in enumerate(failed):
        known = weights.get(one.target, base[one.target])
        weights[one.target] = _normal(known * to_way[place], known)
        x, likely = after[one.person]
        after[one.person] = (x, _normal(likely * to_person[place], likely))
    return Learned(after, weights)


def _product(messages: list[Floats], places: list[int], without: int) -> Floats | float:
    found: Floats | float = 1.0
    for place in places:
        if place != without:
            found = found * messages[place]
    return found


def _normal(values: Floats, otherwise: Floats) -> Floats:
    """Return weights that sum to 1; what the model holds impossible leaves them as they were."""
    total = float(values.sum())
    return values / total if total > 0 else otherwise / otherwise.sum()
