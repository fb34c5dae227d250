"""What a question about the transfer of reputation returns."""

from typing import Any, Final, Literal

import pandas as pd

from trustgraph._html import card_html, shown, table_html
from trustgraph.models.ask import Ask
from trustgraph.models.base import FrozenModel
from trustgraph.models.result import ResultModel, SequenceResult
from trustgraph.reputation import explain
from trustgraph.reputation.interval_results import TransferIntervals

__all__ = ["QUANTITIES", "Carrier", "Reliability", "Transfer", "TransferIntervals"]

SCHEMA_VERSION: Final = 1
QUANTITIES: Final = ("removal", "shapley", "inflow", "through", "retained")


class Reliability(ResultModel):
    """The chance that at least one whole path from the seeker to the target works.

    Attributes
    ----------
    ask
        The question.
    seeker_name, target_name
        For reading.
    value
        The chance, in [0, 1]; steps are taken to work or fail independently. It compares
        questions and promises nothing. Also ``float(result)``.
    direct
        The part of it that needs nobody: the direct tie, in [0, 1].
    standard_error
        Of the value; 0 where it is exact.
    exact
        Whether the value is exact up to rounding.
    method
        ``"decision_diagram"`` (exact) or ``"monte_carlo"``.
    samples
        Random draws behind the value; 0 where it is exact.
    reason
        Why there is no path at all, else empty.
    max_intermediaries, observed_only, precision
        What was asked for.
    as_of
        Date of the graph.
    seed
        Seed of the draws; None if a generator was passed.
    schema_version
        Version of the dictionary form.

    Examples
    --------
    >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
    >>> round(float(tg.reputation.reliability(G, "ana", "cy")), 3)
    0.4
    """

    ask: Ask
    seeker_name: str
    target_name: str
    value: float
    direct: float
    standard_error: float = 0.0
    exact: bool
    method: Literal["decision_diagram", "monte_carlo"]
    samples: int = 0
    reason: Literal["", "no_path"] = ""
    max_intermediaries: int = 3
    observed_only: bool = True
    precision: float | None = None
    as_of: str = ""
    seed: int | None = 0
    schema_version: Literal[1] = SCHEMA_VERSION

    def __float__(self) -> float:
        """Return the value."""
        return self.value

    def explain(self) -> str:
        """Return the answer in plain sentences.

        Returns
        -------
        str
            How much arrives, what of it needs nobody, what is assumed, and how exact it is.

        Examples
        --------
        >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
        >>> print(tg.reputation.reliability(G, "ana", "cy").explain().splitlines()[0])
        With 40 % (0.400) at least one way from ana to cy works from end to end: ...
        """
        return "\n".join(map(shown, explain.reliability_lines(self)))

    def _repr_html_(self) -> str:
        title = f"Reliability from {self.seeker_name} to {self.target_name}: {self.value:.3g}"
        return card_html(title, "", lines=explain.reliability_lines(self))


class Carrier(FrozenModel):
    """One intermediary and what they do for the seeker's reputation.

    Attributes
    ----------
    person, name
        Who.
    removal
        What the total loses if they refuse, in [0, 1]. Removals do not add up.
    shapley
        Their fair share of what others bring (Shapley value), in [0, 1]; the shares add up to
        ``total - direct``.
    inflow
        Chance that the request reaches them, endorsed at every step before, on a path that could
        go on; in [0, 1].
    through
        Chance that some path through them works from end to end, in [0, 1].
    retained
        ``through / inflow``: of what reaches them, the share that gets through; in [0, 1], None
        if nothing reached them.
    removal_error, shapley_error, inflow_error, through_error, retained_error
        Standard errors; 0 where the numbers are exact.

    Examples
    --------
    >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
    >>> tg.reputation_transfer(G, "ana", "cy")[0].name
    'bo'
    """

    person: Any
    name: str
    removal: float
    shapley: float
    inflow: float
    through: float
    retained: float | None
    removal_error: float = 0.0
    shapley_error: float = 0.0
    inflow_error: float = 0.0
    through_error: float = 0.0
    retained_error: float | None = 0.0


