"""Numbers of the trust model refitted to asks by penalised maximum likelihood."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log
from statistics import NormalDist
from typing import Any, Final

import numpy as np

from trustgraph._typing import Floats
from trustgraph.evaluation._outcome_asks import Asks
from trustgraph.evaluation._outcome_chances import (
    Expected,
    GateMeans,
    answer_chances,
    gate_chances,
    log_endings,
)
from trustgraph.evaluation._outcome_ways import Ways
from trustgraph.trust.model import TrustModel

__all__ = ["BLOCKS", "PARTS", "Data", "Learned", "Refit", "Scale", "expected", "refit", "scales_of"]

PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    "answers": ("response.cold", "response.friend", "response.patience_days"),
    "endorsements": ("gate.endorse_at", "gate.trials"),
    "forwards": ("gate.forward_at",),
    "retention": ("paths.retention",),
}
"""What is refitted together, or not at all."""
BLOCKS: Final = (("answers",), ("endorsements", "forwards"), ("retention",))
"""Parts whose numbers meet in one likelihood; the others know nothing of each other."""
ORDERED: Final = {"response.friend": "response.cold", "gate.endorse_at": "gate.forward_at"}
"""A number that is at least another."""
HELD_UNDER: Final = 0.05
"""Share of the prior's variance that must be gone before a number moves at all."""
SLOPE_HELD_UNDER: Final = 0.75
LIKELY: Final = 0.9
"""How sure a `likely` range is taken to be."""
EDGE: Final = 0.05
"""Place that stands for the end of a scale in a likely range."""
INSIDE: Final = 0.005
"""Place that stands for a number that is at the end of its scale."""
BEND: Final = 30.0
APART: Final = 34.0
"""Beyond this the move is under the last digit."""
STEP: Final = 3e-3
CERTAIN: Final = 1e-12


@dataclass(frozen=True)
class Scale:
    """A number on an unbounded scale, on which the prior is standard normal.

    Attributes
    ----------
    name
        Of the number.
    before
        Its value so far.
    low, high
        Between which it must lie.
    middle, spread
        Logit of its place between them, and the width of the prior there.
    """

    name: str
    before: float
    low: float
    high: float
    middle: float
    spread: float

    @classmethod
    def of(
        cls, name: str, before: float, likely: tuple[float, float], within: tuple[float, float]
    ) -> "Scale":
        """Return the scale on which the likely range holds nine tenths of the prior."""
        low, high = within

        def logit(value: float, edge: float) -> float:
            place = (value - low) / (high - low)
            if not 0 < place < 1:
                place = edge if place <= 0 else 1 - edge
            return log(place / (1 - place))

        ends = [logit(end, EDGE) for end in likely]
        width = (ends[1] - ends[0]) / (2 * NormalDist().inv_cdf((1 + LIKELY) / 2))
        return cls(name, before, low, high, logit(before, INSIDE), max(width, 0.05))

    def logit(self, z: float) -> float:
        """Return the logit at a place of the standard normal scale."""
        return self.middle + self.spread * z

    def value(self, logit: float) -> float:
        """Return the number at a logit."""
        return self.low + (self.high - self.low) / (1 + float(np.exp(-logit)))

    def within(self, high: float) -> "Scale":
        """Return the scale up to another end."""
        return replace(self, high=high)


def scales_of(model: TrustModel) -> dict[str, Scale]:
    """Return the scale of every number that can be refitted, by name."""
    frame = model.parameters()
    names, numbers = list(frame.index), frame[["value", "low", "high"]].to_numpy(float).tolist()
    scales = {}
    for name in (name for names in PARTS.values() for name in names):
        part, field = name.split(".")
        declared = type(getattr(model, part)).model_fields[field]
        within = [0.0, 1.0]
        for bound in declared.metadata:
            within[0] = float(getattr(bound, "ge", within[0]))
            within[1] = float(getattr(bound, "le", within[1]))
        if name in ("gate.endorse_at", "gate.forward_at"):
            within[1] = float(model.gate.trials)
        value, *likely = numbers[names.index(name)]
        scales[name] = Scale.of(name, value, (likely[0], likely[1]), (within[0], within[1]))
    return scales


