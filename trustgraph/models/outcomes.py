"""The list of asks that a seeker keeps: what became of each, and what was not understood."""

import datetime as dt
from collections import Counter
from typing import Any, Final, Literal, Self

import pandas as pd
from pydantic import model_validator

from trustgraph._html import card_html, shown, table_html
from trustgraph._text import counted
from trustgraph.models.columns import report_frame
from trustgraph.models.outcome import OUTCOME_EVENTS, Outcome
from trustgraph.models.result import SequenceResult
from trustgraph.models.rows import UTC

__all__ = ["OUTCOME_COLUMNS", "Outcomes"]

SCHEMA_VERSION: Final = 1
DAYS: Final = ("asked", *OUTCOME_EVENTS)
OUTCOME_COLUMNS: Final = (
    "introducer",
    "target",
    *DAYS,
    "seeker",
    "purpose",
    "clarity",
    "incentive",
    "note",
)
"""Columns of a list of outcomes, in order; each is a field of `Outcome`."""
_KEY: Final = ("seeker", "introducer", "target", "asked")
_ANSWERS: Final = frozenset({"passed", "endorsed", "forwarded", "declined", "silent"})
_WORDS: Final = {
    "open": "still open",
    "silent": "left without an answer",
    "declined": "declined",
    "passed": "passed on",
    "forwarded": "forwarded",
    "endorsed": "endorsed",
}

Told = tuple[str, int, str, str, str, str]


