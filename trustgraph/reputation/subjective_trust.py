"""What people may think of people whom others know, by subjective logic over a graph."""

from typing import Any, Final, Literal

import numpy as np
import pandas as pd

from trustgraph._typing import Floats, Graph, Ints, LongInts
from trustgraph.engine import disjoint
from trustgraph.engine._compile import twin
from trustgraph.graph.index import TrustIndex
from trustgraph.reputation._given import Pairs, index_of, pair_numbers
from trustgraph.reputation._opinions import (
    Masses,
    Share,
    averaged,
    cumulated,
    discounted,
    share_of,
)
from trustgraph.reputation._options import true_or_false
from trustgraph.steps.subgraph import check_max_intermediaries
from trustgraph.trust.model import TrustModel

__all__ = ["subjective_trust"]

COMPILE_FROM_WORK: Final = 1_000_000
"""Pairs times edges from which compiled kernels pay for the start of the compiler."""
FUSIONS: Final = {"cumulative": cumulated, "averaging": averaged}


def subjective_trust(
    G: Graph | TrustIndex,
    pairs: Pairs,
    *,
    max_intermediaries: int = 3,
    direct: bool = True,
    by: Share = "belief",
    fusion: Literal["cumulative", "averaging"] = "cumulative",
) -> pd.DataFrame:
    """Return what each source may think of each target, by what those they trust think.

    Parameters
    ----------
    G
        The graph, or its index. An edge u -> v is u's opinion of v.
    pairs
        (who trusts, whom), ids or unique full names; or a frame with columns ``source`` and
        ``target``.
    max_intermediaries
        Largest number of people between a source and a target, 0 to 5.
    direct
        Whether the source's own opinion of the target counts. Without, the answer is what it would
        be if the graph had no such edge: each pair left out, exactly, in one call.
    by
        How much people take over from those whom they trust: see `discount`.
    fusion
        How opinions that come on several ways are put together: ``"cumulative"``, as from evidence
        of their own, or ``"averaging"``, as from the same evidence.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``source`` and ``target``, in the order of the pairs:

        - ``belief``, ``disbelief``, ``uncertainty``, ``base_rate``: the opinion. With no way to
          the target it is vacuous, with the base rate of the model. NaN of a person in
          themselves;
        - ``trust``: its expectation, in [0, 1], or NaN likewise;
        - ``paths``: ways that were used, the source's own opinion among them if it counts;
        - ``left_out``: ways that were not used, for each shares an edge with one that was;
        - ``assumed_certain``: whether some edge used tells no ``certainty``, and was taken for
          certain.

    Raises
    ------
    UnknownPersonError, AmbiguousPersonError
        If a person is not known, or not by that name alone.
    TypeError
        If ``direct`` is not True or False.
    ValueError
        If something given is no pair, or an option is out of range.
    GraphContractError
        If the graph breaks the contract.

    Notes
    -----
    *Opinions of edges.* Uncertainty u is 1 - ``certainty``; an edge without one is dogmatic, u = 0,
    and what it does not give in trust is disbelief. Belief is trust - a u, with a the base rate of
    the model, as in `trustgraph.build_graph`. Where that is negative or more than the certainty,
    belief is nothing or all of the certainty and a of that edge is what makes its expectation the
    trust.

    *Ways.* Along a path each opinion is discounted by the one before it [2]_; opinions
    that arrive on several paths are fused [1]_. An opinion that arrives on two of them would count
    twice. So paths that share an edge are not used together: the strongest path is taken, then the
    strongest that shares no edge with it, and so on until there is none. Strength is what the path
    lets through, 1 less the uncertainty that arrives; equal ones (1e-12) go by fewer
    intermediaries, then by ids, and there other ids may mean another choice. What is left out is
    counted, so that ``left_out`` tells where the choice mattered. [1]_ instead looks for the
    series-parallel part of the network that is the most certain, which may keep a shared edge once.
    Different edges are taken for independent, also those of one person.

    Cost of a pair: for up to three intermediaries, the edges of people within two edges of either
    end, once for each way used; to count ways, once more for each two people beyond that.

    References
    ----------
    .. [1] Jøsang, A., Hayward, R., Pope, S. (2006). Trust network analysis with subjective logic.
       29th Australasian Computer Science Conference, 85-94.
    .. [2] Jøsang, A. (2016). Subjective Logic: A Formalism for Reasoning Under Uncertainty.
       Springer. https://doi.org/10.1007/978-3-319-42337-1

    Examples
    --------
    >>> G = nx.DiGraph()
    >>> G.add_edge("ana", "bo", trust=0.91, certainty=0.9)
    >>> G.add_edge("ana", "cy", trust=0.55, certainty=0.5)
    >>> G.add_edge("bo", "dee", trust=0.82, certainty=0.8)
    >>> G.add_edge("cy", "dee", trust=0.28, certainty=0.8)
    >>> found = tg.reputation.subjective_trust(G, [("ana", "dee"), ("dee", "ana")])
    >>> found[["belief", "uncertainty", "trust", "paths"]].round(3)
                   belief  uncertainty  trust  paths
    source target
    ana    dee      0.658        0.236  0.681      2
    dee    ana      0.000        1.000  0.100      0
    """
    if fusion not in FUSIONS:
        message = f"fusion is {fusion!r}; name one of {', '.join(FUSIONS)}"
        raise ValueError(message)
    direct = true_or_false("direct", direct)
    most = check_max_intermediaries(max_intermediaries) + 1
    index = index_of(G)
    source, target = pair_numbers(index, pairs)
    base_rate = (index.model or TrustModel()).opinion.base_rate
    opinions = _opinions_of_edges(index, base_rate)
    share = share_of(opinions, by)
    known = 1.0 - opinions.uncertainty
    pair, ways, total = _ways(index, source, target, most, share, known, direct=direct)
    arrived = _arrived(ways, share, opinions)
    found = FUSIONS[fusion](arrived, pair, len(source), base_rate)
    used = np.bincount(pair, minlength=len(source))
    silent = (np.isnan(index.certainty)[ways] & (ways >= 0)).any(axis=1)
    alone = source == target
    number = {name: np.where(alone, np.nan, column) for name, column in found._asdict().items()}
    ids = index.ids
    return pd.DataFrame(
        {
            **number,
            "trust": np.where(alone, np.nan, np.minimum(found.expectation, 1.0)),
            "paths": used,
            "left_out": total - used,
            "assumed_certain": np.bincount(pair, silent, len(source)) > 0,
        },
        index=pd.MultiIndex.from_arrays([ids[source], ids[target]], names=["source", "target"]),
    )


