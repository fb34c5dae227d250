"""What helping somebody, or getting back in touch, changes in their view of the person."""

import datetime as dt
from typing import Any, Final

import pandas as pd

from trustgraph.models.evidence import Evidence
from trustgraph.models.network import Network
from trustgraph.planning._ledger_given import check_network, moment_of, one_of
from trustgraph.planning._memory_ties import is_of_the_pair
from trustgraph.planning.generosity_effect_results import HelpEffect, TieState
from trustgraph.reputation._given import check_trust_model
from trustgraph.steps.seed import is_whole
from trustgraph.trust.evidence_table import EvidenceTable
from trustgraph.trust.model import TrustModel
from trustgraph.trust.ties import score_ties

__all__ = ["effect_of_help"]

MOST_TIMES: Final = 365


def effect_of_help(
    net: Network,
    person: Any,
    other: Any,
    kind: str = "help_given",
    times: int = 1,
    *,
    as_of: dt.datetime | dt.date | str | None = None,
    model: TrustModel | None = None,
) -> HelpEffect:
    """Return what one more good act would change in somebody's view of a person.

    Parameters
    ----------
    net
        The records; they stay as they are.
    person
        Who acts: id or unique full name, or a `Person`.
    other
        Towards whom.
    kind
        A good kind of the evidence table: ``"help_given"``, ``"introduction_made"``,
        ``"recommendation"``, ``"skill_endorsement"``, ``"conversation_day"`` (getting back in
        touch), ``"meeting_day"``, ….
    times
        How many of them, 1 to 365: one a day, the last on the day of the scores.
    as_of
        Date of the scores; a date without time is the whole day. Later evidence is left out.
        Default: the date of the network, else its newest evidence.
    model
        Trust model; default: `TrustModel()`.

    Returns
    -------
    HelpEffect
        The tie from the other to the person before and after: trust, certainty, willingness,
        endorsed trust, recall, response and the factor of the first step of a path.

    Raises
    ------
    UnknownPersonError, AmbiguousPersonError
        If a person is not known, or not by that name alone.
    TypeError
        If ``net`` is no network, one of both is no person, or ``model`` is no trust model.
    ValueError
        If both are the same person, ``times`` is out of range, the kind is no good act, or nothing
        has a date and ``as_of`` is not given.
    RecordError
        If there is no such kind; it names the nearest ones.

    See Also
    --------
    generosity : Who gave what to whom so far.

    Notes
    -----
    Exact under the model: the acts are added to the records, and the tie is scored again by
    `score_ties`. Where there is no tie yet, the state before is what a tie would be: that of a
    stranger, less what bad acts on record take away.

    The first step is ``response x willingness x endorsed trust`` for a clear ask without an
    incentive; a question counts it as 0 where the willingness is under ``gate.min_willingness``,
    which `HelpEffect.may_ask` tells. A good act never lowers it.

    A judgement of the tie replaces its evidence: then an act changes recall and response only.
    Days of contact count once each, so a day on which both were in touch anyway adds nothing.

    Examples
    --------
    >>> net = tg.datasets.load_office()
    >>> effect = tg.planning.effect_of_help(net, "ana", "ivo")
    >>> round(effect.before.first, 3), round(effect.after.first, 3)
    (0.029, 0.111)
    """
    check_network(net)
    check_trust_model(model)
    in_force = model or TrustModel()
    _check_kind(in_force.evidence, kind)
    if not is_whole(times) or not 1 <= times <= MOST_TIMES:
        message = f"times is {times!r}; it must be a whole number from 1 to {MOST_TIMES}"
        raise ValueError(message)
    one, another = (net.resolve(one_of(each)) for each in (person, other))
    if one == another:
        message = f"{one!r} cannot do this to themselves; name two people"
        raise ValueError(message)
    moment = moment_of(net, as_of)
    if moment is None:
        message = "nothing in these records has a date; pass as_of, the day of the act"
        raise ValueError(message)
    today = dt.datetime(moment.year, moment.month, moment.day, tzinfo=dt.UTC)
    acts = [
        Evidence(kind=kind, source=one, target=another, at=today - dt.timedelta(days=ago))
        for ago in range(times)
    ]
    between = _between(net, one, another, in_force)
    told = net.judgements
    names = net.people["name"]
    return HelpEffect(
        person=one,
        person_name=str(names[one]) or one,
        other=another,
        other_name=str(names[another]) or another,
        kind=kind,
        times=int(times),
        before=_state(between, in_force, moment, (another, one)),
        after=_state(_with(between, acts), in_force, moment, (another, one)),
        min_willingness=in_force.gate.min_willingness,
        judged=bool(((told["source"] == another) & (told["target"] == one)).any()),
        as_of=moment.isoformat(),
    )


def _check_kind(table: EvidenceTable, kind: str) -> None:
    row = table.kind(kind)
    if row.sign < 0 or row.unanswered or not (row.counts or row.contact != "none"):
        good = [
            one.kind
            for one in table.kinds
            if one.sign > 0 and not one.unanswered and (one.counts or one.contact != "none")
        ]
        message = f"{kind!r} is no good act that is seen; name one of {', '.join(good)}"
        raise ValueError(message)


def _between(net: Network, one: str, other: str, model: TrustModel) -> Network:
    """Return the network with only what decides about the tie of two people."""
    if not is_of_the_pair(model.recall):
        return net
    evidence = net.evidence
    pair = [one, other]
    both = evidence["source"].isin(pair) & evidence["target"].isin(pair)
    return net.replace(evidence=evidence[both])


def _with(net: Network, acts: list[Evidence]) -> Network:
    added = pd.DataFrame([act.model_dump() for act in acts])
    held = net.evidence.astype(dict.fromkeys(("kind", "source", "target"), "str"))
    return net.replace(evidence=pd.concat([held, added], ignore_index=True))


def _state(net: Network, model: TrustModel, moment: dt.datetime, tie: tuple[str, str]) -> TieState:
    row = _row(net, model, moment, tie)
    known = row is not None
    if row is None:
        # A judgement the other way gives the pair a row, and says nothing about this way: what
        # little is on record, bad acts above all, counts before as it will after.
        row = _row(net.with_judgement(tie[1], tie[0], trust=0.5), model, moment, tie)
    numbers = {} if row is None else {name: float(row[name]) for name in TieState.numbers()}
    return TieState(known=known, **numbers)


def _row(
    net: Network, model: TrustModel, moment: dt.datetime, tie: tuple[str, str]
) -> "pd.Series[float] | None":
    frame = score_ties(net, model, moment).frame
    found = frame[(frame["source"] == tie[0]) & (frame["target"] == tie[1])]
    return found.iloc[0] if len(found) else None
