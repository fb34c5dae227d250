"""Over which range of each judgement a ranking holds."""

from collections import Counter
from collections.abc import Hashable, Mapping
from typing import Any, Final

import numpy as np
import pandas as pd
from tqdm import tqdm

from trustgraph._typing import Graph, Seed
from trustgraph.graph.build import build_graph
from trustgraph.graph.index import TrustIndex
from trustgraph.introductions.results import Introductions
from trustgraph.models.network import Network
from trustgraph.planning._sensitivity_asked import Again, Ranking, again_of, ranking_of
from trustgraph.planning._sensitivity_parameters import (
    Parameter,
    changed,
    needs_records,
    parameters_of,
)
from trustgraph.planning._sensitivity_scan import Base, Scan, latin_hypercube, scan
from trustgraph.planning.sensitivity_results import (
    FirstShare,
    JointSweep,
    ParameterRange,
    Sensitivity,
)
from trustgraph.reputation._given import check_trust_model, index_of
from trustgraph.steps.seed import is_whole, number_of_seed
from trustgraph.trust.model import TrustModel

__all__ = ["sensitivity"]

GRID: Final = 7
HALVINGS: Final = 7
DRAWS: Final = 100
FIRST: Final = 5
"""Rows that count as the answer where a result does not say how many were asked for."""
CLOSE: Final = 1e-9


