"""Should I pay for a recommendation? Offers side by side, under both norms."""

from collections.abc import Iterable
from typing import Any, Final

import numpy as np

from trustgraph._typing import Floats, Graph, LongInts, Seed
from trustgraph.graph.index import TrustIndex
from trustgraph.introductions._table import PathTable
from trustgraph.models.ask import Ask, Incentive
from trustgraph.planning.incentive_draws import Draws
from trustgraph.planning.incentive_numbers import Contacts, paths_of
from trustgraph.planning.incentive_results import (
    IncentiveComparison,
    NoInterval,
    OfferEffect,
    Reason,
    Strategy,
)
from trustgraph.planning.incentive_table import OfferTable, offer_table
from trustgraph.reputation._given import check_trust_model
from trustgraph.reputation.interval_results import Interval
from trustgraph.steps.question import Question, ask_question, make_ask
from trustgraph.steps.seed import is_whole, number_of_seed
from trustgraph.steps.step_graph import StepGraph
from trustgraph.steps.subgraph import admissible_subgraph, check_max_intermediaries
from trustgraph.steps.told import told
from trustgraph.trust.incentives import Norms
from trustgraph.trust.model import TrustModel

__all__ = ["compare_incentives"]

SAMPLES: Final = 16_384
SAMPLES_A_DRAW: Final = 256
TAIL: Final = 0.05
OFFERS: Final[tuple[tuple[Strategy, Incentive], ...]] = (
    ("nothing", Incentive()),
    ("modest gift", Incentive(kind="gift", size="modest")),
    ("modest gift", Incentive(kind="gift", size="modest", disclosed=True)),
    ("token payment", Incentive(kind="payment", size="token")),
    ("token payment", Incentive(kind="payment", size="token", disclosed=True)),
    ("large payment", Incentive(kind="payment", size="large")),
    ("large payment", Incentive(kind="payment", size="large", disclosed=True)),
)


