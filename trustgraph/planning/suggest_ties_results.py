"""What a search for the tie that would help most returns."""

from typing import Any, Final, Literal

import pandas as pd

from trustgraph._html import card_html, shown, table_html
from trustgraph.models.base import FrozenModel
from trustgraph.models.result import SequenceResult
from trustgraph.planning._ties_effort import TieEffort
from trustgraph.planning._ties_people import Common
from trustgraph.planning._ties_words import lines, short_lines

__all__ = ["TargetGain", "TieOpinion", "TieSuggestion", "TieSuggestions"]

SCHEMA_VERSION: Final = 1
TieKind = Literal["new", "revive"]
Objective = Literal["reach", "score"]
Reason = Literal["", "nobody_to_suggest", "nothing_helps", "would_not_vouch"]
COLUMNS: Final = {
    "rank": "int64",
    "kind": "str",
    "person": "object",
    "name": "str",
    "gain": "float64",
    "standard_error": "float64",
    "score_gain": "float64",
    "before": "float64",
    "after": "float64",
    "helps": "object",
    "common": "str",
    "meet_through": "object",
    "meet_score": "float64",
    "trust_before": "float64",
    "trust_after": "float64",
    "recall_before": "float64",
    "recall_after": "float64",
    "willingness_before": "float64",
    "willingness_after": "float64",
    "do": "str",
}


class TargetGain(FrozenModel):
    """What one tie does for one target.

    Attributes
    ----------
    target, name
        Who or what.
    before, after
        Chance that at least one way to the target works, in [0, 1].
    standard_error
        Of the difference; 0 where both are exact.
    score_before, score_after
        Score of the best path, exact; in [0, 1].

    Examples
    --------
    >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
    >>> G.add_edge("dee", "cy", trust=0.9)
    >>> found = tg.planning.suggest_ties(G, "ana", ["dee"], new_tie=0.6)
    >>> found[0].helps[0].target, round(found[0].helps[0].after, 3)
    ('dee', 0.612)
    """

    target: Any
    name: str
    before: float
    after: float
    standard_error: float = 0.0
    score_before: float
    score_after: float

    @property
    def gain(self) -> float:
        """After less before."""
        return self.after - self.before

    @property
    def score_gain(self) -> float:
        """What is added to the score of the best path."""
        return self.score_after - self.score_before


class TieOpinion(FrozenModel):
    """What a person holds of the seeker.

    Attributes
    ----------
    trust, certainty, recall, response, willingness
        As in the graph; None where it is silent.

    Examples
    --------
    >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
    >>> G.add_edge("dee", "cy", trust=0.9)
    >>> tg.planning.suggest_ties(G, "ana", ["dee"], new_tie=0.6)[0].tie_after.trust
    0.6
    """

    trust: float | None = None
    certainty: float | None = None
    recall: float | None = None
    response: float | None = None
    willingness: float | None = None


class TieSuggestion(FrozenModel):
    """One tie that would help.

    Attributes
    ----------
    kind
        ``"new"``: somebody to get to know; ``"revive"``: a contact to get back in touch with.
    person, name
        Who.
    gain
        Targets that are reached more, as expected in the model.
    standard_error
        Of the gain; 0 where it is exact.
    score_gain
        What is added to the sum of the best scores, one a target.
    before, after
        Expected number of targets reached.
    helps
        The targets that it helps, most first.
    common
        Why they could be met: ``"contact"`` (somebody knows both), ``"organisation"``,
        ``"school"``, or ``"nothing"``.
    meet_through, meet_names
        Ids and names on the best introduction to them, from the seeker on; empty if there is none
        or none is needed.
    meet_score
        Its score, in [0, 1].
    tie_before, tie_after
        What they hold of the seeker now, and would.
    do
        What is to be done, in words.

    Examples
    --------
    >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
    >>> G.add_edge("dee", "cy", trust=0.9)
    >>> tg.planning.suggest_ties(G, "ana", ["dee"], new_tie=0.6)[0].kind
    'new'
    """

    kind: TieKind
    person: Any
    name: str
    gain: float
    standard_error: float = 0.0
    score_gain: float
    before: float
    after: float
    helps: tuple[TargetGain, ...]
    common: Common = "nothing"
    meet_through: tuple[Any, ...] = ()
    meet_names: tuple[str, ...] = ()
    meet_score: float = 0.0
    tie_before: TieOpinion = TieOpinion()
    tie_after: TieOpinion = TieOpinion()
    do: str


