"""What every step is worth as a step to an intermediary, whatever is asked: one array a variant."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Literal, NamedTuple, TypedDict

import numpy as np
import numpy.typing as npt

from trustgraph._typing import Bools, Floats, Ints

__all__ = [
    "FACTORS",
    "Known",
    "Passing",
    "Passings",
    "Purpose",
    "Variant",
    "is_constant",
    "reaches",
]

Purpose = Literal["vouch", "reach"]
FACTORS: Final[Mapping[str, tuple[str, ...]]] = {
    "vouch": ("response", "willingness", "endorsed_trust"),
    "reach": ("response", "forwards"),
}
"""What is multiplied, in this order: another order would change the last digit."""
KEPT: Final = 4
"""Variants that are kept besides an index's own."""


@dataclass(frozen=True, eq=False)
class Passing:
    """Factor of every step as a step to an intermediary, before clarity and retention.

    Attributes
    ----------
    out
        Factor of each step, shape (m,), in [0, 1]; 0 where the step may not be used.
    back
        The same in the order of ``in_asker``, in single precision and never below the factor
        itself: a bound for searches that come from the target; 0 exactly where the factor is 0.

    Examples
    --------
    >>> index = tg.TrustIndex.from_graph(nx.DiGraph([("bo", "ana", {"trust": 0.8})]))
    >>> passing = index.passing(min_willingness=0.2, observed_only=True)
    >>> passing.out.tolist(), bool(passing.back[0] >= 0.8)
    ([0.8], True)
    """

    out: Floats
    back: npt.NDArray[np.float32]


class Known(TypedDict):
    """What a file or a copy of an index tells its `Passings`."""

    all_observed: bool
    lowest_willingness: float
    own: Passing


class Variant(NamedTuple):
    """What tells one `Passing` of an index from another."""

    purpose: Purpose
    min_willingness: float
    observed_only: bool
    spare: bool


def is_constant(values: npt.NDArray[Any]) -> bool:
    """Whether an array is one value that is held once, however long the array is."""
    return bool(values.size) and values.strides == (0,)


def reaches(willingness: npt.NDArray[Any], cut: float) -> Bools:
    """Whether each willingness reaches a cut that is held as precisely as the willingness."""
    enough: Bools = willingness >= willingness.dtype.type(cut)
    return enough


class Passings:
    """The variants of `Passing` of one index, each made at most once while it is in use.

    Parameters
    ----------
    told
        The factors of the steps by name, and ``observed``; each of shape (m,).
    out_asked, in_step
        Of the index.
    spared
        Who is not to be asked, by number, shape (n,).
    min_willingness
        That of the index's own model.
    """

    def __init__(
        self,
        told: Mapping[str, npt.NDArray[Any]],
        *,
        out_asked: Ints,
        in_step: Ints,
        spared: Bools,
        min_willingness: float,
    ) -> None:
        self._told = told
        self._out_asked = out_asked
        self._in_step = in_step
        self._spared = spared
        self._min_willingness = min_willingness
        self._made: dict[Variant, Passing] = {}

    @cached_property
    def all_observed(self) -> bool:
        """Whether a record states every tie."""
        return bool(self._told["observed"].all())

    @cached_property
    def lowest_willingness(self) -> float:
        """Willingness of the step that has least, in [0, 1]; 1 where there is no step."""
        willingness = self._told["willingness"]
        return float((willingness[:1] if is_constant(willingness) else willingness).min(initial=1))

    @cached_property
    def _anybody_spared(self) -> bool:
        return bool(self._spared.any())

    @cached_property
    def own(self) -> Variant:
        """The variant of the index's own model."""
        return self.variant(Variant("vouch", self._min_willingness, observed_only=True, spare=True))

    @property
    def held(self) -> tuple[Passing, ...]:
        """All that is kept."""
        return tuple(self._made.values())

    def variant(self, wanted: Variant) -> Variant:
        """Return the first of all variants that are the same as this one."""
        purpose, cut, observed_only, spare = wanted
        if (
            purpose == "reach"
            or self._told["willingness"].dtype.type(cut) <= self.lowest_willingness
        ):
            cut = 0.0
        return Variant(
            purpose, cut, observed_only and not self.all_observed, spare and self._anybody_spared
        )

    def get(self, wanted: Variant) -> Passing:
        """Return a variant, made if it is not kept; the oldest one kept makes room for it."""
        variant = self.variant(wanted)
        made = self._made.get(variant)
        if made is None:
            others = [key for key in self._made if key != self.own]
            for old in others[: max(0, len(others) - KEPT + 1)]:
                self._made.pop(old, None)
            made = self._make(variant, self._told)
            self.keep(variant, made)
        return made

    def keep(self, variant: Variant, passing: Passing) -> None:
        """Keep a variant."""
        self._made[variant] = passing

    @property
    def known(self) -> Known:
        """What takes a look at every step to find out."""
        return {
            "all_observed": self.all_observed,
            "lowest_willingness": self.lowest_willingness,
            "own": self.get(self.own),
        }

    def settle(self, *, all_observed: bool, lowest_willingness: float, own: Passing) -> None:
        """Take over what is known already, so that no column need be read for it."""
        vars(self).update(all_observed=all_observed, lowest_willingness=lowest_willingness)
        self.keep(self.own, own)

    def keep_own(self, told: Mapping[str, npt.NDArray[Any]]) -> None:
        """Make the index's own variant of the factors as they were given, in full precision."""
        self.keep(self.own, self._make(self.own, told))

    def _make(self, variant: Variant, told: Mapping[str, npt.NDArray[Any]]) -> Passing:
        factors = [told[name] for name in FACTORS[variant.purpose]]
        real = [one for one in factors if not (is_constant(one) and (one[:1] == 1).all())]
        out: Floats = np.ascontiguousarray(real[0] if real else np.ones(len(self._in_step)))
        for factor in real[1:]:
            out = np.multiply(out, factor, dtype=np.float64)
        out = out.astype(np.float64, copy=False)
        exact = self._made.get(self.own)
        if exact is not None and variant.purpose == "vouch":
            out = np.where(exact.out > 0, exact.out, out)  # what is told may be less precise
        closed = self._closed(variant, told)
        if closed is not None and closed.any():
            out = np.where(closed, 0.0, out)
        return Passing(out, _bounds(out, self._in_step))

    def _closed(self, variant: Variant, told: Mapping[str, npt.NDArray[Any]]) -> Bools | None:
        """Return which steps are left out; None: not one."""
        closed: Bools | None = None
        if variant.min_willingness > 0:
            closed = ~reaches(told["willingness"], variant.min_willingness)
        if variant.observed_only:
            unseen = ~told["observed"]
            closed = unseen if closed is None else closed | unseen
        if variant.spare:
            spared = self._spared[self._out_asked]
            closed = spared if closed is None else closed | spared
        return closed


def _bounds(out: Floats, in_step: Ints) -> npt.NDArray[np.float32]:
    """Return the factors in the order of the incoming steps, rounded up to single precision."""
    bound = out.astype(np.float32)
    low = bound < out
    bound[low] = np.nextafter(bound[low], np.float32(np.inf))
    return np.take(bound, in_step)