def compare_incentives(  # noqa: PLR0913 - the question, and how to answer it
    G: Graph | TrustIndex,
    ask: Ask | str,
    target: Any = None,
    *,
    norms: Norms | Iterable[Norms] | None = None,
    max_intermediaries: int = 3,
    model: TrustModel | None = None,
    observed_only: bool = True,
    draws: int = 500,
    seed: Seed = 0,
) -> IncentiveComparison:
    """Return what offering nothing, a gift or money does, to each contact and to the whole ask.

    Parameters
    ----------
    G
        The graph, or its index. An edge u -> v is u's trust in v.
    ask, target
        An `Ask`, or a seeker and a target; two names make an ask of clarity 1. What the ask itself
        offers is left out: every offer is compared.
    norms
        How an offer is taken: some `Norms`, or several with names of their own. Default: those of
        the literature and those of the essay; the norms of the model are not looked at.
    max_intermediaries
        Largest number of intermediaries on a path, 0 to 5.
    model
        Trust model; default: the one of the graph, else the default model.
    observed_only
        Whether to leave out inferred ties.
    draws
        How many times all opinions are drawn for the intervals, at least 1. Where the paths are
        too many for an exact answer, each draw is sampled too.
    seed
        Of the draws; None: a number left to chance, which the result tells.

    Returns
    -------
    IncentiveComparison
        One effect for each norms, offer and contact, and for the whole ask; a verdict.

    Raises
    ------
    UnknownPersonError, AmbiguousPersonError
        If a person is not known, or not by that name alone.
    TypeError
        If ``norms`` or ``model`` are none.
    ValueError
        If the seeker is a target, two norms have the same name, or an option is out of range.
    GraphContractError
        If the graph breaks the contract.

    Notes
    -----
    The offers: nothing; a modest gift, a token payment and a large payment, each told to the
    target or not. They go to the introducer and touch the first step alone (`Norms.effect`). Of
    the whole ask ``score`` is the reliability R of all admissible paths (`reputation_transfer`).
    Its lift takes the chance that something arrives merely forwarded as
    (1 - R)(1 - prod(1 - a)), where a is the chance that it so arrives through each contact:
    as if forwards and endorsements arrived independently.

    Laws, under any norms: no payment raises ``endorses``, ``score`` or R, by anybody; none makes
    an introducer of a forwarder; a modest gift lowers none of them; to tell the target never
    raises ``carried``. A payment may raise ``forwards`` of the unwilling, which carry nothing. For
    ``purpose="reach"`` nobody vouches, forwards are all there is, and a payment may raise them.

    One opinion is drawn a tie and draw, for all offers alike, so differences between offers are
    not blurred by how uncertain trust is; that the sizes of effects are uncertain is in no
    interval (`Norms.to_frame` tells which are judgements).

    Examples
    --------
    The essay's question: people of high rank at Acme, who met Ana once, are paid to recommend
    her. Bo knows her.

    >>> stranger = {
    ...     "trust": 0.2,
    ...     "certainty": 0.1,
    ...     "willingness": 0.08,
    ...     "forwards": 0.4,
    ...     "response": 0.2,
    ...     "endorsed_trust": 0.5,
    ... }
    >>> friend = {
    ...     "trust": 0.75,
    ...     "certainty": 0.7,
    ...     "willingness": 0.75,
    ...     "forwards": 0.99,
    ...     "response": 0.6,
    ...     "endorsed_trust": 0.82,
    ... }
    >>> G = nx.DiGraph()
    >>> for chief in ("cleo", "dov"):
    ...     G.add_node(chief, organisation="Acme", position="Chief Executive Officer")
    ...     G.add_edge(chief, "ana", **stranger)
    >>> found = tg.planning.compare_incentives(G, "ana", tg.Organisation("Acme"))
    >>> found.reason, found.payment_helps("literature"), found.payment_helps("essay")
    ('nobody_vouches', False, False)
    >>> frame = found.to_frame().query("norms == 'literature' and person == 'cleo'")
    >>> frame.query("not disclosed").set_index("strategy")[["endorses", "forwards", "score"]].round(
    ...     3
    ... )
                   endorses  forwards  score
    strategy
    nothing           0.016     0.064    0.0
    modest gift       0.019     0.075    0.0
    token payment     0.010     0.092    0.0
    large payment     0.016     0.086    0.0
    >>> print(found.verdict.splitlines()[0])
    No payment makes more arrive than nothing does.
    >>> G.add_node("bo", organisation="Acme", position="Buyer")
    >>> G.add_edge("bo", "ana", **friend)
    >>> found = tg.planning.compare_incentives(G, "ana", tg.Organisation("Acme"), draws=100)
    >>> [found.best(norms).strategy for norms in ("literature", "essay")]
    ['modest gift', 'modest gift']
    """
    most = check_max_intermediaries(max_intermediaries)
    if not is_whole(draws) or draws < 1:
        message = f"draws is {draws!r}; draw at least 1, a whole number"
        raise ValueError(message)
    check_trust_model(model)
    compared = _checked_norms(norms)
    number = number_of_seed(seed)
    asked = make_ask(ask, target)
    asked = asked.replace(incentive=Incentive()) if asked.incentive.kind != "none" else asked
    question = ask_question(G, asked, model=model, observed_only=observed_only)
    steps, paths = admissible_subgraph(question, most), paths_of(question, most=most)
    cases = [(one, offer) for one in compared for _, offer in OFFERS]
    expected = offer_table(
        steps, paths, Draws.expected(question), cases, samples=SAMPLES, seed=number
    )
    ties = _ties(steps, paths, expected.contacts)
    no_interval = _no_interval(question, ties)
    drawn = None
    if not no_interval:
        opinions = Draws.of(question, ties, int(draws), number)
        drawn = offer_table(steps, paths, opinions, cases, samples=SAMPLES_A_DRAW, seed=number)
    return IncentiveComparison(
        ask=asked,
        seeker_name=question.seeker_name,
        target_name=question.target_name,
        effects=_effects(question, cases, expected, drawn),
        norms=compared,
        draws=int(draws) if drawn else 0,
        no_interval=no_interval,
        reason=_reason(expected.contacts),
        exact=not expected.samples,
        standard_error=expected.error,
        max_intermediaries=most,
        observed_only=observed_only,
        as_of=question.index.as_of,
        seed=number,
    )


