"""What calibration on one's own asks returns."""

import datetime as dt
from math import nan
from typing import Final, Literal

import pandas as pd

from trustgraph._html import card_html, shown, table_html
from trustgraph._text import counted, listed
from trustgraph.evaluation._outcome_events import EVENTS, EventName
from trustgraph.evaluation.calibrate_records import (
    CalibratedParameter,
    CalibratedPart,
    CurvePoint,
    EventFigures,
    Gain,
)
from trustgraph.models.result import ResultModel
from trustgraph.trust.model import TrustModel

__all__ = ["Calibration"]

SCHEMA_VERSION: Final = 1
CURVE: Final = ("low", "high", "n", "probability", "share", "share_low", "share_high")
LITTLE: Final = 0.1
"""Share of the prior's variance under which little was learned."""

FEW: Final = 30
"""Asks under which nothing is said about a difference."""


class Calibration(ResultModel):
    """A trust model refitted to one's own asks, and whether that helped.

    Attributes
    ----------
    model
        The trust model to use from now on.
    parameters
        Every number that can be refitted, before and after.
    parts
        What is refitted together, and how many asks speak about it.
    figures
        How well chances were predicted, by event; those after the fit are out of sample.
    asks, introducers
        Numbers of closed asks, and of people who were asked.
    young, open, given_up
        Asks left out because they are recent, or without an ending; and asks without an ending
        that are old enough to count as silent.
    strangers
        Closed asks of people with whom no tie was on record at the time.
    no_way
        Endorsed asks behind whose introducer no way to the target was known.
    after_records
        Closed asks later than the newest record: their ties are judged by older records.
    undated
        Acts and judgements without a date, which count on every day.
    as_of
        Day on which the outcomes were judged.
    folds, resamples, level, seed
        Of the cross-validation, the bootstrap and the intervals.
    schema_version
        Version of the dictionary form.

    Examples
    --------
    >>> people = [f"p{n}" for n in range(40)]
    >>> net = tg.Network.from_records([{"id": one} for one in ("me", *people)], owners=["me"])
    >>> said = [{"declined": "2026-01-09"}, {"silent": "2026-02-09"}]
    >>> outcomes = [
    ...     tg.Outcome(introducer=one, target="Acme", asked="2026-01-05", **said[n % 2])
    ...     for n, one in enumerate(people)
    ... ]
    >>> found = tg.evaluation.calibrate(net, outcomes, as_of="2026-06-01", resamples=0)
    >>> tg.evaluation.Calibration.from_dict(found.to_dict()) == found
    True
    """

    model: TrustModel
    parameters: tuple[CalibratedParameter, ...]
    parts: tuple[CalibratedPart, ...]
    figures: tuple[EventFigures, ...]
    asks: int
    introducers: int
    young: int = 0
    open: int = 0
    given_up: int = 0
    strangers: int = 0
    no_way: int = 0
    after_records: int = 0
    undated: int = 0
    as_of: dt.date
    folds: int
    resamples: int
    level: float
    seed: int
    schema_version: Literal[1] = SCHEMA_VERSION

    def to_frame(self) -> pd.DataFrame:
        """Return one row a number that can be refitted.

        Returns
        -------
        pandas.DataFrame
            Indexed by ``parameter``; columns ``before, after, low, high`` (interval after the
            fit, NaN where its part was not refitted), ``prior_low, prior_high, learned`` (share of
            the prior's variance that is gone, in [0, 1]), ``status``, ``part`` and ``meaning``.

        Examples
        --------
        >>> people = [f"p{n}" for n in range(40)]
        >>> net = tg.Network.from_records([{"id": one} for one in ("me", *people)], owners=["me"])
        >>> said = [{"declined": "2026-01-09"}, {"silent": "2026-02-09"}]
        >>> outcomes = [
        ...     tg.Outcome(introducer=one, target="Acme", asked="2026-01-05", **said[n % 2])
        ...     for n, one in enumerate(people)
        ... ]
        >>> found = tg.evaluation.calibrate(net, outcomes, as_of="2026-06-01", resamples=0)
        >>> moved = found.to_frame().loc["response.cold", ["before", "after"]]
        >>> moved.astype(float).round(2).tolist()
        [0.12, 0.45]
        """
        rows = [one.model_dump() for one in self.parameters]
        frame = pd.DataFrame(rows).set_index("name").rename_axis("parameter")
        numbers = ["before", "after", "low", "high", "prior_low", "prior_high", "learned"]
        frame = frame.astype(dict.fromkeys(numbers, "float64"))
        return frame[[*numbers, "status", "part", "meaning"]]

    def figures_frame(self) -> pd.DataFrame:
        """Return how well chances were predicted, before and after.

        Returns
        -------
        pandas.DataFrame
            Indexed by ``event`` and ``metric`` (smaller is better); columns ``before, after,
            difference, low, high`` (interval of the difference; NaN for none) and ``n``.

        Examples
        --------
        >>> people = [f"p{n}" for n in range(40)]
        >>> net = tg.Network.from_records([{"id": one} for one in ("me", *people)], owners=["me"])
        >>> said = [{"declined": "2026-01-09"}, {"silent": "2026-02-09"}]
        >>> outcomes = [
        ...     tg.Outcome(introducer=one, target="Acme", asked="2026-01-05", **said[n % 2])
        ...     for n, one in enumerate(people)
        ... ]
        >>> found = tg.evaluation.calibrate(net, outcomes, as_of="2026-06-01", resamples=0)
        >>> found.figures_frame()["n"].to_dict()[("answered", "brier")]
        40
        """
        rows = [
            (
                one.event,
                gain.metric,
                gain.before,
                gain.after,
                gain.difference,
                _number(gain.low),
                _number(gain.high),
                one.n,
            )
            for one in self.figures
            for gain in one.gains
        ]
        names = ["event", "metric", "before", "after", "difference", "low", "high", "n"]
        frame = pd.DataFrame(rows, columns=names).set_index(["event", "metric"])
        return frame.astype(dict.fromkeys(names[2:-1], "float64") | {"n": "int64"})

    def curves(self, event: EventName = "passed") -> dict[str, pd.DataFrame]:
        """Return the reliability curves of an event, as `trustgraph.plot.plot_calibration` takes.

        Parameters
        ----------
        event
            ``"answered"``, ``"passed"``, ``"endorsed"``, or ``"met"`` (given an endorsement).

        Returns
        -------
        dict
            ``"before"`` and ``"after"`` -> what `calibration_curve` returns, with intervals of
            the shares. Every chance after the fit is by a model that had seen no ask of that
            introducer.

        Raises
        ------
        ValueError
            If nothing of the kind was predicted.

        Examples
        --------
        >>> people = [f"p{n}" for n in range(40)]
        >>> net = tg.Network.from_records([{"id": one} for one in ("me", *people)], owners=["me"])
        >>> said = [{"declined": "2026-01-09"}, {"silent": "2026-02-09"}]
        >>> outcomes = [
        ...     tg.Outcome(introducer=one, target="Acme", asked="2026-01-05", **said[n % 2])
        ...     for n, one in enumerate(people)
        ... ]
        >>> found = tg.evaluation.calibrate(net, outcomes, as_of="2026-06-01", resamples=0)
        >>> [int(curve["n"].sum()) for curve in found.curves("answered").values()]
        [40, 40]
        """
        known = {one.event: one for one in self.figures}
        if event not in known:
            there = listed([repr(name) for name in known], "or") if known else "nothing else"
            message = f"no chances of {event!r} were predicted; there is {there}"
            raise ValueError(message)
        found = known[event]
        return {"before": _curve(found.before), "after": _curve(found.after)}

    @property
    def before(self) -> pd.DataFrame:
        """Reliability curve of the chance that an ask is passed on, before the fit."""
        return self.curves()["before"]

    @property
    def after(self) -> pd.DataFrame:
        """Reliability curve of the chance that an ask is passed on, after it, out of sample."""
        return self.curves()["after"]

    def explain(self) -> str:
        """Return what was learned in plain sentences.

        Returns
        -------
        str
            What was learned from, which numbers moved and how far, what the asks say nothing
            about, whether predictions of unseen asks got better, and what to keep in mind.

        Examples
        --------
        >>> people = [f"p{n}" for n in range(40)]
        >>> net = tg.Network.from_records([{"id": one} for one in ("me", *people)], owners=["me"])
        >>> said = [{"declined": "2026-01-09"}, {"silent": "2026-02-09"}]
        >>> outcomes = [
        ...     tg.Outcome(introducer=one, target="Acme", asked="2026-01-05", **said[n % 2])
        ...     for n, one in enumerate(people)
        ... ]
        >>> found = tg.evaluation.calibrate(net, outcomes, as_of="2026-06-01", resamples=0)
        >>> print(found.explain().splitlines()[2])
        Answers: refitted (20 answered, 20 silent).
        """
        return "\n".join(map(shown, self._lines()))

    def _lines(self) -> list[str]:
        return [
            *self._asks(),
            *map(_part, self.parts),
            *(self._moved(one) for one in self.parameters if one.status == "refitted"),
            *self._unmoved(),
            *(line for one in self.figures for line in self._figures(one)),
            *self._caveats(),
        ]

    def _asks(self) -> list[str]:
        told = (
            f"{counted(self.asks, 'closed ask')} of {counted(self.introducers, 'person', 'people')}"
            f", as they stood on {self.as_of}. The tie behind each is taken as it was on the "
            "evening before."
        )
        left = []
        if self.given_up:
            left.append(f"{counted(self.given_up, 'ask')} without an ending count as silent")
        if self.young:
            left.append(f"{counted(self.young, 'recent ask')} are left out, whatever came of them")
        if self.open:
            left.append(f"{counted(self.open, 'open ask')} are left out")
        if self.strangers:
            left.append(
                f"{counted(self.strangers, 'ask')} went to people without a tie on record, who "
                "count as strangers"
            )
        if self.no_way:
            left.append(
                f"no way behind the introducer was known for {counted(self.no_way, 'endorsed ask')}"
            )
        return [told, *(f"{line[0].upper()}{line[1:]}." for line in left)]

    def _moved(self, one: CalibratedParameter) -> str:
        told = f"{one.meaning[0].upper()}{one.meaning[1:]}: {one.before:.3g} before, "
        told += f"{one.after:.3g} now"
        if one.low is not None and one.high is not None:
            told += f" ({100 * self.level:g} % interval {one.low:.3g} to {one.high:.3g})"
        little = ", though little was learned of it" if one.learned < LITTLE else ""
        return f"{told}{little}."

    def _unmoved(self) -> list[str]:
        silent = [
            one.meaning.partition(":")[0]
            for one in self.parameters
            if one.status == "no information"
        ]
        if not silent:
            return []
        return [f"The asks say too little about {listed(silent)}: what was assumed stays."]

    def _figures(self, one: EventFigures) -> list[str]:
        return [
            f"Predicted chances {EVENTS[one.event]} ({counted(one.n, 'ask')}, {one.came_true:,} "
            f"came true): {_loss(gain.metric)} {gain.before:.3f} before, {gain.after:.3f} after, "
            f"on asks that the fit had not seen{self._verdict(gain, one.n)}."
            for gain in one.gains
            if gain.metric == "log_loss"
        ]

    def _verdict(self, gain: Gain, n: int) -> str:
        if gain.low is None or gain.high is None:
            return ""
        if n < FEW:
            return "; these are too few to tell"
        if gain.low <= 0 <= gain.high:
            return "; chance may explain the difference"
        return "; better than chance explains" if gain.high < 0 else "; worse"

    def _caveats(self) -> list[str]:
        told = []
        if self.undated:
            told.append(
                f"{counted(self.undated, 'record')} without a date count on every day, also on "
                "days before they were true."
            )
        if self.after_records:
            told.append(
                f"{counted(self.after_records, 'ask')} are later than the newest record: newer "
                "records would judge these ties better."
            )
        told.append(
            "Modelled chances, learned from the asks that were made: people who were never asked "
            "may be different."
        )
        return told

    def _repr_html_(self) -> str:
        title = f"Trust model refitted to {counted(self.asks, 'ask')}"
        frame = self.to_frame().reset_index()
        columns = ["parameter", "before", "after", "low", "high", "learned", "status"]
        return card_html(title, table_html(frame[columns]), lines=self._lines())


def _part(part: CalibratedPart) -> str:
    yes, no = part.kinds
    seen = f"{part.yes:,} {yes}, {part.no:,} {no}"
    name = part.name.capitalize()
    if part.enough:
        return f"{name}: refitted ({seen})."
    return (
        f"{name}: not refitted ({seen}); at least {part.needed} of either kind are needed, so "
        "what was assumed stays."
    )


def _loss(metric: str) -> str:
    return "log loss" if metric == "log_loss" else "squared error"


def _number(value: float | None) -> float:
    return nan if value is None else value


def _curve(points: tuple[CurvePoint, ...]) -> pd.DataFrame:
    rows = [one.model_dump() for one in points]
    frame = pd.DataFrame(rows, columns=list(CURVE), index=pd.RangeIndex(len(rows), name="bin"))
    floats = [name for name in CURVE if name != "n"]
    return frame.astype(dict.fromkeys(floats, "float64") | {"n": "int64"})
