"""Who has to refuse, so that no reputation arrives: minimal sets of intermediaries."""

from typing import Any, Final, Literal

import pandas as pd

from trustgraph._html import card_html, shown, table_html
from trustgraph._text import counted, listed
from trustgraph._typing import Graph
from trustgraph.engine.reliability_cuts import minimal_cuts
from trustgraph.graph.index import TrustIndex
from trustgraph.models.ask import Ask
from trustgraph.models.base import FrozenModel
from trustgraph.models.result import SequenceResult
from trustgraph.reputation._given import check_trust_model
from trustgraph.steps.question import ask_question
from trustgraph.steps.seed import is_whole
from trustgraph.steps.subgraph import admissible_subgraph, check_max_intermediaries
from trustgraph.trust.model import TrustModel

__all__ = ["Bottleneck", "Bottlenecks", "bottlenecks"]

LARGEST: Final = 8
"""Largest size of a set that can be asked for."""
MOST_TOLD: Final = 10


class Bottleneck(FrozenModel):
    """People who stop everything that others carry if they all refuse, and not if one agrees.

    Attributes
    ----------
    people, names
        Who, in the order of their ids.

    Examples
    --------
    >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
    >>> tg.reputation.bottlenecks(G, "ana", "cy")[0].people
    ('bo',)
    """

    people: tuple[Any, ...]
    names: tuple[str, ...]

    @property
    def size(self) -> int:
        """Number of people."""
        return len(self.people)


class Bottlenecks(SequenceResult[Bottleneck]):
    """All minimal sets of intermediaries whose refusal stops what others carry.

    A sequence of `Bottleneck`, smaller sets first, then in the order of the ids. The refusal of
    one set leaves exactly ``direct``; that of all but one of its members leaves a path, and so more
    unless the direct tie is sure.

    Attributes
    ----------
    ask
        The question.
    seeker_name, target_name
        For reading.
    sets
        The sets.
    direct
        What remains whoever refuses: the direct tie, in [0, 1].
    at_least
        No set of fewer people stops everything, whether it is listed or not; 0 if nobody has to
        refuse, because nothing is carried by others.
    complete_to
        All minimal sets of up to so many people are listed, in [0, max_size].
    truncated
        Whether there may be further minimal sets of up to ``max_size`` people.
    carriers
        Number of intermediaries who stand on some admissible path.
    reason
        ``"no_path"``, ``"direct_only"`` (nobody but the seeker and the target stands on a path),
        else empty.
    max_size, max_intermediaries, observed_only
        What was asked for.
    as_of
        Date of the graph.
    schema_version
        Version of the dictionary form.

    Examples
    --------
    >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
    >>> found = tg.reputation.bottlenecks(G, "ana", "cy")
    >>> len(found), found.at_least, found.direct
    (1, 1, 0.0)
    """

    ask: Ask
    seeker_name: str
    target_name: str
    sets: tuple[Bottleneck, ...]
    direct: float
    at_least: int
    complete_to: int
    truncated: bool = False
    carriers: int = 0
    reason: Literal["", "no_path", "direct_only"] = ""
    max_size: int = 3
    max_intermediaries: int = 3
    observed_only: bool = True
    as_of: str = ""
    schema_version: Literal[1] = 1

    def held(self) -> tuple[Bottleneck, ...]:
        """Return the sets, smaller ones first."""
        return self.sets

    def to_frame(self) -> pd.DataFrame:
        """Return one row a set.

        Returns
        -------
        pandas.DataFrame
            Columns ``size``, ``people`` (tuple of ids) and ``names`` (tuple), in the order of the
            sets; the index counts from 0.

        Examples
        --------
        >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
        >>> tg.reputation.bottlenecks(G, "ana", "cy").to_frame().values.tolist()
        [[1, ('bo',), ('bo',)]]
        """
        return pd.DataFrame(
            {
                "size": pd.Series([one.size for one in self.sets], dtype="int64"),
                "people": pd.Series([one.people for one in self.sets], dtype="object"),
                "names": pd.Series([one.names for one in self.sets], dtype="object"),
            }
        )

    def explain(self) -> str:
        """Return the answer in plain sentences.

        Returns
        -------
        str
            Who has to refuse, what is left then, and whether these are all such sets.

        Examples
        --------
        >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
        >>> print(tg.reputation.bottlenecks(G, "ana", "cy").explain().splitlines()[0])
        If bo refuses, nothing arrives.
        """
        return "\n".join(map(shown, _lines(self)))

    def _repr_html_(self) -> str:
        title = f"Bottlenecks from {self.seeker_name} to {self.target_name}"
        frame = self.to_frame()
        names = [", ".join(one) for one in frame["names"]]
        body = table_html(frame[["size"]].assign(names=names)) if self.sets else ""
        return card_html(title, body, lines=_lines(self) if not self.sets else _limits(self))


