"""The trust model refitted to what became of one's own asks."""

import datetime as dt
from collections.abc import Iterable
from math import isnan
from statistics import NormalDist
from typing import Any, Final, Literal, NamedTuple, get_args

import numpy as np

from trustgraph._text import counted, listed
from trustgraph._typing import LongInts, Seed
from trustgraph.evaluation._outcome_asks import (
    DECLINED,
    ENDORSED,
    FORWARDED,
    PASSED,
    SILENT,
    OpenAsks,
    Sorted,
    asks_of,
    checked_outcomes,
    sorted_outcomes,
)
from trustgraph.evaluation._outcome_chances import GateMeans
from trustgraph.evaluation._outcome_events import (
    EVENTS,
    EventName,
    Predicted,
    out_of_sample,
    predictions,
    scored_of,
)
from trustgraph.evaluation._outcome_fit import PARTS, Data, Refit, Scale, refit, scales_of
from trustgraph.evaluation._outcome_past import day_of, last_day_of, undated_records
from trustgraph.evaluation._outcome_ways import ways_of
from trustgraph.evaluation.bootstrap import (
    bootstrap_calibration,
    bootstrap_difference,
    check_level,
    check_resamples,
)
from trustgraph.evaluation.calibrate_records import (
    CalibratedParameter,
    CalibratedPart,
    EventFigures,
    Gain,
    points_of,
)
from trustgraph.evaluation.calibrate_results import Calibration
from trustgraph.models.network import Network
from trustgraph.models.outcome import Outcome
from trustgraph.steps.seed import is_whole, number_of_seed
from trustgraph.trust.model import TrustModel

__all__ = ["calibrate"]

LEAST_ASKS: Final = 30
LEAST_EACH: Final = 5
LEAST_PEOPLE: Final = 5
LEAST_FOLDS: Final = 2
BLAMED: Final[tuple[Literal["log_loss", "brier"], ...]] = ("log_loss", "brier")