def sensitivity(  # noqa: PLR0913 - the result, what is varied, and how
    result: Any,
    parameters: Any = None,
    *,
    network: Network | Graph | TrustIndex,
    again: Again | None = None,
    k: int | None = None,
    grid: int = GRID,
    halvings: int = HALVINGS,
    draws: int = DRAWS,
    model: TrustModel | None = None,
    seed: Seed = 0,
    progress: bool = False,
) -> Sensitivity:
    """Return over which range of each judgement the ranking of a result holds.

    Parameters
    ----------
    result
        `Introductions`, `Transfer`, `Reliability`, or anything that can be ranked: with a method
        ``ranking()`` that returns a Series of scores by key, a Series, or a frame with a column
        ``score`` such as that of `rank_organisations`; see ``again``.
    parameters
        Names as in `TrustModel.parameters`, one or several; None: all judgements (confidence
        ``"J"``) that can matter to this result.
    network
        The network that the result was made from: graphs are built again where a number is at
        work in that. Or its graph or index: then only numbers that are at work when a question is
        asked can be varied (``gate.min_willingness``, ``paths``, ``clarity``, ``norms``,
        ``goodwill``, ``standing``, ``reach``, ``lift``).
    again
        (index, model) -> result, which asks the question again; default: the result knows its
        question, or has a method ``ask_again(index, model)``.
    k
        How many of the first rows count as the answer; default: all of `Introductions`, else 5 at
        most.
    grid
        Values tried over each likely range, at least 2, besides the default.
    halvings
        Halvings of the gap between two of them in which a change was seen, at least 0.
    draws
        Joint draws over all ranges, at least 0.
    model
        Trust model that the result was made with; default: that of the graph, else the default.
    seed
        Of the joint draws; None: a number left to chance, which the result tells.
    progress
        Whether to show a progress bar on the standard error stream.

    Returns
    -------
    Sensitivity
        For each parameter the range around its default in which the first stays first, the order
        of the first k stays, and they stay the first k; what takes over; how far the score moves;
        and how often each row is first when all are drawn at once.

    Raises
    ------
    TypeError
        If the result cannot be ranked or asked again, or ``model`` is none.
    ValueError
        If a parameter is none, needs the records and there are none, an option is out of range,
        or the question asked again is answered otherwise than in the result.

    Notes
    -----
    Nothing is assumed to be monotone. The grid over the whole likely range is asked first; then
    the nearest change on either side of the default is narrowed down by bisection between the last
    value that holds and the first that does not. At most ``parameters x (grid + 1 + 6 halvings) +
    draws + 1`` questions are asked. Ends of a range are values at which the ranking holds; the
    change lies at most one gap of the grid / 2^halvings beyond. Joint draws are a Latin hypercube
    [1]_, uniform over each range; draws that the model does not allow are counted and left out.

    References
    ----------
    .. [1] McKay, M. D., Beckman, R. J., Conover, W. J. (1979). A comparison of three methods for
       selecting values of input variables in the analysis of output from a computer code.
       Technometrics 21(2), 239-245. https://doi.org/10.1080/00401706.1979.10489755

    Examples
    --------
    A path through one intermediary against a stronger one through two, which passes on what
    retention leaves: they change places at 0.4 / (0.9 x 0.9 x 0.8).

    >>> G = nx.DiGraph()
    >>> G.add_edge("bo", "ana", trust=0.8)
    >>> G.add_edge("zoe", "bo", trust=0.5)
    >>> G.add_edge("cy", "ana", trust=0.9)
    >>> G.add_edge("dee", "cy", trust=0.9)
    >>> G.add_edge("zoe", "dee", trust=0.8)
    >>> paths = tg.find_introductions(G, "ana", "zoe")
    >>> found = tg.planning.sensitivity(paths, "paths.retention", network=G)
    >>> round(found[0].first_to, 2), round(0.4 / (0.9 * 0.9 * 0.8), 2), found[0].above
    (0.62, 0.62, 'ana → cy → dee → zoe')
    """
    _check(k=k, grid=grid, halvings=halvings, draws=draws)
    check_trust_model(model)
    asks = again or again_of(result)
    given = ranking_of(result)
    table = isinstance(result, (pd.DataFrame, pd.Series, Mapping))
    asker = _Asker(network, asks, model, "" if table else str(getattr(result, "as_of", "")))
    ask = None if table else getattr(result, "ask", None)
    varied = parameters_of(asker.model, parameters, network=asker.network, ask=ask)
    base = _base(result, given, k)
    _check_same(base, asker.at({}) or {})
    number = number_of_seed(seed)
    rng = np.random.default_rng(number)
    ranges = []
    with tqdm(
        total=len(varied) + draws, desc="Sensitivity", disable=not progress, leave=False
    ) as bar:
        for one in varied:
            found = scan(one, base, asker.along(one), grid=grid, halvings=halvings)
            ranges.append(_range(one, found, asker))
            bar.update()
        drawn = []
        for row in latin_hypercube(varied, draws if varied else 0, rng):
            values = {one.name: one.near(value) for one, value in zip(varied, row, strict=True)}
            drawn.append(asker.at(values))
            bar.update()
    span = {one.name: one.high - one.low for one in varied}
    ranges.sort(key=lambda one: (one.stays, _reach(one, span), -one.swing, one.name))
    first = next(iter(given), None)
    return Sensitivity(
        ranges=tuple(ranges),
        joint=_joint(base, drawn, asker),
        first=asker.words(first) if given else "",
        score=max(given.values(), default=0.0),
        ranked=len(given),
        k=base.k,
        grid=grid,
        halvings=halvings,
        evaluations=asker.evaluations,
        most_evaluations=len(varied) * (grid + 1 + 6 * halvings) + draws + 1,
        from_records=asker.network is not None,
        seed=number,
    )


def _check(*, k: Any, grid: Any, halvings: Any, draws: Any) -> None:
    least = {"grid": (grid, 2), "halvings": (halvings, 0), "draws": (draws, 0)}
    if k is not None:
        least["k"] = (k, 1)
    for name, (value, low) in least.items():
        if not is_whole(value) or value < low:
            message = f"{name} is {value!r}; give a whole number of at least {low}"
            raise ValueError(message)


