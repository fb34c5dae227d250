"""Two jobs, two scores: be vouched for, or only get through."""

import re
from typing import Any, Final, Literal

from trustgraph._typing import Graph
from trustgraph.graph.index import TrustIndex
from trustgraph.introductions.find import find_introductions
from trustgraph.introductions.introduction import Introduction
from trustgraph.models.ask import Ask, Organisation
from trustgraph.planning.purpose_results import JobView, Opening, Purpose, PurposeAdvice
from trustgraph.reputation._given import check_trust_model
from trustgraph.reputation.two_terminal import reliability
from trustgraph.steps.question import make_ask
from trustgraph.trust.model import TrustModel

__all__ = ["advise_purpose"]

OPENINGS: Final = 5
TELLING: Final = ("interest", "role", "why_me", "timing")
WORDS: Final[dict[Purpose, str]] = {
    "vouch": (
        r"jobs?|positions?|roles?|careers?|vacanc(?:y|ies)|hir(?:e|ed|ing)|employment|candidates?|internships?|"
        r"invest(?:or|ors|ment|ments|ing)?|funding|fundraising|seed round|clients?|customers?|"
        r"contracts?|partnerships?|recommend(?:ation|ations)?|references?|referrals?|endorsements?"
    ),
    "reach": (
        r"questions?|advice|information|info|learn(?:ing)?|feedback|news|opinions?|insights?|"
        r"surveys?|tips?|curious|find out|know (?:whether|if|how|who|what|where|when)"
    ),
}
"""Words in an ask that speak for either job; a judgement, in English."""


def advise_purpose(
    G: Graph | TrustIndex,
    ask: Ask | str,
    target: Any = None,
    *,
    max_intermediaries: int = 3,
    model: TrustModel | None = None,
    observed_only: bool = True,
) -> PurposeAdvice:
    """Return whether an ask needs somebody to vouch or only to get through, and who does each.

    Parameters
    ----------
    G
        The graph, or its index.
    ask, target
        An `Ask`, or a seeker and a target.
    max_intermediaries
        Largest number of intermediaries on a path, 0 to 5.
    model
        Trust model; default: the one of the graph, else the default model. With
        ``reach=ReachModel(access="inverted_u")`` moderately close contacts are the better access.
    observed_only
        Whether to leave out inferred ties.

    Returns
    -------
    PurposeAdvice
        The job, its grounds, and the best introducers for either.

    Raises
    ------
    UnknownPersonError, AmbiguousPersonError
        If a person is not known, or not by that name alone.
    TypeError
        If ``model`` is no trust model.
    ValueError
        If the seeker is a target, or ``max_intermediaries`` is out of range.
    GraphContractError
        If the graph breaks the contract.

    Notes
    -----
    The rule counts signs. For vouch: a role is named, in the ask or the organisation; the ask says
    why it should be the seeker; its text (interest, role, why_me, timing) has a word such as job,
    hire, investor, contract, reference. For reach: the text has a question mark, or a word such
    as question, advice, information, feedback, news. The job with more signs is needed; if there
    are as many for either, the purpose that the ask states, else vouch. The rule is a judgement,
    and reads English alone.

    That weak ties bring news is old (Granovetter 1973) and holds up to a point: moderately weak
    ties passed on most jobs in the experiments of Rajkumar et al. [1]_.

    References
    ----------
    .. [1] Rajkumar, K., Saint-Jacques, G., Bojinov, I., Brynjolfsson, E., Aral, S. (2022). A causal
       test of the strength of weak ties. Science 377(6612), 1304-1310.
       https://doi.org/10.1126/science.abl4476

    Examples
    --------
    >>> G = tg.build_graph(tg.datasets.load_office())
    >>> ask = tg.Ask(seeker="ana", target=tg.Organisation("Acme"), interest="a job as data lead")
    >>> advice = tg.planning.advise_purpose(G, ask)
    >>> advice.needs, advice.signs
    ('vouch', (('vouch', 'it says "job"'),))
    >>> ask = ask.replace(interest="Do you use our ledger?")
    >>> tg.planning.advise_purpose(G, ask).needs
    'reach'
    >>> advice.vouch.best.name, advice.reach.best.name
    ('Chiara Salvi', 'Ben Okafor')
    """
    check_trust_model(model)
    index = G if isinstance(G, TrustIndex) else TrustIndex.from_graph(G)
    asked = make_ask(ask, target)
    in_force = model or index.model or TrustModel()
    options: dict[str, Any] = {
        "max_intermediaries": max_intermediaries,
        "model": in_force,
        "observed_only": observed_only,
    }
    vouch, reach = (
        _job(index, asked.replace(purpose=purpose), options) for purpose in ("vouch", "reach")
    )
    signs = _signs(asked)
    needs, ground = _needed(asked, signs)
    found = reliability(index, asked, **options)
    return PurposeAdvice(
        ask=asked,
        seeker_name=found.seeker_name,
        target_name=found.target_name,
        needs=needs,
        ground=ground,
        signs=signs,
        vouch=vouch,
        reach=reach,
        access=in_force.reach.access != "none",
        max_intermediaries=found.max_intermediaries,
        observed_only=observed_only,
        as_of=index.as_of,
    )


def _signs(ask: Ask) -> tuple[tuple[Purpose, str], ...]:
    signs: list[tuple[Purpose, str]] = []
    if ask.role.strip() or (isinstance(ask.target, Organisation) and ask.target.role.strip()):
        signs.append(("vouch", "it names a role"))
    if ask.why_me.strip():
        signs.append(("vouch", "it says why it should be the seeker"))
    text = " ".join(getattr(ask, field) for field in TELLING)
    for purpose, words in WORDS.items():
        found = re.findall(rf"\b(?:{words})\b", text, flags=re.IGNORECASE)
        told = dict.fromkeys(word.lower() for word in found)
        signs += [(purpose, f'it says "{word}"') for word in told]
    if "?" in text:
        signs.append(("reach", "it is put as a question"))
    return tuple(signs)


def _needed(
    ask: Ask, signs: tuple[tuple[Purpose, str], ...]
) -> tuple[Purpose, Literal["words", "stated", "default"]]:
    balance = sum(1 if purpose == "vouch" else -1 for purpose, _ in signs)
    if balance:
        return "vouch" if balance > 0 else "reach", "words"
    if "purpose" in ask.model_fields_set:
        return ask.purpose, "stated"
    return "vouch", "default"


def _job(index: TrustIndex, ask: Ask, options: dict[str, Any]) -> JobView:
    found = find_introductions(index, ask, k=OPENINGS, diversity="introducer", **options)
    openings: dict[Any, Opening] = {}
    for path in sorted(found, key=lambda path: -path.score):
        openings.setdefault(path.introducer, _opening(path))
    return JobView(
        purpose=ask.purpose,
        score=max((one.score for one in openings.values()), default=0.0),
        reliability=reliability(index, ask, **options).value,
        openings=tuple(openings.values())[:OPENINGS],
        reason=found.reason,
    )


def _opening(path: Introduction) -> Opening:
    between = len(path.intermediaries) > 0
    return Opening(
        introducer=path.introducer,
        name=path.names[1] if between else "",
        score=path.score,
        trust=path.steps[0].trust or 0.0,
        hops=path.hops,
    )
