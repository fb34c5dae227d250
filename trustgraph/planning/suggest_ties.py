"""Which single tie, new or revived, would help a seeker most."""

from collections.abc import Iterable, Sequence
from numbers import Real
from typing import Any, Final, get_args

from trustgraph._typing import Graph, Seed
from trustgraph.engine.reliability_stop import WORD
from trustgraph.graph.build import build_graph
from trustgraph.graph.index import TrustIndex
from trustgraph.introductions.find import checked_k
from trustgraph.models.ask import Ask, Organisation, Prospect
from trustgraph.models.network import Network
from trustgraph.models.people import Person
from trustgraph.planning._ties_candidates import Candidate, Contacts, offers_of
from trustgraph.planning._ties_choice import best_of
from trustgraph.planning._ties_effort import TieEffort, facts_of_new_tie
from trustgraph.planning._ties_people import common_ground
from trustgraph.planning._ties_reach import Offers, TargetReach
from trustgraph.planning._ties_told import aim_of, state_of, told_ties
from trustgraph.planning.suggest_ties_results import (
    Objective,
    Reason,
    TieKind,
    TieSuggestion,
    TieSuggestions,
)
from trustgraph.reputation._given import check_trust_model, index_of, number_of
from trustgraph.steps.question import Question, ask_question
from trustgraph.steps.seed import is_whole, number_of_seed
from trustgraph.steps.subgraph import check_max_intermediaries
from trustgraph.trust.model import TrustModel

__all__ = ["suggest_ties"]

SAMPLES: Final = 16_384
NEW_TIE: Final = TieEffort(meetings=1, conversations=4, days=365)
REVIVE: Final = TieEffort(conversations=3, days=90)
FADING: Final = 0.75
"""A talk every three months keeps recall at about two thirds: such a tie can be revived (J)."""