class _Asker:
    """Asks the question at other values, on the graph as it is or built again."""

    def __init__(
        self,
        network: Network | Graph | TrustIndex,
        again: Again,
        model: TrustModel | None,
        as_of: str,
    ) -> None:
        self._again = again
        self._as_of = as_of or None
        self.network = network if isinstance(network, Network) else None
        self.evaluations = 0
        if isinstance(network, Network):
            self.model = model or TrustModel()
            self._index = self._built(network, self.model)
        else:
            self._index = index_of(network)
            self.model = model or self._index.model or TrustModel()
        self._names = dict(zip(self._index.labels, self._index.names, strict=True))

    def _built(self, network: Network, model: TrustModel) -> TrustIndex:
        return TrustIndex.from_graph(build_graph(network, model=model, as_of=self._as_of))

    def at(self, values: dict[str, float]) -> Ranking | None:
        """Return the ranking at some values, None if the model does not allow them."""
        model = changed(self.model, values) if values else self.model
        if model is None:
            return None
        self.evaluations += 1
        index = self._index
        if self.network is not None and any(map(needs_records, values)):
            index = self._built(self.network, model)
        return ranking_of(self._again(index, model))

    def along(self, parameter: Parameter) -> Any:
        """Return what asks at the values of one parameter."""
        return lambda value: self.at({parameter.name: value})

    def words(self, key: Hashable) -> str:
        """Return a key of a ranking in words."""
        if isinstance(key, tuple):
            return " → ".join(str(self._names.get(one, one)) for one in key)
        return str(self._names.get(key, key))


def _base(result: Any, given: Ranking, k: int | None) -> Base:
    asked = result.k if isinstance(result, Introductions) else None
    if k is None:
        k = len(given) if asked else FIRST
    many = min(k, len(given))
    return Base(given, many, complete=many == len(given) and (asked is None or len(given) < asked))


def _check_same(base: Base, now: Ranking) -> None:
    """Raise a ValueError if the question asked again is answered otherwise."""
    given = base.ranking
    same = given.keys() == now.keys() and all(
        abs(now[key] - score) <= CLOSE * max(abs(score), 1.0) for key, score in given.items()
    )
    if not same:
        message = (
            "asked again at the default values, the question has another answer than the result; "
            "pass the network or graph that the result was made from, and the model if it was made "
            "with one of its own"
        )
        raise ValueError(message)


def _range(one: Parameter, found: Scan, asker: _Asker) -> ParameterRange:
    spans = {
        f"{name}_{end}": value
        for name, span in found.spans.items()
        for end, value in zip(("from", "to"), span, strict=True)
    }
    low, high, at_low, at_high = found.scores
    taus = [None if np.isnan(value) else value for value in found.taus]
    return ParameterRange(
        name=one.name,
        value=one.value,
        unit=one.unit,
        meaning=one.meaning,
        confidence=one.confidence,
        low=found.allowed[0],
        high=found.allowed[1],
        **spans,
        below=_taker(found.below, asker),
        above=_taker(found.above, asker),
        tau_low=taus[0],
        tau_high=taus[1],
        score_low=low,
        score_high=high,
        at_low=at_low,
        at_high=at_high,
        evaluations=found.evaluations,
    )


def _taker(found: tuple[Hashable | None, ...] | None, asker: _Asker) -> str:
    return "" if found is None or found[0] is None else asker.words(found[0])


def _reach(one: ParameterRange, span: dict[str, float]) -> float:
    """Return how near to the default a change of the first is, as a share of the likely range."""
    if one.stays or not span[one.name]:
        return 0.0
    ends = [
        abs(end - one.value)
        for end, limit in ((one.first_from, one.low), (one.first_to, one.high))
        if end != limit
    ]
    return min(ends) / span[one.name]


def _joint(base: Base, drawn: list[Ranking | None], asker: _Asker) -> JointSweep:
    allowed = [one for one in drawn if one is not None]
    refused = len(drawn) - len(allowed)
    if not allowed:
        return JointSweep(draws=0, refused=refused)
    first = Counter(next(iter(one), None) for one in allowed)
    own = next(iter(base.ranking), None)
    scores = [max(one.values(), default=0.0) for one in allowed]
    low, median, high = np.quantile(scores, [0.05, 0.5, 0.95]).tolist()
    return JointSweep(
        draws=len(allowed),
        refused=refused,
        first=tuple(
            FirstShare(
                name="nothing" if key is None else asker.words(key),
                share=number / len(allowed),
                is_first=key == own,
            )
            for key, number in first.most_common()
        ),
        order_kept=float(np.mean([base.holds("order", one) for one in allowed])),
        answer_kept=float(np.mean([base.holds("answer", one) for one in allowed])),
        score_low=low,
        score_median=median,
        score_high=high,
    )
