"""The parts of a calibration: numbers, how many asks speak about them, how well it predicts."""

from math import isnan
from typing import Literal

import pandas as pd

from trustgraph.evaluation._outcome_events import EventName
from trustgraph.models.base import FrozenModel

__all__ = [
    "CalibratedParameter",
    "CalibratedPart",
    "CurvePoint",
    "EventFigures",
    "Gain",
    "points_of",
]

Status = Literal["refitted", "no information", "too few"]


class CalibratedParameter(FrozenModel):
    """One number of the trust model, before and after.

    Attributes
    ----------
    name
        As in `TrustModel.parameters`.
    meaning
        In words.
    part
        Part of the model that it was refitted with.
    before, after
        Its value.
    low, high
        Interval of its value after the fit; None where its part was not refitted.
    prior_low, prior_high
        The same interval before any ask was looked at, from the range that is likely.
    learned
        Share of the prior's variance that the asks have removed, in [0, 1].
    status
        ``"refitted"``; ``"no information"``: the asks say next to nothing about it, it stays;
        ``"too few"``: its part was not refitted.

    Examples
    --------
    >>> from trustgraph.evaluation.calibrate_records import CalibratedParameter
    >>> list(CalibratedParameter.model_fields)[:4]
    ['name', 'meaning', 'part', 'before']
    """

    name: str
    meaning: str
    part: str
    before: float
    after: float
    low: float | None = None
    high: float | None = None
    prior_low: float
    prior_high: float
    learned: float = 0.0
    status: Status


class CalibratedPart(FrozenModel):
    """One part of the model, and how many asks speak about it.

    Attributes
    ----------
    name
        ``"answers"``, ``"endorsements"``, ``"forwards"`` or ``"retention"``.
    yes, no
        Numbers of asks of either kind; what the kinds are is in ``kinds``.
    kinds
        The two kinds, in words.
    needed
        How many of either kind are needed.

    Examples
    --------
    >>> from trustgraph.evaluation.calibrate_records import CalibratedPart
    >>> kinds = ("answered", "silent")
    >>> CalibratedPart(name="answers", yes=9, no=3, kinds=kinds, needed=5).enough
    False
    """

    name: str
    yes: int
    no: int
    kinds: tuple[str, str]
    needed: int

    @property
    def enough(self) -> bool:
        """Whether the part is refitted."""
        return min(self.yes, self.no) >= self.needed


class Gain(FrozenModel):
    """One metric of predicted chances before and after, on asks that the fit had not seen.

    Attributes
    ----------
    metric
        ``"log_loss"`` or ``"brier"``; smaller is better.
    before, after
        Its values.
    low, high
        Bootstrap interval of after less before; None where there is none.

    Examples
    --------
    >>> from trustgraph.evaluation.calibrate_records import Gain
    >>> Gain(metric="brier", before=0.25, after=0.2).difference.__round__(3)
    -0.05
    """

    metric: Literal["log_loss", "brier"]
    before: float
    after: float
    low: float | None = None
    high: float | None = None

    @property
    def difference(self) -> float:
        """After less before."""
        return self.after - self.before


class CurvePoint(FrozenModel):
    """One part of a reliability curve, as in `calibration_curve`; None where there are no asks.

    Examples
    --------
    >>> from trustgraph.evaluation.calibrate_records import CurvePoint
    >>> CurvePoint(low=0, high=0.5, n=0).share is None
    True
    """

    low: float
    high: float
    n: int
    probability: float | None = None
    share: float | None = None
    share_low: float | None = None
    share_high: float | None = None


class EventFigures(FrozenModel):
    """How well the chances of one event were predicted.

    Attributes
    ----------
    event
        ``"answered"``, ``"passed"``, ``"endorsed"`` or ``"met"`` (given an endorsement).
    n, came_true
        Number of asks of which it was predicted, and in which it came true.
    gains
        The metrics.
    before, after
        Points of the reliability curves.

    Examples
    --------
    >>> from trustgraph.evaluation.calibrate_records import EventFigures
    >>> EventFigures(event="met", n=0, came_true=0, gains=(), before=(), after=()).n
    0
    """

    event: EventName
    n: int
    came_true: int
    gains: tuple[Gain, ...]
    before: tuple[CurvePoint, ...]
    after: tuple[CurvePoint, ...]


def points_of(curve: pd.DataFrame) -> tuple[CurvePoint, ...]:
    """Return the points of a curve.

    Examples
    --------
    >>> from trustgraph.evaluation.calibrate_records import points_of
    >>> curve = tg.evaluation.calibration_curve([True, False], [0.8, 0.6], bins=2)
    >>> [point.n for point in points_of(curve)]
    [0, 2]
    """
    return tuple(
        CurvePoint(
            **{
                str(name): None if isinstance(value, float) and isnan(value) else value
                for name, value in row.items()
            }
        )
        for row in curve.to_dict("records")
    )
