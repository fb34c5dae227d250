"""Who would think of somebody and vouch unasked, and who is about to forget them."""

import datetime as dt
from typing import Any, Final

import numpy as np
import pandas as pd

from trustgraph._typing import Floats, Graph
from trustgraph.graph.contract import is_number
from trustgraph.graph.index import TrustIndex
from trustgraph.models.columns import utc_time
from trustgraph.models.network import Network
from trustgraph.planning._ledger_given import moment_of, one_of
from trustgraph.planning._memory_graph import memories_of_graph
from trustgraph.planning._memory_model import MemoryModel
from trustgraph.planning._memory_network import memories_of_network
from trustgraph.planning._memory_ties import HALF, Memories
from trustgraph.planning.top_of_mind_results import Mind, MindState, TopOfMind
from trustgraph.reputation._given import check_trust_model, number_of
from trustgraph.steps.seed import is_whole
from trustgraph.trust.acts import day_of
from trustgraph.trust.model import TrustModel

__all__ = ["top_of_mind"]

MOST_MONTHS: Final = 120
ALWAYS: Final = (3, 6, 12)
"""Months of which each row tells."""


def top_of_mind(
    G: Graph | TrustIndex | Network,
    person: Any,
    *,
    months: int = 12,
    clarity: float = 0.0,
    as_of: dt.datetime | dt.date | str | None = None,
    model: TrustModel | None = None,
    memory: MemoryModel | None = None,
    observed_only: bool = True,
) -> TopOfMind:
    """Return who would think of a person and vouch unasked, now and if nothing happens.

    Parameters
    ----------
    G
        The graph, its index, or the `Network` behind it. Only the network is exact about later
        months and about the rhythm of each pair.
    person
        Id or unique full name, or a `Person`.
    months
        How many months to project, 1 to 120.
    clarity
        How clearly they know what the person is looking for, in [0, 1]; 0: nobody has told them.
    as_of
        With a network: the date from which to look; a date without time is the whole day. Default:
        the date of the network, else its newest evidence.
    model
        Trust model; default: the one of the graph, else the default model.
    memory
        When silence counts as fading; default: `MemoryModel()`.
    observed_only
        Whether to leave out inferred ties.

    Returns
    -------
    TopOfMind
        Everybody with a tie to the person: recall, willingness, the chance to speak up unasked,
        now and later; the rhythm of the pair, its silence, and the day on which that gets too
        long.

    Raises
    ------
    UnknownPersonError, AmbiguousPersonError
        If the person is not known, or not by that name alone.
    TypeError
        If ``person`` is no person, or ``model`` or ``memory`` is no such model.
    ValueError
        If ``months`` or ``clarity`` is out of range, or ``as_of`` is given with a graph, which has
        a date of its own.
    GraphContractError
        If the graph breaks the contract.

    Notes
    -----
    ``unasked = recall x mention x willingness``, all of the other towards the person. The chance
    of a mention is ``clarity.unclear`` of the model where the need is not said: .27 of those who
    held a fitting opening mentioned it [1]_; with ``clarity`` it rises towards ``clarity.clear``.

    If nothing happens, contact days and evidence grow old: recall falls as a power of age, trust
    with the half-lives of the evidence table, and what speaks against the person fades as well. Of
    a network every month is scored again by `score_ties`. A tie of a graph tells counts, first and
    last dates only: contacts are taken as spread evenly in between (so that per kind
    ``(1 + a)^-1 + (n - 1) ln((1 + L) / (1 + a)) / (L - a)`` is their strength, a and L the ages of
    the last and the first), evidence as all of the mean age, and both are scaled to what the tie
    carries now. So they are exact at 0, and recall never rises; circles stay as they are. A
    judgement does not age, but a graph does not tell which ties are judged; of a tie with a
    judgement and evidence it lets the trust age if evidence could have given it.

    A pair's usual gap is (last day - first) / (days - 1); more than ``memory.silence_factor`` (8)
    usual gaps of silence mean that the tie is probably fading [2]_. Messages of the
    person without an answer end no silence.

    References
    ----------
    .. [1] Marin, A. (2012). Don't mention it: Why people don't share job information, when they do,
       and why it matters. Social Networks 34(2), 181-192.
       https://doi.org/10.1016/j.socnet.2011.11.002
    .. [2] Navarro, H., Miritello, G., Canales, A., Moro, E. (2017). Temporal patterns behind the
       strength of persistent ties. EPJ Data Science 6, 31.
       https://doi.org/10.1140/epjds/s13688-017-0127-3

    Examples
    --------
    >>> found = tg.planning.top_of_mind(tg.datasets.load_office(), "ana")
    >>> found.to_frame()[["unasked", "in_12_months"]].head(2).round(2)
            unasked  in_12_months
    person
    ben        0.17          0.13
    chiara     0.15          0.12
    """
    _check(months, clarity, memory)
    check_trust_model(model)
    wanted = sorted({*range(int(months) + 1), *ALWAYS})
    told: dict[str, Any] = {"observed_only": observed_only}
    if isinstance(G, Network):
        in_force = model or TrustModel()
        who: Any = G.resolve(one_of(person))
        name = str(G.people["name"][who]) or who
        now = moment_of(G, as_of)
        held = memories_of_network(G, who, in_force, _moments(now, wanted), **told)
    else:
        index = G if isinstance(G, TrustIndex) else TrustIndex.from_graph(G)
        if as_of is not None:
            message = (
                f"as_of is {as_of!r}, but a graph has a date of its own; pass the Network to look "
                "from another day"
            )
            raise ValueError(message)
        in_force = model or index.model or TrustModel()
        number = number_of(index, person)
        who, name = index.labels[number], index.names[number]
        now = utc_time(index.as_of or None)
        days = [0 if one is None else day_of(one) for one in _moments(now, wanted)]
        held = memories_of_graph(
            index,
            number,
            in_force,
            today=None if now is None else days[0],
            ahead=np.array(days, np.int64) - days[0],
            **told,
        )
    mention = in_force.clarity.kappa(clarity) * in_force.clarity.clear
    rule = memory or MemoryModel()
    minds = _minds(held, wanted, int(months), mention, rule, now)
    return TopOfMind(
        person=who,
        person_name=name,
        minds=tuple(sorted(minds, key=_likeliest)),
        months=int(months),
        dates=() if now is None else tuple(_iso(_moments(now, range(int(months) + 1)))),
        clarity=float(clarity),
        mention=mention,
        horizon_days=in_force.recall.horizon_days,
        memory=rule,
        exact=isinstance(G, Network),
        recall_known=not len(held.people) or not bool(np.isnan(held.recall[:, 0]).all()),
    )


