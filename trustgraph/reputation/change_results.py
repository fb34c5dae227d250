"""What would be different: a transfer of reputation before and after a change."""

from typing import Any, Final, Literal

import pandas as pd

from trustgraph._html import card_html, shown, table_html
from trustgraph._text import counted, listed
from trustgraph.models.ask import Ask
from trustgraph.models.base import FrozenModel
from trustgraph.models.result import ResultModel

__all__ = ["CHANGES", "CarrierChange", "Change", "TieChanged", "TrustChanged", "WhatIf"]

SCHEMA_VERSION: Final = 1
CHANGES: Final = ("removal", "shapley", "inflow", "through")
MOST_TOLD: Final = 5
_MEANT: Final = {
    "recall": "the chance that {1} comes to the mind of {0} were",
    "response": "the chance that {0} answers {1} were",
    "willingness": "the chance that {0} vouches for {1} were",
    "endorsed_trust": "the trust in {1} that {0} passes on were",
    "forwards": "the chance that {0} forwards for {1} were",
}
LITTLE: Final = 0.0005
"""A change that would be told as 0.000 or 0.001."""


class Change(FrozenModel):
    """One number before and after, and how sure the difference is.

    Attributes
    ----------
    before, after
        The number, in [0, 1].
    standard_error
        Of the difference, from samples that both worlds share; 0 where it is exact.
    low, high
        Ends of the 95 % interval of the difference; both the difference where it is exact.

    Examples
    --------
    >>> tg.reputation.Change(before=0.5, after=0.25, low=-0.25, high=-0.25).change
    -0.25
    """

    before: float
    after: float
    standard_error: float = 0.0
    low: float
    high: float

    @property
    def change(self) -> float:
        """After less before."""
        return self.after - self.before


class CarrierChange(FrozenModel):
    """One intermediary before and after; who is in one world only has 0 in the other.

    Attributes
    ----------
    person, name
        Who.
    removal, shapley, inflow, through
        As in `Carrier`, each a `Change`.

    Examples
    --------
    >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
    >>> found = tg.reputation.what_if(G, "ana", "cy", trust={("cy", "bo"): 1.0})
    >>> round(found.carriers[0].shapley.change, 3)
    0.4
    """

    person: Any
    name: str
    removal: Change
    shapley: Change
    inflow: Change
    through: Change


class TrustChanged(FrozenModel):
    """A tie whose trust was changed for the sake of the question.

    Attributes
    ----------
    source, target
        Who trusts, and whom.
    source_name, target_name
        For reading.
    before
        The trust as it is, None where there is no tie yet.
    after
        The trust asked about.

    Examples
    --------
    >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8})])
    >>> found = tg.reputation.what_if(G, "ana", "bo", trust={("bo", "ana"): 1.0})
    >>> found.trust[0].before, found.trust[0].after
    (0.8, 1.0)
    """

    source: Any
    target: Any
    source_name: str
    target_name: str
    before: float | None
    after: float


class TieChanged(FrozenModel):
    """What else was stated of a tie for the sake of the question.

    Attributes
    ----------
    source, target
        Who trusts, and whom.
    source_name, target_name
        For reading.
    quantity
        What was stated, such as ``"recall"``; ``"trust"`` of a tie that ends.
    before
        As it is; None where nothing is told.
    after
        As asked about; None where the tie ends.

    Examples
    --------
    >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8})])
    >>> found = tg.reputation.what_if(G, "ana", "bo", remove=[("bo", "ana")])
    >>> found.ties[0].before, found.ties[0].after, found.change
    (0.8, None, -0.8)
    """

    source: Any
    target: Any
    source_name: str
    target_name: str
    quantity: str
    before: float | None
    after: float | None


