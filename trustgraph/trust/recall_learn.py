"""The numbers of recall, learnt from closed windows by penalised likelihood."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING, Final, Generic, TypeVar

import numpy as np

from trustgraph._typing import Bools, Floats
from trustgraph.trust.evidence_table import EvidenceTable
from trustgraph.trust.recall_past import Past, When, Window, as_record, closed_windows
from trustgraph.trust.recall_rows import Rows

if TYPE_CHECKING:
    from trustgraph.trust.recall import RecallModel

__all__ = [
    "LEAST",
    "NUMBERS",
    "Learning",
    "Learnt",
    "Rows",
    "changed",
    "check_enough",
    "learn",
    "learn_from",
    "numbers_of",
]

Model = TypeVar("Model", bound="RecallModel")

LEAST: Final = 20
"""Fewest pairs that had contact again, and that had none, from which anything is learnt."""
SPREAD: Final = {
    "theta": 1.2,
    "slope": 0.2,
    "decay": 0.4,
    "silence": 0.15,
    "loss": 0.03,
    "incoming": 0.7,
}
"""How far numbers differ between communities, of those that are `LOGARITHMS` in these."""
NUMBERS: Final = tuple(SPREAD)
SPREADS: Final = np.array(list(SPREAD.values()))
LOGARITHMS: Final = np.array([name in ("theta", "slope", "decay", "incoming") for name in NUMBERS])
"""Which numbers are learnt as logarithms."""
LEAST_INCOMING: Final = 1e-3
"""Least weight of the other's days that is learnt: in its logarithm 0 lies nowhere."""
SMALLEST: Final = 1e-300
MOST_STEPS: Final = 50
SETTLED: Final = 1e-6
HORIZONS: Final = (1, 3650)
SLOPES: Final = ("slope_short", "slope_month", "slope_long")


@dataclass(frozen=True, eq=False)
class Learnt:
    """Numbers, and how sure they are.

    Attributes
    ----------
    values
        Theta at the horizon, slope at the horizon, decay, silence, loss, weight of the other.
    low, high
        Ends of their intervals; those that were not learnt have none (NaN).
    """

    values: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True, eq=False)
class Learning(Generic[Model]):
    """A model that was learnt, and from what.

    Attributes
    ----------
    model
        What was learnt, at the horizon of the model that it started from.
    start
        The model that it started from, at the horizon of the windows.
    learnt
        The numbers at that horizon.
    names
        Which of them were learnt.
    windows
        Closed windows, the newest first.
    """

    model: Model
    start: Model
    learnt: Learnt
    names: tuple[str, ...]
    windows: list[Window]


def learn_from(
    past: Past,
    start: Model,
    *,
    horizon_days: float,
    windows: int,
    names: Sequence[str] | None,
    as_of: When,
    evidence: EvidenceTable | None = None,
) -> Learning[Model]:
    """Return what the last closed windows of a past say.

    Parameters
    ----------
    past
        A network, or a table of contacts.
    start
        Where nothing is known: the middle of what is likely.
    horizon_days, windows
        Length of a window, and how many at most.
    names
        What is learnt, of `NUMBERS`. Default: theta and slope; all of them where every act of
        everybody is on record, as the model that it starts from says (``incoming_alone``).
    as_of
        Date at which the last window is over.
    evidence
        What the kinds of evidence of a network say.

    Raises
    ------
    ValueError
        If there is too little to learn from, or something is out of range.
    TypeError
        If the past is neither.
    """
    low, high = HORIZONS
    if not low <= horizon_days <= high:
        message = f"horizon_days is {horizon_days!r}; give a number of days from {low} to {high}"
        raise ValueError(message)
    usual = NUMBERS if start.incoming_alone > 0 else NUMBERS[:2]
    chosen = usual if names is None else _check_names(names)
    record = as_record(past, evidence)
    closed = closed_windows(past, record, horizon_days=horizon_days, number=windows, as_of=as_of)
    there = start.replace(horizon_days=horizon_days)
    rows = Rows.of(closed, there)
    check_enough(rows.again[rows.told(there)], windows=len(closed), horizon_days=horizon_days)
    learnt = learn(rows, there, chosen)
    model = changed(there, learnt.values).replace(horizon_days=start.horizon_days)
    return Learning(model, there, learnt, chosen, closed)


def _check_names(names: Sequence[str]) -> tuple[str, ...]:
    if isinstance(names, str) or (unknown := [name for name in names if name not in NUMBERS]):
        wrong = names if isinstance(names, str) else unknown[0]
        message = f"learn names {wrong!r}; give a list of some of {', '.join(NUMBERS)}"
        raise ValueError(message)
    return tuple(names)


