"""What an ask leaves unsaid: nobody can read minds, even those who trust you."""

from collections.abc import Callable, Mapping
from typing import Any, Final, Literal

import numpy as np

from trustgraph._typing import Graph, Seed
from trustgraph.graph.index import TrustIndex
from trustgraph.introductions.find import find_introductions
from trustgraph.models.ask import CLARITY_WEIGHTS, Ask, score_of
from trustgraph.planning.clarity_results import AskImprovement, Clearer, MissingField
from trustgraph.planning.incentive_arrivals import arrivals
from trustgraph.reputation._given import check_trust_model
from trustgraph.steps.drawn import drawn_chances
from trustgraph.steps.question import ask_question
from trustgraph.steps.seed import number_of_seed
from trustgraph.steps.step_graph import LAST
from trustgraph.steps.subgraph import admissible_subgraph, check_max_intermediaries
from trustgraph.trust.model import TrustModel

__all__ = ["QUESTIONS", "improve_ask"]

SAMPLES: Final = 16_384
QUESTIONS: Final = {
    "interest": "What exactly should they think of you for?",
    "role": "Which role or kind of work, in the words of a vacancy?",
    "why_me": "What have you done that they can repeat in one sentence?",
    "organisation": "Which organisation, or which kind of organisation?",
    "location": "Which city, or is it remote?",
    "timing": "By when do you need an answer, and when could you start?",
}
"""What to answer in each field of an ask."""
EXAMPLES: Final = {
    "interest": "leading a team that builds data platforms",
    "role": "head of data",
    "why_me": "I built the data platform of a bank and led its team of nine",
    "organisation": "a bank or an insurer",
    "location": "Hamburg, or remote",
    "timing": "from March on; an answer this month would help",
}


def improve_ask(
    ask: Ask,
    G: Graph | TrustIndex | None = None,
    *,
    scorer: Callable[[Ask], float] | None = None,
    answers: Mapping[str, str] | None = None,
    max_intermediaries: int = 3,
    model: TrustModel | None = None,
    observed_only: bool = True,
    seed: Seed = 0,
) -> AskImprovement:
    """Return what an ask leaves unsaid, and what each thing costs.

    Parameters
    ----------
    ask
        The ask.
    G
        The graph, or its index; without it there are no scores, only clarity and kappa.
    scorer
        One's own rule: takes an `Ask`, returns its clarity in [0, 1]. Default: the clarity of the
        ask, which is the sum of the weights of its filled fields unless it is stated.
    answers
        For the scorer: what would be said in a field that is empty. Default: an example. The
        default rule counts fields and does not read them.
    max_intermediaries
        Largest number of intermediaries on a path, 0 to 5.
    model
        Trust model; default: the one of the graph, else the default model.
    observed_only
        Whether to leave out inferred ties.
    seed
        Of random states, where the paths are too many for an exact answer.

    Returns
    -------
    AskImprovement
        What is missing, the costliest first; of equal cost in the order of the rule.

    Raises
    ------
    UnknownPersonError, AmbiguousPersonError
        If a person is not known in the graph, or not by that name alone.
    TypeError
        If ``ask`` is none, or the scorer cannot be called or returns no number.
    ValueError
        If the scorer returns a number outside [0, 1], an answer is empty or for no such field, or
        the seeker is a target.
    GraphContractError
        If the graph breaks the contract.

    Notes
    -----
    Kappa grows linearly with clarity (`ClarityModel`), from .27 / .80 for an ask that says nothing
    to 1 [1]_. By the default rule the costs of all that is missing sum to 1 - clarity. Where the
    clarity is stated, what it lacks is shared among the missing fields by their weights. Score and
    reliability are those of the same ask at that clarity, all else equal: that naming a role also
    changes who decides about it is not counted here.

    References
    ----------
    .. [1] Marin, A. (2012). Don't mention it: why people don't share job information, when they do,
       and why it matters. Social Networks 34(2), 181-192.
       https://doi.org/10.1016/j.socnet.2011.11.002

    Examples
    --------
    >>> ask = tg.Ask(seeker="ana", target=tg.Organisation("Acme"), interest="data lead")
    >>> [(one.field, round(one.clarity_gain, 2)) for one in tg.planning.improve_ask(ask)][:2]
    [('role', 0.2), ('why_me', 0.2)]
    >>> G = tg.build_graph(tg.datasets.load_office())
    >>> found = tg.planning.improve_ask(ask, G)
    >>> round(found.now.score, 3), round(found.complete.score, 3)
    (0.069, 0.191)

    A rule of one's own, which likes short asks that name a role:

    >>> def brief(ask):
    ...     return (0.5 if ask.role else 0.2) + (0.3 if len(ask.why_me) < 80 else 0.0)
    >>> own = tg.planning.improve_ask(ask, scorer=brief)
    >>> own.now.clarity, own[0].field, round(own[0].clarity_gain, 2)
    (0.5, 'role', 0.3)
    >>> paths = tg.find_introductions(G, ask.scored(brief))
    """
    _check_ask(ask)
    most = check_max_intermediaries(max_intermediaries)
    check_trust_model(model)
    number = number_of_seed(seed)
    filled = _checked_answers(answers)
    index = G if G is None or isinstance(G, TrustIndex) else TrustIndex.from_graph(G)
    in_force = model or (index.model if index is not None else None) or TrustModel()
    now, each, whole = _clarities(ask, scorer, filled)
    clarities = [now, whole, *each.values()]
    kappas = [in_force.clarity.kappa(clarity) for clarity in clarities]
    scores: list[float | None] = [None] * len(clarities)
    arrived, error, samples = scores, 0.0, 0
    if index is not None:
        options: dict[str, Any] = {"model": in_force, "observed_only": observed_only}
        scores = [_best(index, ask, clarity, most, options) for clarity in clarities]
        arrived, error, samples = _arrived(index, ask, kappas, most, options, number)
    worth = [
        Clearer(clarity=one[0], kappa=one[1], score=one[2], reliability=one[3])
        for one in zip(clarities, kappas, scores, arrived, strict=True)
    ]
    fields = [_missing(field, then, worth[0]) for field, then in zip(each, worth[2:], strict=True)]
    return AskImprovement(
        ask=ask,
        fields=tuple(sorted(fields, key=lambda one: -round(one.clarity_gain, 12))),
        now=worth[0],
        complete=worth[1],
        rule=_rule(ask, scorer),
        exact=not samples,
        standard_error=error,
        max_intermediaries=most,
        observed_only=observed_only,
        as_of="" if index is None else index.as_of,
        seed=number,
    )