class WhatIf(ResultModel):
    """A transfer of reputation before and after somebody refuses or something else changes.

    Attributes
    ----------
    ask
        The question.
    seeker_name, target_name
        For reading.
    total, direct
        The total and the direct tie's part of it, before and after.
    carriers
        Intermediaries of either world, the largest change of Shapley value first, then by id.
    removed, removed_names
        Who refuses.
    trust
        Ties whose trust was changed.
    ties
        What else was stated of ties, and ties that end.
    added, added_names
        People who were added.
    evidence
        Number of records that were added.
    instead
        Whether another graph was compared with.
    exact
        Whether both worlds are exact up to rounding.
    samples
        Sampled states, shared by both worlds; 0 where they are exact.
    truncated
        Whether only the steps on the best paths of either world were kept.
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
    >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
    >>> found = tg.reputation.what_if(G, "ana", "cy", remove="bo")
    >>> found.total.before, found.total.after, found.change
    (0.4, 0.0, -0.4)
    """

    ask: Ask
    seeker_name: str
    target_name: str
    total: Change
    direct: Change
    carriers: tuple[CarrierChange, ...]
    removed: tuple[Any, ...] = ()
    removed_names: tuple[str, ...] = ()
    trust: tuple[TrustChanged, ...] = ()
    ties: tuple[TieChanged, ...] = ()
    added: tuple[Any, ...] = ()
    added_names: tuple[str, ...] = ()
    evidence: int = 0
    instead: bool = False
    exact: bool = True
    samples: int = 0
    truncated: bool = False
    max_intermediaries: int = 3
    observed_only: bool = True
    as_of: str = ""
    seed: int = 0
    schema_version: Literal[1] = SCHEMA_VERSION

    @property
    def change(self) -> float:
        """What the change does to the total, in [-1, 1]."""
        return self.total.change

    def to_frame(self, quantity: str = "shapley") -> pd.DataFrame:
        """Return one row an intermediary.

        Parameters
        ----------
        quantity
            ``"removal"``, ``"shapley"``, ``"inflow"`` or ``"through"``.

        Returns
        -------
        pandas.DataFrame
            Indexed by ``person``; columns ``name, before, after, change, standard_error, low,
            high``, in the order of `carriers`.

        Raises
        ------
        ValueError
            If there is no such quantity.

        Examples
        --------
        >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
        >>> tg.reputation.what_if(G, "ana", "cy", remove="bo").to_frame()[["before", "after"]]
                before  after
        person
        bo         0.4    0.0
        """
        if quantity not in CHANGES:
            message = f"there is no quantity {quantity!r}; name one of {', '.join(CHANGES)}"
            raise ValueError(message)
        people = [one.person for one in self.carriers]
        index = pd.Index(people, name="person", tupleize_cols=False)
        columns = {"name": pd.Series([one.name for one in self.carriers], index, dtype="str")}
        for name in ("before", "after", "change", "standard_error", "low", "high"):
            values = [getattr(getattr(one, quantity), name) for one in self.carriers]
            columns[name] = pd.Series(values, index, dtype="float64")
        return pd.DataFrame(columns, index=index)

    def explain(self) -> str:
        """Return the answer in plain sentences.

        Returns
        -------
        str
            What was changed, what that does to the total and to whom, and how sure that is.

        Examples
        --------
        >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
        >>> print(tg.reputation.what_if(G, "ana", "cy", remove="bo").explain().splitlines()[0])
        If bo refuses, the total falls from 0.400 to 0.000, by 0.400.
        """
        return "\n".join(map(shown, _lines(self)))

    def _repr_html_(self) -> str:
        title = f"What if? From {self.seeker_name} to {self.target_name}"
        body = table_html(self.to_frame()) if self.carriers else ""
        return card_html(title, body, lines=[_headline(self), *_certainty(self)])


def _lines(found: WhatIf) -> list[str]:
    told = [_headline(found)]
    moved = [
        one for one in found.carriers if abs(one.shapley.change) > LITTLE and not _gone(one, found)
    ]
    for one in moved[:MOST_TOLD]:
        share = one.shapley
        way = "rises" if share.change > 0 else "falls"
        told.append(
            f"{one.name}: their fair share {way} from {share.before:.3f} to {share.after:.3f}."
        )
    if rest := len(moved) - MOST_TOLD:
        told += [f"Shares of {counted(rest, 'other')} change by less."] if rest > 0 else []
    return told + _certainty(found)


def _gone(one: CarrierChange, found: WhatIf) -> bool:
    return one.person in found.removed


def _headline(found: WhatIf) -> str:
    total, where = found.total, _condition(found)
    if not where:
        return f"Nothing was changed: the total is {total.before:.3f}."
    if total.change == 0 or (found.exact and abs(total.change) <= LITTLE):
        little = "stays" if total.change == 0 else "hardly moves: it stays"
        return f"If {where}, the total {little} {total.before:.3f}."
    way = "rises" if total.change > 0 else "falls"
    return (
        f"If {where}, the total {way} from {total.before:.3f} to {total.after:.3f}, by "
        f"{abs(total.change):.3f}."
    )


def _condition(found: WhatIf) -> str:
    parts = ["all were as in the other graph"] if found.instead else []
    if found.added:
        parts.append(f"{listed(found.added_names)} joined")
    if found.evidence:
        parts.append(f"{counted(found.evidence, 'act')} more had happened")
    if found.removed:
        verb = "refuses" if len(found.removed) == 1 else "refuse"
        parts.append(f"{listed(found.removed_names)} {verb}")
    for one in found.trust:
        was = "" if one.before is None else f" instead of {one.before:.2f}"
        parts.append(f"{one.source_name} trusted {one.target_name} at {one.after:.2f}{was}")
    return listed([*parts, *map(_tie_told, found.ties)]) if parts or found.ties else ""


def _tie_told(one: TieChanged) -> str:
    if one.after is None:
        return f"{one.source_name} no longer had a tie to {one.target_name}"
    if one.quantity == "observed":
        record = "on record" if one.after else "only guessed"
        return f"the tie of {one.source_name} to {one.target_name} were {record}"
    was = "" if one.before is None else f" instead of {one.before:.2f}"
    return f"{_MEANT[one.quantity].format(one.source_name, one.target_name)} {one.after:.2f}{was}"


def _certainty(found: WhatIf) -> list[str]:
    told = []
    if found.exact:
        told.append("Both totals are exact, given that every step works or fails by itself.")
    else:
        told.append(
            f"Both are estimates from the same {found.samples:,} random draws; with 95 % certainty "
            f"the change lies between {found.total.low:+.3f} and {found.total.high:+.3f}."
        )
    if found.truncated:
        told.append("Only the steps on the best ways were kept, so the true totals are higher.")
    return told