@dataclass(frozen=True, eq=False)
class Data:
    """Asks, the table of gates over their opinions, and the ways behind those endorsed."""

    asks: Asks
    means: GateMeans
    ways: Ways

    def take(self, rows: Any) -> "Data":
        """Return some of the asks, by truth values."""
        number = np.cumsum(rows) - 1
        ways = self.ways.take(rows[self.ways.ask])
        return Data(
            self.asks.take(rows), self.means.take(rows), replace(ways, ask=number[ways.ask])
        )


def expected(data: Data, values: Mapping[str, float]) -> Expected:
    """Return what the numbers lead one to expect of asks."""
    endorsed, passed = gate_chances(data.asks, data.means, values)
    return Expected(answer_chances(data.asks, values), endorsed, passed)


@dataclass(frozen=True)
class Learned:
    """What was learned of one number: its value, and mean and width on the normal scale."""

    value: float
    z: float
    width: float

    @property
    def share(self) -> float:
        """Share of the prior's variance that is gone, in [0, 1]."""
        return min(max(1 - self.width**2, 0.0), 1.0)


@dataclass(frozen=True, eq=False)
class Refit:
    """Every number after the fit, and what was learned of those that were fitted."""

    numbers: dict[str, float]
    learned: dict[str, Learned]
    fitted: frozenset[str]


def refit(data: Data, scales: Mapping[str, Scale], parts: Sequence[str]) -> Refit:
    """Return the numbers of some parts, refitted; all others stay as they are.

    Parameters
    ----------
    data
        What to learn from.
    scales
        Scales of all numbers.
    parts
        Of `PARTS`.

    Returns
    -------
    Refit
        Numbers of which the asks say next to nothing are not fitted; what little was learned of
        them is told all the same.
    """
    values = {name: scale.before for name, scale in scales.items()}
    learned: dict[str, Learned] = {}
    fitted: set[str] = set()
    for block in BLOCKS:
        free = [name for part in block if part in parts for name in PARTS[part]]
        found, at = _fit(data, scales, values, free)
        learned.update(found)
        while weak := [name for name in free if found[name].share < _needed(name)]:
            # One at a time: what two numbers share is the other's once one of them is held.
            free.remove(min(weak, key=lambda name: found[name].share))
            found, at = _fit(data, scales, values, free)
            learned.update(found)
        if "gate.trials" in free:
            whole = float(round(at["gate.trials"]))
            learned["gate.trials"] = replace(found["gate.trials"], value=whole)
            values["gate.trials"] = whole
            fitted.add("gate.trials")
            free.remove("gate.trials")
            found, at = _fit(data, scales, values, free)
            learned.update(found)
        values = at
        fitted.update(free)
    values = _settled(values, scales)
    return Refit(values, learned, frozenset(fitted))


def _needed(name: str) -> float:
    return SLOPE_HELD_UNDER if name == "gate.trials" else HELD_UNDER


def _settled(values: dict[str, float], scales: Mapping[str, Scale]) -> dict[str, float]:
    """Return values without the rounding that keeping an order costs."""
    return {
        name: scales[name].before if abs(value - scales[name].before) < CERTAIN else value
        for name, value in values.items()
    }


def _fit(
    data: Data, scales: Mapping[str, Scale], values: Mapping[str, float], free: Sequence[str]
) -> tuple[dict[str, Learned], dict[str, float]]:
    """Return what is learned of the free numbers, and all numbers then."""
    if not free:
        return {}, dict(values)
    from scipy.optimize import minimize

    likelihood = _likelihood(data, values, free)

    def loss(z: Floats) -> float:
        return 0.5 * float(z @ z) - likelihood(_at(z, scales, values, free))

    found = minimize(loss, np.zeros(len(free)), method="BFGS", options={"gtol": 1e-5})
    width = np.sqrt(np.diag(np.linalg.inv(_bend(loss, found.x))))
    after = _at(found.x, scales, values, free)
    learned = {
        name: Learned(after[name], float(found.x[place]), float(width[place]))
        for place, name in enumerate(free)
    }
    return learned, after


