"""What drawing the opinions tells of a transfer of reputation: intervals."""

from typing import Any, Final, Literal

import pandas as pd

from trustgraph._html import card_html, shown, table_html
from trustgraph._text import percent
from trustgraph.models.ask import Ask
from trustgraph.models.base import FrozenModel
from trustgraph.models.result import SequenceResult

__all__ = ["INTERVAL_QUANTITIES", "CarrierInterval", "Interval", "TransferIntervals"]

SCHEMA_VERSION: Final = 1
INTERVAL_QUANTITIES: Final = ("removal", "shapley", "inflow", "through")
MOST_TOLD: Final = 10


class Interval(FrozenModel):
    """Where a number lies in nine of ten draws of the opinions.

    Attributes
    ----------
    low, mean, high
        The 5 % end, the mean and the 95 % end over the draws.

    Examples
    --------
    >>> tg.reputation.Interval(low=0.1, mean=0.3, high=0.6).width
    0.5
    """

    low: float
    mean: float
    high: float

    @property
    def width(self) -> float:
        """Distance between the ends."""
        return self.high - self.low


class CarrierInterval(FrozenModel):
    """One intermediary, and where their numbers lie when opinions are drawn.

    Attributes
    ----------
    person, name
        Who.
    removal, shapley, inflow, through
        As in `Carrier`, each an `Interval`.
    share_first
        Share of the draws in which nobody has a larger Shapley value, in [0, 1]; equal ones share
        a draw, so the shares of all intermediaries add up to 1.

    Examples
    --------
    >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8, "certainty": 0.9})])
    >>> G.add_edge("cy", "bo", trust=0.5, certainty=0.8)
    >>> tg.reputation.transfer_intervals(G, "ana", "cy")[0].share_first
    1.0
    """

    person: Any
    name: str
    removal: Interval
    shapley: Interval
    inflow: Interval
    through: Interval
    share_first: float


class TransferIntervals(SequenceResult[CarrierInterval]):
    """How sure a transfer of reputation is, given how sure people are of each other.

    A sequence of `CarrierInterval`, the largest mean Shapley value first.

    Attributes
    ----------
    ask
        The question.
    seeker_name, target_name
        For reading.
    total
        Where the total lies; None where ``reason`` says why there is nothing to draw.
    carriers
        The intermediaries.
    draws
        Number of draws of all opinions.
    exact
        Whether the numbers of each draw are exact up to rounding.
    samples
        Sampled states behind the numbers of each draw, 0 where they are exact. All draws share
        them, so that they blur the place of an interval more than its width.
    sampling_error
        Standard error that sampling gives to the total of one draw; 0 where it is exact.
    truncated
        Whether only the steps on the best paths were kept.
    reason
        ``"no_path"``, ``"no_certainty"`` (a tie has trust alone), else empty.
    max_intermediaries, observed_only
        What was asked for.
    as_of
        Date of the graph.
    seed
        Seed of the draws.
    schema_version
        Version of the dictionary form.

    Examples
    --------
    >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8, "certainty": 0.9})])
    >>> G.add_edge("cy", "bo", trust=0.5, certainty=0.8)
    >>> found = tg.reputation.transfer_intervals(G, "ana", "cy")
    >>> found.total.low < 0.4 < found.total.high
    True
    """

    ask: Ask
    seeker_name: str
    target_name: str
    total: Interval | None
    carriers: tuple[CarrierInterval, ...]
    draws: int
    exact: bool = True
    samples: int = 0
    sampling_error: float = 0.0
    truncated: bool = False
    reason: Literal["", "no_path", "no_certainty"] = ""
    max_intermediaries: int = 3
    observed_only: bool = True
    as_of: str = ""
    seed: int = 0
    schema_version: Literal[1] = SCHEMA_VERSION

    def held(self) -> tuple[CarrierInterval, ...]:
        """Return the intermediaries, the largest mean Shapley value first."""
        return self.carriers

    def to_frame(self) -> pd.DataFrame:
        """Return one row an intermediary.

        Returns
        -------
        pandas.DataFrame
            Indexed by ``person``; columns ``name``, then ``low``, ``mean`` and ``high`` of each
            quantity (``removal_low`` … ``through_high``), then ``share_first``.

        Examples
        --------
        >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8, "certainty": 0.9})])
        >>> G.add_edge("cy", "bo", trust=0.5, certainty=0.8)
        >>> frame = tg.reputation.transfer_intervals(G, "ana", "cy").to_frame()
        >>> frame.columns[:4].tolist()
        ['name', 'removal_low', 'removal_mean', 'removal_high']
        """
        people = [carrier.person for carrier in self.carriers]
        index = pd.Index(people, name="person", tupleize_cols=False)
        columns: dict[str, Any] = {
            "name": pd.Series([one.name for one in self.carriers], index, dtype="str")
        }
        for quantity in INTERVAL_QUANTITIES:
            for end in ("low", "mean", "high"):
                values = [getattr(getattr(one, quantity), end) for one in self.carriers]
                columns[f"{quantity}_{end}"] = pd.Series(values, index, dtype="float64")
        first = [one.share_first for one in self.carriers]
        columns["share_first"] = pd.Series(first, index, dtype="float64")
        return pd.DataFrame(columns, index=index)

    def explain(self) -> str:
        """Return the answer in plain sentences.

        Returns
        -------
        str
            Where the total lies, where each share lies and how often it is the largest, what the
            intervals cover and what they do not.

        Examples
        --------
        >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
        >>> print(tg.reputation.transfer_intervals(G, "ana", "cy").explain())
        There is no interval: ...
        """
        return "\n".join(map(shown, _lines(self)))

    def _repr_html_(self) -> str:
        title = f"How sure is the reputation from {self.seeker_name} to {self.target_name}?"
        body = table_html(self.to_frame()) if self.carriers else ""
        return card_html(title, body, lines=[*_lines(self)[:1], *_covered(self)])


