"""What a question about favours given and received returns."""

from typing import Any, Final, Literal

import pandas as pd

from trustgraph._html import card_html, shown, table_html
from trustgraph.models.base import FrozenModel
from trustgraph.models.result import SequenceResult
from trustgraph.planning import _ledger_lines as lines

__all__ = ["FAVOURS", "Favour", "FavourTie", "GenerosityLedger"]

FAVOURS: Final = ("help_given", "introduction_made", "recommendation", "skill_endorsement")
"""Kinds of evidence that are favours of their doer to the other."""
BOTH_WAYS: Final = ("given", "received")
COLUMNS: Final = {
    "name": "str",
    "given": "int64",
    "received": "int64",
    "given_weight": "float64",
    "received_weight": "float64",
    "balance": "float64",
    "last_given": "str",
    "last_received": "str",
    "dormant_debt": "bool",
    "importance": "float64",
}


class Favour(FrozenModel):
    """Favours of one kind between two people, seen by one of them.

    Attributes
    ----------
    kind
        One of `FAVOURS`.
    given, received
        How many acts, at least 0.
    given_weight, received_weight
        What they still weigh, in observations, at least 0.
    last_given, last_received
        UTC days (ISO); empty if unknown, or if there was none.

    Examples
    --------
    >>> tg.planning.Favour(kind="help_given", given=1, given_weight=1.2).received
    0
    """

    kind: str
    given: int = 0
    received: int = 0
    given_weight: float = 0.0
    received_weight: float = 0.0
    last_given: str = ""
    last_received: str = ""


class FavourTie(FrozenModel):
    """What passed between the person of the ledger and one other.

    Attributes
    ----------
    person, name
        The other.
    favours
        One entry a kind of which there was any, in the order of `FAVOURS`.
    dormant_debt
        Whether they gave, weigh in for more than was given back, nothing was given since, and
        there was no favour either way for a long time.
    importance
        What the goals owe to them, at least 0; 0 if no goals were named.

    Examples
    --------
    >>> help_ = tg.planning.Favour(kind="help_given", received=2, received_weight=2.4)
    >>> tie = tg.planning.FavourTie(person="bo", name="Bo Reyes", favours=(help_,))
    >>> tie.balance, tie.reciprocal
    (-2.4, False)
    """

    person: str
    name: str
    favours: tuple[Favour, ...] = ()
    dormant_debt: bool = False
    importance: float = 0.0

    @property
    def given(self) -> int:
        """Number of favours given."""
        return sum(one.given for one in self.favours)

    @property
    def received(self) -> int:
        """Number of favours received."""
        return sum(one.received for one in self.favours)

    @property
    def given_weight(self) -> float:
        """What was given still weighs, in observations, at least 0."""
        return sum(one.given_weight for one in self.favours)

    @property
    def received_weight(self) -> float:
        """What was received still weighs, in observations, at least 0."""
        return sum(one.received_weight for one in self.favours)

    @property
    def balance(self) -> float:
        """What was given less what was received, in observations; below 0 they gave more."""
        return self.given_weight - self.received_weight

    @property
    def last_given(self) -> str:
        """Last UTC day (ISO) of a favour given; empty if unknown or none."""
        return max((one.last_given for one in self.favours), default="")

    @property
    def last_received(self) -> str:
        """Last UTC day (ISO) of a favour received; empty if unknown or none."""
        return max((one.last_received for one in self.favours), default="")

    @property
    def reciprocal(self) -> bool:
        """Whether there were favours both ways."""
        return self.given > 0 and self.received > 0


