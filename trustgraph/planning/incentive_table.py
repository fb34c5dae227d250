"""All numbers of all offers in each draw of the opinions."""

from dataclasses import dataclass

import numpy as np

from trustgraph._typing import Floats
from trustgraph.introductions._table import PathTable
from trustgraph.models.ask import Incentive
from trustgraph.planning.incentive_draws import Draws
from trustgraph.planning.incentive_numbers import Contacts, Offered, contacts_of, offered
from trustgraph.planning.incentive_whole import any_of, whole_ask
from trustgraph.steps.step_graph import StepGraph
from trustgraph.trust.incentives import Norms

__all__ = ["OfferTable", "offer_table"]


@dataclass(frozen=True, eq=False)
class OfferTable:
    """Quantities of the whole ask (row 0) and of each contact, for each offer.

    Attributes
    ----------
    contacts
        Whom the seeker could ask.
    numbers
        For each offer its quantities by name, each of shape (1 + contacts, draws).
    error
        Standard error of the score of the whole ask, 0 if it is exact.
    samples
        States behind it, 0 if it is exact.
    """

    contacts: Contacts
    numbers: list[dict[str, Floats]]
    error: float
    samples: int


def offer_table(
    steps: StepGraph,
    paths: PathTable,
    draws: Draws,
    compared: list[tuple[Norms, Incentive]],
    *,
    samples: int,
    seed: int,
) -> OfferTable:
    """Return all numbers of all offers.

    Parameters
    ----------
    steps, paths
        The admissible steps of the question without an offer, and the best path through each
        introducer.
    draws
        Opinions on all ties that count.
    compared
        Norms and offers; the first of each norms offers nothing.
    samples, seed
        Of the states, where the paths are too many for an exact answer.

    Returns
    -------
    OfferTable
        The numbers.
    """
    contacts = contacts_of(draws.question, paths, draws, most=steps.max_intermediaries)
    offers = [offered(contacts, norms, offer) for norms, offer in compared]
    whole = whole_ask(steps, contacts, draws, offers, samples=samples, seed=seed)
    numbers = [
        _quantities(contacts, offer, whole.score[row], whole.delivery[row])
        for row, offer in enumerate(offers)
    ]
    nothing: dict[str, Floats] = {}
    for (_, offer), found in zip(compared, numbers, strict=True):
        nothing = found if offer.kind == "none" else nothing
        found["gain"] = found["score"] - nothing["score"]
    return OfferTable(contacts, numbers, whole.error, whole.samples)


def _quantities(
    contacts: Contacts, offer: Offered, score: Floats, delivery: Floats
) -> dict[str, Floats]:
    vouches = contacts.vouches
    endorsed = any_of(offer.endorses[vouches])
    # Whoever is under the gate is asked for a hand-over alone: what they do counts as that.
    silent = np.prod(1.0 - offer.endorses - offer.forwards, axis=0)
    forwarded = np.maximum(1.0 - endorsed - silent, 0.0)
    arrives = (1.0 - score) * any_of(offer.arrives)
    scores = np.vstack([score, offer.score])
    delivered = np.vstack([delivery, offer.delivery])
    carried = np.divide(scores, delivered, out=np.zeros_like(scores), where=delivered > 0)
    lift = contacts.question.model.lift.lift(scores, np.vstack([arrives, offer.arrives]))
    return {
        "endorses": np.vstack([endorsed, offer.endorses]),
        "forwards": np.vstack([forwarded, offer.forwards]),
        "score": scores,
        "carried": np.minimum(carried, 1.0),
        "lift": np.asarray(lift),
    }
