"""What one more tie of the seeker, or a better one, does for the reach of one target.

A change of what one person holds of the seeker changes one step of a question: the first one to
that person, or the direct one to a target. So there are a bound and a best score for everybody at
once, and the chance to be reached has to be worked out for few.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final, NamedTuple

import numpy as np

from trustgraph._typing import Bools, Floats, Ints, LongInts, Words
from trustgraph.engine.reliability_exact import MOST_PATHS, MOST_WORK, exact_total
from trustgraph.engine.reliability_sampling import open_words
from trustgraph.engine.reliability_stop import WORD
from trustgraph.steps.question import Question
from trustgraph.steps.subgraph import short_walks

__all__ = ["Offers", "Reach", "TargetReach"]

WORDS_AT_ONCE: Final = 1 << 23
"""Words of 64 samples that are held at once, 64 MB."""
PSEUDO: Final = 2.0
"""Hits and misses added in standard errors, so that none is 0 where no draw hit."""
MANY_ERRORS: Final = 5.0
"""Standard errors by which an estimate is taken to be off at most, in bounds."""


@dataclass(frozen=True, eq=False)
class Offers:
    """Ties that might be: what each person would hold of the seeker.

    Attributes
    ----------
    person
        Number of each person, shape (offers,).
    entry
        Factor of the step to them as the first one, in [0, 1].
    answer, trust
        Response and trust, for those who are targets themselves; in [0, 1].
    """

    person: LongInts
    entry: Floats
    answer: Floats
    trust: Floats

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.person)


class Reach(NamedTuple):
    """A chance and its standard error, 0 where it is exact."""

    value: float
    error: float


class TargetReach:
    """One target, as the seeker reaches it now and would with each of some offers.

    Parameters
    ----------
    question
        The seeker's question.
    most
        Largest number of intermediaries.
    offers
        What might be.
    samples, seed
        Of the draws where an exact answer would take too long.
    """

    def __init__(
        self, question: Question, most: int, offers: Offers, *, samples: int, seed: list[int]
    ) -> None:
        self._question = question
        self._most = most
        self._offers = offers
        self._words = -(-samples // WORD)
        self._seed = seed
        index = question.index
        self._further = question.further(np.arange(index.m))
        self._rows = np.flatnonzero(np.diff(index.out_start) > 0)
        self._best, self._bound = self._from_everybody()
        entries = np.zeros(index.n)
        entries[question.entry_asked] = question.entry_factor
        self._entry = entries[offers.person]
        places = {one.node: place for place, one in enumerate(question.targets)}
        self._target = np.array([places.get(one, -1) for one in offers.person.tolist()], np.int64)
        direct = np.zeros(len(question.targets))
        direct[question.direct_target] = question.direct_factor
        self._direct = np.where(self._target >= 0, direct[self._target], 0.0)
        self._new_direct = offers.answer * question.kappa * offers.trust
        self._may_enter = (self._target < 0) & (most > 0)

    def _from_everybody(self) -> tuple[Floats, Floats]:
        """Return the best product from each intermediary on, and a bound of the chance to get on.

        The chance to get on by any of several steps is at most 1 less the product of the chances
        not to get on by each: they go together (Harris' inequality). O(most x steps).
        """
        question, index = self._question, self._question.index
        last, missed = np.zeros(index.n), np.ones(index.n)
        if self._most:
            np.maximum.at(last, question.exit_asker, question.exit_factor)
            np.multiply.at(missed, question.exit_asker, 1.0 - question.exit_factor)
        best, bound = last, 1.0 - missed
        for _ in range(self._most - 1):
            by_step = self._further * best[index.out_asked]
            fails = 1.0 - self._further * bound[index.out_asked]
            further, none = last.copy(), missed.copy()
            if len(self._rows):
                start = index.out_start[self._rows]
                further[self._rows] = np.maximum(
                    last[self._rows], np.maximum.reduceat(by_step, start)
                )
                none[self._rows] *= np.multiply.reduceat(fails, start)
            best, bound = further, 1.0 - none
        return best, bound

    @cached_property
    def score(self) -> float:
        """Score of the best path as it is."""
        question = self._question
        entries = question.entry_factor * self._best[question.entry_asked]
        return float(max(entries.max(initial=0.0), question.direct_factor.max(initial=0.0)))

    @cached_property
    def scores(self) -> Floats:
        """Score of the best path with each offer."""
        by = np.where(self._may_enter, self._offers.entry * self._best[self._offers.person], 0.0)
        direct = np.where(self._target >= 0, self._new_direct, 0.0)
        return np.maximum(self.score, np.maximum(by, direct))

    @cached_property
    def now(self) -> Reach:
        """Chance that the target is reached as it is."""
        value = self._exact(self._question)
        return self._sampled.now if value is None else Reach(value, 0.0)

    @cached_property
    def bounds(self) -> Floats:
        """Bounds of what each offer adds to the chance; never below it."""
        low = max(self.now.value - MANY_ERRORS * self.now.error, 0.0)
        beyond = self._bound[self._offers.person]
        more = np.maximum(self._offers.entry - self._entry, 0.0)
        held = 1.0 - self._entry * beyond
        left = np.where(held > 0, np.minimum((1.0 - low) / np.where(held > 0, held, 1.0), 1.0), 1.0)
        entering = np.where(self._may_enter, more * beyond * left, 0.0)
        straight = np.where(self._target >= 0, self._straight(low), 0.0)
        return np.maximum(entering, straight)

    def _straight(self, now: float) -> Floats:
        """Return what another direct step adds: the other ways fail as they did."""
        others = np.where(self._direct < 1.0, 1.0 - self._direct, 1.0)
        gain = (1.0 - now) * (self._new_direct - self._direct) / others
        return np.where(self._direct < 1.0, np.maximum(gain, 0.0), 0.0)

    def gain(self, place: int) -> Reach:
        """Return what an offer adds to the chance that the target is reached."""
        if self._target[place] >= 0:
            gain = float(self._straight(self.now.value)[place])
            share = gain / (1.0 - self.now.value) if self.now.value < 1.0 else 0.0
            return Reach(gain, share * self.now.error)
        more = self._offers.entry[place] - self._entry[place]
        beyond = self._bound[self._offers.person[place]]
        if not self._may_enter[place] or more <= 0 or beyond <= 0:
            return Reach(0.0, 0.0)
        value = None if self.now.error else self._exact(self._with(place))
        if value is None:
            return self._sampled.gain(place, more)
        return Reach(max(value - self.now.value, 0.0), 0.0)

    def _with(self, place: int) -> Question:
        """Return the question with another first step to the person of an offer."""
        question = self._question
        person, factor = self._offers.person[place], self._offers.entry[place]
        there = np.searchsorted(question.entry_asked, person)
        asked, factors = question.entry_asked, question.entry_factor
        if there < len(asked) and asked[there] == person:
            factors = factors.copy()
            factors[there] = factor
            return replace(question, entry_factor=factors)
        return replace(
            question,
            entry_asked=np.insert(asked, there, person).astype(asked.dtype),
            entry_factor=np.insert(factors, there, factor),
            entry_step=np.insert(question.entry_step, there, -1),
        )

    def _exact(self, question: Question) -> float | None:
        steps = short_walks(question, self._most)
        if steps.people == 0 or steps.direct >= 1.0:
            return steps.direct
        return exact_total(steps.network(), most_paths=MOST_PATHS, most_work=MOST_WORK)

    @cached_property
    def _sampled(self) -> "_Sampled":
        return _Sampled(self._draw())

    def _draw(self) -> "_Hits":
        """Draw states of all steps but the offered ones and count.

        Everybody's way to the target is followed backwards in the same states, so the offers
        share them; the offered step itself is not drawn but multiplied.
        """
        question, index = self._question, self._question.index
        keep = np.flatnonzero((self._further > 0) & (self._bound[index.out_asked] > 0))
        width = max(1, min(self._words, WORDS_AT_ONCE // max(len(keep) + 2 * index.n, 1)))
        rng = np.random.default_rng(self._seed)
        offers = len(self._offers)
        now, newly, words = 0, np.zeros(offers, np.int64), 0
        while words < self._words:
            size = min(width, self._words - words)
            reached = self._reached(keep, size, rng)
            first = reached[question.entry_asked] & open_words(question.entry_factor, size, rng)
            others, all_ = _but_one(first)
            now += int(np.bitwise_count(all_).sum())
            place = np.searchsorted(question.entry_asked, self._offers.person)
            place = np.minimum(place, max(len(question.entry_asked) - 1, 0))
            for offer in np.flatnonzero(self._may_enter):
                person = self._offers.person[offer]
                own = self._entry[offer] > 0
                without = others[place[offer]] if own else all_
                newly[offer] += int(np.bitwise_count(reached[person] & ~without).sum())
            words += size
        direct = 1.0 - float(np.prod(1.0 - question.direct_factor))
        return _Hits(now, newly, words * WORD, direct)

    def _reached(self, keep: LongInts, size: int, rng: np.random.Generator) -> Words:
        """Return in which samples each person, as an intermediary, leads to the target."""
        question, index = self._question, self._question.index
        last = np.zeros((index.n, size), np.uint64)
        drawn = open_words(question.exit_factor, size, rng)
        np.bitwise_or.at(last, question.exit_asker, drawn)
        works = open_words(self._further[keep], size, rng)
        asker, asked = index.asker_of(keep), index.out_asked[keep]
        first = np.flatnonzero(_begins(asker))
        reached = last
        for _ in range(self._most - 1):
            on = last.copy()
            if len(keep):
                on[asker[first]] |= np.bitwise_or.reduceat(works & reached[asked], first, axis=0)
            reached = on
        return reached


def _begins(asker: Ints | LongInts) -> Bools:
    begins = np.ones(len(asker), bool)
    begins[1:] = asker[1:] != asker[:-1]
    return begins


def _but_one(rows: Words) -> tuple[Words, Any]:
    """Return the union of all rows but each one, and of all."""
    before, after = np.zeros_like(rows), np.zeros_like(rows)
    if not len(rows):
        return rows, np.zeros(rows.shape[1], np.uint64)
    np.bitwise_or.accumulate(rows[:-1], axis=0, out=before[1:])
    after[:-1] = np.bitwise_or.accumulate(rows[:0:-1], axis=0)[::-1]
    return before | after, before[-1] | rows[-1]


class _Hits(NamedTuple):
    """Samples in which the target is reached now, and in which each offer would add it."""

    now: int
    newly: LongInts
    samples: int
    direct: float


class _Sampled:
    """Estimates from shared samples."""

    def __init__(self, hits: _Hits) -> None:
        self._hits = hits

    def _share(self, hits: int) -> Reach:
        left = 1.0 - self._hits.direct
        near = (hits + PSEUDO) / (self._hits.samples + 2 * PSEUDO)
        error = float(np.sqrt(near * (1.0 - near) / self._hits.samples))
        return Reach(left * hits / self._hits.samples, left * error)

    @property
    def now(self) -> Reach:
        share = self._share(self._hits.now)
        return Reach(self._hits.direct + share.value, share.error)

    def gain(self, place: int, more: float) -> Reach:
        share = self._share(int(self._hits.newly[place]))
        return Reach(more * share.value, more * share.error)
