"""Make a world in which asks are answered."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from trustgraph._typing import Seed
from trustgraph.graph.build import build_graph
from trustgraph.graph.index import TrustIndex
from trustgraph.models.ask import Ask
from trustgraph.models.network import Network
from trustgraph.planning._trial_truth import Ranges, default_ranges, drawn_model
from trustgraph.planning._trial_ways import Ways, find_ways
from trustgraph.planning.trial import AskTrial, Truth
from trustgraph.steps.seed import number_of_seed
from trustgraph.steps.subgraph import check_max_intermediaries
from trustgraph.trust.model import TrustModel

__all__ = ["make_trial"]

NO_DATE: Final = dt.date(2026, 1, 1)


def make_trial(
    net: Network,
    asks: Sequence[Ask],
    *,
    seed: Seed = 0,
    model: TrustModel | None = None,
    ranges: Ranges | None = None,
    thinks_again: float = 1.0,
    max_intermediaries: int = 3,
) -> AskTrial:
    """Make a world in which asks are answered as the model says, with numbers of its own.

    The default model is a guess. Here the true numbers are drawn from all that the literature
    allows, so that a plan made with the defaults is tried in a world that does not follow them.

    Parameters
    ----------
    net
        The network.
    asks
        Whom the seeker wants to reach; one ask a target.
    seed
        Of the true model and of the luck; `AskTrial.again` draws another luck.
    model
        Whose numbers are true where none are drawn, and whose ranges are drawn from; default:
        `TrustModel()`.
    ranges
        Name of a parameter -> lowest and highest value; default: those that the model's
        `parameters` gives for evidence, opinions, gate, recall, response, goodwill, clarity,
        paths, norms and standing. ``{}``: nothing is drawn, the model is the truth.
    thinks_again
        Chance, in [0, 1], that it is decided anew whether somebody answers who is asked for the
        same target again; 0: whoever kept silent stays silent.
    max_intermediaries
        Largest number of intermediaries on a path, 0 to 5.

    Returns
    -------
    AskTrial
        The world, with nobody asked yet.

    Raises
    ------
    UnknownPersonError, AmbiguousPersonError
        If a person is not known, or not by that name alone.
    ValueError
        If two asks have the same target, there are several seekers, or an option is out of range.
    TypeError
        If something given is no network or no ask.

    Notes
    -----
    The true model gives the graph of the same network. Every opinion is drawn once,
    X ~ Beta(alpha, beta), for each ordered pair. An introducer answers with the chance
    response · clarity · goodwill, the response falling with unanswered asks as it does with
    unanswered messages; who answers endorses if a number drawn for this person and
    target is below g(X), merely forwards if it is below P(Bin(n, X) >= forward_at), else declines;
    the word of an endorser is believed with chance X. Every other step works or not, once for all
    asks for a target: with chance response · clarity · retention · g(X) X between intermediaries,
    X at the end. A direct ask is answered and then believed with chance X. The target is met if
    the endorser is believed and steps that work lead from there to the target. Averaged over the
    opinions this is the model of `find_introductions` and `reputation_transfer`.

    Random numbers belong to people and targets and not to the order of asks, so two plans can be
    tried with the same luck.

    Examples
    --------
    >>> net = tg.datasets.make_world(40, seed=7)
    >>> asks = [tg.Ask(seeker=net.owner, target=one, clarity=1) for one in ("p30", "p31")]
    >>> trial = tg.planning.make_trial(net, asks, seed=3)
    >>> trial
    AskTrial(targets=2, reached=0, asked=0, seed=3)
    >>> trial.model == tg.TrustModel()
    False
    >>> tg.planning.make_trial(net, asks, ranges={}).model == tg.TrustModel()
    True
    """
    _check(net, asks)
    most = check_max_intermediaries(max_intermediaries)
    if not 0 <= thinks_again <= 1:
        message = f"thinks_again is {thinks_again!r}; it is a chance, from 0 to 1"
        raise ValueError(message)
    number = number_of_seed(seed)
    rng = np.random.default_rng(number)
    centre = model or TrustModel()
    true = drawn_model(centre, default_ranges(centre) if ranges is None else ranges, rng)
    index = TrustIndex.from_graph(build_graph(net, model=true))
    ways: dict[str, Ways] = {}
    for ask in asks:
        way = find_ways(index, ask, model=true, most=most)
        if way.target in ways:
            message = f"two asks for {way.target!r}; one ask a target"
            raise ValueError(message)
        ways[way.target] = way
    truth = Truth(
        index=index,
        model=true,
        thinks_again=float(thinks_again),
        asks=tuple(asks),
        ways=ways,
        start=dt.date.fromisoformat(index.as_of[:10]) if index.as_of else NO_DATE,
    )
    return AskTrial(truth, number)


def _check(net: Any, asks: Sequence[Any]) -> None:
    if not isinstance(net, Network):
        message = f"a trial is made of a Network, not of a {type(net).__name__}"
        raise TypeError(message)
    for ask in asks:
        if not isinstance(ask, Ask):
            message = f"asks are tg.Ask(seeker=..., target=...), not {ask!r}"
            raise TypeError(message)
    seekers = sorted({ask.seeker for ask in asks})
    if len(seekers) > 1:
        message = f"one seeker at a time, not {', '.join(seekers)}"
        raise ValueError(message)