def calibrate(  # noqa: PLR0913 - all but two by name
    net: Network,
    outcomes: Iterable[Outcome],
    *,
    model: TrustModel | None = None,
    as_of: dt.date | str | None = None,
    open_asks: OpenAsks = "silent",
    folds: int = 5,
    bins: int = 5,
    level: float = 0.9,
    resamples: int = 1000,
    seed: Seed = 0,
    progress: bool | None = None,
) -> Calibration:
    """Refit the trust model to what became of asks, with intervals.

    Parameters
    ----------
    net
        The network whose records show what the ties were.
    outcomes
        What became of asks, as their seeker wrote it down.
    model
        Trust model to start from; default: `TrustModel()`.
    as_of
        Day on which the outcomes are judged; later events have not happened yet. Default: the
        newest day of the outcomes and of the network.
    open_asks
        What an ask without an ending is once it is older than ``model.response
        .silence_after_days``: ``"silent"``, or to be left out (``"leave out"``).
    folds
        Into how many shares the introducers are drawn for predictions out of sample, at least 2.
    bins
        Number of equal parts of [0, 1] of the reliability curves, at least 1.
    level
        Share that intervals hold, in (0, 1).
    resamples
        Draws of the bootstrap over introducers; 0 for no intervals of figures and curves.
    seed
        Of shares and draws.
    progress
        Whether to show a bar; default: only where it takes long.

    Returns
    -------
    Calibration
        The refitted ``model``; every number before and after with its interval and how much was
        learned of it; log loss, Brier score and reliability curves before and after.

    Raises
    ------
    ValueError
        If there are fewer than 30 closed asks or fewer than 5 people were asked, or no part of the
        model has 5 asks of either kind; or if an ask stands there twice, or an option is out of
        range.
    TypeError
        If an outcome is no `Outcome`.
    UnknownPersonError, AmbiguousPersonError
        If a seeker is not in the network, or a name stands for several people.
    SeveralOwnersError
        If an outcome does not say who asked and the network has not one owner.

    Notes
    -----
    The tie behind an ask is that of the evening before it: nothing later is looked at, nor the ask
    itself. Records without a date count on every day. Where there was no tie the introducer counts
    as a stranger. Asks of the last ``silence_after_days`` days are left out whatever became of
    them: of these only the quick answers are known.

    The chance of an ending is that of the model: no answer 1 - response kappa; else an endorsement
    with the willingness, a nominal hand-over with forwards less willingness, a refusal with the
    rest; ``passed`` without a word on how is either of the first two. After an endorsement the
    target is met with the trust that is passed on, times the factors of the best way behind the
    introducer, whatever became of it. Four parts are refitted, each if it has 5 asks of either
    kind: ``answers`` (cold, friend, patience_days), ``endorsements`` (endorse_at, which may then
    lie between whole numbers; trials, the slope, if it can be told), ``forwards`` (forward_at) and
    ``retention``, whose likelihood takes the others as they were fitted.

    Every number lives on the logit of its place between what is allowed, with a normal prior
    around its value so far of which nine tenths are the likely range of `TrustModel.parameters`.
    The mode is found, and the curvature there gives the intervals (Laplace). Numbers of which the
    asks remove less than a twentieth of the prior's variance (the slope: less than three quarters)
    stay. Asks of the same introducer share what is not known of them; the fit takes them as
    independent, so intervals are too narrow where few people were asked often. Figures and curves
    are by introducer throughout.

    References
    ----------
    Tierney & Kadane (1986), Accurate approximations for posterior moments and marginal densities,
    Journal of the American Statistical Association 81, 82-86, doi:10.1080/01621459.1986.10478240.

    Examples
    --------
    >>> people = [f"p{number}" for number in range(40)]
    >>> net = tg.Network.from_records([{"id": one} for one in ("me", *people)], owners=["me"])
    >>> for one in people[:20]:
    ...     net = net.with_judgement(one, "me", trust=0.8)
    >>> outcomes = [
    ...     tg.Outcome(
    ...         introducer=one,
    ...         target="Acme",
    ...         asked="2026-01-05",
    ...         endorsed="2026-01-09" if number < 16 else None,
    ...     )
    ...     for number, one in enumerate(people)
    ... ]
    >>> found = tg.evaluation.calibrate(net, outcomes, as_of="2026-06-01", resamples=100)
    >>> found.to_frame().loc["response.friend", ["before", "after"]].astype(float).round(2).tolist()
    [0.58, 0.74]
    >>> [part.name for part in found.parts if part.enough]
    ['answers']
    """
    start = model or TrustModel()
    _check(start, folds, open_asks)
    told = checked_outcomes(outcomes)
    given = sorted_outcomes(net, told, start, as_of=day_of(as_of), open_asks=open_asks)
    hidden = None if progress is None else not progress
    _check_enough(given)
    asks = asks_of(net, given.used, start, hidden=hidden)
    people = int(asks.introducer.max()) + 1
    if people < LEAST_PEOPLE:
        message = (
            f"the {len(asks)} closed asks went to {counted(people, 'person', 'people')}; at least "
            f"{LEAST_PEOPLE} are needed to tell the model from the people"
        )
        raise ValueError(message)
    ways = ways_of(net, given.used, asks, start, as_of=given.as_of, hidden=hidden)
    data = Data(asks, GateMeans.of(asks.ties), ways)
    parts = _parts(data)
    names = [part.name for part in parts if part.enough]
    if not names:
        seen = "; ".join(f"{one.yes} {one.kinds[0]}, {one.no} {one.kinds[1]}" for one in parts)
        message = (
            f"no part of the model has {LEAST_EACH} asks of either kind ({seen}); the asks are too "
            "much alike to learn from"
        )
        raise ValueError(message)
    scales = scales_of(start)
    found = refit(data, scales, names)
    number = number_of_seed(seed)
    rng = np.random.default_rng(number)
    after = out_of_sample(data, scales, names, folds=min(folds, people), rng=rng)
    before = predictions(data, {name: scale.before for name, scale in scales.items()})
    draws = Draws(check_resamples(resamples), check_level(level), number, bins)
    newest = last_day_of(net)
    return Calibration(
        model=start.with_parameters(
            {
                name: number
                for name, number in found.numbers.items()
                if number != scales[name].before
            }
        ),
        parameters=tuple(
            _parameter(name, part, start, scales, found, level)
            for part, numbers in PARTS.items()
            for name in numbers
        ),
        parts=parts,
        figures=tuple(
            _figures(event, before[event], after[event], asks.introducer, draws)
            for event in EVENTS
            if len(before[event].ask)
        ),
        asks=len(asks),
        introducers=people,
        young=given.young,
        open=given.open,
        given_up=given.given_up,
        strangers=int((~asks.known).sum()),
        no_way=ways.unknown,
        after_records=sum(newest is None or one.asked > newest for one in given.used),
        undated=undated_records(net),
        as_of=given.as_of,
        folds=min(folds, people),
        resamples=draws.resamples,
        level=draws.level,
        seed=number,
    )


def _check(model: Any, folds: int, open_asks: str) -> None:
    if not isinstance(model, TrustModel):
        message = f"model is a {type(model).__name__}; give a trustgraph.TrustModel"
        raise TypeError(message)
    if not is_whole(folds) or folds < LEAST_FOLDS:
        message = f"folds is {folds!r}; give a whole number from {LEAST_FOLDS}"
        raise ValueError(message)
    if open_asks not in get_args(OpenAsks):
        known = listed([repr(one) for one in get_args(OpenAsks)], "or")
        message = f"open_asks is {open_asks!r}; it must be {known}"
        raise ValueError(message)


