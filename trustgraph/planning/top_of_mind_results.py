"""What a question about who would think of somebody returns."""

from typing import Any, Final, Literal

import numpy as np
import pandas as pd

from trustgraph._html import card_html, shown, table_html
from trustgraph.models.base import FrozenModel
from trustgraph.models.result import SequenceResult
from trustgraph.planning import _memory_lines as lines
from trustgraph.planning._memory_model import MemoryModel

__all__ = ["Mind", "MindState", "TopOfMind"]

MindState = Literal["steady", "fading", "forgotten", "unknown rhythm"]

COLUMNS: Final = {
    "name": "str",
    "recall": "float64",
    "willingness": "float64",
    "unasked": "float64",
    "in_3_months": "float64",
    "in_6_months": "float64",
    "in_12_months": "float64",
    "usual_gap_days": "float64",
    "silent_days": "float64",
    "last_contact": "str",
    "forgets_on": "str",
    "recall_half_on": "str",
    "state": "str",
}
QUANTITIES: Final = ("unasked", "recall", "willingness")


class Mind(FrozenModel):
    """Somebody with a tie to the person, and what they hold of them.

    Attributes
    ----------
    person, name
        Who.
    recall
        Chance that the person comes to their mind within the horizon, in [0, 1]; None if it is not
        known.
    willingness
        Chance that they would put their name behind the person, in [0, 1].
    trust
        In [0, 1].
    unasked
        Chance that they think of the person, mention them though nobody asked, and vouch: recall
        times the chance of a mention times willingness, in [0, 1]; None if recall is not known.
    in_3_months, in_6_months, in_12_months
        The same then, if nothing happens; None if it is not known.
    usual_gap_days
        (last day of contact - first) / (days of contact - 1), at least 1; None without a rhythm.
    silent_days
        Days since the last contact; None if it is not known. What the other wrote is contact, a
        message of the person only if it was answered.
    last_contact
        UTC day (ISO); empty if unknown.
    forgets_on
        First UTC day (ISO) on which the silence is longer than the rhythm bears; empty without a
        rhythm.
    recall_half_on
        First UTC day (ISO) on which recall is under one half; empty if it already is, if that is
        not known, or if it takes more than a century.
    state
        ``"steady"`` (in rhythm), ``"fading"`` (silent for longer than the rhythm bears),
        ``"forgotten"`` (that, and recall under one half) or ``"unknown rhythm"``.
    recall_by_month, willingness_by_month
        From now (0) on, one a month.

    Examples
    --------
    >>> net = tg.datasets.load_office()
    >>> ben = tg.planning.top_of_mind(net, "ana")[0]
    >>> ben.name, ben.state, round(ben.unasked, 2)
    ('Ben Okafor', 'steady', 0.17)
    """

    person: Any
    name: str
    recall: float | None
    willingness: float
    trust: float
    unasked: float | None
    in_3_months: float | None = None
    in_6_months: float | None = None
    in_12_months: float | None = None
    usual_gap_days: float | None = None
    silent_days: int | None = None
    last_contact: str = ""
    forgets_on: str = ""
    recall_half_on: str = ""
    state: MindState = "unknown rhythm"
    recall_by_month: tuple[float | None, ...] = ()
    willingness_by_month: tuple[float | None, ...] = ()