def _opinions_of_edges(index: TrustIndex, base_rate: float) -> Masses:
    """Return the opinion of every edge, whose expectation is its trust."""
    told = np.asarray(index.certainty, np.float64)
    certainty = np.where(np.isnan(told), 1.0, told)
    uncertainty = 1.0 - certainty
    wanted = index.trust - base_rate * uncertainty
    belief = np.clip(wanted, 0.0, certainty)
    rate = np.full(index.m, base_rate)
    moved = (belief != wanted) & (uncertainty > 0)
    rate[moved] = ((index.trust - belief)[moved] / uncertainty[moved]).clip(0.0, 1.0)
    return Masses(belief, certainty - belief, uncertainty, rate)


def _ways(
    index: TrustIndex,
    source: Ints,
    target: Ints,
    most: int,
    share: Floats,
    known: Floats,
    *,
    direct: bool,
) -> tuple[LongInts, Ints, LongInts]:
    """Return the ways of all pairs: which pair, its edges in order (then -1); and how many exist.

    The edges by whom they lead to, which is how the index numbers its steps, are those of its
    askers; the edges by whom they start from are those of the people asked.
    """
    kernels: Any = twin(disjoint, work=float(len(source)) * index.m, worth=COMPILE_FROM_WORK)
    n = index.n
    starts = (
        np.asarray(index.in_start, np.int64),
        np.asarray(index.in_asker, np.int32),
        np.asarray(index.in_step, np.int32),
        np.asarray(index.out_start, np.int64),
        np.asarray(index.out_asked, np.int32),
    )
    given, got = np.diff(index.in_start), np.diff(index.out_start)
    spent, mark = np.full(index.m, -1, np.int64), np.full(n, -1, np.int64)
    value, people = np.zeros((most + 1, n)), np.empty(n, np.int32)
    touched = np.empty((most + 1, n), np.int32)
    ends, last = np.zeros(n, np.int64), np.zeros(n, np.int64)
    number, total = np.zeros(len(source), np.int64), np.zeros(len(source), np.int64)
    found = [np.empty((0, most), np.int32)]
    for i, (one, other) in enumerate(zip(source.tolist(), target.tolist(), strict=True)):
        room = np.empty((min(given[one], got[other]), most), np.int32)
        if not len(room):
            continue
        own = -1 if direct else index.step(other, one)
        if own >= 0:
            spent[own] = i
        work = spent, mark, i, value, people, touched, room
        number[i] = kernels.disjoint_ways(one, other, most, *starts, share, known, *work)
        if number[i]:
            total[i] = kernels.count_ways(one, other, most, *starts, share, known, ends, last)
            total[i] -= own >= 0 and known[own] > 0
            found.append(room[: number[i]])
    return np.repeat(np.arange(len(source)), number), np.concatenate(found), total


def _arrived(ways: Ints, share: Floats, opinions: Masses) -> Masses:
    """Return what arrives on each way: the opinion of its last edge, discounted by all others."""
    rows = np.arange(len(ways))
    length = (ways >= 0).sum(axis=1)
    last = ways[rows, length - 1]
    passed = np.ones(len(ways))
    for h in range(ways.shape[1] - 1):
        passed *= np.where(h < length - 1, share[ways[:, h]], 1.0)
    return discounted(passed, Masses(*(column[last] for column in opinions)))