def bottlenecks(
    G: Graph | TrustIndex,
    ask: Ask | str,
    target: Any = None,
    *,
    max_size: int = 3,
    most: int = 100,
    max_intermediaries: int = 3,
    model: TrustModel | None = None,
    observed_only: bool = True,
) -> Bottlenecks:
    """Return all minimal sets of intermediaries whose refusal stops what others carry.

    Parameters
    ----------
    G
        The graph, or its index.
    ask, target
        An `Ask`, or a seeker and a target, as in `reputation_transfer`.
    max_size
        Largest number of people in a set, 1 to 8.
    most
        Largest number of sets, at least 1.
    max_intermediaries
        Largest number of intermediaries on a path, 0 to 5.
    model
        Trust model; default: the one of the graph, else the default model.
    observed_only
        Whether to leave out inferred ties.

    Returns
    -------
    Bottlenecks
        The sets, exactly. If a direct tie exists, it remains whoever refuses: the result tells.

    Raises
    ------
    UnknownPersonError, AmbiguousPersonError
        If a person is not known, or not by that name alone.
    TypeError
        If ``model`` is no trust model.
    ValueError
        If the seeker is a target, or an option is out of range.
    GraphContractError
        If the graph breaks the contract.

    See Also
    --------
    what_if : What is left if some people refuse.

    Notes
    -----
    The sets are those of the admissible paths, not of the graph: a longer way around counts for
    nothing. They are found by branch and bound (`trustgraph.engine.reliability_cuts`), since with a
    limit on the length of paths the smallest set may be larger than the number of paths that share
    nobody. Minimal sets are also called minimal cut sets.

    Examples
    --------
    >>> G = nx.DiGraph()
    >>> G.add_edge("bo", "ana", trust=0.8)
    >>> G.add_edge("cy", "ana", trust=0.5)
    >>> G.add_edge("dee", "bo", trust=0.5)
    >>> G.add_edge("dee", "cy", trust=0.6)
    >>> [one.people for one in tg.reputation.bottlenecks(G, "ana", "dee")]
    [('bo', 'cy')]
    """
    if not is_whole(max_size) or not 1 <= max_size <= LARGEST:
        message = f"max_size is {max_size!r}; it must be a whole number from 1 to {LARGEST}"
        raise ValueError(message)
    if not is_whole(most) or most < 1:
        message = f"most is {most!r}; ask for at least 1 set, a whole number"
        raise ValueError(message)
    hops = check_max_intermediaries(max_intermediaries)
    check_trust_model(model)
    question = ask_question(G, ask, target, model=model, observed_only=observed_only)
    steps = admissible_subgraph(question, hops)
    told: dict[str, Any] = {
        "ask": question.ask,
        "seeker_name": question.seeker_name,
        "target_name": question.target_name,
        "direct": steps.direct,
        "carriers": steps.people,
        "max_size": int(max_size),
        "max_intermediaries": hops,
        "observed_only": observed_only,
        "as_of": question.index.as_of,
    }
    if not steps.people:
        reason = "direct_only" if len(steps.tail) else "no_path"
        return Bottlenecks(sets=(), at_least=0, complete_to=int(max_size), reason=reason, **told)
    cuts = minimal_cuts(steps.network(), largest=int(max_size), most=int(most))
    index, nodes = question.index, steps.nodes.tolist()
    return Bottlenecks(
        sets=tuple(
            Bottleneck(
                people=tuple(index.labels[nodes[one]] for one in cut),
                names=tuple(index.names[nodes[one]] for one in cut),
            )
            for cut in cuts.found
        ),
        at_least=cuts.at_least,
        complete_to=cuts.complete_to,
        truncated=cuts.complete_to < max_size,
        **told,
    )


def _lines(found: Bottlenecks) -> list[str]:
    if found.reason == "no_path":
        way = f"{found.seeker_name} to {found.target_name}"
        return [f"Nobody needs to refuse: nothing arrives from {way} in any case."]
    if found.reason == "direct_only":
        return [
            (
                f"Nobody can stop it: all of it is the direct tie ({found.direct:.3f}), on which "
                "nobody stands between."
            )
        ]
    return [_set(one, found) for one in found.sets[:MOST_TOLD]] + _limits(found)


def _set(one: Bottleneck, found: Bottlenecks) -> str:
    left = f"only the direct tie is left ({found.direct:.3f})"
    told = left if found.direct else "nothing arrives"
    if one.size == 1:
        return f"If {one.names[0]} refuses, {told}."
    every = "both" if one.size == 2 else "all"  # noqa: PLR2004 - a couple
    return f"If {listed(one.names)} {every} refuse, {told}; if one of them agrees, more is left."


def _limits(found: Bottlenecks) -> list[str]:
    told = []
    if rest := len(found.sets) - MOST_TOLD:
        told += [f"So it is with {counted(rest, 'further set')} of people."] if rest > 0 else []
    people = counted(found.at_least, "person", "people")
    if not found.sets:
        told.append(
            f"No set of up to {counted(found.complete_to, 'person', 'people')} stops everything: "
            f"at least {people} would have to refuse."
        )
    elif not found.truncated:
        told.append(
            "No other set of up to "
            f"{counted(found.max_size, 'person', 'people')} stops everything, unless it holds one "
            "of these."
        )
    if found.truncated:
        told.append(
            f"Sets of more than {counted(found.complete_to, 'person', 'people')} were not all "
            "looked at: there may be more of them."
        )
    if found.direct:
        told.append(f"Whoever refuses, the direct tie remains: {found.direct:.3f}.")
    told.append(
        f"Only ways with at most {counted(found.max_intermediaries, 'person', 'people')} between "
        "count."
    )
    return told
