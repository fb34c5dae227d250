"""Invented networks of any size: communities, hubs, ties of every kind."""

import datetime as dt
from typing import Final

import numpy as np
import pandas as pd

from trustgraph._typing import Floats, LongInts, Seed
from trustgraph.datasets._cast import ORGANISATIONS, TITLES, draw_cast
from trustgraph.datasets._facts import full_name
from trustgraph.models import Network

__all__ = ["make_world"]

_DAY: Final = 86_400_000_000
_YEARS: Final = 12
# Share of the ties in which the kind occurs at all; items of such a tie; whether it grows with
# the strength of the tie.
_KINDS: Final = {
    "skill_endorsement": (0.20, 3, False),
    "recommendation": (0.05, 1, True),
    "meeting_day": (0.15, 6, True),
    "same_team_year": (0.12, 4, True),
    "project": (0.08, 2, True),
    "help_given": (0.08, 3, True),
    "introduction_made": (0.04, 2, True),
    "introduction_declined": (0.01, 1, False),
    "endorsement_failed": (0.005, 1, False),
}


def _communities(rng: np.random.Generator, people: int, communities: int) -> LongInts:
    """Return the community of each person, sorted, every community with somebody in it."""
    extra = rng.integers(0, communities, people - communities)
    return np.sort(np.concatenate([np.arange(communities), extra]))


def _spanning_pairs(rng: np.random.Generator, community: LongInts) -> LongInts:
    """Return a tie of each person to an earlier one, of the same community where there is one."""
    people = np.arange(1, community.size)
    first = np.searchsorted(community, community)[1:]
    earlier = np.where(first < people, first, 0)
    chosen = earlier + (rng.random(people.size) * (people - earlier)).astype(np.int64)
    return np.stack([chosen, people])


def _drawn_pairs(
    rng: np.random.Generator, community: LongInts, count: int, mixing: float
) -> LongInts:
    """Return ties whose ends are drawn by popularity, mostly within a community."""
    popularity = rng.pareto(1.5, community.size) + 0.3
    upto = np.concatenate([[0.0], np.cumsum(popularity)])
    start = upto[np.searchsorted(community, community)]
    stop = upto[np.searchsorted(community, community, side="right")]
    one = np.searchsorted(upto, rng.random(count) * upto[-1], side="right") - 1
    away = rng.random(count) < mixing
    low, high = np.where(away, 0.0, start[one]), np.where(away, upto[-1], stop[one])
    other = np.searchsorted(upto, low + rng.random(count) * (high - low), side="right") - 1
    ends: LongInts = np.minimum(np.stack([one, other]), community.size - 1)
    return ends


def _pairs(
    rng: np.random.Generator, community: LongInts, mean_degree: float, mixing: float
) -> LongInts:
    wanted = round(community.size * mean_degree / 2)
    ends = _spanning_pairs(rng, community)
    for _ in range(8):  # popular pairs are drawn again and again; a few rounds fill the gap
        lacking = wanted - ends.shape[1]
        if lacking <= 0:
            break
        ends = np.concatenate([ends, _drawn_pairs(rng, community, lacking, mixing)], axis=1)
        ends = np.sort(ends, axis=0)
        ends = np.unique(ends[:, ends[0] != ends[1]], axis=1)
    return ends


