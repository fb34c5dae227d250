"""The best introductions of many pairs of people at once."""

from os import cpu_count
from typing import Any, Final

import pandas as pd
from tqdm import tqdm

from trustgraph._typing import Graph
from trustgraph.graph.index import TrustIndex
from trustgraph.introductions._pairs import Pairs, pairs_of
from trustgraph.introductions._search import Path, Search
from trustgraph.introductions.find import checked_k
from trustgraph.steps.many import ground_of
from trustgraph.steps.seed import is_whole
from trustgraph.steps.subgraph import check_max_intermediaries
from trustgraph.trust.model import TrustModel

__all__ = ["best_introductions"]

MOST_THREADS: Final = 1_024
TYPES: Final = {
    "seeker": "object",
    "target": "object",
    "rank": "int64",
    "score": "float64",
    "hops": "int64",
    "introducer": "object",
    "path": "object",
    "inferred": "bool",
}
"""Columns of the frame and their types, in order."""


def best_introductions(  # noqa: PLR0913 - all but three by name
    G: Graph | TrustIndex,
    seekers: Any,
    targets: Any,
    *,
    k: int = 1,
    max_intermediaries: int = 3,
    observed_only: bool = True,
    model: TrustModel | None = None,
    progress: bool | None = None,
    threads: int | None = None,
) -> pd.DataFrame:
    """Return the k best introductions of every seeker to every target, exactly.

    Parameters
    ----------
    G
        The graph, or its index.
    seekers
        A person (id or unique full name), or several; who is named twice counts once.
    targets
        A person, an `Organisation` or a `Prospect`, or several of these, each a target of its own.
    k
        How many paths a pair, 1 to 100,000.
    max_intermediaries
        Largest number of intermediaries, 0 to 5.
    observed_only
        Whether to use only ties on record. Otherwise paths with an inferred tie follow where
        there are fewer than k without.
    model
        Trust model; default: the one of the graph, else the default model.
    progress
        Whether to show a progress bar on the standard error stream; default: on a terminal, for
        what takes longer than a second.
    threads
        How many searches run at the same time; default: one a processor.

    Returns
    -------
    pandas.DataFrame
        One row a path: ``seeker``, ``target`` (id, or name of the organisation or prospect, with
        the role sought), ``rank``, ``score`` in [0, 1], ``hops`` (steps, a direct tie has 1),
        ``introducer`` (id of the first intermediary, empty for a direct tie), ``path`` (ids from
        the seeker to the target) and ``inferred`` (whether a tie of it is only guessed). Ranks
        count from 1 within ``inferred``: the best path with an inferred tie has rank 1 again;
        equal scores share one. Ids stand in columns of objects. Seekers, then targets, stand
        in the order given. A pair without a path has one row of rank 0 and score 0 with an empty
        path; nobody is introduced to themselves, so a seeker who is a target too has no row for
        that.

    Raises
    ------
    UnknownPersonError
        If people are not known; it names them all, up to 20.
    AmbiguousPersonError
        If several people have a name.
    TypeError
        If a seeker is not a person, or an `Ask` is passed.
    ValueError
        If k, max_intermediaries or threads is out of range.
    GraphContractError
        If the graph breaks the contract.

    See Also
    --------
    find_introductions : One pair, with everything there is to tell about each path.
    introduction_reach : Everybody at once, scores alone.

    Notes
    -----
    The rows of each pair are the first k of ``find_introductions(G, seeker, target)`` with the
    same options, for an ask of clarity 1, whatever the number of threads. The best path of one
    seeker to many targets is read off labels that all of them share; others have a search each,
    with what leads to a target worked out once for all seekers. Compiled kernels are used on
    large graphs and for many pairs.

    Examples
    --------
    >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
    >>> frame = tg.introductions.best_introductions(G, "ana", ["bo", "cy"])
    >>> frame[["target", "score", "path"]].values.tolist()
    [['bo', 0.8, ('ana', 'bo')], ['cy', 0.4, ('ana', 'bo', 'cy')]]
    """
    wanted = checked_k(k)
    if threads is not None and not (is_whole(threads) and 1 <= threads <= MOST_THREADS):
        message = f"threads is {threads!r}; it must be a whole number from 1 to {MOST_THREADS:,}"
        raise ValueError(message)
    most = check_max_intermediaries(max_intermediaries)
    index = G if isinstance(G, TrustIndex) else TrustIndex.from_graph(G)
    in_force = model or index.model or TrustModel()
    pairs = pairs_of(index, seekers, targets, in_force)
    hidden = None if progress is None else not progress
    with tqdm(
        total=len(pairs.seeker),
        desc="Introductions",
        unit=" pairs",
        delay=1.0 if progress is None else 0.0,
        leave=False,
        disable=hidden,
    ) as bar:
        search = Search(index, pairs, wanted, most, int(threads or cpu_count() or 1), bar.update)
        search.run(ground_of(index, in_force, observed_only=True))
        if not (observed_only or index.all_observed):
            search.run(ground_of(index, in_force, observed_only=False), inferred=True)
        bar.update(max(0, len(pairs.seeker) - bar.n))
    return _frame(index, pairs, search.found)


def _frame(index: TrustIndex, pairs: Pairs, found: dict[int, list[Path]]) -> pd.DataFrame:
    nothing: list[Path] = [(0, 0.0, (), False)]
    rows = [
        (
            index.labels[seeker],
            pairs.goals[goal].name,
            rank,
            score,
            max(len(path) - 1, 0),
            path[1] if len(path) > 2 else "",  # noqa: PLR2004 - seeker and target
            path,
            inferred,
        )
        for pair, (seeker, goal) in enumerate(
            zip(pairs.seeker.tolist(), pairs.goal.tolist(), strict=True)
        )
        for rank, score, path, inferred in found.get(pair) or nothing
    ]
    columns = zip(*rows, strict=True) if rows else [()] * len(TYPES)
    return pd.DataFrame(
        {
            name: pd.Series(list(column), dtype=kind)
            for (name, kind), column in zip(TYPES.items(), columns, strict=True)
        }
    )
