"""What a test of a model against the axioms returns."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, Literal

import networkx as nx
import pandas as pd

from trustgraph._html import card_html, shown, table_html
from trustgraph._typing import Graph
from trustgraph.models.base import FrozenModel
from trustgraph.models.result import ResultModel

__all__ = ["AxiomReport", "AxiomResult", "Counterexample", "SybilPoint", "SybilRun"]

SCHEMA_VERSION: Final = 1
GROWTHS: Final = {
    "none": "nothing is gained",
    "bounded": "the gain levels off",
    "grows": "the gain still grows",
}


class Counterexample(FrozenModel):
    """A small world in which a model breaks an axiom; anybody can verify it.

    Attributes
    ----------
    people
        Ids.
    edges
        (who rates, whom, rating in [-1, 1]); the trust is the rating, and 0 where it is negative.
    seed
        The person who is trusted beforehand; None: nobody in particular.
    change
        (who rates, whom, rating before, rating after) of the one rating that changes; None where
        nothing does, a rating of None where there is none.
    claim
        What is wrong, in a sentence.
    person
        Whose score is compared; None where it is the sum of all.
    before, after
        The two numbers compared, None where the model has no answer.

    Examples
    --------
    >>> case = tg.evaluation.Counterexample(
    ...     people=("a", "b"), edges=(("a", "b", -0.5),), seed="a", claim="b is trusted"
    ... )
    >>> case.graph().edges["a", "b"]
    {'trust': 0.0, 'rating': -0.5}
    """

    people: tuple[str, ...]
    edges: tuple[tuple[str, str, float], ...]
    seed: str | None
    change: tuple[str, str, float | None, float | None] | None = None
    claim: str
    person: str | None = None
    before: float | None = None
    after: float | None = None

    def graph(self, *, changed: bool = False) -> Graph:
        """Return the world as a graph.

        Parameters
        ----------
        changed
            Whether after the change.

        Returns
        -------
        networkx.DiGraph
            A graph under the contract, with ``trust`` and ``rating``.

        Examples
        --------
        >>> case = tg.evaluation.Counterexample(
        ...     people=("a", "b"), edges=(), seed="a", change=("a", "b", None, 1.0), claim="no"
        ... )
        >>> len(case.graph().edges), len(case.graph(changed=True).edges)
        (0, 1)
        """
        G: Graph = nx.DiGraph()
        G.add_nodes_from(self.people)
        edges = list(self.edges)
        if changed and self.change is not None:
            source, target, _, after = self.change
            edges = [edge for edge in edges if edge[:2] != (source, target)]
            edges += [] if after is None else [(source, target, after)]
        for source, target, rating in edges:
            G.add_edge(source, target, trust=max(rating, 0.0), rating=rating)
        return G

    def explain(self) -> str:
        """Return the counterexample in words.

        Returns
        -------
        str
            The world, from whom it is seen, and the claim.

        Examples
        --------
        >>> case = tg.evaluation.Counterexample(
        ...     people=("a", "b"), edges=(("a", "b", 0.5),), seed="a", claim="b has 2, over 1."
        ... )
        >>> case.explain()
        'a -> b 0.5; seen from a: b has 2, over 1.'
        """
        told = [f"{source} -> {target} {rating:g}" for source, target, rating in self.edges]
        linked = {person for edge in self.edges for person in edge[:2]}
        alone = [person for person in self.people if person not in linked]
        told += [f"without ratings: {' '.join(alone)}"] if alone else []
        view = "trusting nobody beforehand" if self.seed is None else f"seen from {self.seed}"
        return f"{', '.join(told)}; {view}: {self.claim}"


class SybilPoint(FrozenModel):
    """What an attacker has with so many fake identities.

    Attributes
    ----------
    fakes
        Their number.
    own
        Score of the attacker; 0 where the model has no answer.
    total
        Scores of the attacker and all fakes together.
    rank
        Rank of the attacker among the honest people and the attacker, 1 is best.

    Examples
    --------
    >>> report = tg.evaluation.check_axioms("best_path", worlds=0)
    >>> report["sybil_own"].sybils.curve[-1].fakes
    50
    """

    fakes: int
    own: float
    total: float
    rank: int


class SybilRun(FrozenModel):
    """The attack that brought most.

    Attributes
    ----------
    shape
        How the fakes trust each other: ``"star"`` (attacker and fakes, both ways), ``"ring"``
        (attacker, fakes one after the other, attacker) or ``"crowd"`` (all fakes the attacker).
    edges
        The honest ratings and the one that the attacker was given.
    seed
        The person who is trusted beforehand, or None.
    curve
        What it brings, by number of fakes.
    growth
        ``"none"``: no gain; ``"bounded"``: the last fakes bring less than a tenth of it;
        ``"grows"``: they bring more, as far as was tried.

    Examples
    --------
    >>> run = tg.evaluation.check_axioms("best_path", worlds=0)["sybil_total"].sybils
    >>> run.growth, run.to_frame().index.tolist()
    ('grows', [0, 1, 2, 5, 10, 20, 50])
    """

    shape: Literal["star", "ring", "crowd"]
    edges: tuple[tuple[str, str, float], ...]
    seed: str | None
    curve: tuple[SybilPoint, ...]
    growth: Literal["none", "bounded", "grows"]

    def to_frame(self) -> pd.DataFrame:
        """Return the curve: ``own``, ``total`` and ``rank`` by number of ``fakes``."""
        rows = [(point.own, point.total, point.rank) for point in self.curve]
        fakes = pd.Index([point.fakes for point in self.curve], name="fakes")
        return pd.DataFrame(rows, fakes, ["own", "total", "rank"])


class AxiomResult(FrozenModel):
    """What came of one axiom.

    Attributes
    ----------
    axiom
        Its name.
    statement
        What it says, and what exactly is compared.
    status
        ``"holds"``: no counterexample was found, which is no proof; ``"fails"``; or
        ``"not_applicable"``.
    worlds, comparisons
        Graphs tried, and comparisons made in them (until the first ones that fail).
    reason
        Why it is not applicable, else empty.
    counterexample
        The smallest world found that breaks it.
    sybils
        For the axioms of fake identities: the attack that brought most.

    Examples
    --------
    >>> print(tg.evaluation.check_axioms("tidaltrust", worlds=0)["attenuates"].explain())
    attenuates: fails. p0 -> p1 0.5, p1 -> p2 0.5; seen from p0: p2 has 0.5, p1, who is nearer, 0.5.
    """

    axiom: str
    statement: str
    status: Literal["holds", "fails", "not_applicable"]
    worlds: int = 0
    comparisons: int = 0
    reason: str = ""
    counterexample: Counterexample | None = None
    sybils: SybilRun | None = None

    @property
    def cell(self) -> str:
        """The outcome in a word; for fake identities how the gain grows."""
        if self.sybils is not None:
            return self.sybils.growth
        return "n/a" if self.status == "not_applicable" else self.status

    def explain(self) -> str:
        """Return the outcome in a sentence or two."""
        if self.status == "not_applicable":
            return f"{self.axiom}: not applicable; {self.reason}."
        if self.sybils is not None:
            return f"{self.axiom}: {_sybil_words(self.sybils)}"
        if self.counterexample is None:
            compared = f"{self.comparisons} comparisons in {self.worlds} worlds"
            return f"{self.axiom}: no counterexample in {compared}."
        return f"{self.axiom}: fails. {self.counterexample.explain()}"


class AxiomReport(ResultModel):
    """What came of all axioms for one model: the results in order, each also by its name.

    Attributes
    ----------
    model
        Name of the model.
    results
        One an axiom.
    seed, random_worlds
        What was asked for.
    schema_version
        Version of the dictionary form.

    Examples
    --------
    >>> report = tg.evaluation.check_axioms("best_path", worlds=5)
    >>> report["bounded"].status
    'holds'
    """

    model: str
    results: tuple[AxiomResult, ...]
    seed: int
    random_worlds: int
    schema_version: Literal[1] = SCHEMA_VERSION

    def __len__(self) -> int:
        """Return the number of axioms."""
        return len(self.results)

    def __iter__(self) -> Iterator[AxiomResult]:  # type: ignore[override]
        """Yield the results."""
        return iter(self.results)

    def __getitem__(self, axiom: str) -> AxiomResult:
        """Return the result of an axiom by name."""
        by_name: Mapping[str, AxiomResult] = {result.axiom: result for result in self.results}
        if axiom not in by_name:
            message = f"there is no axiom {axiom!r}; name one of {', '.join(by_name)}"
            raise ValueError(message)
        return by_name[axiom]

    def to_frame(self) -> pd.DataFrame:
        """Return one row an axiom.

        Returns
        -------
        pandas.DataFrame
            Indexed by ``axiom``; columns ``status, worlds, comparisons, finding`` (a sentence).

        Examples
        --------
        >>> tg.evaluation.check_axioms("best_path", worlds=5).to_frame().loc["mass", "status"]
        'not_applicable'
        """
        rows = [
            (result.status, result.worlds, result.comparisons, result.explain())
            for result in self.results
        ]
        index = pd.Index([result.axiom for result in self.results], name="axiom")
        return pd.DataFrame(rows, index, ["status", "worlds", "comparisons", "finding"])

    def explain(self) -> str:
        """Return the report in plain sentences.

        Returns
        -------
        str
            One paragraph an axiom: what was found, never that something is proved.

        Examples
        --------
        >>> print(tg.evaluation.check_axioms("best_path", worlds=5).explain())
        best_path, tried in 5 random worlds and the designed ones.
        bounded: no counterexample in ...
        """
        return "\n".join(map(shown, self._lines()))

    def _lines(self) -> list[str]:
        opening = (
            f"{self.model}, tried in {self.random_worlds} random worlds and the designed ones."
        )
        return [opening, *(result.explain() for result in self.results)]

    def _repr_html_(self) -> str:
        frame = self.to_frame().reset_index()
        return card_html(self._lines()[0].removesuffix("."), table_html(frame))


def _sybil_words(run: SybilRun) -> str:
    first, last = run.curve[0], run.curve[-1]
    return (
        f"{GROWTHS[run.growth]}. With {last.fakes} fakes in a {run.shape} behind one tie, the "
        f"attacker's own score goes from {_told(first.own)} to {_told(last.own)} (rank "
        f"{first.rank} to {last.rank}), and that of all of them from {_told(first.total)} to "
        f"{_told(last.total)}."
    )


def _told(value: Any) -> str:
    return f"{value:.3g}"
