"""Invented records of contact in which different things tell who turns to whom next.

Pairs have rates of contact, drawn log-normally. Rates drift, people come and go, ties end, weekends
are quiet, or contact is periodic; what that makes predictive follows from the numbers below, which
stand for kinds of records, not for any file.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

DAY = 86_400
START = 1_000_000_000


@dataclass(frozen=True)
class ContactWorld:
    """A kind of record.

    ``rate`` days of contact a day and pair on average, spread by ``uneven`` (of logarithms);
    ``drift`` (of logarithms, over ``drift_days``) of pairs and of ``people_drift`` of people;
    ``tie_days``, ``stay_days`` mean life of ties and of people, 0 for ever; ``late`` share of
    people who come later; ``weekend`` what a day of a weekend counts; ``fade`` of all, in
    logarithms over the whole record; ``hub`` how uneven popularity is; ``periodic`` contact.
    """

    name: str
    people: int
    days: int
    pairs: int
    rate: float
    uneven: float = 1.4
    drift: float = 0.0
    drift_days: float = 30.0
    people_drift: float = 0.0
    tie_days: float = 0.0
    stay_days: float = 0.0
    late: float = 0.0
    weekend: float = 1.0
    fade: float = 0.0
    hub: float = 0.8
    periodic: bool = False


WORLDS = (
    ContactWorld(
        "mail of an office", people=120, days=500, pairs=1800, rate=0.02, drift=1.2,
        drift_days=40, people_drift=0.8, tie_days=900, stay_days=900, late=0.5, weekend=0.1,
    ),
    ContactWorld(
        "calls of a month", people=600, days=28, pairs=2500, rate=0.08, uneven=1.3, drift=0.7,
        drift_days=6,
    ),
    ContactWorld(
        "mail of a campus", people=200, days=300, pairs=2500, rate=0.03, drift=1.0, drift_days=60,
        weekend=0.2, late=0.2,
    ),
    ContactWorld("steady rates", people=150, days=200, pairs=1500, rate=0.03, uneven=1.5),
    ContactWorld(
        "a platform that fades", people=1500, days=190, pairs=9000, rate=0.12, uneven=1.2,
        drift=1.0, drift_days=15, people_drift=1.0, tie_days=40, stay_days=80, late=0.5, fade=1.0,
    ),
    ContactWorld("regular contact", people=120, days=200, pairs=900, rate=0.05, uneven=1.0,
                 periodic=True),
    ContactWorld(
        "the archive of one person", people=800, days=700, pairs=799, rate=0.03, uneven=1.5,
        drift=1.0, drift_days=90, hub=3.0,
    ),
)  # fmt: skip


def make_contacts(world: ContactWorld, *, seed: int = 0) -> pd.DataFrame:
    """Return contacts of a world: ``source``, ``target`` and ``time`` in whole seconds."""
    rng = np.random.default_rng(seed)
    first, second = _pairs(world, rng)
    begin = np.where(rng.random(world.people) < world.late, rng.random(world.people), 0.0)
    begin = begin * world.days
    end = begin + _life(world.stay_days, world.people, rng)
    low = np.maximum(begin[first], begin[second])
    high = np.minimum(end[first], end[second])
    if world.tie_days:
        life = _life(world.tie_days, len(first), rng)
        born = rng.uniform(-life, world.days)
        low, high = np.maximum(low, born), np.minimum(high, born + life)
    day = np.arange(world.days)
    number = (
        _regular(world, len(first), rng) if world.periodic else _drawn(world, first, second, rng)
    )
    number = number * ((day >= low[:, None]) & (day < high[:, None]))
    pair, when = (np.repeat(part, number[number > 0]) for part in np.nonzero(number))
    leads = rng.beta(2, 2, len(first))[pair]
    turns = rng.geometric(0.5, len(pair))
    start = when + rng.uniform(0, 0.9, len(pair))
    forward = rng.random(len(pair)) < leads
    # A day of contact is one message and, half of the time, an answer, and so on.
    which = np.arange(turns.sum()) - np.repeat(np.cumsum(turns) - turns, turns)
    forward = np.repeat(forward, turns) ^ (which % 2 == 1)
    one, other = np.repeat(first[pair], turns), np.repeat(second[pair], turns)
    time = np.repeat(start, turns) + 0.005 * which
    return pd.DataFrame(
        {
            "source": np.where(forward, one, other),
            "target": np.where(forward, other, one),
            "time": START + np.floor(time * DAY).astype(np.int64),
        }
    ).sort_values("time", ignore_index=True)


def _pairs(world: ContactWorld, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    popular = (1.0 + np.arange(world.people)) ** -world.hub
    if world.hub > 2:  # everybody knows the first, nobody anybody else
        return np.zeros(world.pairs, dtype=np.int64), 1 + np.arange(world.pairs)
    ends = rng.choice(world.people, (2, 8 * world.pairs), p=popular / popular.sum())
    low, high = ends.min(axis=0), ends.max(axis=0)
    both = np.unique((low * world.people + high)[low < high])
    return np.divmod(rng.permutation(both)[: world.pairs], world.people)


def _life(mean: float, number: int, rng: np.random.Generator) -> np.ndarray:
    return rng.exponential(mean, number) if mean else np.full(number, 1e9)


def _drawn(
    world: ContactWorld, first: np.ndarray, second: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """Return numbers of contacts by pair and day."""
    day = np.arange(world.days)
    level = np.log(world.rate) - world.uneven**2 / 2
    rate = level + world.uneven * rng.standard_normal(len(first))[:, None]
    rate = rate + _wander(len(first), world.days, world.drift, world.drift_days, rng)
    moods = _wander(world.people, world.days, world.people_drift, world.drift_days, rng)
    rate = rate + 0.7 * (moods[first] + moods[second]) - world.fade * day / world.days
    rate = rate + np.where(day % 7 < 5, 0.0, np.log(world.weekend))
    return rng.poisson(np.minimum(np.exp(rate), 3.0))


def _wander(
    number: int, days: int, spread: float, memory: float, rng: np.random.Generator
) -> np.ndarray:
    """Return logarithms that wander around 0 (Ornstein-Uhlenbeck), by row and day."""
    out = np.zeros((number, days))
    if spread:
        kept = np.exp(-1 / memory)
        now = spread * rng.standard_normal(number)
        for day in range(days):
            out[:, day] = now - spread**2 / 2
            now = kept * now + spread * np.sqrt(1 - kept**2) * rng.standard_normal(number)
    return out


def _regular(world: ContactWorld, number: int, rng: np.random.Generator) -> np.ndarray:
    """Return contacts at gaps that are a pair's own, give or take a seventh."""
    level = np.log(world.rate) - world.uneven**2 / 2
    gap = np.exp(-level - world.uneven * rng.standard_normal(number))
    most = int(world.days / gap.min()) + 2
    gaps = np.maximum(rng.normal(1, 0.15, (number, most)), 0.2) * gap[:, None]
    at = np.cumsum(gaps, axis=1) - gap[:, None] * rng.random((number, 1))
    out = np.zeros((number, world.days), dtype=np.int64)
    row, place = np.nonzero((at >= 0) & (at < world.days))
    np.add.at(out, (row, at[row, place].astype(np.int64)), 1)
    return np.minimum(out, 1)