def check_enough(again: Bools, *, windows: int, horizon_days: float) -> None:
    """Raise a `ValueError` if there is too little to learn from."""
    yes = int(again.sum())
    no = len(again) - yes
    if min(yes, no) < LEAST:
        closed = "the last closed window" if windows == 1 else f"the last {windows} closed windows"
        message = (
            f"too little to learn recall from: in {closed} of {horizon_days:g} days {yes} pairs "
            f"had contact again and {no} had none; at least {LEAST} of each are needed; choose "
            "another horizon_days or more windows, or keep the default"
        )
        raise ValueError(message)


def learn(rows: Rows, model: "RecallModel", names: Sequence[str], *, level: float = 0.95) -> Learnt:
    """Return the numbers that make the rows likely, and are likely themselves.

    Parameters
    ----------
    rows
        Pairs, at the horizon of the model.
    model
        Where nothing is known: the middle of what is likely.
    names
        What is learnt, of `NUMBERS`; the rest stays as it is.
    level
        Share of cases in which the intervals should hold the number.

    Returns
    -------
    Learnt
        The maximum of ln likelihood - ½ Σ (distance from the model / spread)², and intervals from
        the sandwich of its curvature and of the scores, summed by the two people of a pair.

    Notes
    -----
    Of the pairs about which the model says 0 in any case nothing is learnt. O(days + pairs) a
    step, some ten steps.

    References
    ----------
    Bertsekas (1982), Projected Newton methods for optimization problems with simple constraints,
    SIAM Journal on Control and Optimization 20(2), 221-246, doi:10.1137/0320018.
    Huber (1967), The behavior of maximum likelihood estimates under nonstandard conditions,
    Proc. Fifth Berkeley Symposium 1, 221-233.
    """
    start = _unfolded(numbers_of(model))
    low, high = np.array(_bounds(model)).T
    free = np.array([name in names for name in NUMBERS])
    likely = _Likely(rows, model, rows.told(model), start)
    at = _lowest(likely, np.where(free, np.clip(start, low, high), start), low, high, free)
    wide = np.full(len(at), np.nan)
    wide[free] = likely.errors(at, free) * NormalDist().inv_cdf((1 + level) / 2)
    ends = (_folded(np.clip(end, low, high)) for end in (at - wide, at + wide))
    return Learnt(_folded(at), *ends)


@dataclass(frozen=True, eq=False)
class _Likely:
    """How unlikely the rows and the numbers are together."""

    rows: Rows
    model: "RecallModel"
    told: Bools
    start: Floats

    def logit(self, at: Floats) -> Floats:
        """Return the logit of recall of each row that is told."""
        theta, slope, *_ = _folded(at)
        return np.asarray(slope * (self._strength(at)[0] - np.log(theta)), dtype=np.float64)

    def slopes(self, at: Floats, logit: Floats) -> Floats:
        """Return how the logit of each row changes with each number, shape (6, rows)."""
        _, slope, decay, _, _, incoming = _folded(at)
        total, by_age = self._strength(at)[1:]
        ages = self.rows.ages
        by_decay, by_loss = (
            -self.rows.summed(by_age * old, incoming)[self.told] / total
            for old in (np.log1p(ages), ages)
        )
        of_other = 1.0 - self.rows.summed(by_age, 0.0)[self.told] / total
        silent = self.rows.silent[self.told]
        flat = np.full(len(logit), -slope)
        parts = [slope * decay * by_decay, -slope * silent, slope * by_loss, slope * of_other]
        return np.stack([flat, logit, *parts])

    def value(self, at: Floats) -> float:
        """Return minus the logarithm of the likelihood, and the penalty."""
        logit = self.logit(at)
        miss = np.logaddexp(0.0, logit).sum() - logit[self.rows.again[self.told]].sum()
        return float(miss + 0.5 * (((at - self.start) / SPREADS) ** 2).sum())

    def around(self, at: Floats) -> tuple[Floats, Floats, Floats]:
        """Return how the value changes with each number, its curvature, and each row's part."""
        logit = self.logit(at)
        chance, slopes = _chance(logit), self.slopes(at, logit)
        scores = slopes * (chance - self.rows.again[self.told])
        down = scores.sum(axis=1) + (at - self.start) / SPREADS**2
        bend = np.einsum("ir,jr,r->ij", slopes, slopes, chance * (1 - chance), optimize=True)
        return down, bend + np.diag(SPREADS**-2.0), scores

    def errors(self, at: Floats, free: Bools) -> Floats:
        """Return standard errors that allow for what the rows of two people have in common."""
        _, bend, scores = self.around(at)
        _, group = np.unique(self.rows.people[self.told], return_inverse=True)
        sums = np.stack([np.bincount(group, score) for score in scores[free]])
        # What is known beforehand counts as one more, independent, observation.
        middle = sums @ sums.T + np.diag(SPREADS[free] ** -2.0)
        inverse = np.linalg.inv(bend[np.ix_(free, free)])
        return np.asarray(np.sqrt(np.diag(inverse @ middle @ inverse)), dtype=np.float64)

    def _strength(self, at: Floats) -> tuple[Floats, Floats, Floats]:
        """Return the logarithm of the strength of each row, its sum, and what a day counts."""
        _, _, decay, silent, lost, incoming = _folded(at)
        ages = self.rows.ages
        by_age = (1 + ages) ** -decay * np.exp(-lost * ages)
        total = np.maximum(self.rows.summed(by_age, incoming)[self.told], SMALLEST)
        rest = np.log(self.rows.factor[self.told]) - silent * self.rows.silent[self.told]
        return np.log(total) + rest, total, by_age