class Transfer(SequenceResult[Carrier]):
    """How much of the seeker's reputation arrives at the target, and through whom.

    A sequence of `Carrier`, the largest Shapley value first. Empty is an answer: then all there
    is comes from the direct tie, or ``reason`` says why there is nothing.

    Attributes
    ----------
    ask
        The question.
    seeker_name, target_name
        For reading.
    total
        Chance that at least one admissible path works from end to end, in [0, 1]; steps are taken
        to work or fail independently. It compares questions and promises nothing.
    direct
        The part of it that needs nobody: the direct tie, in [0, 1].
    carriers
        The intermediaries.
    exact
        Whether the numbers are exact up to rounding.
    method
        ``"decision_diagram"`` (exact) or ``"monte_carlo"``.
    standard_error
        Of the total; 0 where it is exact.
    samples
        Random draws behind the numbers; 0 where they are exact.
    truncated
        Whether the network was too large and only the steps on its best paths were kept; the
        total is then a lower bound.
    assumed_last_steps
        Number of last steps that are assumed from where people work, not recorded.
    reason
        Why there is no path at all, else empty.
    max_intermediaries, observed_only, precision
        What was asked for.
    as_of
        Date of the graph.
    seed
        Seed of the draws; None if a generator was passed.
    schema_version
        Version of the dictionary form.

    Examples
    --------
    >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
    >>> moved = tg.reputation_transfer(G, "ana", "cy")
    >>> round(moved.total, 3), moved.exact, moved.shapley.round(3).to_dict()
    (0.4, True, {'bo': 0.4})
    """

    ask: Ask
    seeker_name: str
    target_name: str
    total: float
    direct: float
    carriers: tuple[Carrier, ...]
    exact: bool
    method: Literal["decision_diagram", "monte_carlo"]
    standard_error: float = 0.0
    samples: int = 0
    truncated: bool = False
    assumed_last_steps: int = 0
    reason: Literal["", "no_path"] = ""
    max_intermediaries: int = 3
    observed_only: bool = True
    precision: float | None = None
    as_of: str = ""
    seed: int | None = 0
    schema_version: Literal[1] = SCHEMA_VERSION

    def held(self) -> tuple[Carrier, ...]:
        """Return the intermediaries, the largest Shapley value first."""
        return self.carriers

    @property
    def people(self) -> pd.DataFrame:
        """The frame of `to_frame`."""
        return self.to_frame()

    @property
    def removal(self) -> pd.Series:
        """What the total loses without each person, in [0, 1]."""
        return self.to_frame()["removal"]

    @property
    def shapley(self) -> pd.Series:
        """Fair share of each person; the shares add up to ``total - direct``."""
        return self.to_frame()["shapley"]

    @property
    def inflow(self) -> pd.Series:
        """Chance that the request reaches each person endorsed, in [0, 1]."""
        return self.to_frame()["inflow"]

    @property
    def through(self) -> pd.Series:
        """Chance that some path through each person works as a whole, in [0, 1]."""
        return self.to_frame()["through"]

    @property
    def retained(self) -> pd.Series:
        """Share of what reaches each person that gets through, in [0, 1]; NaN without inflow."""
        return self.to_frame()["retained"]

    @property
    def standard_errors(self) -> pd.DataFrame:
        """Standard errors of the numbers of `to_frame`, with the same index; 0 where exact."""
        errors = [f"{quantity}_error" for quantity in QUANTITIES]
        return self._frame(dict(zip(errors, QUANTITIES, strict=True)))

    def to_frame(self) -> pd.DataFrame:
        """Return one row an intermediary.

        Returns
        -------
        pandas.DataFrame
            Indexed by ``person``; columns ``name, removal, shapley, inflow, through, retained``;
            sorted by Shapley value, then id.

        Examples
        --------
        >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
        >>> tg.reputation_transfer(G, "ana", "cy").to_frame()[["removal", "inflow", "retained"]]
                removal  inflow  retained
        person
        bo          0.4     0.8       0.5
        """
        frame = self._frame({quantity: quantity for quantity in QUANTITIES})
        names = pd.Series([carrier.name for carrier in self.carriers], frame.index, dtype="str")
        frame.insert(0, "name", names)
        return frame

    @property
    def sentences(self) -> "pd.Series[str]":
        """What each intermediary does, in plain words: one text a person, as in `explain`.

        Examples
        --------
        >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
        >>> print(tg.reputation_transfer(G, "ana", "cy").sentences["bo"])
        bo: if bo refuses, nothing arrives. With 80 % it gets as far as them ...
        """
        people = [carrier.person for carrier in self.carriers]
        return pd.Series(
            [shown(explain.carrier_line(carrier, self)) for carrier in self.carriers],
            index=pd.Index(people, name="person", tupleize_cols=False),
            name="sentence",
            dtype="str",
        )

    def _frame(self, columns: dict[str, str]) -> pd.DataFrame:
        people = [carrier.person for carrier in self.carriers]
        index = pd.Index(people, name="person", tupleize_cols=False)
        return pd.DataFrame(
            {
                name: pd.Series(
                    [getattr(carrier, attribute) for carrier in self.carriers],
                    index=index,
                    dtype="float64",
                )
                for attribute, name in columns.items()
            },
            index=index,
        )

    def explain(self) -> str:
        """Return the answer in plain sentences.

        Returns
        -------
        str
            How much arrives, who carries it, what is lost if they refuse, what is assumed, and
            whether the numbers are exact.

        Examples
        --------
        >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
        >>> print(tg.reputation_transfer(G, "ana", "cy").explain().splitlines()[2])
        1. bo: if bo refuses, nothing arrives. ...
        """
        return "\n".join(map(shown, explain.lines(self)))

    def _repr_html_(self) -> str:
        title = f"Reputation from {self.seeker_name} to {self.target_name}: {self.total:.3g}"
        body = table_html(self.to_frame()) if self.carriers else ""
        return card_html(title, body, lines=explain.summary(self))
