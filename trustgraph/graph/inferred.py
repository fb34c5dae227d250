"""Ties guessed from shared employers and schools: evidence that nobody recorded."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from trustgraph._text import circle_key
from trustgraph._typing import Floats, LongInts
from trustgraph.graph.contract import is_number, shown
from trustgraph.models.columns import utc_time
from trustgraph.models.network import Network
from trustgraph.models.rows import UTC

__all__ = ["infer_ties"]

EMPLOYER: Final = "same_employer_year"
SCHOOL: Final = "same_school"
SMALL_STAFF: Final = 200
DAYS_PER_YEAR: Final = 365.25
REPORT_FILE: Final = "inferred ties"


@dataclass(frozen=True, eq=False)
class _Stints:
    """Who was where from which day to which; the times of one person at one place are disjoint.

    Sorted by circle. Days count from 1 January 1970; infinite where the bound is unknown.
    """

    circle: LongInts
    person: LongInts
    low: Floats
    high: Floats
    names: tuple[str, ...]  # a spelling of each circle
    keys: tuple[str, ...]


def infer_ties(
    net: Network, *, max_circle: int = 200, staff: Mapping[str, int] | None = None
) -> Network:
    """Return a network with the ties that shared employers and schools suggest.

    Parameters
    ----------
    net
        People with their present organisation, and positions.
    max_circle
        Circles of more people are left out and named in the report.
    staff
        Number of people at an organisation, by any spelling of its name, at least 1. Where it is
        larger than 200, the evidence counts 200 / staff.

    Returns
    -------
    Network
        The network with evidence of the kinds `same_employer_year` and `same_school` added, one
        row a pair of people and circle. In a graph these ties have ``observed=False``, unless
        something else ties the two. A pair that has evidence of the kind keeps what it has, so
        that inferring twice changes nothing.

    Raises
    ------
    ValueError
        If a number of staff is not at least 1.

    Notes
    -----
    Names are compared as organisations: a legal form or a tagline makes no difference, more words
    do. Words such as "self-employed" or "retired" name no circle.

    *Employers*: the amount is the time that both were there, in years, and its date the end of
    that time. Whoever is there at present since an unknown day is taken to have been there for
    one year; a position of the past without a first day is left out. *Schools*: the amount is 1;
    unknown dates may have met, known dates must have. "At present" is the date of the network,
    else its newest evidence, else its newest position.

    Examples
    --------
    >>> net = tg.Network.from_records(
    ...     [{"id": "ana", "organisation": "Acme"}, {"id": "bo", "organisation": "ACME Ltd."}],
    ...     as_of="2026-01-01",
    ... )
    >>> tg.graph.infer_ties(net).evidence[["kind", "source", "target", "amount"]]
                     kind source target  amount
    0  same_employer_year    ana     bo     1.0
    >>> tg.build_graph(tg.graph.infer_ties(net)).edges["ana", "bo"]["observed"]
    False
    """
    share = _shares(staff or {})
    now = _present(net)
    today = 0.0 if now is None else pd.Timestamp(now).timestamp() // 86_400
    circles = {
        EMPLOYER: _gather(_jobs(net, today), net, today),
        SCHOOL: _gather(_studies(net), net, today),
    }
    frames, report = [net.evidence], _without_earlier(net.report)
    for kind, stints in circles.items():
        met = _meetings(stints, max_circle)
        if kind == EMPLOYER:
            smaller = np.array([share.get(key, 1.0) for key in stints.keys])
            met["amount"] *= smaller[met.pop("circle").to_numpy(np.int64)]
        else:
            met = met.drop(columns="circle").assign(amount=1.0, day=np.nan)
        frames.append(_evidence(_new(met, net, kind), net, kind, dated=now is not None))
        report += _too_large(stints, kind, max_circle)
    return net.replace(evidence=_joined(frames), report=report)


def _shares(staff: Mapping[str, int]) -> dict[str, float]:
    for name, number in staff.items():
        if not (is_number(number) and number >= 1):
            message = f"staff of {name!r} is {shown(number)}; give the number of people, at least 1"
            raise ValueError(message)
    return {circle_key(name): min(1.0, SMALL_STAFF / staff[name]) for name in staff}


def _present(net: Network) -> dt.datetime | None:
    """Return the date of the graph; that of the newest position only if nothing else has one."""
    newest = net.positions[["started", "finished"]].max().max()
    return net.as_of or utc_time(net.evidence["at"].max()) or utc_time(newest)


def _jobs(net: Network, today: float) -> pd.DataFrame:
    """Return the times at employers: from records of positions, and from where people are now."""
    known = net.positions[net.positions["kind"] == "employer"]
    low, high = _days(known["started"]), _days(known["finished"])
    recent = today - DAYS_PER_YEAR
    stated = pd.DataFrame(
        {
            "person": known["person"],
            "name": known["organisation"],
            "low": low.where(low.notna() | (high < today), recent),
            "high": high.fillna(today).clip(upper=today),
        }
    )
    people = net.people.reset_index()
    at_present = pd.DataFrame(
        {"person": people["id"], "name": people["organisation"], "low": recent, "high": today}
    )
    # Whoever states since when they are there has not been there for the assumed year.
    dated = stated[low.notna() & ~(high < today)]
    told = _person_at(at_present).isin(_person_at(dated))
    return pd.concat([stated, at_present[~told]], ignore_index=True)


def _studies(net: Network) -> pd.DataFrame:
    known = net.positions[net.positions["kind"] == "school"]
    return pd.DataFrame(
        {
            "person": known["person"],
            "name": known["organisation"],
            "low": _days(known["started"]).fillna(-np.inf),
            "high": _days(known["finished"]).fillna(np.inf),
        }
    )


def _days(dates: "pd.Series[pd.Timestamp]") -> "pd.Series[float]":
    return (dates - pd.Timestamp(0, tz="UTC")) / pd.Timedelta(days=1)


def _keys(names: "pd.Series[str]") -> "pd.Series[str]":
    return names.map({name: circle_key(name) for name in names.unique()})


def _person_at(stints: pd.DataFrame) -> "pd.Series[str]":
    return stints["person"] + "\n" + _keys(stints["name"]).astype("str")


def _gather(stints: pd.DataFrame, net: Network, today: float) -> _Stints:
    """Return times by circle, those of one person at one place joined where they touch."""
    stints = stints.assign(key=_keys(stints["name"]).astype("str"))
    usable = (stints["low"] < stints["high"]) & (stints["low"] <= today)
    usable &= stints["key"] != ""
    stints = stints[usable]
    names = stints.groupby("key", sort=True)["name"].min()
    circle = names.index.get_indexer(pd.Index(stints["key"])).astype(np.int64)
    person = net.people.index.get_indexer(pd.Index(stints["person"])).astype(np.int64)
    place = circle * max(len(net.people), 1) + person
    order = np.lexsort((stints["low"], place))
    place, low = place[order], stints["low"].to_numpy(np.float64)[order]
    high = stints["high"].to_numpy(np.float64)[order]
    furthest = pd.Series(high).groupby(place).cummax().to_numpy()
    fresh = np.ones(len(place), dtype=bool)
    fresh[1:] = (place[1:] != place[:-1]) | (low[1:] > furthest[:-1])
    last = np.append(fresh[1:], np.ones(min(len(fresh), 1), dtype=bool))
    return _Stints(
        circle=circle[order][fresh],
        person=person[order][fresh],
        low=low[fresh],
        high=furthest[last],
        names=tuple(names),
        keys=tuple(names.index),
    )


def _sizes(stints: _Stints) -> LongInts:
    """Return the number of people in each circle."""
    circle, _ = np.unique(np.stack([stints.circle, stints.person]), axis=1)
    return np.bincount(circle, minlength=len(stints.names)).astype(np.int64)


def _meetings(stints: _Stints, max_circle: int) -> pd.DataFrame:
    """Return who met whom where: circle, source < target (numbers), amount in years, last day."""
    start = np.searchsorted(stints.circle, np.arange(len(stints.names) + 1))
    firsts, seconds = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for circle in np.flatnonzero(_sizes(stints) <= max_circle):
        first, second = np.triu_indices(start[circle + 1] - start[circle], k=1)
        firsts.append(first + start[circle])
        seconds.append(second + start[circle])
    first, second = np.concatenate(firsts), np.concatenate(seconds)
    ends = np.minimum(stints.high[first], stints.high[second])
    together = ends - np.maximum(stints.low[first], stints.low[second])
    met = together > 0  # never for two stays of one person, which do not overlap
    first, second = first[met], second[met]
    low, high = stints.person[first], stints.person[second]
    pairs = pd.DataFrame(
        {
            "circle": stints.circle[first],
            "source": np.minimum(low, high),
            "target": np.maximum(low, high),
            "amount": together[met] / DAYS_PER_YEAR,
            "day": ends[met],
        }
    )
    grouped = pairs.groupby(["source", "target", "circle"], as_index=False)
    return grouped.agg({"amount": "sum", "day": "max"})


def _new(met: pd.DataFrame, net: Network, kind: str) -> pd.DataFrame:
    """Return the meetings of pairs of which the network has no evidence of that kind."""
    people = net.people.index
    acts = net.evidence[net.evidence["kind"] == kind]
    source = people.get_indexer(pd.Index(acts["source"].astype("str")))
    target = people.get_indexer(pd.Index(acts["target"].astype("str")))
    known = np.minimum(source, target) * len(people) + np.maximum(source, target)
    return met[~(met["source"] * len(people) + met["target"]).isin(known)]


def _evidence(met: pd.DataFrame, net: Network, kind: str, *, dated: bool) -> pd.DataFrame:
    days = met["day"] if dated else met["day"] * np.nan
    return pd.DataFrame(
        {
            "kind": pd.Series(kind, index=met.index, dtype="str"),
            "source": net.people.index.take(met["source"].to_numpy()),
            "target": net.people.index.take(met["target"].to_numpy()),
            "at": pd.to_datetime(np.floor(days), unit="D", utc=True).astype(UTC),
            "amount": met["amount"].astype(np.float64),
            "origin": pd.Series("", index=met.index, dtype="str"),
        }
    )


def _joined(frames: list[pd.DataFrame]) -> pd.DataFrame:
    texts = ("kind", "source", "target", "origin")
    plain = [frame.astype(dict.fromkeys(texts, "str")) for frame in frames if len(frame)]
    return pd.concat(plain, ignore_index=True) if plain else frames[0]


def _without_earlier(report: pd.DataFrame) -> list[dict[str, Any]]:
    kept = report[report["file"] != REPORT_FILE]
    return [{str(key): value for key, value in row.items()} for row in kept.to_dict("records")]


def _too_large(stints: _Stints, kind: str, max_circle: int) -> list[dict[str, Any]]:
    sizes = _sizes(stints)
    what = "employer" if kind == EMPLOYER else "school"
    return [
        {
            "file": REPORT_FILE,
            "row": 0,
            "level": "warning",
            "reason": f"{sizes[circle]} people share this {what}, too many to infer ties",
            "value": stints.names[circle],
            "mend": f"call infer_ties with max_circle={sizes[circle]} if they know each other",
        }
        for circle in np.flatnonzero(sizes > max_circle)
    ]
