"""The step factors of a question as a frame."""

from typing import Any

import numpy as np
import pandas as pd

from trustgraph._typing import Graph, LongInts
from trustgraph.graph.index import TrustIndex
from trustgraph.models.ask import Ask
from trustgraph.steps.question import Question, ask_question
from trustgraph.trust.model import TrustModel

__all__ = ["STEP_COLUMNS", "question_frame", "step_factors"]

STEP_COLUMNS = ("asker", "asked", "first", "further", "last", "observed")


def step_factors(
    G: Graph | TrustIndex,
    ask: Ask | str,
    target: Any = None,
    *,
    model: TrustModel | None = None,
) -> pd.DataFrame:
    """Return what every step is worth in every place of a path.

    Parameters
    ----------
    G
        The graph, or its index.
    ask, target
        An `Ask`, or a seeker and a target; two names make an ask of clarity 1.
    model
        Trust model; default: the one of the graph, else the default model.

    Returns
    -------
    pandas.DataFrame
        One row a step, sorted by asker and asked: ``asker``, ``asked`` (ids), ``first``,
        ``further`` and ``last`` (factor in [0, 1] of the step when ``asked`` is the first
        intermediary, a further one, or the target; NaN where it may not stand) and ``observed``
        (False for an inferred tie). Steps that may stand nowhere are left out. The score of a
        path is first x further x … x last; a direct tie is ``last`` of (seeker, target). The last
        step to an organisation or a prospect is assumed from where the asker stands.

    Raises
    ------
    UnknownPersonError, AmbiguousPersonError
        If a person is not known, or not by that name alone.
    ValueError
        If the seeker is a target.
    GraphContractError
        If the graph breaks the contract.

    Examples
    --------
    >>> G = nx.DiGraph()
    >>> G.add_edge("bo", "ana", trust=0.8)
    >>> G.add_edge("cy", "bo", trust=0.5)
    >>> tg.introductions.step_factors(G, "ana", "cy")
      asker asked  first  further  last  observed
    0   ana    bo    0.8      NaN   NaN      True
    1    bo    cy    NaN      NaN   0.5      True
    """
    return question_frame(ask_question(G, ask, target, model=model, observed_only=False))


def question_frame(question: Question) -> pd.DataFrame:
    """Return the step factors of a question that is already on arrays.

    Parameters
    ----------
    question
        The question.

    Returns
    -------
    pandas.DataFrame
        As `step_factors` returns it.

    Examples
    --------
    >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8})])
    >>> tg.steps.question_frame(tg.steps.ask_question(G, "ana", "bo"))["last"].tolist()
    [0.8]
    """
    index = question.index
    people = np.array(index.labels, dtype=object)
    targets = np.array([target.id for target in question.targets], dtype=object)

    def rows(askers: LongInts, asked: Any, place: str, factor: Any, observed: Any) -> pd.DataFrame:
        frame = pd.DataFrame({"asker": people[askers], "asked": asked, place: factor})
        return frame.assign(observed=observed)

    everywhere = question.further(np.arange(index.m))
    if question.spare:
        everywhere[index.spared[index.asker_of(np.arange(index.m))]] = 0.0
    middle = np.flatnonzero(everywhere)
    seeker = np.full(len(question.entry_step), question.seeker)
    straight = np.full(len(question.direct_step), question.seeker)
    parts = [
        rows(
            seeker,
            people[question.entry_asked],
            "first",
            question.entry_factor,
            index.observed[question.entry_step],
        ),
        rows(
            index.asker_of(middle),
            people[index.out_asked[middle]],
            "further",
            everywhere[middle],
            index.observed[middle],
        ),
        rows(
            question.exit_asker.astype(np.int64),
            targets[question.exit_target],
            "last",
            question.exit_factor,
            question.exit_observed | (question.exit_step < 0),
        ),
        rows(
            straight,
            targets[question.direct_target],
            "last",
            question.direct_factor,
            question.direct_observed | (question.direct_step < 0),
        ),
    ]
    frame = pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)
    frame = frame.reindex(columns=list(STEP_COLUMNS))
    for place in ("first", "further", "last"):
        frame[place] = frame[place].astype(np.float64)
    frame["observed"] = frame["observed"].astype(bool)
    return frame.sort_values(
        ["asker", "asked"], key=lambda ids: ids.astype("str"), ignore_index=True
    )