class GenerosityLedger(SequenceResult[FavourTie]):
    """Favours that one person gave and received, tie by tie.

    A sequence of `FavourTie`, those who gave most more than they got first, then by id. Empty is
    an answer: there are no favours on record.

    Attributes
    ----------
    person, person_name
        Whose ledger.
    ties
        Everybody with whom favours are on record, and whom the goals depend on.
    weights
        Kind of favour -> what one fresh favour weighs, in observations.
    dormant_days
        After so many days without a favour a debt is dormant.
    own_records
        Whether these are the person's own records; if not, favours that only their own archive
        tells of are missing.
    as_of
        Date of the ledger (ISO); empty if nothing has a date.
    schema_version
        Version of the dictionary form.

    Examples
    --------
    >>> ledger = tg.planning.generosity(tg.datasets.load_office(), "ana")
    >>> [(tie.person, tie.given, tie.received) for tie in ledger]
    [('chiara', 0, 1), ('emeka', 0, 5), ('goran', 3, 0)]
    """

    person: str
    person_name: str
    ties: tuple[FavourTie, ...]
    weights: dict[str, float]
    dormant_days: float = 365.0
    own_records: bool = True
    as_of: str = ""
    schema_version: Literal[1] = 1

    def held(self) -> tuple[FavourTie, ...]:
        """Return the ties, those who gave most more than they got first."""
        return self.ties

    @property
    def dormant_debts(self) -> tuple[FavourTie, ...]:
        """Those who gave, got less back, and with whom nothing was exchanged for long."""
        return tuple(tie for tie in self.ties if tie.dormant_debt)

    @property
    def one_sided(self) -> tuple[FavourTie, ...]:
        """Ties with favours in one direction only, the largest balance either way first."""
        alone = [tie for tie in self.ties if (tie.given > 0) != (tie.received > 0)]
        return tuple(sorted(alone, key=lambda tie: -round(abs(tie.balance), 12)))

    @property
    def help_first(self) -> tuple[FavourTie, ...]:
        """Whom to help first: who matters most for the goals, then who gave most more.

        Whoever got more than they gave is left out, and who neither matters nor is owed anything.
        """
        open_ = [tie for tie in self.ties if tie.balance <= 0 and (tie.balance or tie.importance)]
        return tuple(sorted(open_, key=lambda tie: -tie.importance))

    @property
    def reciprocity(self) -> float:
        """Share of the ties with favours that have them both ways, in [0, 1]; 0 if there are none.

        Examples
        --------
        >>> tg.planning.generosity(tg.datasets.load_office(), "ana").reciprocity
        0.0
        """
        some = [tie for tie in self.ties if tie.favours]
        return sum(tie.reciprocal for tie in some) / len(some) if some else 0.0

    @property
    def favours_per_tie(self) -> float:
        """Mean number of favours, both ways together, of the ties with favours; 0 without any."""
        some = [tie for tie in self.ties if tie.favours]
        return sum(tie.given + tie.received for tie in some) / len(some) if some else 0.0

    @property
    def totals(self) -> pd.DataFrame:
        """Everything together: one row a kind, and one for all.

        Examples
        --------
        >>> totals = tg.planning.generosity(tg.datasets.load_office(), "ana").totals
        >>> totals.loc[["help_given", "recommendation", "all"], ["given", "received"]]
                        given  received
        kind
        help_given          3         0
        recommendation      0         1
        all                 3         6
        """
        rows = {
            kind: [
                sum(getattr(one, name) for one in self._favours(kind))
                for name in (*BOTH_WAYS, "given_weight", "received_weight")
            ]
            for kind in FAVOURS
        }
        rows["all"] = [sum(column) for column in zip(*rows.values(), strict=True)]
        frame = pd.DataFrame.from_dict(
            rows, orient="index", columns=[*BOTH_WAYS, "given_weight", "received_weight"]
        )
        frame = frame.astype(
            {**dict.fromkeys(BOTH_WAYS, "int64"), "given_weight": float, "received_weight": float}
        )
        return frame.assign(balance=frame["given_weight"] - frame["received_weight"]).rename_axis(
            "kind"
        )

    def _favours(self, kind: str) -> list[Favour]:
        return [one for tie in self.ties for one in tie.favours if one.kind == kind]

    def to_frame(self) -> pd.DataFrame:
        """Return one row a tie.

        Returns
        -------
        pandas.DataFrame
            Indexed by ``person``; ``name``, ``given``, ``received`` (counts), ``given_weight``,
            ``received_weight``, ``balance`` (observations), ``last_given``, ``last_received``
            (ISO days, empty if unknown), ``dormant_debt``, ``importance``, and for each kind of
            favour its counts, such as ``help_given_given`` and ``help_given_received``.

        Examples
        --------
        >>> frame = tg.planning.generosity(tg.datasets.load_office(), "ana").to_frame()
        >>> frame[["given", "received", "balance", "last_given"]].round(2)
                given  received  balance  last_given
        person
        chiara      0         1    -1.19
        emeka       0         5    -0.09
        goran       3         0     2.75  2025-01-01
        """
        index = pd.Index([tie.person for tie in self.ties], name="person", dtype="str")
        columns: dict[str, Any] = {
            name: pd.Series([getattr(tie, name) for tie in self.ties], index, dtype=kind)
            for name, kind in COLUMNS.items()
        }
        for kind in FAVOURS:
            for way in BOTH_WAYS:
                counts = [
                    sum(getattr(one, way) for one in tie.favours if one.kind == kind)
                    for tie in self.ties
                ]
                columns[f"{kind}_{way}"] = pd.Series(counts, index, dtype="int64")
        return pd.DataFrame(columns, index=index)

    def explain(self) -> str:
        """Return the ledger in plain sentences.

        Returns
        -------
        str
            What was given and received, who is owed something and for how long, whom to help
            first, and what the numbers weigh.

        Examples
        --------
        >>> ledger = tg.planning.generosity(tg.datasets.load_office(), "ana")
        >>> print(ledger.explain().splitlines()[0])
        On record, Ana Lima gave 3 favours and received 6, in ties with 3 people.
        """
        return "\n".join(map(shown, lines.lines(self)))

    def _repr_html_(self) -> str:
        title = f"Favours of {self.person_name}"
        frame = self.to_frame()[list(COLUMNS)]
        body = table_html(frame) if self.ties else ""
        return card_html(title, body, lines=lines.summary(self))
