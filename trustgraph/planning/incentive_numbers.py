"""What is known of each first step and of the best path behind it, once for all offers."""

import dataclasses
from dataclasses import dataclass

import numpy as np

from trustgraph._typing import Bools, Floats, LongInts
from trustgraph.introductions._contacts import forwarders_of
from trustgraph.introductions._paths import best_paths
from trustgraph.introductions._table import PathTable, table_of
from trustgraph.models.ask import Incentive
from trustgraph.planning.incentive_draws import Draws
from trustgraph.steps.question import Question
from trustgraph.steps.told import told
from trustgraph.trust.incentives import Norms

__all__ = ["Contacts", "Offered", "contacts_of", "offered", "paths_of", "under_the_gate"]


@dataclass(frozen=True, eq=False)
class Contacts:
    """Whom the seeker could ask: introducers with the best path behind each, and forwarders.

    Arrays have one row a contact, introducers first, the best first; those of draws have one
    column a draw, or one column alone where nothing is drawn.

    Attributes
    ----------
    question
        The question without an offer.
    node, step
        Number of each contact and of the step that leads to them.
    vouches
        Whether the contact passes the gate, and so is an introducer.
    response, willing, forwards
        What is expected of each of them.
    drawn_willing, drawn_forwards
        The same in each draw.
    score
        Of the best path through each in each draw; 0 for forwarders.
    rest
        Chance that all behind the contact pass it on, in each draw; 1 if nobody is behind.
    rest_forward
        Chance that all behind pass it on and the last one merely forwards, in each draw.
    last
        Whether the contact stands before the target, so that a forward by them arrives.
    """

    question: Question
    node: LongInts
    step: LongInts
    vouches: Bools
    response: Floats
    willing: Floats
    forwards: Floats
    drawn_willing: Floats
    drawn_forwards: Floats
    score: Floats
    rest: Floats
    rest_forward: Floats
    last: Bools

    def __len__(self) -> int:
        """Return the number of contacts."""
        return len(self.node)


@dataclass(frozen=True, eq=False)
class Offered:
    """What an offer makes of the first steps; arrays of shape (contacts, draws) but for the last.

    Attributes
    ----------
    endorses, forwards
        Chance that the contact endorses, and that they merely hand it over.
    score, delivery
        Of the best path through them.
    arrives
        Chance that it arrives on that path as a mere forward.
    factor, passing
        What the offer makes of the step's factor, and of the chance that it is passed on; shape
        (contacts,).
    """

    endorses: Floats
    forwards: Floats
    score: Floats
    delivery: Floats
    arrives: Floats
    factor: Floats
    passing: Floats


def contacts_of(question: Question, paths: PathTable, draws: Draws, *, most: int) -> Contacts:
    """Return whom the seeker could ask, and what is behind them.

    Parameters
    ----------
    question
        The question without an offer.
    paths
        The best path through each introducer, as `paths_of` gives it.
    draws
        Opinions on all ties of these paths and of forwarders.
    most
        Largest number of intermediaries.

    Returns
    -------
    Contacts
        Introducers first, then forwarders.
    """
    index = question.index
    node = paths.best.people[:, 0].astype(np.int64) if len(paths) else np.zeros(0, np.int64)
    step = paths.step[:, 0].astype(np.int64)
    under = under_the_gate(question, most=most)
    own = np.arange(index.out_start[question.seeker], index.out_start[question.seeker + 1])
    below = own[np.searchsorted(index.out_asked[own], under)] if len(under) else under
    steps = np.concatenate([step, below])
    response, willing, forwards = (
        told(index, name, steps) for name in ("response", "willingness", "forwards")
    )
    introducers = len(node)
    wide = draws.count
    score, rest = np.zeros((len(steps), wide)), np.ones((len(steps), wide))
    rest_forward = np.zeros((len(steps), wide))
    alone = np.zeros(len(steps), bool)
    for row in range(introducers):
        score[row], rest[row], rest_forward[row] = _behind(paths, row, draws)
        alone[row] = paths.best.lengths[row] == 1
    alone[introducers:] = np.isin(under, question.exit_asker)
    return Contacts(
        question=question,
        node=np.concatenate([node, under]),
        step=steps,
        vouches=np.arange(len(steps)) < introducers,
        response=response,
        willing=willing,
        forwards=forwards,
        drawn_willing=draws.willing(steps),
        drawn_forwards=draws.forwards(steps),
        score=score,
        rest=rest,
        rest_forward=rest_forward,
        last=alone,
    )