def _lowest(likely: _Likely, at: Floats, low: Floats, high: Floats, free: Bools) -> Floats:
    """Return the numbers of the least value within their bounds (Bertsekas 1982).

    Newton's steps; numbers at an end that the value pushes further out stay there.
    """
    value = likely.value(at)
    for _ in range(MOST_STEPS):
        down, bend, _ = likely.around(at)
        stuck = ((at <= low + SETTLED) & (down > 0)) | ((at >= high - SETTLED) & (down < 0))
        moving = np.flatnonzero(free & ~stuck)
        step = np.zeros(len(at))
        step[moving] = np.linalg.solve(bend[np.ix_(moving, moving)], down[moving])
        size = 1.0
        while size > SETTLED:
            new = np.where(free, np.clip(at - size * step, low, high), at)
            lower = likely.value(new)
            if lower < value:
                break
            size /= 2
        else:
            break
        near = np.abs(new - at).max() < SETTLED
        at, value = new, lower
        if near:
            break
    return at


def changed(model: Model, values: Floats) -> Model:
    """Return a model with learnt numbers, stored so that they hold at other horizons too."""
    theta, slope, decay, silent, lost, incoming = (float(value) for value in values)
    factor = slope / model.slope
    slopes = {name: getattr(model, name) * factor for name in SLOPES}
    return model.replace(
        theta_over_horizon=theta * model.horizon_days,
        decay=decay,
        silence=silent,
        loss_per_day=lost,
        incoming_weight=incoming,
        **slopes,
    )


def numbers_of(model: "RecallModel") -> Floats:
    """Return the numbers of a model at its horizon, in the order of `NUMBERS`."""
    return np.array(
        [
            model.theta,
            model.slope,
            model.decay,
            model.silence,
            model.loss_per_day,
            model.incoming_weight,
        ],
        np.float64,
    )


def _unfolded(values: Floats) -> Floats:
    return np.where(LOGARITHMS, np.log(np.maximum(values, SMALLEST)), values)


def _folded(at: Floats) -> Floats:
    values = np.where(LOGARITHMS, np.exp(np.where(LOGARITHMS, at, 0.0)), at)
    return np.where(LOGARITHMS & (values <= 2 * SMALLEST), 0.0, values)


def _bounds(model: "RecallModel") -> list[tuple[float, float]]:
    """Return what the fields of the model allow, in the numbers that are learnt."""

    def allowed(name: str) -> tuple[float, float]:
        about = type(model).model_fields[name].metadata
        low = next(one.ge for one in about if hasattr(one, "ge"))
        high = next(one.le for one in about if hasattr(one, "le"))
        return float(low), float(high)

    low, high = np.array(allowed("theta_over_horizon")) / model.horizon_days
    slopes = np.array([getattr(model, name) for name in SLOPES])
    least, most = allowed("slope_short")
    flat, steep = np.array([least / slopes.min(), most / slopes.max()]) * model.slope
    decays = allowed("decay")
    return [
        (float(np.log(low)), float(np.log(high))),
        (float(np.log(flat)), float(np.log(steep))),
        (float(np.log(decays[0])), float(np.log(decays[1]))),
        allowed("silence"),
        allowed("loss_per_day"),
        (float(np.log(LEAST_INCOMING)), float(np.log(allowed("incoming_weight")[1]))),
    ]


def _chance(logit: Floats) -> Floats:
    return np.asarray(np.exp(-np.logaddexp(0.0, -logit)), dtype=np.float64)