def _acts(rng: np.random.Generator, ends: LongInts, until: int) -> dict[str, list[LongInts]]:
    """Return source, target and time (microseconds since 1970) of the acts of each kind."""
    ties = ends.shape[1]
    strength: Floats = np.asarray(rng.beta(1.2, 2.5, ties))
    age = np.asarray((0.05 + 0.95 * rng.random(ties)) * _YEARS * 365 * _DAY)
    since = until - age.astype(np.int64)
    flip = rng.random(ties) < 0.5  # noqa: PLR2004 - either end may have asked
    source, target = np.where(flip, ends[1], ends[0]), np.where(flip, ends[0], ends[1])

    def spread(count: LongInts) -> tuple[LongInts, LongInts]:
        """Return which tie and when: acts come in a period of the tie that ends at random."""
        tie = np.repeat(np.arange(ties), count)
        end = since + (rng.beta(2.0, 0.8, ties) * (until - since)).astype(np.int64)
        at = since[tie] + (rng.random(tie.size) * (end - since)[tie]).astype(np.int64)
        return tie, at

    acts = {"connection": [source, target, since]}
    talks = np.floor(rng.exponential(1.0, ties) * 24 * strength**2).astype(np.int64)
    tie, at = spread(talks)
    answered = rng.random(tie.size) < 0.8  # noqa: PLR2004 - one message in five has no answer
    replied = tie[answered]
    acts["message_day"] = [
        np.concatenate([source[tie], target[replied]]),
        np.concatenate([target[tie], source[replied]]),
        np.concatenate([at, np.minimum(at[answered] + _DAY // 24, until)]),
    ]
    for kind, (share, most, grows) in _KINDS.items():
        chance = np.minimum(1.0, share * 2 * strength) if grows else share
        count = np.where(rng.random(ties) < chance, rng.integers(1, most + 1, ties), 0)
        tie, at = spread(count)
        back = rng.random(tie.size) < 0.5  # noqa: PLR2004 - either end may act
        acts[kind] = [
            np.where(back, target[tie], source[tie]),
            np.where(back, source[tie], target[tie]),
            at,
        ]
    return acts


def _evidence(acts: dict[str, list[LongInts]], ids: "pd.Index[str]") -> pd.DataFrame:
    sizes = [columns[0].size for columns in acts.values()]
    source, target, at = (
        np.concatenate([columns[number] for columns in acts.values()]) for number in range(3)
    )
    kinds = sorted(acts)
    codes = np.repeat([kinds.index(kind) for kind in acts], sizes)
    days = at // _DAY * _DAY
    frame = pd.DataFrame(
        {
            "kind": pd.Categorical.from_codes(codes, categories=pd.Index(kinds)),
            "source": pd.Categorical.from_codes(source, categories=ids),
            "target": pd.Categorical.from_codes(target, categories=ids),
            "at": pd.Series(days.astype("datetime64[us]")).dt.tz_localize("UTC"),
        }
    )
    # The same pair writes on one day once.
    return frame[~frame.duplicated() | (frame["kind"] != "message_day")].reset_index(drop=True)


def _careers(
    rng: np.random.Generator, community: LongInts, moment: pd.Timestamp
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the people, and for each the present position and the one before."""
    people = community.size
    cast = draw_cast(rng, people)
    width = len(str(people))
    ids = [f"p{number:0{width}d}" for number in range(1, people + 1)]
    anywhere, before = rng.integers(0, len(ORGANISATIONS), (2, people))
    settled = rng.random(people) < 0.8  # noqa: PLR2004 - the others work somewhere else
    home = np.where(settled, community % len(ORGANISATIONS), anywhere)
    work = np.array(ORGANISATIONS, dtype=object)
    titles = np.array(TITLES, dtype=object)[rng.integers(0, len(TITLES), people)]
    table = pd.DataFrame(
        {
            "id": ids,
            "name": [full_name(*both) for both in zip(cast["first"], cast["last"], strict=True)],
            "organisation": work[home],
            "position": titles,
        }
    )
    today = moment.tz_convert(None).normalize()
    changed = today - pd.to_timedelta(rng.integers(200, 3_000, people), unit="D")
    positions = pd.DataFrame(
        {
            "person": [*ids, *ids],
            "organisation": np.concatenate([work[before], work[home]]),
            "title": np.concatenate([titles, titles]),
            "started": [*(changed - pd.Timedelta(days=1_500)), *changed],
            "finished": [*changed, *[pd.NaT] * people],
        }
    )
    return table, positions


def make_world(
    people: int,
    *,
    seed: Seed = 0,
    communities: int | None = None,
    mean_degree: float = 8.0,
    mixing: float = 0.15,
    as_of: dt.datetime | dt.date | str = dt.date(2026, 1, 1),
) -> Network:
    """Return an invented network of any size, drawn from a seed.

    Parameters
    ----------
    people
        How many people (>= 2).
    seed
        Seed or generator; the same arguments give the same network.
    communities
        Number of communities, between 1 and ``people``; each works mostly for one organisation.
        Default: about the square root of half the people.
    mean_degree
        Ties a person on average, wished for; everybody has at least one and all are joined.
    mixing
        Share of the further ties that may leave the community, in [0, 1].
    as_of
        The moment that the records describe, in UTC; all are older.

    Returns
    -------
    Network
        Connected people with messages, meetings, recommendations, shared teams, projects, help,
        introductions and a few refusals over twelve years; the first person is the owner.

    Raises
    ------
    ValueError
        If a number is out of its range.

    Notes
    -----
    The ends of a tie are drawn by popularities with a power-law tail (Pareto, exponent 2.5 of the
    density), which gives degrees of the same tail (Chung and Lu 2002). Strength varies between
    ties, so that some pairs only connected and others talk every week. Everything is drawn in
    columns: 100,000 people take seconds.

    References
    ----------
    Chung, F., and Lu, L. (2002). The average distances in random graphs with given expected
    degrees. PNAS 99(25), 15879-15882. https://doi.org/10.1073/pnas.252631999

    Examples
    --------
    >>> net = tg.datasets.make_world(50, seed=7)
    >>> len(net.people), net.owner == net.people.index[0]
    (50, True)
    >>> net == tg.datasets.make_world(50, seed=7)
    True
    """
    if communities is None:
        communities = max(1, round((people / 2) ** 0.5))
    if people < 2 or not 1 <= communities <= people:  # noqa: PLR2004 - a tie has two ends
        message = f"a world needs 2 people or more and 1 to {people} communities"
        raise ValueError(message)
    if mean_degree <= 0 or not 0 <= mixing <= 1:
        message = f"mean_degree must be positive and mixing in [0, 1]: {mean_degree}, {mixing}"
        raise ValueError(message)
    rng = np.random.default_rng(seed)
    moment = pd.Timestamp(as_of)
    moment = moment.tz_localize("UTC") if moment.tzinfo is None else moment.tz_convert("UTC")
    community = _communities(rng, people, communities)
    ends = _pairs(rng, community, mean_degree, mixing)
    acts = _acts(rng, ends, int(moment.value) // 1000 - _DAY)
    table, positions = _careers(rng, community, moment)
    ids = pd.Index(table["id"])
    return Network.from_records(
        table,
        _evidence(acts, ids),
        positions=positions,
        owners=(ids[0],),
        as_of=moment.to_pydatetime(),
    )