def paths_of(question: Question, *, most: int) -> PathTable:
    """Return the best path through each introducer, the best first."""
    nothing = np.zeros(0, np.int32)
    through = dataclasses.replace(
        question,
        direct_target=nothing,
        direct_factor=np.zeros(0),
        direct_passes=np.zeros(0),
        direct_step=nothing.astype(np.int64),
        direct_observed=np.zeros(0, bool),
    )
    number = len(question.entry_asked) if most else 0
    return table_of(
        through, best_paths(through, k=max(number, 1), most=most, diversity="introducer")
    )


def under_the_gate(question: Question, *, most: int) -> LongInts:
    """Return the numbers of the contacts with a way on who would at best forward, by number."""
    found = forwarders_of(question, most=most)
    return np.sort(np.array([question.index.number(one.person) for one in found], dtype=np.int64))


def _behind(paths: PathTable, row: int, draws: Draws) -> tuple[Floats, Floats, Floats]:
    """Return score, chance that all behind the first pass on, and that the last only forwards."""
    question, length = paths.question, int(paths.best.lengths[row])
    steps = paths.step[row, : length + 1].astype(np.int64)
    between = np.arange(length + 1) < length
    score = draws.factors(steps, paths.factor[row, : length + 1], between).prod(axis=0)
    nothing = np.zeros(draws.count)
    if length == 1 or question.ask.purpose == "reach":
        return score, nothing + 1.0, nothing
    behind = steps[1:length]
    answered = (told(question.index, "response", behind) * question.kappa)[:, None]
    willing, forwards = draws.willing(behind), draws.forwards(behind)
    passed = answered * willing
    handed = answered[-1] * np.maximum(0.0, forwards[-1] - willing[-1])
    return score, passed.prod(axis=0), passed[:-1].prod(axis=0) * handed


def offered(contacts: Contacts, norms: Norms, offer: Incentive) -> Offered:
    """Return what an offer makes of the first steps.

    Parameters
    ----------
    contacts
        Whom the seeker could ask.
    norms
        How an offer is taken.
    offer
        What is offered.

    Returns
    -------
    Offered
        In each draw. What the offer does depends on what is expected of somebody, not on the draw.
    """
    question = contacts.question
    effect = norms.effect(offer, contacts.response, contacts.willing, contacts.forwards)
    kappa, reach = question.kappa, question.ask.purpose == "reach"
    answer = _ratio(effect.response, contacts.response)
    handing = _ratio(effect.forwards, contacts.forwards)
    passing = answer * (handing if reach else effect.endorsement)
    factor = passing if reach else passing * effect.carried
    said = (effect.response * kappa)[:, None]
    willing = contacts.drawn_willing * effect.endorsement[:, None]
    # Of what is left to certainty an offer closes the same share in each draw: so none needs to be
    # cut off at 1, and the draws mean what is expected.
    closed = _ratio(effect.forwards - contacts.forwards, 1.0 - contacts.forwards, else_=0.0)
    handed = contacts.drawn_forwards + (1.0 - contacts.drawn_forwards) * closed[:, None]
    score = np.minimum(contacts.score * factor[:, None], 1.0)
    if reach:
        nothing = np.zeros_like(score)
        return Offered(nothing, said * handed, score, score, nothing, factor, factor)
    endorses = said * willing
    forwards = said * np.maximum(0.0, handed - willing)
    vouches = contacts.vouches[:, None]
    delivery = np.where(vouches, np.maximum(endorses * contacts.rest, score), 0.0)
    # Whoever is under the gate is not asked for more than to hand it over.
    here = np.where(vouches, forwards, said * handed) * contacts.last[:, None]
    arrives = np.where(contacts.last[:, None], here, endorses * contacts.rest_forward)
    return Offered(endorses, forwards, score, delivery, arrives, factor, passing)


def _ratio(after: Floats, before: Floats, *, else_: float = 1.0) -> Floats:
    """Return what an offer multiplies by; something else where there is nothing to multiply."""
    return np.divide(after, before, out=np.full_like(after, else_), where=before > 0)
