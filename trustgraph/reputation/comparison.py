"""What a comparison of models returns."""

from collections.abc import Sequence
from functools import cached_property
from itertools import combinations
from typing import Any, Final, Literal

import numpy as np
import pandas as pd

from trustgraph._html import card_html, shown, table_html
from trustgraph._text import percent
from trustgraph._typing import Floats
from trustgraph.models.result import ResultModel
from trustgraph.reputation import _ranks

__all__ = ["Comparison"]

SCHEMA_VERSION: Final = 1
CLOSE: Final = 0.5
"""Kendall's tau from which two models are said to agree."""
MOST_TOLD: Final = 3
"""People and models that a sentence names."""


class Comparison(ResultModel):
    """What several models say about the same people.

    Attributes
    ----------
    people
        Ids, in their order.
    names
        For reading.
    models
        Names of the models.
    scores
        One row a model, one score a person; None where the model has no answer.
    seeds
        Ids of those trusted beforehand; empty: nobody in particular.
    k
        Size of the top that is compared.
    schema_version
        Version of the dictionary form.

    Examples
    --------
    >>> G = nx.DiGraph([("ana", "bo", {"trust": 0.8}), ("bo", "cy", {"trust": 0.5})])
    >>> told = tg.reputation.compare_reputation(G, ["best_path", "reliability"], seeds="ana")
    >>> told.ranks["reliability"].to_dict()
    {'bo': 1, 'cy': 2}
    """

    people: tuple[Any, ...]
    names: tuple[str, ...]
    models: tuple[str, ...]
    scores: tuple[tuple[float | None, ...], ...]
    seeds: tuple[Any, ...] = ()
    k: int = 10
    schema_version: Literal[1] = SCHEMA_VERSION

    def to_frame(self) -> pd.DataFrame:
        """Return the scores.

        Returns
        -------
        pandas.DataFrame
            Indexed by ``person``, a column a model; NaN where a model has no answer.

        Examples
        --------
        >>> G = nx.DiGraph([("ana", "bo", {"trust": 0.8})])
        >>> tg.reputation.compare_reputation(G, "best_path", seeds="ana").to_frame()
                best_path
        person
        ana           NaN
        bo            0.8
        """
        return self._frame([np.array(row, np.float64) for row in self.scores], self.people)

    @property
    def ranks(self) -> pd.DataFrame:
        """Rank of each person by each model, 1 for the highest score, without the seeds.

        Equal scores share the better rank; those without an answer share the last one. Who is
        trusted beforehand is no finding: seeds are ranked only if everybody is one.
        """
        return self._frame([_ranks.places(row) for row in self._numbers], self._compared)

    @property
    def correlations(self) -> pd.DataFrame:
        """How far each two models agree on those whom `ranks` holds.

        No answer counts as a tie at the bottom. Indexed by ``first`` and ``second`` (models).
        Columns: ``spearman`` and ``kendall`` (tau-b), in [-1, 1], NaN where a model tells nobody
        from anybody; ``top_overlap`` in [0, 1], the share of those in the top k of either who are
        in the top k of both; ``both_answer``, the number of people of whom both say something.
        """
        return self._correlations.copy()

    @cached_property
    def _places(self) -> list[int]:
        """Places of those who are compared."""
        seeds = set(self.seeds)
        others = [place for place, one in enumerate(self.people) if one not in seeds]
        return others or list(range(len(self.people)))

    @cached_property
    def _compared(self) -> list[Any]:
        return [self.people[place] for place in self._places]

    @cached_property
    def _known_as(self) -> list[str]:
        return [self.names[place] for place in self._places]

    @cached_property
    def _numbers(self) -> list[Floats]:
        """Scores of those who are compared, by model."""
        return [np.array(row, np.float64)[self._places] for row in self.scores]

    @cached_property
    def _correlations(self) -> pd.DataFrame:
        rows = [
            (
                _ranks.spearman(one, other),
                _ranks.kendall(one, other),
                _ranks.overlap(one, other, self.k),
                int((~np.isnan(one) & ~np.isnan(other)).sum()),
            )
            for one, other in combinations(self._numbers, 2)
        ]
        pairs = (
            pd.MultiIndex.from_tuples(list(combinations(self.models, 2)), names=["first", "second"])
            if rows
            else pd.MultiIndex.from_arrays([[], []], names=["first", "second"])
        )
        columns = ["spearman", "kendall", "top_overlap", "both_answer"]
        frame = pd.DataFrame(rows, pairs, columns)
        return frame.astype({**dict.fromkeys(columns, "float64"), "both_answer": "int64"})

    def _frame(self, rows: Any, people: Sequence[Any]) -> pd.DataFrame:
        index = pd.Index(list(people), name="person", tupleize_cols=False)
        return pd.DataFrame(dict(zip(self.models, rows, strict=True)), index)

    def explain(self) -> str:
        """Return the comparison in plain sentences.

        Returns
        -------
        str
            Whom each model puts first and of whom it says nothing, which two agree most, which
            two least, and about whom.

        Examples
        --------
        >>> G = nx.DiGraph([("ana", "bo", {"trust": 0.8}), ("bo", "cy", {"trust": 0.5})])
        >>> models = ["best_path", "reliability"]
        >>> print(tg.reputation.compare_reputation(G, models, seeds="ana").explain())
        2 models on 2 people, as seen from ana.
        best_path puts bo first (score 0.8).
        ...
        """
        return "\n".join(map(shown, self._lines()))

    def _lines(self) -> list[str]:
        told = [self._opening()]
        told += [self._first(place) for place in range(len(self.models))]
        known = self._correlations["kendall"].dropna()
        if len(self.models) > 1 and known.empty:
            told.append("No two models can be compared: each tells too few people apart.")
        if not known.empty:
            told.append(self._agreement(known.idxmax(), most=True))
        if not known.empty and known.min() < known.max():
            told.append(self._agreement(known.idxmin(), most=False))
        if not known.empty:
            told.append(self._dispute(known.idxmin()))
        told += self._silent_pairs(known)
        return [line for line in told if line]

    def _opening(self) -> str:
        names = dict(zip(self.people, self.names, strict=True))
        seen = [names[seed] for seed in self.seeds]
        view = f", as seen from {_listed(seen)}" if seen else ", trusting nobody beforehand"
        models = f"{len(self.models)} model{'s' * (len(self.models) != 1)}"
        number = len(self._compared)
        people = f"{number} {'person' if number == 1 else 'people'}"
        return f"{models} on {people}{view}."

    def _first(self, place: int) -> str:
        model, scores = self.models[place], self._numbers[place]
        silent = int(np.isnan(scores).sum())
        if silent == len(scores):
            return f"{model} has no answer about anybody."
        leaders = [self._known_as[i] for i in np.flatnonzero(_ranks.top(scores, 1))]
        if len(leaders) == len(scores) > 1:
            text = f"{model} tells nobody from anybody"
        else:
            text = f"{model} puts {_listed(leaders)} first (score {np.nanmax(scores):.3g})"
        return f"{text}; of {silent} it says nothing." if silent else f"{text}."

    def _agreement(self, pair: Any, *, most: bool) -> str:
        row = self._correlations.loc[pair]
        share = (
            ""
            if np.isnan(row["top_overlap"])
            else f"; of those in the top {self.k} of either, "
            f"{percent(row['top_overlap'])} are in both"
        )
        one, other = pair
        return (
            f"{one} and {other} agree {'most' if most else 'least'}: Kendall's tau "
            f"{row['kendall']:.2f}, Spearman's correlation {row['spearman']:.2f}{share}."
        )

    def _dispute(self, pair: Any) -> str:
        """Tell about whom two models differ most."""
        ranks = self.ranks
        one, other = pair
        here, there = ranks[one].to_numpy(), ranks[other].to_numpy()
        gap = np.abs(here - there)
        if not gap.any():
            return f"{one} and {other} rank everybody alike."
        who = np.argsort(-gap, kind="stable")[:MOST_TOLD]
        cases = [
            f"{self._known_as[i]} (rank {here[i]} and {there[i]})" for i in who.tolist() if gap[i]
        ]
        return f"{one} and {other} differ most about {_listed(cases)}."

    def _silent_pairs(self, known: "pd.Series[float]") -> list[str]:
        flat = [
            model
            for model, scores in zip(self.models, self._numbers, strict=True)
            if len(scores) > 1 and not _ranks.levels(scores).any()
        ]
        if known.empty or not flat:
            return []
        return [f"{_listed(flat)}: no correlation, since everybody is ranked alike."]

    def _repr_html_(self) -> str:
        lines = self._lines()
        frame = self._frame(self._numbers, self._compared)
        frame.insert(0, "name", self._known_as)
        if len(self.models):
            frame = frame.iloc[np.argsort(self.ranks.to_numpy()[:, 0], kind="stable")]
        pairs = self._correlations.reset_index()
        body = table_html(frame) + (table_html(pairs) if len(pairs) else "")
        return card_html(lines[0].removesuffix("."), body, lines=lines[1:])


def _listed(words: list[str]) -> str:
    """Return the first words in a row, and how many more there are."""
    more = len(words) - MOST_TOLD
    if more > 0:
        return f"{', '.join(words[:MOST_TOLD])} and {more} more"
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]])) if words else ""