def _lines(found: TransferIntervals) -> list[str]:
    if found.total is None:
        return [_nothing(found)]
    total = found.total
    told = [
        (
            f"In nine of ten draws of the opinions the total lies between {total.low:.3f} and "
            f"{total.high:.3f} (mean {total.mean:.3f})."
        )
    ]
    told += [
        f"{place}. {one.name}: their fair share lies between {one.shapley.low:.3f} and "
        f"{one.shapley.high:.3f} (mean {one.shapley.mean:.3f}) and is the largest in "
        f"{percent(one.share_first)} of the draws; if they refuse, between {one.removal.low:.3f} "
        f"and {one.removal.high:.3f} is lost."
        for place, one in enumerate(found.carriers[:MOST_TOLD], start=1)
    ]
    if rest := found.carriers[MOST_TOLD:]:
        first = sum(one.share_first for one in rest)
        told.append(
            f"One of the other {len(rest)} has the largest share in {percent(min(first, 1.0))} of "
            "the draws."
        )
    return told + _covered(found)


def _nothing(found: TransferIntervals) -> str:
    if found.reason == "no_certainty":
        return (
            "There is no interval: a tie that counts has a trust but no certainty, so nothing says "
            "how far off that trust may be. Give the ties a certainty, or build the graph from "
            "records with tg.build_graph."
        )
    return (
        f"There is no interval, because nothing arrives: there is no way from {found.seeker_name} "
        f"to {found.target_name}. tg.find_introductions says why, and what is nearest."
    )


def _covered(found: TransferIntervals) -> list[str]:
    if found.total is None:
        return []
    told = [
        (
            f"The opinion behind every tie was drawn {found.draws:,} times, from all that its "
            "evidence leaves open. So the intervals cover what is not known about trust; they do "
            "not cover the parameters of the model, nor steps that hang together."
        )
    ]
    if found.ask.purpose == "reach":
        told.append("Nobody's trust counts where nobody vouches, so the intervals have no width.")
    if found.exact:
        told.append("Within each draw the numbers are exact: no sampling error is added.")
    else:
        told.append(
            f"Within each draw the numbers are estimates from {found.samples:,} random states, the "
            "same in all draws: a standard error of about "
            f"{found.sampling_error:.3f} for the total that comes on top."
        )
    if found.truncated:
        told.append("Only the steps on the best ways were kept, so the true total is higher.")
    return told
