"""The k best introductions to a target."""

from typing import Any

import numpy as np

from trustgraph._typing import Graph, Seed
from trustgraph.graph.index import TrustIndex
from trustgraph.introductions._contacts import contacts_at_target, forwarders_of
from trustgraph.introductions._interval import with_intervals
from trustgraph.introductions._misses import diagnose
from trustgraph.introductions._paths import best_paths, told_path
from trustgraph.introductions.results import Introduction, Introductions
from trustgraph.models.ask import Ask
from trustgraph.steps.question import Question, ask_question
from trustgraph.steps.subgraph import check_max_intermediaries
from trustgraph.trust.model import TrustModel

__all__ = ["find_introductions"]

MOST_PATHS = 100_000


def find_introductions(
    G: Graph | TrustIndex,
    ask: Ask | str,
    target: Any = None,
    *,
    k: int = 5,
    max_intermediaries: int = 3,
    observed_only: bool = True,
    model: TrustModel | None = None,
    seed: Seed = 0,
) -> Introductions:
    """Return the k best introductions, exactly.

    Parameters
    ----------
    G
        The graph, or its index (compile it once for many questions). An edge u -> v is u's trust
        in v, so a path uses the trust of each asked person in the asker.
    ask, target
        An `Ask`, or a seeker and a target: a person (id or unique full name), several people, an
        `Organisation` or a `Prospect`. Two names make an ask of clarity 1; an `Ask` has the
        clarity of its fields.
    k
        How many paths, 1 to 100,000.
    max_intermediaries
        Largest number of intermediaries, 0 to 5.
    observed_only
        Whether to use only ties on record. Otherwise the k best paths with at least one inferred
        tie follow as a second block.
    model
        Trust model; default: the one of the graph, else the default model.
    seed
        Of the draws behind the trust intervals.

    Returns
    -------
    Introductions
        The paths, best first; empty with a reason and the nearest misses if there is none.

    Raises
    ------
    UnknownPersonError, AmbiguousPersonError
        If a person is not known, or not by that name alone.
    ValueError
        If the seeker is a target, or k or max_intermediaries is out of range.
    GraphContractError
        If the graph breaks the contract.

    Notes
    -----
    The score of a path is the product of its step factors (`step_factors`): the chance that the
    request is answered, endorsed at every hop in the endorser's own name, and believed at the far
    end. It is uncalibrated: it compares paths and promises nothing. Targets end a path; an
    organisation is reached through people who stand there, unless its role names known people,
    who are then the targets. The k best are exact under the limit on intermediaries.

    Examples
    --------
    >>> G = tg.build_graph(tg.datasets.load_office())
    >>> paths = tg.find_introductions(G, "ana", tg.Organisation("Acme"), k=2)
    >>> [path.introducer for path in paths][0] in G
    True
    """
    if k not in range(1, MOST_PATHS + 1):
        message = f"k is {k!r}; it must be a whole number from 1 to {MOST_PATHS:,}"
        raise ValueError(message)
    most = check_max_intermediaries(max_intermediaries)
    question = ask_question(G, ask, target, model=model, observed_only=True)
    items = _block(question, k=k, most=most, seed=seed)
    if not observed_only:
        wider = ask_question(
            question.index, question.ask, model=question.model, observed_only=False
        )
        items += _block(wider, k=k, most=most, seed=seed, inferred=True)
        question = wider
    reason, misses = ("", ()) if items else diagnose(question, most=most)
    return Introductions(
        ask=question.ask,
        seeker_name=question.seeker_name,
        target_name=question.target_name,
        items=items,
        k=k,
        max_intermediaries=max_intermediaries,
        observed_only=observed_only,
        forwarders=forwarders_of(question, most=most),
        reason=reason,
        nearest_misses=misses,
        contacts_at_target=contacts_at_target(question),
        as_of=question.index.as_of,
        seed=None if isinstance(seed, np.random.Generator) else seed,
    )


def _block(
    question: Question, *, k: int, most: int, seed: Seed, inferred: bool = False
) -> tuple[Introduction, ...]:
    best = best_paths(question, k=k, most=most, inferred=inferred)
    told = tuple(
        told_path(question, best, row, inferred=inferred) for row in range(len(best.scores))
    )
    return with_intervals(question, told, seed=seed)
