"""Which numbers of a trust model matter to a result, and what each may be."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from pydantic import ValidationError

from trustgraph._text import near
from trustgraph.models.ask import Ask, Organisation
from trustgraph.models.network import Network
from trustgraph.trust.evidence_table import CONVERSATION, MESSAGE, UNANSWERED
from trustgraph.trust.model import TrustModel

__all__ = ["Parameter", "changed", "needs_records", "parameters_of"]

AT_THE_QUESTION: Final = (
    "paths.",
    "clarity.",
    "norms.",
    "goodwill.",
    "lift.",
    "standing.",
    "reach.",
)
GATE_AT_THE_QUESTION: Final = "gate.min_willingness"
JUDGED: Final = "J"
NEVER_RANKS: Final = ("lift.", "proximity.")
"""What is told beside a score and is no part of it."""


@dataclass(frozen=True)
class Parameter:
    """A number of a trust model that is varied.

    Attributes
    ----------
    name, value, low, high, unit, confidence, meaning
        As `TrustModel.parameters` gives them.
    whole
        Whether it is a whole number.
    needs_records
        Whether it is at work when records become a graph.
    """

    name: str
    value: float
    low: float
    high: float
    unit: str
    confidence: str
    meaning: str
    whole: bool
    needs_records: bool

    def points(self, number: int) -> list[float]:
        """Return values over the range, evenly spaced, and the default."""
        if self.low == self.high:
            return [self.near(self.value)]
        values = np.linspace(self.low, self.high, number).tolist()
        return sorted({*map(self.near, values), self.near(self.value)})

    def near(self, value: float) -> float:
        """Return the value itself, or the nearest whole number in the range."""
        return int(min(max(round(value), self.low), self.high)) if self.whole else value


def parameters_of(
    model: TrustModel, names: Any, *, network: Network | None, ask: Any
) -> tuple[Parameter, ...]:
    """Return the parameters to vary.

    Parameters
    ----------
    model
        The trust model in force.
    names
        One name, several, or None for all judgements that can matter.
    network
        The records, if there are any; without, only what is at work when a question is asked.
    ask
        The question if it is an `Ask`.

    Returns
    -------
    tuple of Parameter
        In the order of the model, or of the names; of a mutual kind of evidence one direction
        stands for both.

    Raises
    ------
    ValueError
        If a name is none, or one that needs the records is given without them.

    Examples
    --------
    >>> from trustgraph.planning._sensitivity_parameters import parameters_of
    >>> found = parameters_of(tg.TrustModel(), "paths.retention", network=None, ask=None)
    >>> (found[0].low, found[0].value, found[0].high)
    (0.25, 0.5, 1.0)
    """
    frame = model.parameters()
    known = {row.name: row for row in map(_parameter(model), frame.itertuples())}
    if names is None:
        return tuple(
            one
            for one in known.values()
            if one.confidence == JUDGED
            and one.low < one.high
            and _matters(one, model, network, ask)
        )
    wanted = [names] if isinstance(names, str) or not isinstance(names, Iterable) else list(names)
    if not wanted:
        message = "no parameter is named; name some of TrustModel().parameters().index, or None"
        raise ValueError(message)
    for name in wanted:
        if name not in known:
            alike = " or ".join(near(str(name), sorted(known))) or "one of parameters().index"
            message = f"no such parameter: {name!r}; did you mean {alike}?"
            raise ValueError(message)
        if known[name].needs_records and network is None:
            message = (
                f"{name!r} is at work when records become a graph; pass the Network as network= "
                "instead of its graph"
            )
            raise ValueError(message)
    return tuple(known[name] for name in dict.fromkeys(wanted))


def _parameter(model: TrustModel) -> Any:
    def made(row: Any) -> Parameter:
        name = row.Index
        return Parameter(
            name=name,
            value=float(row.value),
            low=min(float(row.low), float(row.value)),
            high=max(float(row.high), float(row.value)),
            unit=row.unit,
            confidence=row.confidence,
            meaning=row.meaning,
            whole=isinstance(_held(model, name), int),
            needs_records=needs_records(name),
        )

    return made


def needs_records(name: str) -> bool:
    """Return whether a parameter is at work when records become a graph.

    Examples
    --------
    >>> from trustgraph.planning._sensitivity_parameters import needs_records
    >>> needs_records("recall.decay"), needs_records("paths.retention")
    (True, False)
    """
    return name != GATE_AT_THE_QUESTION and not name.startswith(AT_THE_QUESTION)


def _held(model: TrustModel, name: str) -> Any:
    """Return the value of a parameter as the model holds it."""
    place: Any = model
    for part in name.split("."):
        kinds = getattr(place, "kinds", ())
        alike = [row for row in kinds if row.kind == part]
        place = alike[0] if alike else getattr(place, part)
    return place


def _matters(one: Parameter, model: TrustModel, network: Network | None, ask: Any) -> bool:
    """Whether a judgement can change a score at all, as far as is known without trying."""
    if one.name.startswith(NEVER_RANKS) or one.name in _switched_off(model):
        return False
    if one.needs_records:
        own = one.name.startswith("evidence.")
        return network is not None and (not own or _has_such_evidence(one.name, model, network))
    idle: tuple[str, ...] = () if model.reach.access != "none" else ("reach.",)
    if isinstance(ask, Ask):
        idle += _idle_for(ask)
        offer = f"norms.{ask.incentive.kind}_{ask.incentive.size}."
        if one.name.startswith("norms.") and not one.name.startswith(offer):
            return False
    return not one.name.startswith(idle)


def _idle_for(ask: Ask) -> tuple[str, ...]:
    """Return which parts of the model have no say in the score of an ask."""
    idle = {
        "goodwill.": True,
        "reach.": ask.purpose != "reach",
        "norms.": ask.incentive.kind == "none",
        "standing.": not isinstance(ask.target, Organisation),
        "clarity.": ask.clarity >= 1.0,
    }
    return tuple(part for part, has_no_say in idle.items() if has_no_say)


def _has_such_evidence(name: str, model: TrustModel, network: Network) -> bool:
    there = set(network.evidence["kind"].unique())
    if MESSAGE in there:
        there |= {CONVERSATION, UNANSWERED}
    _, part, *number = name.split(".")
    if not number:  # of the table itself
        return MESSAGE in there
    mirrored = number[0] in ("backward", "cap_backward") and model.evidence.kind(part).mutual
    return part in there and not mirrored


def _switched_off(model: TrustModel) -> set[str]:
    off = set() if model.recall.rhythm else {"recall.slow_days"}
    return off if model.recall.shared_circles else off | {"recall.circle_days"}


def changed(model: TrustModel, values: dict[str, float]) -> TrustModel | None:
    """Return the model with some numbers changed, None if they are not allowed together.

    Examples
    --------
    >>> from trustgraph.planning._sensitivity_parameters import changed
    >>> changed(tg.TrustModel(), {"paths.retention": 2.0}) is None
    True
    """
    try:
        return model.with_parameters(values)
    except ValidationError:
        return None