class TopOfMind(SequenceResult[Mind]):
    """Who would think of a person and vouch unasked, now and later if nothing happens.

    A sequence of `Mind`, the likeliest to speak up first. Empty is an answer: nobody has a tie to
    the person.

    Attributes
    ----------
    person, person_name
        Of whom.
    minds
        Everybody with a tie to them.
    months
        How far ahead the projection goes.
    dates
        UTC days (ISO) of the months, now first; empty if nothing has a date.
    clarity
        How clearly they know what the person is looking for, in [0, 1].
    mention
        Chance that a need is mentioned by somebody who thinks of it, in [0, 1].
    horizon_days
        Within so many days somebody should come to mind.
    memory
        When silence counts as fading.
    exact
        Whether the projection was scored from the records; else it is made of what the ties of a
        graph tell.
    recall_known
        Whether the recall of anybody is known.
    schema_version
        Version of the dictionary form.

    Examples
    --------
    >>> found = tg.planning.top_of_mind(tg.datasets.load_office(), "ana")
    >>> [mind.person for mind in found][:3], round(found.expected, 2)
    (['ben', 'chiara', 'goran'], 0.57)
    """

    person: Any
    person_name: str
    minds: tuple[Mind, ...]
    months: int = 12
    dates: tuple[str, ...] = ()
    clarity: float = 0.0
    mention: float = 0.27
    horizon_days: float = 365.0
    memory: MemoryModel = MemoryModel()
    exact: bool = False
    recall_known: bool = True
    schema_version: Literal[1] = 1

    def held(self) -> tuple[Mind, ...]:
        """Return the people, the likeliest to speak up first."""
        return self.minds

    @property
    def expected(self) -> float:
        """Expected number of people who speak up unasked, at least 0."""
        return sum(mind.unasked or 0.0 for mind in self.minds)

    @property
    def about_to_forget(self) -> tuple[Mind, ...]:
        """Those silent for longer than usual by far, and not forgotten yet: likeliest first.

        They are fading, or still steady but silent for more than ``memory.warn_factor`` usual gaps.

        Examples
        --------
        >>> found = tg.planning.top_of_mind(tg.datasets.load_office(), "ana")
        >>> [mind.person for mind in found.about_to_forget]
        []
        """
        return tuple(mind for mind in self.minds if self._about_to(mind))

    def _about_to(self, mind: Mind) -> bool:
        if mind.state == "fading":
            return True
        if mind.state != "steady" or mind.silent_days is None or mind.usual_gap_days is None:
            return False
        return mind.silent_days > self.memory.warn_factor * mind.usual_gap_days

    @property
    def projection(self) -> pd.DataFrame:
        """Chance to speak up unasked, by person and month from now.

        Examples
        --------
        >>> found = tg.planning.top_of_mind(tg.datasets.load_office(), "ana", months=2)
        >>> found.projection.loc["ben"].round(2).tolist()
        [0.17, 0.16, 0.16]
        """
        return self.projected("unasked")

    def projected(self, quantity: Literal["unasked", "recall", "willingness"]) -> pd.DataFrame:
        """Return one quantity by person and month, if nothing happens.

        Parameters
        ----------
        quantity
            ``"unasked"``, ``"recall"`` or ``"willingness"``.

        Returns
        -------
        pandas.DataFrame
            Indexed by ``person``, in the order of the sequence; columns ``month`` 0 (now) to
            ``months``; chances in [0, 1], NaN where they are not known.

        Raises
        ------
        ValueError
            If there is no such quantity.

        Examples
        --------
        >>> found = tg.planning.top_of_mind(tg.datasets.load_office(), "ana", months=2)
        >>> found.projected("recall").loc["ben"].round(2).tolist()
        [0.8, 0.77, 0.75]
        """
        if quantity not in QUANTITIES:
            message = f"there is no quantity {quantity!r}; name one of {', '.join(QUANTITIES)}"
            raise ValueError(message)
        recall, willingness = (
            np.array(
                [getattr(mind, f"{name}_by_month") for mind in self.minds], np.float64
            ).reshape(len(self.minds), self.months + 1)
            for name in ("recall", "willingness")
        )
        values = {
            "unasked": recall * self.mention * willingness,
            "recall": recall,
            "willingness": willingness,
        }
        return pd.DataFrame(
            values[quantity],
            index=self._index(),
            columns=pd.RangeIndex(self.months + 1, name="month"),
        )

    def _index(self) -> "pd.Index[Any]":
        people = [mind.person for mind in self.minds]
        index: pd.Index[Any] = pd.Index(people, name="person", tupleize_cols=False)
        return index

    def to_frame(self) -> pd.DataFrame:
        """Return one row a person.

        Returns
        -------
        pandas.DataFrame
            Indexed by ``person``; columns ``name, recall, willingness, unasked, in_3_months,
            in_6_months, in_12_months, usual_gap_days, silent_days`` (NaN where unknown),
            ``last_contact, forgets_on, recall_half_on`` (ISO days, empty where unknown) and
            ``state``; the likeliest to speak up first.

        Examples
        --------
        >>> frame = tg.planning.top_of_mind(tg.datasets.load_office(), "ana").to_frame()
        >>> frame[["unasked", "in_12_months", "state"]].head(2).round(2)
                unasked  in_12_months   state
        person
        ben        0.17          0.13  steady
        chiara     0.15          0.12  steady
        """
        index = self._index()
        return pd.DataFrame(
            {
                name: pd.Series([getattr(mind, name) for mind in self.minds], index, dtype=kind)
                for name, kind in COLUMNS.items()
            },
            index=index,
        )

    def explain(self) -> str:
        """Return the answer in plain sentences.

        Returns
        -------
        str
            How many people would speak up, who first, who is about to forget, and what is not
            known.

        Examples
        --------
        >>> found = tg.planning.top_of_mind(tg.datasets.load_office(), "ana")
        >>> print(found.explain().splitlines()[0])
        8 people have a tie to Ana Lima. ...
        """
        return "\n".join(map(shown, lines.lines(self)))

    def _repr_html_(self) -> str:
        body = table_html(self.to_frame()) if self.minds else ""
        title = f"Who would think of {self.person_name}"
        return card_html(title, body, lines=lines.summary(self))
