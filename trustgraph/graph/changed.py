"""An index with the trust of some ties changed, or ties added, as a judgement would."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from math import isnan
from numbers import Real
from typing import Any, Final

import numpy as np

from trustgraph.graph._values import NUMBERS
from trustgraph.graph.index import TrustIndex
from trustgraph.trust.model import TrustModel

__all__ = ["STATED_CERTAINTY", "TrustChange", "read_changes", "with_trust"]

STATED_CERTAINTY: Final = 0.9
"""Certainty of a new tie that passes through the gate, as in `Network.with_judgement`."""


@dataclass(frozen=True)
class TrustChange:
    """Another trust in one tie.

    Attributes
    ----------
    source, target
        Numbers of who trusts and of whom.
    step
        Number of the step that stands on the tie, -1 if there is none yet.
    trust
        The new trust, in [0, 1].
    certainty
        The new certainty, in [0, 1]; None to keep that of the tie.

    Examples
    --------
    >>> from trustgraph.graph.changed import read_changes
    >>> index = tg.TrustIndex.from_graph(nx.DiGraph([("bo", "ana", {"trust": 0.8})]))
    >>> read_changes(index, {("bo", "ana"): 0.3})
    (TrustChange(source=1, target=0, step=0, trust=0.3, certainty=None),)
    """

    source: int
    target: int
    step: int
    trust: float
    certainty: float | None


def read_changes(index: TrustIndex, trust: Any) -> tuple[TrustChange, ...]:
    """Return changes of trust by number, checked.

    Parameters
    ----------
    index
        The graph.
    trust
        (who trusts, whom) -> trust in [0, 1], or (trust, certainty).

    Returns
    -------
    tuple of TrustChange
        Sorted by whom, then who trusts.

    Raises
    ------
    UnknownPersonError, AmbiguousPersonError
        If a person is not known, or not by that name alone.
    TypeError
        If it is no mapping.
    ValueError
        If a key is no pair of two people, a tie is named twice, or a value lies outside [0, 1].

    Examples
    --------
    >>> from trustgraph.graph.changed import read_changes
    >>> index = tg.TrustIndex.from_graph(nx.DiGraph([("bo", "ana", {"trust": 0.8})]))
    >>> read_changes(index, {("ana", "bo"): (0.3, 0.9)})[0].step
    -1
    """
    if not isinstance(trust, Mapping):
        message = f"trust is {trust!r}; give a mapping such as {{('bo', 'ana'): 0.8}}"
        raise TypeError(message)
    changes: dict[tuple[int, int], TrustChange] = {}
    for pair, value in trust.items():
        ends = tuple(pair) if isinstance(pair, Iterable) and not isinstance(pair, str) else ()
        if len(ends) != len(("source", "target")):
            message = f"{pair!r} is no tie; name it as (who trusts, whom)"
            raise ValueError(message)
        source, target = (index.number(person) for person in ends)
        if source == target:
            message = f"{pair!r} is no tie: nobody's trust in themselves counts"
            raise ValueError(message)
        if (target, source) in changes:
            message = f"the tie {pair!r} is named twice; give it one trust"
            raise ValueError(message)
        several = isinstance(value, Iterable) and not isinstance(value, str)
        parts = tuple(value) if several else (value,)
        if not 1 <= len(parts) <= len(("trust", "certainty")) or not all(map(_in_range, parts)):
            message = (
                f"the trust of {pair!r} is {value!r}; give a number in [0, 1], or (trust, "
                "certainty), both in [0, 1]"
            )
            raise ValueError(message)
        certainty = float(parts[1]) if len(parts) > 1 else None
        changes[target, source] = TrustChange(
            source, target, index.step(target, source), float(parts[0]), certainty
        )
    return tuple(change for _, change in sorted(changes.items()))


def _in_range(value: Any) -> bool:
    if value is True or value is False or not isinstance(value, Real):
        return False
    return 0 <= float(value) <= 1


def with_trust(
    index: TrustIndex, changes: Iterable[TrustChange], model: TrustModel | None = None
) -> TrustIndex:
    """Return an index with the trust of some ties changed; the given one stays as it is.

    Parameters
    ----------
    index
        The graph.
    changes
        As `read_changes` returns them.
    model
        Trust model; default: that of the index, else the default model.

    Returns
    -------
    TrustIndex
        A new index without records behind its ties.

    Raises
    ------
    ValueError
        If what a tie passes on cannot be known at another trust, since it has a willingness and no
        certainty.

    Notes
    -----
    A tie that passes on just its trust goes on to do so. Any other has an opinion: it keeps its
    certainty, and willingness, endorsed trust and forwards follow from trust and certainty through
    the gate. Its response follows too: recall and unanswered messages stay as they are, belief
    does not. That is what `Network.with_judgement` and `build_graph` give. A new tie passes the
    gate where others of the graph do; it then has a certainty of 0.9 unless another is given, and
    no recall.

    Examples
    --------
    >>> from trustgraph.graph.changed import read_changes, with_trust
    >>> index = tg.TrustIndex.from_graph(nx.DiGraph([("bo", "ana", {"trust": 0.8})]))
    >>> with_trust(index, read_changes(index, {("bo", "ana"): 0.3})).trust.tolist()
    [0.3]
    """
    in_force = model or index.model or TrustModel()
    changed = tuple(changes)
    through_gate = bool(_is_gated(index).any()) if any(one.step < 0 for one in changed) else False
    columns, ways, place = _room_for(index, [one for one in changed if one.step < 0])
    for one in changed:
        step = int(place[one.step]) if one.step >= 0 else _found(ways, one)
        told = {name: float(columns[name][step]) for name in NUMBERS}
        if one.step < 0:
            told |= {"trust": 0.0, "endorsed_trust": 0.0}
            if through_gate:
                told |= {"certainty": STATED_CERTAINTY, "recall": 0.0}
        gated = through_gate if one.step < 0 else bool(_is_gated(index, one.step))
        new = (_judged if gated else _plain)(told, one, in_force, index)
        for name, value in new.items():
            columns[name][step] = value
    return replace(index, **ways, **columns, _silent={}, _records=None)


def _is_gated(index: TrustIndex, step: int | slice = slice(None)) -> Any:
    """Whether ties pass on more or less than their trust."""
    endorsed = index.endorsed_trust[step]
    return (index.willingness[step] != 1) | (endorsed != index.trust[step].astype(endorsed.dtype))


def _room_for(
    index: TrustIndex, new: list[TrustChange]
) -> tuple[dict[str, Any], dict[str, Any], Any]:
    """Return the columns, writable and with a row for each new step; the ways; places of steps."""
    ends = [(one.target, one.source) for one in new]
    asker = np.repeat(np.arange(index.n), np.diff(index.out_start))
    before = [
        int(
            index.out_start[t]
            + np.searchsorted(index.out_asked[slice(*index.out_start[t : t + 2])], s)
        )
        for t, s in ends
    ]
    filled = {"trust": 0.0, "endorsed_trust": 0.0, "certainty": np.nan, "recall": np.nan}
    columns = {
        name: np.insert(getattr(index, name), before, filled.get(name, 1.0)) for name in NUMBERS
    }
    columns["observed"] = np.insert(index.observed, before, values=True)
    place = np.arange(index.m) + np.searchsorted(
        np.array(before, np.int64), np.arange(index.m), "right"
    )
    if not new:
        return columns, {}, place
    asker = np.insert(asker, before, [one.target for one in new])
    asked = np.insert(index.out_asked, before, [one.source for one in new])
    back = np.lexsort((asker, asked))
    people = np.arange(index.n + 1)
    ways = {
        "out_start": np.searchsorted(asker, people).astype(np.int64),
        "out_asked": asked,
        "in_start": np.searchsorted(asked[back], people).astype(np.int64),
        "in_asker": asker[back].astype(np.int32),
        "in_step": back.astype(np.int32),
    }
    return columns, ways, place


def _found(ways: dict[str, Any], change: TrustChange) -> int:
    low, high = ways["out_start"][change.target : change.target + 2].tolist()
    return int(low + np.searchsorted(ways["out_asked"][low:high], change.source))


def _plain(
    told: dict[str, float], change: TrustChange, model: TrustModel, index: TrustIndex
) -> dict[str, float]:
    """Return the values of a tie that passes on just its trust."""
    del model, index
    certainty = told["certainty"] if change.certainty is None else change.certainty
    return {"trust": change.trust, "endorsed_trust": change.trust, "certainty": certainty}


def _judged(
    told: dict[str, float], change: TrustChange, model: TrustModel, index: TrustIndex
) -> dict[str, float]:
    """Return the values of a tie with an opinion."""
    certainty = told["certainty"] if change.certainty is None else change.certainty
    if isnan(certainty):
        pair = index.labels[change.source], index.labels[change.target]
        message = (
            f"the tie {pair!r} has a willingness but no certainty, so what it passes on at another "
            f"trust is not known; give both, such as {{{pair!r}: ({change.trust:g}, 0.9)}}"
        )
        raise ValueError(message)
    new = {
        "trust": change.trust,
        "certainty": certainty,
        **_through_gate(change.trust, certainty, model),
    }
    recall = told["recall"]
    if change.step < 0:
        belief = np.array([_belief(change.trust, certainty, model)])
        new["recall"] = 0.0
        new["response"] = float(model.response.response(np.zeros(1), belief, np.zeros(1))[0])
    elif recall < 1 and not isnan(told["certainty"]):
        # Recall and silence stay as they are; the belief scales what is answered in spite of both.
        cold, friend = model.response.cold, model.response.friend
        was, now = (
            cold + (friend - cold) * _belief(*opinion, model)
            for opinion in ((told["trust"], told["certainty"]), (change.trust, certainty))
        )
        base = (told["response"] - recall) / (1.0 - recall)
        if was > 0:
            base = float(np.clip(base * now / was, 0.0, 1.0))
        new["response"] = base + (1.0 - base) * recall
    return new


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
    return {
        name: float(getattr(gate, name)(opinion.alpha, opinion.beta)[0])
        for name in ("willingness", "endorsed_trust", "forwards")
    }