def _check_ask(ask: Any) -> None:
    if not isinstance(ask, Ask):
        message = f"ask is {ask!r}; pass a tg.Ask: two names leave nothing unsaid"
        raise TypeError(message)


def _rule(ask: Ask, scorer: Any) -> Literal["fields", "stated", "scorer"]:
    if scorer is not None:
        return "scorer"
    return "stated" if "clarity" in ask.model_fields_set else "fields"


def _checked_answers(answers: Any) -> dict[str, str]:
    if answers is not None and not isinstance(answers, Mapping):
        message = f"answers is {answers!r}; pass a dictionary of field -> what it would say"
        raise TypeError(message)
    for field, text in (answers or {}).items():
        if field not in QUESTIONS:
            message = f"answers has {field!r}; name some of {', '.join(QUESTIONS)}"
            raise ValueError(message)
        if not isinstance(text, str) or not text.strip():
            message = f"the answer for {field!r} is {text!r}; say something, or leave it out"
            raise ValueError(message)
    return {**EXAMPLES, **(answers or {})}


def _clarities(
    ask: Ask, scorer: Callable[[Ask], float] | None, filled: Mapping[str, str]
) -> tuple[float, dict[str, float], float]:
    """Return the clarity now, with each missing field filled, and with all of them."""
    missing = ask.missing
    if scorer is not None:
        now = score_of(scorer, ask)
        each = {field: score_of(scorer, ask.replace(**{field: filled[field]})) for field in missing}
        whole = score_of(scorer, ask.replace(**{field: filled[field] for field in missing}))
        return now, each, whole
    lacking = 1.0 - ask.clarity
    weights = sum(CLARITY_WEIGHTS[field] for field in missing)
    each = {
        field: min(ask.clarity + lacking * (CLARITY_WEIGHTS[field] / weights), 1.0)
        for field in missing
    }
    return ask.clarity, each, 1.0 if missing else ask.clarity


def _best(
    index: TrustIndex, ask: Ask, clarity: float, most: int, options: Mapping[str, Any]
) -> float:
    """Return the score of the best path at some clarity, 0 if there is none."""
    at = ask.replace(clarity=clarity)
    found = find_introductions(index, at, k=1, max_intermediaries=most, **options)
    return float(found.to_frame()["score"].max()) if len(found) else 0.0


def _arrived(
    index: TrustIndex,
    ask: Ask,
    kappas: list[float],
    most: int,
    options: Mapping[str, Any],
    seed: int,
) -> tuple[list[float | None], float, int]:
    """Return the chance that anything arrives for each kappa, its error and the states drawn.

    All come from one network, that of the clear ask: kappa is a factor on every step but the last.
    """
    question = ask_question(index, ask.replace(clarity=1.0), **options)
    steps = admissible_subgraph(question, most)
    scale = np.where(steps.role == LAST, 1.0, np.array(kappas)[:, None] / question.kappa).T
    chance, direct = drawn_chances(steps, np.minimum(steps.probability[:, None] * scale, 1.0))
    network = steps.network()
    nothing_offered = np.ones((1, int((network.tail == 0).sum())))
    found = arrivals(network, chance, direct, nothing_offered, samples=SAMPLES, seed=seed)
    return [float(value) for value in found.value[0]], found.error, found.samples


def _missing(field: str, then: Clearer, now: Clearer) -> MissingField:
    gains = {
        f"{name}_gain": None
        if getattr(now, name) is None
        else getattr(then, name) - getattr(now, name)
        for name in ("clarity", "kappa", "score", "reliability")
    }
    return MissingField(field=field, question=QUESTIONS[field], then=then, **gains)