class Outcomes(SequenceResult[Outcome]):
    """Asks and what became of them, in the order in which they were written down.

    Attributes
    ----------
    items
        The outcomes; no two of the same seeker, introducer, target and day.
    extra_columns, extra
        Titles and cells of columns of the user's own, one row of cells an outcome.
    told
        The rows of the report.
    schema_version
        Version of the dictionary form.

    Raises
    ------
    pydantic.ValidationError
        If an ask stands there twice.

    Examples
    --------
    >>> asks = tg.models.Outcomes().with_outcome(
    ...     tg.Outcome(introducer="bo", target="cy", asked="2026-03-02")
    ... )
    >>> asks.recorded("bo", "cy", endorsed="2026-03-05")[0].state
    'endorsed'
    """

    items: tuple[Outcome, ...] = ()
    extra_columns: tuple[str, ...] = ()
    extra: tuple[tuple[str, ...], ...] = ()
    told: tuple[Told, ...] = ()
    schema_version: Literal[1] = SCHEMA_VERSION

    @model_validator(mode="after")
    def _each_ask_once(self) -> Self:
        times = Counter(map(_key, self.items))
        twice = next((outcome for outcome in self.items if times[_key(outcome)] > 1), None)
        if twice is not None:
            message = (
                f"the ask of {twice.introducer!r} for {twice.target!r} on {twice.asked} stands "
                "there twice; keep one of the two"
            )
            raise ValueError(message)
        names = (*OUTCOME_COLUMNS, *self.extra_columns)
        if len(set(names)) < len(names):
            message = f"two columns of the same name: {', '.join(names)}"
            raise ValueError(message)
        size = len(self.extra_columns)
        rows = len(self.items) if size else 0
        if len(self.extra) != rows or any(len(cells) != size for cells in self.extra):
            message = f"extra needs {rows} rows of {size} cells, one row an outcome"
            raise ValueError(message)
        return self

    def held(self) -> tuple[Outcome, ...]:
        """Return the outcomes, in order."""
        return self.items

    @property
    def report(self) -> pd.DataFrame:
        """What the reader of the file has to say: file, row, level, reason, value, mend."""
        names = ("file", "row", "level", "reason", "value", "mend")
        return report_frame([dict(zip(names, row, strict=True)) for row in self.told])

    def with_outcome(self, outcome: Outcome) -> Self:
        """Return the list with one more ask at its end.

        Parameters
        ----------
        outcome
            The ask, open or already answered.

        Returns
        -------
        Outcomes
            The longer list; this one stays as it is.

        Raises
        ------
        ValueError
            If the same ask of the same day is on the list already.

        Examples
        --------
        >>> ask = tg.Outcome(introducer="bo", target="cy", asked="2026-03-02")
        >>> len(tg.models.Outcomes().with_outcome(ask))
        1
        """
        if any(_key(one) == _key(outcome) for one in self.items):
            message = (
                f"the ask of {outcome.introducer!r} for {outcome.target!r} on {outcome.asked} is "
                "on the list already; add to it with recorded(...)"
            )
            raise ValueError(message)
        empty = (("",) * len(self.extra_columns),) if self.extra_columns else ()
        return self.replace(items=(*self.items, outcome), extra=(*self.extra, *empty))

    def recorded(
        self,
        introducer: Any,
        target: Any,
        *,
        asked: dt.date | str | None = None,
        seeker: str | None = None,
        **changes: Any,
    ) -> Self:
        """Return the list with something written to one ask that is on it.

        Parameters
        ----------
        introducer, target
            Of whom and for what it was asked.
        asked
            Day of the ask; needed only if several are of the same two.
        seeker
            Whose ask; likewise.
        **changes
            Fields of `Outcome` and their new values, for instance ``endorsed="2026-03-05"``; None
            clears a day.

        Returns
        -------
        Outcomes
            The changed list; this one stays as it is.

        Raises
        ------
        ValueError
            If there is no such ask, or several: an answer then goes to the only open one, if
            there is just one. If the change is not possible (`Outcome` says why).
        TypeError
            If a change is of no field that can change.

        Examples
        --------
        >>> asks = tg.models.Outcomes(
        ...     items=[tg.Outcome(introducer="bo", target="cy", asked="2026-03-02")]
        ... )
        >>> asks.recorded("bo", "cy", declined="2026-03-04")[0].declined
        datetime.date(2026, 3, 4)
        """
        open_to = [name for name in OUTCOME_COLUMNS if name not in _KEY]
        unknown = sorted(set(changes) - set(open_to))
        if unknown or not changes:
            what = f"{', '.join(unknown)} cannot be recorded" if unknown else "nothing to record"
            message = f"{what}; give {', '.join(open_to)}"
            raise TypeError(message)
        place = self._place(str(introducer), str(target), asked, seeker, answer=changes)
        changed = self.items[place].replace(**changes)
        return self.replace(items=(*self.items[:place], changed, *self.items[place + 1 :]))

    def _place(
        self,
        introducer: str,
        target: str,
        asked: dt.date | str | None,
        seeker: str | None,
        *,
        answer: dict[str, Any],
    ) -> int:
        """Return where the ask stands that is meant."""
        day = None if asked is None else str(asked)[:10]
        found = [
            place
            for place, one in enumerate(self.items)
            if (one.introducer, one.target) == (introducer, target)
            and day in {None, str(one.asked)}
            and seeker in {None, one.seeker}
        ]
        still_open = [place for place in found if self.items[place].state == "open"]
        if len(found) > 1 and len(still_open) == 1 and _ANSWERS & set(answer):
            found = still_open
        if len(found) == 1:
            return found[0]
        ask = f"of {introducer!r} for {target!r}" + (f" on {day}" if day else "")
        if not found:
            message = f"no ask {ask} is on the list; add it with with_outcome(...)"
            raise ValueError(message)
        days = ", ".join(str(self.items[place].asked) for place in found)
        seekers = {self.items[place].seeker for place in found}
        which = "asked=" if len(seekers) == 1 else "asked= and seeker="
        message = f"{len(found)} asks {ask} are on the list ({days}); name one with {which}"
        raise ValueError(message)

    def to_frame(self) -> pd.DataFrame:
        """Return one row an ask.

        Returns
        -------
        pandas.DataFrame
            The columns of the file in their order and ``state``, without columns of the user's
            own. Days are datetime64[us, UTC], NaT where there is none; ``clarity`` is float64, all
            else text.

        Examples
        --------
        >>> asks = tg.models.Outcomes(
        ...     items=[tg.Outcome(introducer="bo", target="cy", asked="2026-03-02")]
        ... )
        >>> asks.to_frame()[["introducer", "target", "state"]]
          introducer target state
        0         bo     cy  open
        """
        frame = pd.DataFrame(index=pd.RangeIndex(len(self.items)))
        for name in (*OUTCOME_COLUMNS, "state"):
            values = [getattr(outcome, name) for outcome in self.items]
            if name in DAYS:
                days = pd.Series([None if day is None else str(day) for day in values], dtype="str")
                frame[name] = pd.to_datetime(days, format="%Y-%m-%d", utc=True).astype(UTC)
            else:
                frame[name] = pd.Series(values, dtype="float64" if name == "clarity" else "str")
        return frame

    def explain(self) -> str:
        """Return in plain sentences how the asks stand.

        Returns
        -------
        str
            How many there are, what became of them, and which ones are open.

        Examples
        --------
        >>> asks = tg.models.Outcomes(
        ...     items=[tg.Outcome(introducer="bo", target="cy", asked="2026-03-02")]
        ... )
        >>> print(asks.explain())
        1 ask: 1 still open. 0 targets reached.
        Open: bo for cy, asked on 2026-03-02.
        """
        return "\n".join(map(shown, self._lines()))

    def _lines(self) -> list[str]:
        if not self.items:
            return ["No ask has been written down yet."]
        states = Counter[str](outcome.state for outcome in self.items)
        parts = [f"{states[state]:,} {word}" for state, word in _WORDS.items() if states[state]]
        reached = len({outcome.target for outcome in self.items if outcome.reached})
        asks, targets = counted(len(self.items), "ask"), counted(reached, "target")
        lines = [f"{asks}: {', '.join(parts)}. {targets} reached."]
        lines += [
            f"Open: {one.introducer} for {one.target}, asked on {one.asked}."
            for one in self.items
            if one.state == "open"
        ]
        faults = sum(row[2] == "error" for row in self.told)
        if faults:
            lines.append(f"{counted(faults, 'row')} of the file not used: see the report.")
        return lines

    def _repr_html_(self) -> str:
        frame = self.to_frame()[["introducer", "target", "asked", "state"]]
        days = frame["asked"].dt.strftime("%Y-%m-%d")
        return card_html("Asks", table_html(frame.assign(asked=days)), lines=self._lines()[:1])


def _key(outcome: Outcome) -> tuple[Any, ...]:
    return tuple(getattr(outcome, name) for name in _KEY)