def suggest_ties(  # noqa: PLR0913 - the question, what is assumed, and how to answer it
    G: Graph | TrustIndex | Network,
    seeker: Any,
    targets: Any,
    *,
    kinds: Sequence[TieKind] = ("new", "revive"),
    k: int = 10,
    new_tie: Any = NEW_TIE,
    revive: TieEffort = REVIVE,
    fading: float = FADING,
    anybody: bool = False,
    include_targets: bool = False,
    objective: Objective = "reach",
    max_intermediaries: int = 3,
    observed_only: bool = True,
    model: TrustModel | None = None,
    samples: int = SAMPLES,
    seed: Seed = 0,
) -> TieSuggestions:
    """Return the single new acquaintances, or faded ties revived, that would help most.

    Parameters
    ----------
    G
        The graph, its index, or the network it is built from: only a network knows what an old
        tie is made of, so only with it is the worth of reviving one as exact as all else.
    seeker
        Id or unique full name.
    targets
        Whom they want to reach: a person, an `Organisation` or a `Prospect`, or several.
    kinds
        What to suggest: ``"new"`` acquaintances, ties to ``"revive"``, or both.
    k
        How many suggestions, at least 1.
    new_tie
        What is done to make a new tie: a `TieEffort`; or what the other would hold of the seeker:
        a trust, (trust, certainty) or a mapping as in `what_if`.
    revive
        What is done to revive an old one.
    fading
        Contacts to whose mind the seeker comes with a smaller chance than this, in [0, 1], have
        faded (a judgement). A graph without recall has none.
    anybody
        Whether to suggest people with whom the seeker has nothing in common. Otherwise a new
        acquaintance has a contact, an organisation or a school in common with the seeker.
    include_targets
        Whether a target may be suggested as a new acquaintance: to know them is as a rule the aim
        and not the way. A contact who is a target may always be revived.
    objective
        ``"reach"``: the expected number of targets reached; ``"score"``: the sum of the scores of
        the best paths to each.
    max_intermediaries
        Largest number of intermediaries, 0 to 5.
    observed_only
        Whether to leave out inferred ties. A new or revived tie counts as observed.
    model
        Trust model; default: the one of the graph, else the default model.
    samples
        Random draws for a target where the exact answer would take too long, at least 1; made up
        to a multiple of 64.
    seed
        Of these draws; None: a number left to chance, which the result tells.

    Returns
    -------
    TieSuggestions
        The best k, with what each adds, for whom, how to meet them and what to do.

    Raises
    ------
    UnknownPersonError, AmbiguousPersonError
        If a person is not known, or not by that name alone.
    TypeError
        If a target is no target, or ``new_tie``, ``revive`` or ``model`` is none.
    ValueError
        If there is no target, the seeker is one, or an option is out of range.
    GraphContractError
        If the graph breaks the contract.

    See Also
    --------
    trustgraph.reputation.what_if : Any other change, for one target.

    Notes
    -----
    The reach of a target is the two-terminal reliability of `reliability`, for an ask of clarity
    1; its sum over targets is the expected number of targets reached. A tie changes one step: the
    first one, to the new or revived contact, or the direct one where they are a target. What a
    first step of chance f adds is at most f x U x (1 - R), where R is the reach and U bounds the
    chance to get on from that contact: the chance to get on by any of several steps is at most one
    less the product of their failures, as all of these events are increasing (Harris [1]_). So
    most candidates are ruled out by their bounds, best bound first, and only the others are worked
    out in full; the first k are those of the full comparison. Best scores are exact for all.

    A candidate is judged by itself, with everything else as it is at the date of the graph.

    References
    ----------
    .. [1] Harris, T. E. (1960). A lower bound for the critical probability in a certain percolation
       process. Mathematical Proceedings of the Cambridge Philosophical Society 56(1), 13-20.
       https://doi.org/10.1017/S0305004100034241

    Examples
    --------
    >>> G = nx.DiGraph()
    >>> G.add_edge("bo", "ana", trust=0.8)
    >>> G.add_edge("cy", "bo", trust=0.5)
    >>> G.add_edge("dee", "cy", trust=0.9)
    >>> found = tg.planning.suggest_ties(G, "ana", ["dee"], new_tie=0.6)
    >>> [(one.name, round(one.gain, 3)) for one in found]
    [('cy', 0.432)]
    >>> print(found.explain().splitlines()[1])
    1. Get to know cy. That adds 0.432 expected targets; it helps most with dee (0.180 to 0.612).
    """
    wanted = _options(kinds, objective, fading, revive)
    number, most = checked_k(k), check_max_intermediaries(max_intermediaries)
    if not is_whole(samples) or samples < 1:
        message = f"samples is {samples!r}; draw at least 1, a whole number"
        raise ValueError(message)
    drawn = number_of_seed(seed)
    check_trust_model(model)
    net = G if isinstance(G, Network) else None
    index = index_of(build_graph(G, model=model) if isinstance(G, Network) else G)
    in_force = model or index.model or TrustModel()
    start = number_of(index, seeker)
    questions = _questions(index, start, targets, in_force, observed_only=observed_only)
    common = common_ground(index, start, observed_only=observed_only)
    contacts = Contacts.of(index, start, common, observed_only=observed_only)
    facts = facts_of_new_tie(new_tie, index, in_force)
    aims = {one.node for question in questions for one in question.targets}
    candidates = []
    if "new" in wanted:
        candidates = contacts.new(facts, set() if include_targets else aims, anybody=anybody)
    if "revive" in wanted:
        candidates += contacts.faded(revive, float(fading), in_force, net)
    offers = offers_of(index, in_force, candidates)
    reaches = [
        TargetReach(question, most, offers, samples=int(samples), seed=[drawn, place])
        for place, question in enumerate(questions)
    ]
    choice = best_of(reaches, offers, number, by_score=objective == "score")
    effort = new_tie if isinstance(new_tie, TieEffort) else None
    items = told_ties(
        questions,
        reaches,
        candidates,
        choice,
        efforts={"new": effort, "revive": revive},
        most=most,
    )
    sampled = any(one.now.error for one in reaches) or any(one.standard_error for one in items)
    many = [sum(one.kind == kind for one in candidates) for kind in get_args(TieKind)]
    named = [aim_of(question) for question in questions]
    return TieSuggestions(
        seeker=index.labels[start],
        seeker_name=index.names[start],
        targets=tuple(one for one, _ in named),
        target_names=tuple(name for _, name in named),
        items=items,
        objective=objective,
        expected=sum(reach.now.value for reach in reaches),
        scores=sum(reach.score for reach in reaches),
        considered=(many[0], many[1]),
        evaluated=choice.evaluated,
        exact=not sampled,
        samples=-(-int(samples) // WORD) * WORD if sampled else 0,
        new_tie=effort,
        revive=revive,
        new_state=state_of(facts),
        reason=_reason(items, candidates, offers),
        k=number,
        max_intermediaries=most,
        observed_only=observed_only,
        fading=float(fading),
        as_of=index.as_of,
        seed=drawn,
    )


def _options(kinds: Any, objective: Any, fading: Any, revive: Any) -> tuple[TieKind, ...]:
    known = get_args(TieKind)
    several = (kinds,) if isinstance(kinds, str) or not isinstance(kinds, Iterable) else (*kinds,)
    if not several or any(one not in known for one in several):
        message = f"kinds is {kinds!r}; name some of {', '.join(known)}"
        raise ValueError(message)
    if objective not in get_args(Objective):
        message = f"objective is {objective!r}; name one of {', '.join(get_args(Objective))}"
        raise ValueError(message)
    if isinstance(fading, bool) or not isinstance(fading, Real) or not 0 <= float(fading) <= 1:
        message = f"fading is {fading!r}; give a recall in [0, 1]"
        raise ValueError(message)
    if not isinstance(revive, TieEffort):
        message = f"revive is {revive!r}; give a TieEffort"
        raise TypeError(message)
    return several


def _questions(
    index: TrustIndex, seeker: int, targets: Any, model: TrustModel, *, observed_only: bool
) -> list[Question]:
    """Return one question a target; who is named twice counts once."""
    single = (str, Person, Organisation, Prospect)
    alone = isinstance(targets, (*single, Ask)) or not isinstance(targets, Iterable)
    several = (targets,) if alone else tuple(targets)
    if not several:
        message = "who is to be reached? name at least one target"
        raise ValueError(message)
    found: dict[Any, Question] = {}
    for one in several:
        if isinstance(one, Ask) or (isinstance(one, Iterable) and not isinstance(one, single)):
            message = f"{one!r} is no single target; name a person, an Organisation or a Prospect"
            raise TypeError(message)
        question = ask_question(
            index, index.labels[seeker], one, model=model, observed_only=observed_only
        )
        virtual = isinstance(one, (Organisation, Prospect))
        found.setdefault(one if virtual else question.targets[0].id, question)
    return list(found.values())


def _reason(
    items: tuple[TieSuggestion, ...], candidates: list[Candidate], offers: Offers
) -> Reason:
    if items:
        return ""
    if not candidates:
        return "nobody_to_suggest"
    return "nothing_helps" if (offers.entry > 0).any() else "would_not_vouch"
