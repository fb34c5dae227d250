"""Asks as arrays: what each ended in, and what was known of the tie on the evening before it."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any, Final, Literal, Self

import numpy as np
import pandas as pd
from tqdm import tqdm

from trustgraph._typing import Bools, Floats, Ints, LongInts
from trustgraph.errors import UnknownPersonError
from trustgraph.evaluation._outcome_past import last_day_of
from trustgraph.models.ask import Incentive
from trustgraph.models.columns import utc_time
from trustgraph.models.network import Network
from trustgraph.models.outcome import OUTCOME_EVENTS, Outcome
from trustgraph.trust.model import TrustModel
from trustgraph.trust.ties import score_ties

__all__ = [
    "ANSWERED",
    "DECLINED",
    "ENDORSED",
    "FORWARDED",
    "PASSED",
    "SILENT",
    "Asks",
    "OpenAsks",
    "Sorted",
    "Ties",
    "asks_of",
    "checked_outcomes",
    "person_known",
    "seeker_of",
    "sorted_outcomes",
    "tie_values",
]

OpenAsks = Literal["silent", "leave out"]

SILENT: Final = 0
DECLINED: Final = 1
FORWARDED: Final = 2
ENDORSED: Final = 3
PASSED: Final = 4
"""Passed on, nobody wrote down how."""
ANSWERED: Final = 5
"""An ask straight to the target that was answered."""
ENDINGS: Final = {
    "open": SILENT,
    "silent": SILENT,
    "declined": DECLINED,
    "forwarded": FORWARDED,
    "endorsed": ENDORSED,
    "passed": PASSED,
}
TIE_COLUMNS: Final = ("trust", "certainty", "belief", "recall", "response")


@dataclass(frozen=True)
class Sorted:
    """Outcomes that can be learned from, and why the others cannot.

    Attributes
    ----------
    used
        Closed asks, in the order of their days.
    young
        Asks of the last days, whatever became of them: the quick answers among them are known,
        the slow ones are not.
    open
        Older asks without an ending that are left out.
    given_up
        Asks without an ending that are old enough to count as silent; they are among ``used``.
    as_of
        The day on which all this was so.
    """

    used: tuple[Outcome, ...]
    young: int
    open: int
    given_up: int
    as_of: dt.date


def checked_outcomes(outcomes: Any) -> tuple[Outcome, ...]:
    """Return outcomes as a tuple; raise if something is none, or an ask stands there twice."""
    if isinstance(outcomes, (Outcome, str, bytes, pd.DataFrame)) or not isinstance(
        outcomes, Iterable
    ):
        message = f"outcomes is a {type(outcomes).__name__}; give a list of trustgraph.Outcome"
        raise TypeError(message)
    given = tuple(outcomes)
    for place, one in enumerate(given):
        if not isinstance(one, Outcome):
            message = f"outcome {place} is a {type(one).__name__}; give trustgraph.Outcome records"
            raise TypeError(message)
    asks = Counter((one.seeker, one.introducer, one.target, one.asked) for one in given)
    for (_, introducer, target, asked), times in asks.items():
        if times > 1:
            message = (
                f"the ask of {introducer!r} for {target!r} on {asked} stands there {times} times; "
                "keep what is known last"
            )
            raise ValueError(message)
    return given


def _days_of(outcome: Outcome) -> list[dt.date]:
    days = [getattr(outcome, event) for event in OUTCOME_EVENTS]
    return [outcome.asked, *(day for day in days if day is not None)]


def sorted_outcomes(
    net: Network,
    outcomes: Sequence[Outcome],
    model: TrustModel,
    *,
    as_of: dt.date | None,
    open_asks: OpenAsks,
) -> Sorted:
    """Return which outcomes can be learned from on a day; later events have not happened yet."""
    days = [day for one in outcomes for day in _days_of(one)]
    today = as_of or max([*days, *filter(None, [last_day_of(net)])], default=dt.date(1970, 1, 1))
    old = today - dt.timedelta(days=model.response.silence_after_days)
    used, young, still_open, given_up = [], 0, 0, 0
    for one in sorted(outcomes, key=lambda it: (it.asked, it.introducer, it.target)):
        known = _named(net, _known_on(one, today))
        if known.asked > old:
            young += 1
        elif _ending(known) != SILENT or known.state == "silent":
            used.append(known)
        elif open_asks == "silent":
            given_up += 1
            used.append(known)
        else:
            still_open += 1
    return Sorted(tuple(used), young, still_open, given_up, today)


def _known_on(outcome: Outcome, today: dt.date) -> Outcome:
    later = [event for event in OUTCOME_EVENTS if (day := getattr(outcome, event)) and day > today]
    return outcome.replace(**dict.fromkeys(later)) if later else outcome


def _named(net: Network, outcome: Outcome) -> Outcome:
    """Return the outcome with ids for names."""
    ends = {end: person_known(net, getattr(outcome, end)) for end in ("introducer", "target")}
    return outcome.replace(**ends)


def _ending(outcome: Outcome) -> int:
    ending = ENDINGS[outcome.state]
    if outcome.introducer == outcome.target:
        return ANSWERED if outcome.reached or ending != SILENT else SILENT
    # Whoever met the target without a word on how was passed on somehow.
    return PASSED if outcome.reached and outcome.state == "open" else ending


@dataclass(frozen=True, eq=False)
class Ties:
    """What somebody makes of an asker, one a place of the arrays.

    Attributes
    ----------
    alpha, beta
        Their opinion.
    belief, recall
        In [0, 1].
    unanswered
        Days of unanswered messages of the asker.
    """

    alpha: Floats
    beta: Floats
    belief: Floats
    recall: Floats
    unanswered: Floats

    def __len__(self) -> int:
        """Return the number of ties."""
        return len(self.alpha)

    def take(self, places: LongInts | Bools) -> Self:
        """Return some of the ties."""
        return type(self)(*(getattr(self, one.name)[places] for one in fields(self)))


def tie_values(values: Floats, model: TrustModel) -> Ties:
    """Return ties from what edges of a graph carry.

    Parameters
    ----------
    values
        Rows of trust, certainty, belief, recall and response, made by the model.
    model
        The trust model.

    Returns
    -------
    Ties
        What the edges were made of: the opinion, and the unanswered days behind the response.
    """
    trust, certainty, belief, recall, response = np.asarray(values, np.float64).reshape(-1, 5).T
    opinions = model.opinion.from_judgement(trust, certainty)
    answers = model.response
    base = answers.cold + (answers.friend - answers.cold) * belief
    left = np.divide(response - recall, 1 - recall, out=np.zeros_like(base), where=recall < 1)
    ratio = np.divide(base, left, out=np.ones_like(base), where=(left > 0) & (base > 0))
    unanswered = np.maximum(np.round(answers.patience_days * (ratio - 1)), 0.0)
    return Ties(opinions.alpha, opinions.beta, belief, recall, unanswered)


@dataclass(frozen=True, eq=False)
class Asks:
    """Closed asks in columns, shape (m,) each.

    Attributes
    ----------
    introducer
        Number of who was asked.
    ending
        What the ask ended in.
    direct, reach
        Whether the target itself was asked; whether nobody's name was at stake.
    kappa
        Factor of the clarity.
    eager, reluctant, handing
        What the incentive does: factor on the answer, factor on the endorsement, addition to
        nominal forwards.
    known
        Whether there was a tie on the day.
    ties
        What the introducer made of the seeker on the evening before.
    """

    introducer: LongInts
    ending: Ints
    direct: Bools
    reach: Bools
    kappa: Floats
    eager: Floats
    reluctant: Floats
    handing: Floats
    known: Bools
    ties: Ties

    def __len__(self) -> int:
        """Return the number of asks."""
        return len(self.ending)

    def take(self, places: LongInts | Bools) -> Self:
        """Return some of the asks."""
        columns = {
            one.name: getattr(self, one.name)[places] for one in fields(self) if one.name != "ties"
        }
        return type(self)(**columns, ties=self.ties.take(places))


def seeker_of(net: Network, outcome: Outcome) -> str:
    """Return the id of who asked; the owner of the network if the outcome does not say."""
    return net.resolve(outcome.seeker) if outcome.seeker else net.owner


def person_known(net: Network, person: str) -> str:
    """Return the id of a person, or the name itself of somebody in no archive."""
    try:
        return net.resolve(person)
    except UnknownPersonError:
        return person


def _between(net: Network, ends: Sequence[tuple[str, str]], model: TrustModel) -> Network:
    """Return the network with no more acts than decide about some ties."""
    if model.recall.shared_circles or model.recall.silence:
        return net  # what people do with others counts too
    evidence = net.evidence
    wanted = pd.MultiIndex.from_tuples([*ends, *((other, one) for one, other in ends)])
    acts = pd.MultiIndex.from_arrays([evidence["source"], evidence["target"]])
    # The date of the network is that of all its records.
    moment = net.as_of or utc_time(evidence["at"].max())
    return net.replace(evidence=evidence[acts.isin(wanted)], as_of=moment)


def asks_of(
    net: Network, outcomes: Sequence[Outcome], model: TrustModel, *, hidden: bool | None
) -> Asks:
    """Return asks with the ties as they were on the evening before each.

    Parameters
    ----------
    net
        The network.
    outcomes
        Closed asks, as `sorted_outcomes` returns them.
    model
        The trust model.
    hidden
        Whether to show no progress; None: only where it takes long.

    Returns
    -------
    Asks
        In the order of the outcomes. Where there is no tie the values are those of a stranger.
    """
    ends = [(one.introducer, seeker_of(net, one)) for one in outcomes]
    nobody = (model.opinion.base_rate, 0.0, 0.0, 0.0, model.response.cold)
    values = np.tile(np.array(nobody), (len(outcomes), 1))
    known = np.zeros(len(outcomes), bool)
    days = np.array([one.asked.toordinal() for one in outcomes], np.int64)
    between = _between(net, ends, model)
    bar = tqdm(
        np.unique(days).tolist(),
        desc="Asks",
        unit=" days",
        delay=1.0 if hidden is None else 0.0,
        leave=False,
        disable=bool(hidden),
    )
    for day in bar:
        # The evening before: neither the ask itself nor anything that it set off is evidence.
        evening = dt.date.fromordinal(day) - dt.timedelta(days=1)
        frame = score_ties(between, model, evening).frame.set_index(["source", "target"])
        rows = np.flatnonzero(days == day)
        places = frame.index.get_indexer(pd.MultiIndex.from_tuples([ends[row] for row in rows]))
        known[rows] = places >= 0
        there = rows[places >= 0]
        values[there] = frame[list(TIE_COLUMNS)].to_numpy(np.float64)[places[places >= 0]]
    reactions = [model.norms.reaction(Incentive(kind=one.incentive)) for one in outcomes]
    introducers = [introducer for introducer, _ in ends]
    return Asks(
        introducer=pd.factorize(np.array(introducers, dtype=object))[0].astype(np.int64),
        ending=np.array([_ending(one) for one in outcomes], np.int32),
        direct=np.array([one.introducer == one.target for one in outcomes], bool),
        reach=np.array([one.purpose == "reach" for one in outcomes], bool),
        kappa=np.array([model.clarity.kappa(one.clarity) for one in outcomes], np.float64),
        eager=np.array([one.response for one in reactions], np.float64),
        reluctant=np.array([one.endorsement for one in reactions], np.float64),
        handing=np.array([one.forwards for one in reactions], np.float64),
        known=known,
        ties=tie_values(values, model),
    )
