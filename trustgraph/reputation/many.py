"""The transfer of reputation for many pairs at once."""

from collections.abc import Iterable
from typing import Any, Final

import numpy as np
import pandas as pd
from tqdm import tqdm

from trustgraph._typing import Graph, Seed
from trustgraph.errors import UnknownPersonError
from trustgraph.graph.index import TrustIndex
from trustgraph.models.ask import Ask, Organisation, Prospect
from trustgraph.models.people import Person
from trustgraph.reputation._given import check_trust_model, index_of, number_of
from trustgraph.reputation.results import Transfer
from trustgraph.reputation.transfer import reputation_transfer
from trustgraph.steps.seed import number_of_seed
from trustgraph.trust.model import TrustModel

__all__ = ["reputation_transfers"]

UNKNOWN: Final = 20
"""People that nobody knows who are named at once."""
TYPES: Final = {
    "seeker": "object",
    "target": "object",
    "total": "float64",
    "direct": "float64",
    "standard_error": "float64",
    "exact": "bool",
    "carriers": "int64",
    "top": "object",
    "top_name": "str",
    "top_shapley": "float64",
    "reason": "str",
}
"""Columns of the frame and their types, in order."""
SAME_PERSON: Final = (np.nan, np.nan, np.nan, True, 0, None, "", np.nan, "same_person")
"""What is told, after seeker and target, of those who would need their own good name."""


def reputation_transfers(  # noqa: PLR0913 - all but three by name
    G: Graph | TrustIndex,
    seekers: Any,
    targets: Any,
    *,
    max_intermediaries: int = 3,
    model: TrustModel | None = None,
    observed_only: bool = True,
    samples: int | None = None,
    seed: Seed = 0,
    progress: bool = False,
) -> pd.DataFrame:
    """Return how much reputation of every seeker arrives at every target, and through whom most.

    Parameters
    ----------
    G
        The graph, or its index.
    seekers
        A person (id or unique full name), or several; who is named twice counts once.
    targets
        A person, an `Organisation` or a `Prospect`, or several of these, each a target of its own.
    max_intermediaries
        Largest number of intermediaries on a path, 0 to 5.
    model
        Trust model; default: the one of the graph, else the default model.
    observed_only
        Whether to leave out inferred ties.
    samples
        Number of random draws where an exact answer would take longer, at least 1; default 16,384.
    seed
        Of these draws, the same for every pair; None: a number left to chance.
    progress
        Whether to show a progress bar on the standard error stream.

    Returns
    -------
    pandas.DataFrame
        One row a pair: ``seeker``, ``target`` (id, or name of the organisation or prospect, with
        the role sought), ``total`` and ``direct`` in [0, 1], ``standard_error`` of the total,
        ``exact``, ``carriers`` (number of intermediaries), ``top`` and ``top_name`` (id and name of
        the one with the largest Shapley value, None and empty if there is none), ``top_shapley``
        and ``reason`` (``"no_path"``, ``"same_person"`` or empty). Seekers, then targets, stand in
        the order given. A seeker who is the target too has NaN for every chance, and the reason
        ``"same_person"``: nobody's good name needs to arrive at themselves.

    Raises
    ------
    UnknownPersonError
        If people are not known; it names them all, up to 20.
    AmbiguousPersonError
        If several people have a name.
    TypeError
        If a seeker is no person, an `Ask` is passed, or ``model`` is no trust model.
    ValueError
        If an option is out of range.
    GraphContractError
        If the graph breaks the contract.

    See Also
    --------
    reputation_transfer : One pair, with every intermediary.

    Notes
    -----
    Each row tells what `reputation_transfer` returns for this pair, with the same options and the
    same seed: it depends on no other row. The graph is compiled once.

    Examples
    --------
    >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
    >>> frame = tg.reputation.reputation_transfers(G, "ana", ["bo", "cy"])
    >>> frame[["target", "total", "direct", "top"]].values.tolist()
    [['bo', 0.8, 0.8, None], ['cy', 0.4, 0.0, 'bo']]
    >>> frame.pivot(index="seeker", columns="target", values="total").loc["ana", "cy"].item()
    0.4
    """
    check_trust_model(model)
    index = index_of(G)
    number = number_of_seed(seed)
    askers, goals = _each(seekers), _each(targets)
    if any(isinstance(one, (Organisation, Prospect)) for one in askers):
        message = "a seeker is a person of the graph; organisations and prospects can be targets"
        raise TypeError(message)
    known = _numbers(index, [*askers, *goals])
    from_, to = dict.fromkeys(known[: len(askers)]), dict.fromkeys(known[len(askers) :])
    pairs = [(one, other) for one in from_ for other in to]
    rows = []
    for one, other in tqdm(pairs, "Transfer", unit=" pairs", disable=not progress, leave=False):
        target = index.labels[other] if isinstance(other, int) else other
        if one == other:
            rows.append((target, target, *SAME_PERSON))
            continue
        moved = reputation_transfer(
            index,
            index.labels[one],
            target,
            max_intermediaries=max_intermediaries,
            model=model,
            observed_only=observed_only,
            samples=samples,
            seed=number,
        )
        rows.append((index.labels[one], _name(target), *_row(moved)))
    columns = zip(*rows, strict=True) if rows else [()] * len(TYPES)
    return pd.DataFrame(
        {
            name: pd.Series(list(column), dtype=kind)
            for (name, kind), column in zip(TYPES.items(), columns, strict=True)
        }
    )


def _row(moved: Transfer) -> tuple[Any, ...]:
    top = moved.carriers[0] if moved.carriers else None
    return (
        moved.total,
        moved.direct,
        moved.standard_error,
        moved.exact,
        len(moved.carriers),
        top.person if top else None,
        top.name if top else "",
        top.shapley if top else np.nan,
        moved.reason,
    )


def _name(target: Any) -> Any:
    if isinstance(target, Organisation):
        return f"{target.name} ({target.role})" if target.role else target.name
    return target.name if isinstance(target, Prospect) else target


def _each(people: Any) -> tuple[Any, ...]:
    alone = isinstance(people, (str, Person, Organisation, Prospect, Ask))
    named = (people,) if alone or not isinstance(people, Iterable) else tuple(people)
    if any(isinstance(one, Ask) for one in named):
        message = (
            "an Ask is one question from one seeker: pass it to reputation_transfer, or pass the "
            "seekers and the targets here by name"
        )
        raise TypeError(message)
    return named


def _numbers(index: TrustIndex, people: list[Any]) -> list[Any]:
    """Return the number of each person; organisations and prospects stay what they are."""
    numbers: list[Any] = []
    unknown: dict[str, tuple[str, ...]] = {}
    for one in people:
        if isinstance(one, (Organisation, Prospect)):
            numbers.append(one)
            continue
        try:
            numbers.append(number_of(index, one))
        except UnknownPersonError as error:
            unknown[error.person] = error.near
            if len(unknown) == UNKNOWN:
                break
    if unknown:
        near = dict.fromkeys(name for names in unknown.values() for name in names)
        raise UnknownPersonError(", ".join(unknown), tuple(near))
    return numbers
