"""From a network to scored ties: everything an edge of the graph carries."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from trustgraph._names import EDGE_ATTRIBUTES
from trustgraph._text import circle_key
from trustgraph._typing import Bools, LongInts
from trustgraph.models.columns import utc_time
from trustgraph.models.network import Network
from trustgraph.trust.acts import UNDATED, Acts, day_of, read_acts
from trustgraph.trust.contact import (
    ContactDays,
    contact_days,
    derive_contacts,
    ends,
    unanswered_days,
)
from trustgraph.trust.evidence_table import EvidenceTable
from trustgraph.trust.model import TrustModel
from trustgraph.trust.opinion import Opinions
from trustgraph.trust.pairs import Pairs
from trustgraph.trust.proximity import neighbourhood_overlap
from trustgraph.trust.recall import contact_strength
from trustgraph.trust.tally import tally

__all__ = ["KIND_COLUMNS", "TIE_COLUMNS", "TieScores", "score_ties"]

_TIE_FACTS: Final = tuple(name for name in EDGE_ATTRIBUTES if name != "kinds")
TIE_COLUMNS: Final = ("source", "target", *_TIE_FACTS)
KIND_COLUMNS: Final = ("source", "target", "kind", "count", "first", "last", "direction")


@dataclass(frozen=True, eq=False)
class TieScores:
    """Scored ties of a network at a date.

    Attributes
    ----------
    frame
        One row an ordered pair, sorted by ``source`` and ``target``, both directions always
        present. ``source``'s view of ``target``: ``trust``, ``certainty``, ``belief``,
        ``willingness``, ``endorsed_trust``, ``forwards``, ``recall``, ``response`` (chance that
        the source answers the target) and ``proximity``, all in [0, 1]; ``observed`` (bool);
        ``last_contact`` (last UTC day on which either acted towards the other, NaT if unknown);
        ``evidence`` (number of acts between the two).
    kinds
        One row an ordered pair and kind: ``count``, ``first`` and ``last`` (ISO dates, empty if
        unknown) and ``direction``: ``"out"`` if done by the source, ``"in"`` if by the target,
        ``"both"`` if by both or mutual.
    as_of
        The date of the scores in UTC; None if nothing has a date.

    Examples
    --------
    >>> net = tg.Network.from_records(
    ...     evidence=[{"kind": "connection", "source": "ana", "target": "bo", "at": "2026-01-01"}]
    ... )
    >>> tg.trust.score_ties(net).kinds[["source", "kind", "last"]].values.tolist()
    [['ana', 'connection', '2026-01-01'], ['bo', 'connection', '2026-01-01']]
    """

    frame: pd.DataFrame
    kinds: pd.DataFrame
    as_of: dt.datetime | None


def score_ties(
    net: Network,
    model: TrustModel | None = None,
    as_of: dt.datetime | dt.date | str | None = None,
) -> TieScores:
    """Return what the evidence of a network says about each tie.

    Parameters
    ----------
    net
        People, acts and judgements.
    model
        Default: `TrustModel()`.
    as_of
        Date of the scores; a date without time is the whole day. Later evidence is left out.
        Default: the date of the network, else its newest evidence.

    Returns
    -------
    TieScores
        A tie is a pair of people with good evidence of trust in either direction, or with a
        judgement. An invitation alone makes none, nor does bad evidence alone.

    Raises
    ------
    RecordError
        If a kind of evidence is not in the table of the model.

    Notes
    -----
    A judgement replaces the trust and certainty of its direction and all that follows from them;
    it leaves recall as it is. The other direction of a pair of which nothing but a judgement is
    known has the trust of a stranger and is not observed. Undated evidence has a set age for
    trust and says nothing about recall.

    Examples
    --------
    >>> net = tg.Network.from_records(
    ...     evidence=[
    ...         tg.Evidence(kind="recommendation", source="bo", target="ana", at="2026-01-01")
    ...     ]
    ... )
    >>> tg.trust.score_ties(net).frame[["source", "target", "trust"]].round(3)
      source target  trust
    0    ana     bo  0.434
    1     bo    ana  0.760
    """
    in_force = model or TrustModel()
    moment = _moment(net, as_of)
    records = _read(net, in_force, moment)
    pairs, judgements = records.pairs, net.judgements
    opinions = _opinions(records, in_force, judgements)
    recall = in_force.recall.recall(
        contact_strength(records.days, pairs, in_force.recall, today=records.today)
    )
    silence = _silence(records, in_force)
    recorded, observed = _observed(records)
    overlap = neighbourhood_overlap(pairs, recorded)
    gate, people = in_force.gate, net.people
    count = np.bincount(records.place, minlength=len(pairs))
    frame = pd.DataFrame(
        {
            "source": people.index.take(pairs.source),
            "target": people.index.take(pairs.target),
            "trust": opinions.trust,
            "certainty": opinions.certainty,
            "belief": opinions.belief,
            "willingness": gate.willingness(opinions.alpha, opinions.beta),
            "endorsed_trust": gate.endorsed_trust(opinions.alpha, opinions.beta),
            "forwards": gate.forwards(opinions.alpha, opinions.beta),
            "recall": recall,
            "response": in_force.response.response(recall, opinions.belief, silence),
            "proximity": in_force.proximity.proximity(overlap, _together(people, pairs)),
            "observed": observed,
            "last_contact": _last_contact(records.days, pairs),
            "evidence": count + count[pairs.reverse],
        }
    )
    return TieScores(frame, _kinds(records, people.index), moment)


@dataclass(frozen=True, eq=False)
class _Records:
    """What the network says up to the date, on arrays."""

    acts: Acts  # those between people of a pair
    place: LongInts  # position of (source, target) of each act among the pairs
    days: ContactDays
    pairs: Pairs
    judged: LongInts  # positions of the judgements
    table: EvidenceTable
    today: int


def _moment(net: Network, as_of: dt.datetime | dt.date | str | None) -> dt.datetime | None:
    newest = net.evidence["at"].max()
    return utc_time(as_of) or net.as_of or utc_time(newest)


def _read(net: Network, model: TrustModel, moment: dt.datetime | None) -> _Records:
    table, people, judgements = model.evidence, net.people.index, net.judgements
    acts = read_acts(net.evidence, people, table, as_of=moment)
    acts = derive_contacts(acts, table, people=len(people))
    # Bad evidence alone makes no tie: where there was none, it must not open a way.
    counts = np.array([row.counts and row.sign > 0 for row in table.kinds])[acts.kind]
    judge = people.get_indexer(pd.Index(judgements["source"])).astype(np.int64)
    judged = people.get_indexer(pd.Index(judgements["target"])).astype(np.int64)
    pairs = Pairs.between(
        np.concatenate([acts.source[counts], judge]),
        np.concatenate([acts.target[counts], judged]),
        people=len(people),
    )
    place, known = pairs.locate(acts.source, acts.target)
    return _Records(
        acts=acts.take(known),
        place=place[known],
        days=contact_days(acts, table, people=len(people)),
        pairs=pairs,
        judged=pairs.locate(judge, judged)[0],
        table=table,
        today=0 if moment is None else day_of(moment),
    )


def _opinions(records: _Records, model: TrustModel, judgements: pd.DataFrame) -> Opinions:
    good, bad = tally(
        records.acts,
        records.pairs,
        records.table,
        today=records.today,
        undated_age_years=model.opinion.undated_age_years,
    )
    found = model.opinion.from_evidence(good, bad)
    judged = np.zeros(len(records.pairs), dtype=bool)
    trust, certainty = found.trust, found.certainty.copy()
    judged[records.judged] = True
    trust[records.judged] = judgements["trust"]
    certainty[records.judged] = judgements["certainty"]
    return found.replaced(judged, model.opinion.from_judgement(trust, certainty))


def _silence(records: _Records, model: TrustModel) -> LongInts:
    """Return on how many days the target wrote to the source and has had no sign since."""
    writer, reader, number = unanswered_days(
        records.acts,
        records.days,
        records.table,
        people=records.pairs.people,
        before=records.today - model.response.silence_after_days,
    )
    silence = np.zeros(len(records.pairs), dtype=np.int64)
    place, known = records.pairs.locate(reader, writer)
    silence[place[known]] = number[known]
    return silence


def _observed(records: _Records) -> tuple[Bools, Bools]:
    """Return between whom a tie is recorded, in either way, and which directions of it."""
    stated = np.array([row.counts and not row.inferred for row in records.table.kinds])
    place = records.place[stated[records.acts.kind]]
    recorded = np.zeros(len(records.pairs), dtype=bool)
    recorded[place] = True
    recorded[records.pairs.reverse[place]] = True
    observed = recorded.copy()
    observed[records.judged] = True
    return observed | observed[records.pairs.reverse], observed


def _together(people: pd.DataFrame, pairs: Pairs) -> Bools:
    """Return which pairs are at the same organisation at present."""
    number, names = pd.factorize(people["organisation"])
    keys = pd.factorize(np.array([circle_key(name) for name in names], dtype=object))[0]
    known = np.array([bool(circle_key(name)) for name in names], dtype=bool)
    if not len(names):
        return np.zeros(len(pairs), dtype=bool)
    key = np.where(known, keys, -1)[number]
    source, target = key[pairs.source], key[pairs.target]
    return np.asarray((source == target) & (source >= 0), dtype=bool)


def _last_contact(days: ContactDays, pairs: Pairs) -> "pd.Series[pd.Timestamp]":
    last = ends(days.actor * pairs.people + days.other)
    place, known = pairs.locate(days.actor[last], days.other[last])
    newest = np.full(len(pairs), UNDATED)
    newest[place[known]] = days.day[last][known]
    newest = np.maximum(newest, newest[pairs.reverse])
    return pd.Series(_dates(newest).astype("datetime64[us]")).dt.tz_localize("UTC")


def _dates(day: LongInts) -> npt.NDArray[np.datetime64]:
    return day.view("datetime64[D]")


def _kinds(records: _Records, ids: "pd.Index[str]") -> pd.DataFrame:
    """Return what happened how often, when and by whom, per ordered pair and kind."""
    acts, number = records.acts, len(records.table.kinds)
    mutual = np.array([row.mutual for row in records.table.kinds])[acts.kind]
    back = records.pairs.reverse[records.place]
    key = np.concatenate([records.place, back]) * number + np.tile(acts.kind, 2)
    order = np.argsort(key, kind="stable")
    day = np.tile(acts.day, 2)[order]
    done = np.concatenate([np.ones(len(acts), dtype=bool), mutual])[order]
    suffered = np.concatenate([mutual, np.ones(len(acts), dtype=bool)])[order]
    key, start, count = np.unique(key[order], return_index=True, return_counts=True)
    place, kind = np.divmod(key, number)
    unknown = np.iinfo(np.int64).max
    if len(key):
        first = np.minimum.reduceat(np.where(day == UNDATED, unknown, day), start)
        last = np.maximum.reduceat(day, start)
        out, into = (np.logical_or.reduceat(flag, start) for flag in (done, suffered))
    else:
        first = last = key
        out = into = np.zeros(0, dtype=bool)
    return pd.DataFrame(
        {
            "source": ids.take(records.pairs.source[place]),
            "target": ids.take(records.pairs.target[place]),
            "kind": np.array(records.table.names, dtype=object)[kind],
            "count": count.astype(np.int64),
            "first": _iso(np.where(first == unknown, UNDATED, first)),
            "last": _iso(last),
            "direction": np.where(out & into, "both", np.where(out, "out", "in")).astype(object),
        },
        columns=KIND_COLUMNS,
    )


def _iso(day: LongInts) -> npt.NDArray[np.object_]:
    distinct, number = np.unique(day, return_inverse=True)
    text = np.datetime_as_string(_dates(distinct), unit="D")
    return np.where(distinct == UNDATED, "", text).astype(object)[number]
