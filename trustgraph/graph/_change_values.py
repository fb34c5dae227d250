"""What follows for a tie from another trust, another recall and what else is stated of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isnan
from typing import Any, Final

import numpy as np

from trustgraph.trust.model import TrustModel

__all__ = ["Tie", "new_values"]

ENDORSING: Final = ("willingness", "endorsed_trust", "forwards")


@dataclass(frozen=True)
class Tie:
    """A tie before the change.

    Attributes
    ----------
    pair
        Who trusts, and whom.
    told
        Its numbers by name; NaN where the graph is silent.
    gated
        Whether it has an opinion, so that what it passes on follows through the gate.
    new
        Whether it does not exist yet.
    """

    pair: tuple[Any, Any]
    told: Mapping[str, float]
    gated: bool
    new: bool


def new_values(
    tie: Tie,
    trust: float | None,
    certainty: float | None,
    stated: Mapping[str, float],
    model: TrustModel,
) -> dict[str, float]:
    """Return the numbers of a tie that change, by name.

    Parameters
    ----------
    tie
        The tie as it is.
    trust, certainty
        What is judged; None: stays.
    stated
        What else is stated; it replaces what would follow.
    model
        The trust model in force.

    Returns
    -------
    dict
        New values.

    Raises
    ------
    ValueError
        If something that would follow cannot be known.
    """
    new: dict[str, float] = {}
    if trust is not None or certainty is not None:
        sure = tie.told["certainty"] if certainty is None else certainty
        level = tie.told["trust"] if trust is None else trust
        follows = tie.gated and not set(ENDORSING) <= set(stated)
        new = {"trust": level, "certainty": sure, "endorsed_trust": level}
        if follows:
            new = _judged(tie, level, sure, model)
    if "recall" in stated and "response" not in stated:
        new["response"] = _answered(tie, {**tie.told, **new}, stated["recall"], model)
    return {**new, **stated}


def _judged(tie: Tie, trust: float, certainty: float, model: TrustModel) -> dict[str, float]:
    """Return the values of a tie with an opinion."""
    if isnan(certainty):
        message = (
            f"the tie {tie.pair!r} has a willingness but no certainty, so what it passes on at "
            f"another trust is not known; give both, such as {{{tie.pair!r}: ({trust:g}, 0.9)}}"
        )
        raise ValueError(message)
    told = tie.told
    new = {"trust": trust, "certainty": certainty, **_through_gate(trust, certainty, model)}
    recall = told["recall"]
    if tie.new:
        belief = np.array([_belief(trust, certainty, model)])
        new["recall"] = 0.0
        new["response"] = float(model.response.response(np.zeros(1), belief, np.zeros(1))[0])
    elif recall < 1 and not isnan(told["certainty"]):
        # Recall and silence stay as they are; the belief scales what is answered in spite of both.
        cold, friend = model.response.cold, model.response.friend
        was, now = (
            cold + (friend - cold) * _belief(*opinion, model)
            for opinion in ((told["trust"], told["certainty"]), (trust, certainty))
        )
        base = (told["response"] - recall) / (1.0 - recall)
        if was > 0:
            base = float(np.clip(base * now / was, 0.0, 1.0))
        new["response"] = base + (1.0 - base) * recall
    return new


def _answered(tie: Tie, told: Mapping[str, float], recall: float, model: TrustModel) -> float:
    """Return the response at another recall: what is answered in spite of it stays."""
    was, response = told["recall"], told["response"]
    if isnan(was):
        message = (
            f"the tie {tie.pair!r} has no recall, so what another one does to its response is not "
            f"known; give that too, such as {{{tie.pair!r}: {{'recall': {recall:g}, 'response': "
            f"{max(recall, response):g}}}}}"
        )
        raise ValueError(message)
    if was < 1:
        base = float(np.clip((response - was) / (1.0 - was), 0.0, 1.0))
    else:
        sure = 0.0 if isnan(told["certainty"]) else told["certainty"]
        belief = np.array([_belief(told["trust"], sure, model)])
        base = float(model.response.response(np.zeros(1), belief, np.zeros(1))[0])
    return base + (1.0 - base) * recall


def _belief(trust: float, certainty: float, model: TrustModel) -> float:
    base_rate = model.opinion.base_rate
    return float(np.clip(trust - base_rate * (1.0 - certainty), 0.0, certainty))


def _through_gate(trust: float, certainty: float, model: TrustModel) -> dict[str, float]:
    gate = model.gate
    if certainty >= 1 or not 0 < trust < 1:
        level = np.array([trust])
        forwards = gate.replace(endorse_at=gate.forward_at).g(level)
        return {
            "willingness": float(gate.g(level)[0]),
            "endorsed_trust": trust,
            "forwards": float(forwards[0]),
        }
    opinion = model.opinion.from_judgement(np.array([trust]), np.array([certainty]))
    return {name: float(getattr(gate, name)(opinion.alpha, opinion.beta)[0]) for name in ENDORSING}