def _checked_norms(norms: Any) -> tuple[Norms, ...]:
    if norms is None:
        return Norms.literature(), Norms.essay()
    told = (norms,) if isinstance(norms, Norms) else norms
    if not isinstance(told, Iterable) or isinstance(told, (str, dict)):
        message = f"norms is {norms!r}; pass tg.trust.Norms, or several of them"
        raise TypeError(message)
    several = tuple(told)
    for one in several:
        if not isinstance(one, Norms):
            message = f"norms holds {one!r}; pass tg.trust.Norms, such as Norms.essay()"
            raise TypeError(message)
    names = [one.name for one in several]
    if not names or len(set(names)) < len(names):
        message = f"norms to compare need names of their own, and at least one; these are {names}"
        raise ValueError(message)
    return several


def _ties(steps: StepGraph, paths: PathTable, contacts: Contacts) -> LongInts:
    """Return the numbers of all steps whose opinions count."""
    every = np.concatenate([steps.step, paths.step.ravel(), contacts.step]).astype(np.int64)
    return np.unique(every[every >= 0])


def _no_interval(question: Question, ties: LongInts) -> NoInterval:
    if not len(ties):
        return "no_path"
    if question.ask.purpose == "reach":
        return "reach"
    unknown = np.isnan(told(question.index, "certainty", ties)).any()
    return "no_certainty" if unknown else ""


def _reason(contacts: Contacts) -> Reason:
    if not len(contacts):
        return "nobody_to_ask"
    return "" if contacts.vouches.any() else "nobody_vouches"


def _effects(
    question: Question,
    cases: list[tuple[Norms, Incentive]],
    expected: OfferTable,
    drawn: OfferTable | None,
) -> tuple[OfferEffect, ...]:
    index, contacts = question.index, expected.contacts
    people: list[dict[str, Any]] = [{"person": "", "name": "", "role": "ask"}]
    people += [
        {
            "person": index.labels[node],
            "name": index.names[node],
            "role": "introducer" if vouches else "forwarder",
        }
        for node, vouches in zip(contacts.node.tolist(), contacts.vouches.tolist(), strict=True)
    ]
    reach = question.ask.purpose == "reach"
    strategies = [name for name, _ in OFFERS]
    effects = []
    for case, (norms, offer) in enumerate(cases):
        numbers = {name: values[:, 0].tolist() for name, values in expected.numbers[case].items()}
        ranges = {} if drawn is None else _ranges(drawn.numbers[case])
        for row, who in enumerate(people):
            told_numbers = {name: values[row] for name, values in numbers.items()}
            if reach:
                told_numbers["lift"] = None
            effects.append(
                OfferEffect(
                    norms=norms.name,
                    strategy=strategies[case % len(OFFERS)],
                    disclosed=offer.disclosed,
                    **who,
                    **told_numbers,
                    **{f"{name}_interval": found[row] for name, found in ranges.items()},
                )
            )
    return tuple(effects)


def _ranges(numbers: dict[str, Floats]) -> dict[str, list[Interval]]:
    found = {}
    for name, values in numbers.items():
        low, high = np.quantile(values, [TAIL, 1.0 - TAIL], axis=1)
        # Rounding may put the mean of equal numbers beside them.
        mean = np.clip(values.mean(axis=1), values.min(axis=1), values.max(axis=1))
        rows = zip(low.tolist(), mean.tolist(), high.tolist(), strict=True)
        found[name] = [Interval(low=one[0], mean=one[1], high=one[2]) for one in rows]
    return found
