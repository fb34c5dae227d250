"""The arrays of an index, and what is looked up in them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any, Final

import numpy as np
import pandas as pd

from trustgraph._text import clean, fold, near
from trustgraph._typing import Bools, Floats, Ints, LongInts
from trustgraph.engine.workspace import Workspaces
from trustgraph.errors import AmbiguousPersonError, UnknownPersonError
from trustgraph.graph._arrays import bytes_held, constant
from trustgraph.graph._labels import Numbers
from trustgraph.graph._passing import (
    FACTORS,
    Passing,
    Passings,
    Purpose,
    Variant,
    is_constant,
    reaches,
)
from trustgraph.graph._people import People
from trustgraph.graph._records import Records
from trustgraph.graph._values import NUMBERS
from trustgraph.trust.model import TrustModel

__all__ = ["IndexArrays"]

BEHIND: Final = ("kinds", "last_contact")
"""Attributes of an edge that tell of the records behind a tie."""


@dataclass(frozen=True, eq=False, repr=False)
class IndexArrays:
    """What a `TrustIndex` holds, whatever it was made of; the fields are described there."""

    labels: tuple[Any, ...]
    out_start: LongInts
    out_asked: Ints
    in_start: LongInts
    in_asker: Ints
    in_step: Ints
    trust: Floats
    certainty: Floats
    willingness: Floats
    endorsed_trust: Floats
    forwards: Floats
    recall: Floats
    response: Floats
    observed: Bools
    _people: People
    model: TrustModel | None = None
    as_of: str = ""
    owners: tuple[str, ...] = ()
    _silent: Mapping[str, Any] = field(default_factory=dict)
    _records: Records | None = None

    def passing(
        self,
        *,
        purpose: Purpose = "vouch",
        min_willingness: float,
        observed_only: bool,
        spare: bool = True,
    ) -> Passing:
        """Return the factor of every step as a step to an intermediary.

        Parameters
        ----------
        purpose
            ``"vouch"``: response x willingness x endorsed trust; ``"reach"``: response x forwards.
        min_willingness
            Willingness in [0, 1] under which nobody vouches; nothing to ``"reach"``.
        observed_only
            Whether steps on inferred ties count as 0.
        spare
            Whether steps to people who are not to be asked count as 0.

        Returns
        -------
        Passing
            The factors, kept for the next question of the same kind; not to be changed.

        Raises
        ------
        ValueError
            If there is no such purpose, or the willingness lies outside [0, 1].

        Examples
        --------
        >>> index = tg.TrustIndex.from_graph(nx.DiGraph([("bo", "ana", {"trust": 0.8})]))
        >>> index.passing(purpose="reach", min_willingness=0.2, observed_only=True).out.tolist()
        [1.0]
        """
        if purpose not in FACTORS:
            message = f"there is no purpose {purpose!r}; name one of {', '.join(FACTORS)}"
            raise ValueError(message)
        _check_cut(min_willingness)
        wanted = Variant(purpose, min_willingness, observed_only, spare)
        return self._passings.get(wanted)

    def willing(self, steps: Ints | LongInts | slice, min_willingness: float) -> Bools:
        """Return whether the people asked are willing enough to vouch.

        Parameters
        ----------
        steps
            Numbers of steps, or ``slice(None)`` for all.
        min_willingness
            Willingness in [0, 1] that is needed. It is held as precisely as the willingness of
            the steps, so that one given equal to it reaches it in an index of any size.

        Returns
        -------
        ndarray of bool
            One truth value a step.

        Raises
        ------
        ValueError
            If the willingness needed lies outside [0, 1].

        Examples
        --------
        >>> tie = {"trust": 0.8, "willingness": 0.7}
        >>> index = tg.TrustIndex.from_graph(nx.DiGraph([("bo", "ana", tie)]))
        >>> index.willing(slice(None), 0.7).tolist(), index.willing(np.array([0]), 0.71).tolist()
        ([True], [False])
        """
        _check_cut(min_willingness)
        return reaches(self.willingness[steps], min_willingness)

    @cached_property
    def _passings(self) -> Passings:
        return Passings(
            {name: getattr(self, name) for name in (*NUMBERS, "observed")},
            out_asked=self.out_asked,
            in_step=self.in_step,
            spared=self.spared,
            min_willingness=(self.model or TrustModel()).gate.min_willingness,
        )

    @property
    def nodes(self) -> pd.DataFrame:
        """One row a person, by number; made at first use."""
        return self._people.frame

    @property
    def spared(self) -> Bools:
        """Who is not to be asked, by number, shape (n,)."""
        return self._people.spared

    @property
    def all_observed(self) -> bool:
        """Whether a record states every tie."""
        return self._passings.all_observed

    @cached_property
    def inferred(self) -> Bools:
        """Whether each tie is only guessed, per step."""
        return ~self.observed

    @cached_property
    def workspaces(self) -> Workspaces:
        """Workspaces for searches in this index."""
        return Workspaces(self.n)

    @property
    def names(self) -> list[str]:
        """Full names by number; the id where none is known."""
        return self._people.names

    @property
    def n(self) -> int:
        """Number of people."""
        return len(self.labels)

    @property
    def m(self) -> int:
        """Number of steps, which is the number of trust edges."""
        return len(self.out_asked)

    @property
    def nbytes(self) -> int:
        """Bytes held by the arrays, shared ones once; without ids, names and records.

        Notes
        -----
        A fresh index of a million edges or more, with ten edges a person or more, takes at most
        60 bytes an edge, whatever is told of them; a smaller one up to 84, since it rounds
        nothing. Each further kind of question (another purpose, willingness needed, or use of
        inferred ties) adds 12 bytes an edge, for at most four kinds. Not counted are the
        workspaces of searches: 16 bytes a person and 8 for each level of the longest search, for
        every search that runs at the same time.
        """
        arrays = [value for value in vars(self).values() if isinstance(value, np.ndarray)]
        arrays += [self.spared, *self._silent.values()]
        arrays += [array for made in self._passings.held for array in (made.out, made.back)]
        return bytes_held(arrays)

    @cached_property
    def ids(self) -> "pd.Index[Any]":
        """Ids by number as an index of frames, named ``person``; a range where ids are numbers."""
        if self._numbers.are_ids:
            return pd.RangeIndex(self.n, name="person")
        ids: pd.Index[Any] = pd.Index(list(self.labels), name="person")
        return ids

    @cached_property
    def _numbers(self) -> Numbers:
        return Numbers(self.labels)

    @cached_property
    def _numbers_by_name(self) -> dict[str, list[int]]:
        """Numbers by full name, as written and without case and accents."""
        numbers: dict[str, list[int]] = {}
        for number, name in enumerate(self.names):
            for form in {clean(name), fold(name)}:
                numbers.setdefault(form, []).append(number)
        return numbers

    def number(self, person: Any) -> int:
        """Return the number of a person named by id or by a full name that is unique.

        Parameters
        ----------
        person
            Id or full name.

        Returns
        -------
        int
            The number, from 0.

        Raises
        ------
        UnknownPersonError
            If nobody has that id or name; it holds the nearest names.
        AmbiguousPersonError
            If several people have that name; it holds their ids.

        Examples
        --------
        >>> index = tg.TrustIndex.from_graph(tg.build_graph(tg.datasets.load_office()))
        >>> index.labels[index.number(index.labels[0])] == index.labels[0]
        True
        """
        known = self._numbers.find(person)
        if known is not None:
            return known
        numbers = self._numbers_by_name.get(clean(str(person)), [])
        numbers = numbers or self._numbers_by_name.get(fold(str(person)), [])
        if len(numbers) == 1:
            return numbers[0]
        if numbers:
            raise AmbiguousPersonError(str(person), [str(self.labels[i]) for i in numbers])
        raise UnknownPersonError(str(person), near(str(person), self.names))

    def step(self, asker: int, asked: int) -> int:
        """Return the number of the step between two people given by number, -1 if there is none."""
        low, high = int(self.out_start[asker]), int(self.out_start[asker + 1])
        place = low + int(np.searchsorted(self.out_asked[low:high], asked))
        return place if place < high and self.out_asked[place] == asked else -1

    def asker_of(self, steps: Ints | LongInts) -> LongInts:
        """Return the askers of steps given by number."""
        return np.searchsorted(self.out_start, steps, side="right") - 1

    @property
    def has_records(self) -> bool:
        """Whether some tie may tell of its records: ``kinds`` or ``last_contact``."""
        return self._records is not None and not self._records.names.isdisjoint(BEHIND)

    @cached_property
    def rating(self) -> Floats:
        """Rating of the asker by the asked person, per step, in [-1, 1]; trust where none is told.

        Examples
        --------
        >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.0, "rating": -0.5})])
        >>> tg.TrustIndex.from_graph(G).rating.tolist()
        [-0.5]
        """
        told = self._told("rating")
        if told is None:
            return self.trust
        given = np.array([np.nan if one is None else one for one in told], np.float64)
        return np.where(np.isnan(given), self.trust, given)

    @cached_property
    def last_contact(self) -> Floats:
        """When the asked person last had to do with the asker, per step; NaN where not told.

        In seconds since 1970 (UTC).

        Examples
        --------
        >>> tie = {"trust": 0.8, "last_contact": "1970-01-02"}
        >>> tg.TrustIndex.from_graph(nx.DiGraph([("bo", "ana", tie)])).last_contact.tolist()
        [86400.0]
        """
        told = self._told("last_contact")
        if told is None:
            return np.full(self.m, np.nan)
        days = pd.to_datetime(pd.Series(told, dtype=object), utc=True, format="ISO8601")
        since = (days - pd.Timestamp(0, tz="UTC")) / pd.Timedelta(seconds=1)
        return np.asarray(since, np.float64)

    def _told(self, name: str) -> list[Any] | None:
        """Return what the records tell of every step, None if they do not know the word."""
        if self._records is None or name not in self._records.names:
            return None
        return [None if one == "" else one for one in self._records.all_of(name)]

    def edge(self, asker: int, asked: int) -> dict[str, Any]:
        """Return what is told of the trust edge that a step stands on, besides the arrays.

        Parameters
        ----------
        asker, asked
            Numbers of both people; the edge leads from the asked person to the asker.

        Returns
        -------
        dict
            Of an index made of a graph: all attributes of the edge, as they are now. Of one made
            of a frame, or loaded: those of ``belief``, ``proximity``, ``rating``,
            ``last_contact``, ``evidence`` and ``kinds`` that it was given, with no gaps. Nothing
            where there is no such edge.

        Examples
        --------
        >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8, "evidence": 3})])
        >>> tg.TrustIndex.from_graph(G).edge(0, 1)
        {'trust': 0.8, 'evidence': 3}
        >>> tg.TrustIndex.from_frame(nx.to_pandas_edgelist(G)).edge(0, 1)
        {'evidence': 3}
        """
        step = -1 if self._records is None else self.step(asker, asked)
        return {} if self._records is None or step < 0 else self._records.of(step)

    def __getstate__(self) -> dict[str, Any]:
        """Copy and pickle the arrays and what they were made of; all else is made again."""
        held = {one.name: vars(self)[one.name] for one in fields(self)}
        same = {name: value for name, value in held.items() if _is_constant(value)}
        return {
            "held": {name: value for name, value in held.items() if name not in same},
            "constants": {name: (value[0], len(value)) for name, value in same.items()},
            "known": self._passings.known,
        }

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Take the parts over; what is one value stays one value."""
        vars(self).update(state["held"])
        vars(self).update({name: constant(*told) for name, told in state["constants"].items()})
        self._passings.settle(**state["known"])

    def __repr__(self) -> str:
        """Show the size, never the people."""
        return f"TrustIndex(people={self.n}, edges={self.m})"


def _is_constant(value: Any) -> bool:
    return isinstance(value, np.ndarray) and is_constant(value)


def _check_cut(min_willingness: float) -> None:
    if not 0 <= min_willingness <= 1:  # nor is it one if it is not a number
        message = f"min_willingness is {min_willingness}, it must lie in [0, 1]"
        raise ValueError(message)
