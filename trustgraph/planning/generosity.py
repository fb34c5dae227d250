"""The generosity ledger: favours given and received, tie by tie."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from numbers import Real
from typing import Any, Final

import numpy as np

from trustgraph._typing import Floats, LongInts
from trustgraph.models.network import Network
from trustgraph.planning._ledger_given import check_network, moment_of, one_of
from trustgraph.planning.generosity_results import FAVOURS, Favour, FavourTie, GenerosityLedger
from trustgraph.planning.key_people_results import KeyPeople
from trustgraph.reputation._given import check_trust_model
from trustgraph.trust.acts import UNDATED, Acts, day_of, read_acts
from trustgraph.trust.model import TrustModel
from trustgraph.trust.tally import DAYS_PER_YEAR

__all__ = ["generosity"]

DORMANT_DAYS: Final = 365.0
"""A debt sleeps after a year without any favour (a judgement)."""


def generosity(
    net: Network,
    person: Any,
    *,
    as_of: dt.datetime | dt.date | str | None = None,
    model: TrustModel | None = None,
    goals: KeyPeople | Mapping[Any, float] | None = None,
    dormant_days: float = DORMANT_DAYS,
) -> GenerosityLedger:
    """Return the favours that a person gave and received, tie by tie.

    Parameters
    ----------
    net
        The records.
    person
        Whose ledger: id or unique full name, or a `Person`.
    as_of
        Date of the ledger; a date without time is the whole day. Later favours are left out.
        Default: the date of the network, else its newest evidence.
    model
        Its evidence table says what a favour weighs; default: `TrustModel()`.
    goals
        What `key_people` returned, or person -> importance, at least 0: whom to help first then
        follows from it too.
    dormant_days
        A debt is dormant after so many days without any favour either way, at least 0.

    Returns
    -------
    GenerosityLedger
        Help, introductions, recommendations and endorsements: counts, weights, balance, last
        dates, dormant debts, and whom to help first.

    Raises
    ------
    UnknownPersonError, AmbiguousPersonError
        If a person is not known, or not by that name alone.
    TypeError
        If ``net`` is no network (a graph has no records of single acts), ``person`` no person,
        ``model`` no trust model, or ``goals`` neither of both.
    ValueError
        If an importance or ``dormant_days`` is out of range.
    RecordError
        If a kind of evidence is not in the table of the model.

    See Also
    --------
    effect_of_help : What one more favour would change.

    Notes
    -----
    Kinds are ``help_given``, ``introduction_made``, ``recommendation`` and ``skill_endorsement``,
    each a favour of its doer to the other. A favour weighs the mass by which the evidence table
    raises the trust of the receiver in the doer (``backward``), times its amount, times
    2^(-age / half-life). These masses add up here; the limit that the table sets to the trust out
    of one kind stays out of the ledger. Undated favours count with the age that the model gives
    to undated evidence.

    A debt is dormant if they gave, what they gave weighs more than what they got, nothing was given
    to them since their last favour, and the last favour either way is older than ``dormant_days``.

    The ledger is for memory's sake. Generous people gain standing; those who only ever give get
    less done, the less so the more often favours are exchanged [1]_.

    References
    ----------
    .. [1] Flynn, F. J. (2003). How much should I give and how often? The effects of generosity
       and frequency of favor exchange on social status and productivity. Academy of Management
       Journal 46(5), 539-553.

    Examples
    --------
    >>> help_ = {"kind": "help_given", "source": "bo", "target": "ana", "at": "2021-01-01"}
    >>> net = tg.Network.from_records(evidence=[help_], as_of="2026-01-01")
    >>> ledger = tg.planning.generosity(net, "ana")
    >>> round(ledger[0].balance, 2), ledger[0].dormant_debt
    (-0.6, True)
    """
    check_network(net)
    check_trust_model(model)
    days = _checked(dormant_days, "dormant_days is")
    in_force = model or TrustModel()
    who = net.resolve(one_of(person))
    moment = moment_of(net, as_of)
    important = _importance(net, who, goals)
    table = in_force.evidence
    known = [kind for kind in FAVOURS if kind in table.names]
    acts = read_acts(net.evidence, net.people.index, table, as_of=moment)
    me = net.people.index.get_loc(who)
    number = {table.names.index(kind): kind for kind in known}
    mine = (acts.source == me) | (acts.target == me)
    acts = acts.take(mine & np.isin(acts.kind, list(number)))
    dated = _Dated.of(acts, in_force, today=None if moment is None else day_of(moment))
    told: defaultdict[str, defaultdict[str, _Sums]] = defaultdict(lambda: defaultdict(_Sums))
    ids = net.people.index
    for row, kind in enumerate(acts.kind.tolist()):
        given = bool(acts.source[row] == me)
        other = ids[int(acts.target[row] if given else acts.source[row])]
        told[other][number[kind]].add(dated.weight[row], acts.day[row], dated.age[row], given=given)
    names = net.people["name"]
    ties = [
        _tie(one, str(names[one]) or one, told.get(one, {}), important.get(one, 0.0), days)
        for one in sorted({*told, *(one for one, much in important.items() if much > 0)})
    ]
    return GenerosityLedger(
        person=who,
        person_name=str(names[who]) or who,
        ties=tuple(sorted(ties, key=lambda tie: round(tie.balance, 12))),
        weights={kind: table.kind(kind).backward for kind in known},
        dormant_days=days,
        own_records=not net.owners or who in net.owners,
        as_of="" if moment is None else moment.isoformat(),
    )


@dataclass(frozen=True, eq=False)
class _Dated:
    """Age in days of each favour, and what it still weighs."""

    age: Floats
    weight: Floats

    @classmethod
    def of(cls, acts: Acts, model: TrustModel, *, today: int | None) -> "_Dated":
        rows = model.evidence.kinds
        undated = model.opinion.undated_age_years * DAYS_PER_YEAR
        since: LongInts = np.where(acts.day == UNDATED, 0, (today or 0) - acts.day)
        age = np.where(acts.day == UNDATED, undated, since)
        half_life = np.array([row.half_life_years or np.inf for row in rows])[acts.kind]
        mass = np.array([row.backward for row in rows])[acts.kind]
        return cls(age, mass * acts.amount * np.exp2(-age / DAYS_PER_YEAR / half_life))


class _Sums:
    """Favours of one kind with one person, summed up."""

    def __init__(self) -> None:
        self.count = {True: 0, False: 0}
        self.weight = {True: 0.0, False: 0.0}
        self.day = {True: UNDATED, False: UNDATED}
        self.age = {True: np.inf, False: np.inf}

    def add(self, weight: float, day: int, age: float, *, given: bool) -> None:
        self.count[given] += 1
        self.weight[given] += float(weight)
        self.day[given] = max(self.day[given], int(day))
        self.age[given] = min(self.age[given], float(age))

    def as_favour(self, kind: str) -> Favour:
        return Favour(
            kind=kind,
            given=self.count[True],
            received=self.count[False],
            given_weight=self.weight[True],
            received_weight=self.weight[False],
            last_given=_iso(self.day[True]),
            last_received=_iso(self.day[False]),
        )


def _tie(
    person: str, name: str, kinds: Mapping[str, _Sums], importance: float, dormant_days: float
) -> FavourTie:
    tie = FavourTie(
        person=person,
        name=name,
        favours=tuple(kinds[kind].as_favour(kind) for kind in FAVOURS if kind in kinds),
        importance=importance,
    )
    given = min((one.age[True] for one in kinds.values()), default=np.inf)
    received = min((one.age[False] for one in kinds.values()), default=np.inf)
    owed = tie.received > 0 and tie.balance < 0 and received < given
    return tie.replace(dormant_debt=owed and received > dormant_days)


def _iso(day: int) -> str:
    return "" if day == UNDATED else str(np.datetime64(day, "D"))


def _importance(net: Network, who: str, goals: Any) -> dict[str, float]:
    """Return person -> importance, by id; the person of the ledger left out."""
    if goals is None:
        return {}
    if isinstance(goals, KeyPeople):
        stated: dict[Any, float] = {one.person: one.share for one in goals}
    elif isinstance(goals, Mapping):
        stated = dict(goals)
    else:
        message = f"goals is {goals!r:.60}; give what key_people returns, or person -> importance"
        raise TypeError(message)
    found: dict[str, float] = {}
    for person, much in stated.items():
        one = net.resolve(one_of(person))
        found[one] = max(found.get(one, 0.0), _checked(much, f"the importance of {person!r} is"))
    found.pop(who, None)
    return found


def _checked(number: Any, what: str) -> float:
    if isinstance(number, bool) or not isinstance(number, Real) or not 0 <= float(number) < np.inf:
        message = f"{what} {number!r}; give a number of at least 0"
        raise ValueError(message)
    return float(number)