def _likelihood(
    data: Data, values: Mapping[str, float], free: Sequence[str]
) -> Callable[[Mapping[str, float]], float]:
    """Return the logarithm of the likelihood of the part that the free numbers are in."""
    asks, ways = data.asks, data.ways
    if free[0].startswith("response."):

        def of_answers(at: Mapping[str, float]) -> float:
            chances = answer_chances(asks, at)
            nothing = np.zeros(len(asks))
            return float(log_endings(asks, Expected(chances, nothing, nothing))[0].sum())

        return of_answers
    if free[0].startswith("gate."):

        def of_gate(at: Mapping[str, float]) -> float:
            nothing = np.zeros(len(asks))
            found = Expected(nothing, *gate_chances(asks, data.means, at))
            return float(log_endings(asks, found)[1].sum())

        return of_gate
    unfaded = ways.without_retention(values)

    def of_retention(at: Mapping[str, float]) -> float:
        chance = np.clip(unfaded * at["paths.retention"] ** ways.further, CERTAIN, 1 - CERTAIN)
        return float(np.log(np.where(ways.met, chance, 1 - chance)).sum())

    return of_retention


def _at(
    z: Floats, scales: Mapping[str, Scale], values: Mapping[str, float], free: Sequence[str]
) -> dict[str, float]:
    """Return all values at a place of the scales of the free ones."""
    at = dict(values)
    place = dict(zip(free, z.tolist(), strict=True))
    if "gate.trials" in place:
        scale = scales["gate.trials"]
        at["gate.trials"] = scale.value(scale.logit(place["gate.trials"]))
    for name in free:
        if name == "gate.trials":
            continue
        scale = _scale(scales, at, name)
        at[name] = scale.value(scale.logit(place[name]))
    for upper, lower in ORDERED.items():
        if upper in place or lower in place:
            at[upper] = _above(_scale(scales, at, upper), at[upper], at[lower])
    return at


def _scale(scales: Mapping[str, Scale], at: Mapping[str, float], name: str) -> Scale:
    """Return the scale of a number; a gate reaches as far as it has trials."""
    gate = name in ("gate.endorse_at", "gate.forward_at")
    return scales[name].within(at["gate.trials"]) if gate else scales[name]


def _above(scale: Scale, upper: float, lower: float) -> float:
    """Return the upper number, moved smoothly above the lower one where it is not."""
    width = scale.high - scale.low
    one, other = ((value - scale.low) / width for value in (upper, lower))
    if not (0 < one < 1 and 0 < other < 1):
        return max(upper, lower)
    gap = log(one / (1 - one)) - log(other / (1 - other))
    if gap * BEND > APART:
        return upper
    moved = float(np.logaddexp(0.0, BEND * gap)) / BEND
    return max(scale.value(log(other / (1 - other)) + moved), lower)


def _bend(loss: Callable[[Floats], float], at: Floats) -> Floats:
    """Return the matrix of second derivatives, by central differences; at least the prior's."""
    k = len(at)
    bend = np.zeros((k, k))
    moves = np.eye(k) * STEP
    for i in range(k):
        for j in range(i + 1):
            corners = [
                loss(at + a * moves[i] + b * moves[j]) * a * b for a in (1, -1) for b in (1, -1)
            ]
            bend[i, j] = bend[j, i] = sum(corners) / (4 * STEP**2)
    # Where the likelihood bends the wrong way, as behind a kink, it has nothing to add.
    sizes, ways = np.linalg.eigh(bend)
    return np.asarray((ways * np.maximum(sizes, 0.05)) @ ways.T, np.float64)