class TieSuggestions(SequenceResult[TieSuggestion]):
    """The single ties, new or revived, that would help most.

    A sequence of `TieSuggestion`, the best first. Each is judged by itself: two of them together
    may bring less than the sum. Empty is an answer: ``reason`` says why.

    Attributes
    ----------
    seeker, seeker_name
        Who.
    targets, target_names
        Whom or what they want to reach.
    items
        The suggestions.
    objective
        What they are ordered by: ``"reach"``, the gain in expected targets, or ``"score"``, that
        in the sum of the best scores.
    expected, scores
        Expected number of targets reached as it is, and the sum of the best scores.
    considered
        How many new people and how many faded ties were considered.
    evaluated
        For how many of them the reach was worked out in full; bounds show of the others that they
        bring less.
    exact
        Whether all numbers, and so the choice, are exact up to rounding.
    samples
        Random draws behind a number that is not; 0 if all are exact.
    new_tie, revive
        The effort assumed for a new tie (None if its numbers were given) and for an old one.
    new_state
        What a new acquaintance would then hold of the seeker.
    reason
        Why there is none, else empty.
    k, max_intermediaries, observed_only, fading
        What was asked for.
    as_of
        Date of the graph.
    seed
        Of the draws.
    schema_version
        Version of the dictionary form.

    Examples
    --------
    >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
    >>> G.add_edge("dee", "cy", trust=0.9)
    >>> found = tg.planning.suggest_ties(G, "ana", ["dee"], new_tie=0.6)
    >>> found[0].name, round(found[0].gain, 3)
    ('cy', 0.432)
    """

    seeker: Any
    seeker_name: str
    targets: tuple[Any, ...]
    target_names: tuple[str, ...]
    items: tuple[TieSuggestion, ...]
    objective: Objective = "reach"
    expected: float
    scores: float
    considered: tuple[int, int]
    evaluated: int
    exact: bool = True
    samples: int = 0
    new_tie: TieEffort | None = None
    revive: TieEffort
    new_state: TieOpinion = TieOpinion()
    reason: Reason = ""
    k: int
    max_intermediaries: int = 3
    observed_only: bool = True
    fading: float
    as_of: str = ""
    seed: int = 0
    schema_version: Literal[1] = SCHEMA_VERSION

    def held(self) -> tuple[TieSuggestion, ...]:
        """Return the suggestions."""
        return self.items

    def to_frame(self) -> pd.DataFrame:
        """Return one row a suggestion.

        Returns
        -------
        pandas.DataFrame
            ``rank, kind, person, name, gain, standard_error, score_gain, before, after, helps``
            (names of the targets, most helped first), ``common, meet_through`` (names on the best
            introduction)``, meet_score``, trust, recall and willingness before and after (NaN
            where nothing is told), and ``do``.

        Examples
        --------
        >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
        >>> G.add_edge("dee", "cy", trust=0.9)
        >>> found = tg.planning.suggest_ties(G, "ana", ["dee"], new_tie=0.6)
        >>> found.to_frame()[["kind", "person", "meet_through"]].values.tolist()
        [['new', 'cy', ('ana', 'bo', 'cy')]]
        """
        rows = [_row(rank, one) for rank, one in enumerate(self.items, start=1)]
        columns = zip(*rows, strict=True) if rows else [()] * len(COLUMNS)
        return pd.DataFrame(
            {
                name: pd.Series(list(column), dtype=kind)
                for (name, kind), column in zip(COLUMNS.items(), columns, strict=True)
            }
        )

    def explain(self) -> str:
        """Return the answer in plain sentences.

        Returns
        -------
        str
            What is expected as it is, what each tie would add and to which targets, how to get
            there, what was assumed, and how sure the numbers are.

        Examples
        --------
        >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
        >>> G.add_edge("dee", "cy", trust=0.9)
        >>> found = tg.planning.suggest_ties(G, "ana", ["dee"], new_tie=0.6)
        >>> print(found.explain().splitlines()[0])
        As it is, ana can expect to reach 0.18 of 1 target.
        """
        return "\n".join(map(shown, lines(self)))

    def _repr_html_(self) -> str:
        title = f"Ties that would help {self.seeker_name}"
        body = ""
        if self.items:
            columns = ["rank", "kind", "name", "gain", "before", "after", "helps", "do"]
            body = table_html(self.to_frame()[columns])
        return card_html(title, body, lines=short_lines(self))


def _row(rank: int, one: TieSuggestion) -> tuple[Any, ...]:
    before, after = one.tie_before, one.tie_after
    return (
        rank,
        one.kind,
        one.person,
        one.name,
        one.gain,
        one.standard_error,
        one.score_gain,
        one.before,
        one.after,
        tuple(each.name for each in one.helps),
        one.common,
        one.meet_names,
        one.meet_score,
        before.trust,
        after.trust,
        before.recall,
        after.recall,
        before.willingness,
        after.willingness,
        one.do,
    )