def _check_enough(given: Sorted) -> None:
    if len(given.used) >= LEAST_ASKS:
        return
    left = []
    if given.young:
        left.append(f"{given.young} too recent to judge on {given.as_of}")
    if given.open:
        left.append(f"{given.open} still open")
    more = f" ({', '.join(left)})" if left else ""
    message = (
        f"there are {counted(len(given.used), 'closed ask')}{more}; at least {LEAST_ASKS} are "
        "needed, or chance would move the model more than the asks do: keep the defaults, and "
        "write down what becomes of every ask"
    )
    raise ValueError(message)


def _parts(data: Data) -> tuple[CalibratedPart, ...]:
    """Return how many asks speak about each part of the model."""
    asks, ways = data.asks, data.ways
    ending, through = asks.ending, ~asks.direct
    vouch = through & ~asks.reach
    passed = np.isin(ending, (FORWARDED, ENDORSED, PASSED))
    beyond = ways.further > 0
    counts = {
        "answers": (ending != SILENT, ending == SILENT, ("answered", "silent")),
        "endorsements": (
            vouch & (ending == ENDORSED),
            vouch & np.isin(ending, (FORWARDED, DECLINED)),
            ("endorsed", "answered otherwise"),
        ),
        "forwards": (through & passed, through & (ending == DECLINED), ("passed on", "declined")),
        "retention": (
            ways.met & beyond,
            ~ways.met & beyond,
            ("met by way of two or more intermediaries", "endorsed and not met"),
        ),
    }
    return tuple(
        CalibratedPart(
            name=name, yes=int(yes.sum()), no=int(no.sum()), kinds=kinds, needed=LEAST_EACH
        )
        for name, (yes, no, kinds) in counts.items()
    )


def _parameter(
    name: str,
    part: str,
    model: TrustModel,
    scales: dict[str, Scale],
    found: Refit,
    level: float,
) -> CalibratedParameter:
    """Return one number before and after; intervals are symmetric on its scale."""
    scale = scales[name]
    if name in ("gate.endorse_at", "gate.forward_at"):
        scale = scale.within(found.numbers["gate.trials"])
    far = NormalDist().inv_cdf((1 + level) / 2)
    learned = found.learned.get(name)
    ends: tuple[float | None, float | None] = (None, None)
    if learned is not None:
        # What was not fitted stays where the prior has its middle.
        middle = learned.z if name in found.fitted else 0.0
        low, high = (
            scale.value(scale.logit(middle + sign * learned.width)) for sign in (-far, far)
        )
        ends = (low, high)
    meaning = str(model.parameters().loc[name, "meaning"])
    fitted = name in found.fitted
    return CalibratedParameter(
        name=name,
        meaning=meaning,
        part=part,
        before=scale.before,
        after=found.numbers[name],
        low=ends[0],
        high=ends[1],
        prior_low=scale.value(scale.logit(-far)),
        prior_high=scale.value(scale.logit(far)),
        learned=0.0 if learned is None else learned.share,
        status="refitted" if fitted else "too few" if learned is None else "no information",
    )


class Draws(NamedTuple):
    """How intervals of figures and curves are drawn."""

    resamples: int
    level: float
    seed: int
    bins: int


def _figures(
    event: EventName, before: Predicted, after: Predicted, introducer: LongInts, draws: Draws
) -> EventFigures:
    """Return metrics and curves of one event; whole introducers are drawn."""
    old, new = scored_of(before, introducer), scored_of(after, introducer)
    resamples, level, seed, bins = draws
    apart = bootstrap_difference(
        new, old, BLAMED, resamples=resamples, level=level, unit="target", seed=seed
    )
    curves = [
        points_of(
            bootstrap_calibration(
                one, bins, resamples=resamples, level=level, unit="target", seed=seed
            )
        )
        for one in (old, new)
    ]
    return EventFigures(
        event=event,
        n=len(before.ask),
        came_true=int(before.came_true.sum()),
        gains=tuple(
            Gain(
                metric=metric,
                before=apart.loc[metric, "other"],
                after=apart.loc[metric, "one"],
                low=_number(apart.loc[metric, "low"]),
                high=_number(apart.loc[metric, "high"]),
            )
            for metric in BLAMED
        ),
        before=curves[0],
        after=curves[1],
    )


def _number(value: Any) -> float | None:
    return None if isnan(value) else float(value)
