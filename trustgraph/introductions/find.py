"""The k best introductions to a target."""

from typing import Any, Final, get_args

from trustgraph._typing import Graph, Seed
from trustgraph.engine.paths import NO_LIMIT
from trustgraph.graph.index import TrustIndex
from trustgraph.introductions._answer import Block, FoundAnswer
from trustgraph.introductions._paths import best_paths
from trustgraph.introductions._records import records_of
from trustgraph.introductions._table import table_of
from trustgraph.introductions.results import Diversity, Introductions
from trustgraph.models.ask import Ask
from trustgraph.steps.question import ask_again, ask_question
from trustgraph.steps.seed import is_whole, number_of_seed
from trustgraph.steps.subgraph import check_max_intermediaries
from trustgraph.trust.model import TrustModel

__all__ = ["checked_k", "find_introductions"]

MOST_PATHS: Final = 100_000
STEPS_A_PATH: Final = 1_000
"""Steps that are indexed in the time in which one path is told."""


def find_introductions(  # noqa: PLR0913 - each is an option of its own
    G: Graph | TrustIndex,
    ask: Ask | str,
    target: Any = None,
    *,
    k: int = 5,
    max_intermediaries: int = 3,
    observed_only: bool = True,
    diversity: Diversity | None = None,
    max_work: int | None = None,
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
    diversity
        ``"introducer"``: no two paths of a block have the same introducer; ``"intermediary"``:
        they have no intermediary in common. None: paths may share people. Direct ties share
        nobody with anybody.
    max_work
        Steps of the graph that each search may read before it gives up and returns the best found
        so far, at least 1; None: as many as it takes. There is one search a block, and with
        `diversity` one a path.
    model
        Trust model; default: the one of the graph, else the default model.
    seed
        Of the draws behind the trust intervals; the result tells the number drawn if it is None or
        a generator.

    Returns
    -------
    Introductions
        The paths, best first; empty with a reason and the nearest misses if there is none. If
        ``max_work`` cut the search short it is ``truncated``, ``unexplored`` bounds the scores of
        paths not looked at, and ``optimal`` says whether these are the k best all the same.

        Most of it is worked out when it is first looked at; until then it holds the index. To keep
        many answers, call ``settle()`` on each: it works out the rest and lets go of the index.
        Asked of a large graph, which is indexed for this one question, a short answer is settled
        at once.

    Raises
    ------
    UnknownPersonError, AmbiguousPersonError
        If a person is not known, or not by that name alone.
    ValueError
        If the seeker is a target, or k, max_intermediaries, diversity, max_work or seed is out of
        range.
    GraphContractError
        If the graph breaks the contract.

    Notes
    -----
    The score of a path is the product of its step factors (`step_factors`): the chance that the
    request is answered, endorsed at every hop in the endorser's own name, and believed at the far
    end. It is uncalibrated: it compares paths and promises nothing. Targets end a path; an
    organisation is reached through people who stand there, unless its role names known people,
    who are then the targets. The k best are exact under the limit on intermediaries.

    Diverse paths are greedy: the best path, then the best that shares nobody with it, then the
    best that shares nobody with those two, and so on; each is exact. Of equal scores the path with
    fewer intermediaries comes first, then the order of ids decides. Other k paths that share
    nobody may have a larger sum of scores.

    Examples
    --------
    >>> G = tg.build_graph(tg.datasets.load_office())
    >>> paths = tg.find_introductions(G, "ana", tg.Organisation("Acme"), k=2)
    >>> [path.introducer for path in paths][0] in G
    True
    >>> apart = tg.find_introductions(G, "ana", tg.Organisation("Acme"), diversity="introducer")
    >>> len({path.introducer for path in apart}) == len(apart)
    True
    """
    number = checked_k(k)
    most = check_max_intermediaries(max_intermediaries)
    limit = _checked_limit(max_work)
    _check_diversity(diversity)
    drawn = number_of_seed(seed)
    index = G if isinstance(G, TrustIndex) else TrustIndex.from_graph(G)
    question = ask_question(index, ask, target, model=model, observed_only=True)
    blocks = []
    for inferred in (False,) if observed_only else (False, True):
        if inferred:
            question = ask_again(question, observed_only=False)
        best = best_paths(
            question, k=number, most=most, inferred=inferred, diversity=diversity, limit=limit
        )
        table = table_of(question, best)
        blocks.append(Block(table, records_of(table), drawn, inferred))
    unexplored = max(block.table.best.unexplored for block in blocks)
    found = Introductions.deferred(
        FoundAnswer(question, tuple(blocks), most=most, truncated=unexplored > 0),
        ask=question.ask,
        seeker_name=question.seeker_name,
        target_name=question.target_name,
        k=number,
        max_intermediaries=most,
        observed_only=observed_only,
        diversity=diversity,
        max_work=None if max_work is None else limit,
        optimal=all(block.table.best.optimal for block in blocks),
        truncated=unexplored > 0,
        unexplored=unexplored,
        as_of=question.index.as_of,
        seed=drawn,
    )
    if index is not G and index.m >= STEPS_A_PATH * (len(found) + 1):
        found.settle()
    return found


def checked_k(k: Any) -> int:
    """Return a number of paths, or raise a `ValueError`."""
    if not is_whole(k) or not 1 <= k <= MOST_PATHS:
        message = f"k is {k!r}; it must be a whole number from 1 to {MOST_PATHS:,}"
        raise ValueError(message)
    return int(k)


def _check_diversity(diversity: Any) -> None:
    known = get_args(Diversity)
    if diversity is not None and diversity not in known:
        words = " or ".join(repr(word) for word in known)
        message = f"diversity is {diversity!r}; it must be {words}, or None"
        raise ValueError(message)


def _checked_limit(max_work: Any) -> int:
    if max_work is None:
        return NO_LIMIT
    if not is_whole(max_work) or max_work < 1:
        message = f"max_work is {max_work!r}; it must be a whole number from 1, or None"
        raise ValueError(message)
    return min(int(max_work), NO_LIMIT)
