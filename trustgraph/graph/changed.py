"""An index with some ties changed, added or taken away, as a judgement would."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from numbers import Real
from typing import Any, Final

import numpy as np

from trustgraph.graph._change_values import Tie, new_values
from trustgraph.graph._values import NUMBERS
from trustgraph.graph.index import TrustIndex
from trustgraph.trust.model import TrustModel

__all__ = ["STATABLE", "STATED_CERTAINTY", "TrustChange", "read_changes", "with_trust"]

STATABLE: Final = (*NUMBERS, "observed")
"""What can be stated of a tie."""

GIVING: Final = ("trust", "willingness", "endorsed_trust", "forwards")
"""What lets something through."""
STATED_CERTAINTY: Final = 0.9
"""Certainty of a new tie that passes through the gate, as in `Network.with_judgement`."""


@dataclass(frozen=True)
class TrustChange:
    """Another trust in one tie, or other facts of it.

    Attributes
    ----------
    source, target
        Numbers of who trusts and of whom.
    step
        Number of the step that stands on the tie, -1 if there is none yet.
    trust
        The new trust, in [0, 1]; None to keep that of the tie.
    certainty
        The new certainty, in [0, 1]; None to keep that of the tie.
    stated
        What else is stated: recall, response, willingness, endorsed_trust or forwards, in [0, 1],
        and whether the tie is observed.
    gone
        Whether the tie is taken away.

    Examples
    --------
    >>> from trustgraph.graph.changed import read_changes
    >>> index = tg.TrustIndex.from_graph(nx.DiGraph([("bo", "ana", {"trust": 0.8})]))
    >>> change = read_changes(index, {("bo", "ana"): 0.3})[0]
    >>> change.source, change.target, change.step, change.trust, change.certainty
    (1, 0, 0, 0.3, None)
    """

    source: int
    target: int
    step: int
    trust: float | None
    certainty: float | None
    stated: Mapping[str, float] = field(default_factory=dict)
    gone: bool = False


def read_changes(
    index: TrustIndex, trust: Any, gone: Iterable[Any] = ()
) -> tuple[TrustChange, ...]:
    """Return changes of ties by number, checked.

    Parameters
    ----------
    index
        The graph.
    trust
        (who trusts, whom) -> trust in [0, 1], or (trust, certainty), or a mapping from names of
        `STATABLE` to their new values.
    gone
        Ties to be taken away, each (who trusts, whom).

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
        If a key is no pair of two people, a tie is named twice, a value lies outside [0, 1] or is
        of something that no tie has, a new tie is given no trust, or one that does not exist is to
        go.

    Examples
    --------
    >>> from trustgraph.graph.changed import read_changes
    >>> index = tg.TrustIndex.from_graph(nx.DiGraph([("bo", "ana", {"trust": 0.8})]))
    >>> read_changes(index, {("ana", "bo"): (0.3, 0.9)})[0].step
    -1
    >>> read_changes(index, {("bo", "ana"): {"response": 0.5}})[0].stated
    {'response': 0.5}
    >>> read_changes(index, {}, gone=[("bo", "ana")])[0].gone
    True
    """
    if not isinstance(trust, Mapping):
        message = f"trust is {trust!r}; give a mapping such as {{('bo', 'ana'): 0.8}}"
        raise TypeError(message)
    changes: dict[tuple[int, int], TrustChange] = {}
    for pair, value in (*trust.items(), *((pair, None) for pair in gone)):
        source, target = _ends(index, pair)
        if (target, source) in changes:
            message = f"the tie {pair!r} is named twice; give it one trust"
            raise ValueError(message)
        step = index.step(target, source)
        if value is None and step >= 0:
            change = TrustChange(source, target, step, None, None, gone=True)
        elif value is None:
            message = f"there is no tie {pair!r} to be taken away; name it as (who trusts, whom)"
            raise ValueError(message)
        else:
            told = _told(pair, value)
            if step < 0 and "trust" not in told:
                message = f"the tie {pair!r} would be a new one; give its trust too"
                raise ValueError(message)
            first = (told.pop("trust", None), told.pop("certainty", None))
            change = TrustChange(source, target, step, *first, told)
        changes[target, source] = change
    return tuple(change for _, change in sorted(changes.items()))


def _ends(index: TrustIndex, pair: Any) -> tuple[int, int]:
    ends = tuple(pair) if isinstance(pair, Iterable) and not isinstance(pair, str) else ()
    if len(ends) != len(("source", "target")):
        message = f"{pair!r} is no tie; name it as (who trusts, whom)"
        raise ValueError(message)
    source, target = (index.number(person) for person in ends)
    if source == target:
        message = f"{pair!r} is no tie: nobody's trust in themselves counts"
        raise ValueError(message)
    return source, target


def _told(pair: Any, value: Any) -> dict[str, float]:
    """Return what is stated of a tie by name."""
    if isinstance(value, Mapping):
        for name, one in value.items():
            if name not in STATABLE:
                message = (
                    f"no tie has a {name!r}, as {pair!r} is given; name of {', '.join(STATABLE)}"
                )
                raise ValueError(message)
            if not (isinstance(one, bool) if name == "observed" else _in_range(one)):
                kind = "True or False" if name == "observed" else "a number in [0, 1]"
                message = f"the {name} of {pair!r} is {one!r}; give {kind}"
                raise ValueError(message)
        if not value:
            message = f"nothing is stated of {pair!r}; give some of {', '.join(STATABLE)}"
            raise ValueError(message)
        return {name: one if name == "observed" else float(one) for name, one in value.items()}
    several = isinstance(value, Iterable) and not isinstance(value, str)
    parts = tuple(value) if several else (value,)
    if not 1 <= len(parts) <= len(("trust", "certainty")) or not all(map(_in_range, parts)):
        message = (
            f"the trust of {pair!r} is {value!r}; give a number in [0, 1], or (trust, "
            "certainty), both in [0, 1]"
        )
        raise ValueError(message)
    return dict(zip(("trust", "certainty"), map(float, parts), strict=False))


def _in_range(value: Any) -> bool:
    if value is True or value is False or not isinstance(value, Real):
        return False
    return 0 <= float(value) <= 1


def with_trust(
    index: TrustIndex, changes: Iterable[TrustChange], model: TrustModel | None = None
) -> TrustIndex:
    """Return an index with some ties changed; the given one stays as it is.

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
        certainty; or what it answers at another recall, since it has none.

    Notes
    -----
    A tie that passes on just its trust goes on to do so. Any other has an opinion: it keeps its
    certainty, and willingness, endorsed trust and forwards follow from trust and certainty through
    the gate. Its response follows too: recall and unanswered messages stay as they are, belief
    does not. That is what `Network.with_judgement` and `build_graph` give. A new tie passes the
    gate where others of the graph do; it then has a certainty of 0.9 unless another is given, and
    no recall. Another recall changes the response with it: what is answered by those to whose mind
    the asker does not come stays as it is. What is stated besides replaces what would follow. A
    tie that is gone lets nothing through.

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
        tie = Tie(
            pair=(index.labels[one.source], index.labels[one.target]),
            told=told,
            gated=through_gate if one.step < 0 else bool(_is_gated(index, one.step)),
            new=one.step < 0,
        )
        new = dict.fromkeys(GIVING, 0.0) if one.gone else _stated(one, tie, in_force)
        for name, value in new.items():
            columns[name][step] = value
    return replace(index, **ways, **columns, _silent={}, _records=None)


def _stated(change: TrustChange, tie: Tie, model: TrustModel) -> dict[str, float]:
    return new_values(tie, change.trust, change.certainty, change.stated, model)


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