def _check(months: Any, clarity: Any, memory: Any) -> None:
    if not is_whole(months) or not 1 <= months <= MOST_MONTHS:
        message = f"months is {months!r}; it must be a whole number from 1 to {MOST_MONTHS}"
        raise ValueError(message)
    if not is_number(clarity) or not 0 <= clarity <= 1:
        message = f"clarity is {clarity!r}; it must be a number in [0, 1]"
        raise ValueError(message)
    if memory is not None and not isinstance(memory, MemoryModel):
        message = f"memory is {memory!r:.60}; give a MemoryModel, or None for the usual one"
        raise TypeError(message)


def _likeliest(mind: Mind) -> tuple[float, float, float]:
    unasked = -1.0 if mind.unasked is None else round(mind.unasked, 12)
    return -unasked, -round(mind.willingness, 12), -round(mind.trust, 12)


def _moments(now: dt.datetime | None, months: Any) -> list[dt.datetime | None]:
    """Return the same time of the day some months on; the last day of a shorter month."""
    if now is None:
        return [None for _ in months]
    start = pd.Timestamp(now)
    return [(start + pd.DateOffset(months=one)).to_pydatetime() for one in months]


def _iso(moments: list[dt.datetime | None]) -> list[str]:
    return [one.date().isoformat() for one in moments if one is not None]


def _minds(
    held: Memories,
    wanted: list[int],
    months: int,
    mention: float,
    rule: MemoryModel,
    now: dt.datetime | None,
) -> list[Mind]:
    known = held.recall.shape[1]
    recall = _widened(held.recall, len(wanted))
    willing = _widened(held.willingness, len(wanted))
    unasked = recall * mention * willing
    today = None if now is None else day_of(now)
    found = []
    for row, person in enumerate(held.people):
        at = {month: _number_or_none(unasked[row, place]) for place, month in enumerate(wanted)}
        rhythm = _rhythm(held, row, rule, today, recall=float(recall[row, 0]))
        half = held.half[row]
        found.append(
            Mind(
                person=person,
                name=held.names[row],
                recall=_number_or_none(recall[row, 0]),
                willingness=float(willing[row, 0]),
                trust=float(held.trust[row]),
                unasked=at[0],
                in_3_months=at[3],
                in_6_months=at[6],
                in_12_months=at[12],
                recall_half_on="" if today is None or np.isnan(half) else _day(today + half),
                recall_by_month=_told(recall[row], months),
                willingness_by_month=_told(willing[row], months),
                **rhythm,
            )
        )
    return found if known else []


def _widened(values: Floats, moments: int) -> Floats:
    """Return the values with NaN for the moments of which nothing is known."""
    room = np.full((len(values), moments), np.nan)
    room[:, : values.shape[1]] = values
    return room


def _told(values: Floats, months: int) -> tuple[float | None, ...]:
    return tuple(_number_or_none(value) for value in values[: months + 1])


def _number_or_none(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _rhythm(
    held: Memories, row: int, rule: MemoryModel, today: int | None, *, recall: float
) -> dict[str, Any]:
    """Return the usual gap of a pair, its silence, and what follows from both."""
    first, last, days = held.first[row], held.last[row], int(held.days[row])
    if today is None or np.isnan(last):
        return {}
    silent = max(today - int(last), 0)
    told: dict[str, Any] = {"silent_days": silent, "last_contact": _day(last)}
    if days < rule.fewest_days or last <= first:
        return told
    gap = float(last - first) / (days - 1)
    bearable = int(np.floor(rule.silence_factor * gap))
    state: MindState = "steady"
    if silent > bearable:
        state = "forgotten" if recall < HALF else "fading"
    forgets = _day(last + bearable + 1)
    return {**told, "usual_gap_days": gap, "forgets_on": forgets, "state": state}


def _day(number: float) -> str:
    return str(np.datetime64(int(number), "D"))
