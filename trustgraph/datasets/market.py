"""An invented market whose members rate each other, with a known truth."""

from numbers import Integral
from typing import Any, Final

import numpy as np
import pandas as pd

from trustgraph._typing import Floats, LongInts, Seed

__all__ = ["make_ratings"]

START: Final = 1_577_836_800.0
YEARS: Final = 4.0
YEAR: Final = 31_557_600.0
FEWEST: Final = 10
MOST_CROOKS: Final = 0.5
ANSWERED: Final = 0.5
"""Share of ratings that are answered."""
USUAL: Final = 0.4
"""Share of good opinions that are told by the smallest good rating."""
TYPICAL: Final = 0.25
"""Rating of an honest person by a rater who is neither kind nor harsh."""


def make_ratings(
    people: int = 400,
    deals: int = 4_000,
    *,
    crooks: float = 0.06,
    seed: Seed = 0,
) -> pd.DataFrame:
    """Invent ratings from -10 to 10 that members of a market give each other.

    Most people are honest, some better than others; crooks are praised by other crooks and rated
    badly by those who dealt with them. Some raters are kind to everybody, some are harsh, all like
    those better who are like them, and many give the smallest good rating. People find partners
    near those whom they know already, half of the ratings are answered soon, mostly in kind, and
    newcomers arrive all the time.

    Parameters
    ----------
    people
        Number of members, at least 10; a few may stay without a rating.
    deals
        Number of deals, at least 1. Each gives a rating, or two; who deals again does not rate
        again, so that there may be fewer ratings than deals.
    crooks
        Share of members who are crooks, in [0, 0.5].
    seed
        Of the draws.

    Returns
    -------
    pandas.DataFrame
        From the oldest to the newest: ``source``, ``target`` (names as ``m017``), ``rating``
        (whole, never 0) and ``time`` (seconds since 1970). Its ``attrs["crooks"]`` names the
        crooks.

    Raises
    ------
    ValueError
        If a number is out of range.

    Examples
    --------
    >>> told = tg.datasets.make_ratings(50, 300, seed=1)
    >>> bool(told["rating"].between(-10, 10).all()), told.columns.tolist()
    (True, ['source', 'target', 'rating', 'time'])
    """
    _check_whole("people", people, FEWEST)
    _check_whole("deals", deals, 1)
    if not 0 <= crooks <= MOST_CROOKS:
        message = f"crooks is {crooks!r}; give a share from 0 to {MOST_CROOKS}"
        raise ValueError(message)
    rng = np.random.default_rng(seed)
    crooked = rng.random(people) < crooks
    worth = np.where(crooked, -0.7, TYPICAL + 0.12 * rng.normal(size=people))
    kindness = 0.15 * rng.normal(size=people)
    place = rng.random(people)
    joined = np.sort(rng.random(people)) ** 1.3
    eager = rng.pareto(1.3, people) + 0.3

    when = np.sort(rng.random(deals)) * 0.999
    source, target = _partners(rng, when, joined, eager, place)
    answers = rng.random(deals) < ANSWERED
    soon = when + 0.002 * rng.exponential(size=deals)
    giver = np.concatenate([source, target[answers]])
    rated = np.concatenate([target, source[answers]])
    moment = np.concatenate([when, soon[answers]])
    apart = np.abs(place[giver] - place[rated])
    taste = 0.3 * np.cos(2 * np.pi * apart) - 0.15
    opinion = worth[rated] + kindness[giver] + taste + 0.12 * rng.normal(size=len(giver))
    opinion = np.where(crooked[giver], np.where(crooked[rated], 0.6, 0.1), opinion)
    # Who was rated badly answers badly.
    opinion[deals:] -= 0.6 * (opinion[:deals][answers] < 0.0)
    usual = (rng.random(len(giver)) < USUAL) & (opinion > 0.0)
    points = np.where(usual, 1, np.clip(np.round(10 * opinion), -10, 10)).astype(np.int64)
    points[points == 0] = 1
    width = len(str(people - 1))
    names = np.array([f"m{number:0{width}d}" for number in range(people)], dtype=object)
    frame = pd.DataFrame(
        {
            "source": names[giver],
            "target": names[rated],
            "rating": points,
            "time": np.round(START + YEARS * YEAR * np.minimum(moment, 1.0)),
        }
    )
    once = frame.loc[giver != rated].drop_duplicates(["source", "target"])
    told: pd.DataFrame = once.sort_values("time", kind="stable", ignore_index=True)
    told.attrs["crooks"] = names[crooked].tolist()
    return told


def _check_whole(name: str, value: Any, least: int) -> None:
    if isinstance(value, bool) or not isinstance(value, Integral) or value < least:
        message = f"{name} is {value!r}; give a whole number from {least}"
        raise ValueError(message)


def _partners(
    rng: np.random.Generator,
    when: Floats,
    joined: Floats,
    eager: Floats,
    place: Floats,
) -> tuple[LongInts, LongInts]:
    """Return who deals with whom at each moment: those who have joined, mostly near each other."""
    upto = np.concatenate([[0.0], np.cumsum(eager)])
    here = np.maximum(np.searchsorted(joined, when, side="right"), 2)

    def somebody() -> LongInts:
        drawn = np.searchsorted(upto, rng.random(len(when)) * upto[here], side="right") - 1
        found: LongInts = np.minimum(drawn, here - 1)
        return found

    source = somebody()
    choices = np.stack([somebody() for _ in range(6)])
    away = np.abs(place[choices] - place[source])
    nearest = np.argmin(np.where(choices == source, 2.0, np.minimum(away, 1 - away)), axis=0)
    return source, choices[nearest, np.arange(len(when))]
