"""What comparing offers returns."""

from typing import Any, Final, Literal

import pandas as pd

from trustgraph._html import card_html, shown, table_html
from trustgraph.models.ask import Ask
from trustgraph.models.base import FrozenModel
from trustgraph.models.result import SequenceResult
from trustgraph.planning import incentive_words as words
from trustgraph.reputation.interval_results import Interval
from trustgraph.trust.incentives import Norms

__all__ = [
    "QUANTITIES",
    "IncentiveComparison",
    "NoInterval",
    "OfferEffect",
    "Reason",
    "Strategy",
]

SCHEMA_VERSION: Final = 1
Strategy = Literal["nothing", "modest gift", "token payment", "large payment"]
NoInterval = Literal["", "no_certainty", "reach", "no_path"]
Reason = Literal["", "nobody_vouches", "nobody_to_ask"]
QUANTITIES: Final = ("endorses", "forwards", "score", "carried", "lift", "gain")
TEXT: Final = ("norms", "strategy", "disclosed", "person", "name", "role")


class OfferEffect(FrozenModel):
    """What one offer does, to one contact or to the whole ask.

    Attributes
    ----------
    norms, strategy, disclosed
        Under which norms, what is offered, and whether the target is told.
    person, name
        Whom; empty for the whole ask.
    role
        ``"ask"``: the whole; ``"introducer"``; ``"forwarder"``: knows or trusts the seeker too
        little to vouch, whatever is offered.
    endorses
        Chance that they answer and endorse in their own name; of the whole ask, that at least one
        introducer does.
    forwards
        Chance that they answer and merely hand it over; of the whole ask, that somebody does and
        nobody endorses. It carries no reputation.
    score
        Chance that reputation arrives: on the best path through them, or on any path.
    carried
        How much is believed at the far end, given that it arrives endorsed; 0 where nothing can.
        Of the whole ask a ratio of two chances, which can rise where fewer endorse.
    lift
        Success over a cold application, 1 = the same; None where nobody vouches
        (``purpose="reach"``).
    gain
        ``score`` less that of offering nothing.
    endorses_interval, forwards_interval, score_interval, carried_interval, lift_interval, \
gain_interval
        Nine tenths of the draws of the opinions, or None where there is nothing to draw. All
        offers share the draws, so ``gain_interval`` is of the difference itself.

    Examples
    --------
    >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
    >>> tg.planning.compare_incentives(G, "ana", "cy")[0].score
    0.4
    """

    norms: str
    strategy: Strategy
    disclosed: bool
    person: Any
    name: str
    role: Literal["ask", "introducer", "forwarder"]
    endorses: float
    forwards: float
    score: float
    carried: float
    lift: float | None
    gain: float
    endorses_interval: Interval | None = None
    forwards_interval: Interval | None = None
    score_interval: Interval | None = None
    carried_interval: Interval | None = None
    lift_interval: Interval | None = None
    gain_interval: Interval | None = None


class IncentiveComparison(SequenceResult[OfferEffect]):
    """Nothing, a gift or money, under each set of norms, side by side.

    A sequence of `OfferEffect`: by norms, then by offer, the whole ask first, then introducers,
    the best first, then forwarders.

    Attributes
    ----------
    ask
        The question; what it offers itself is left out.
    seeker_name, target_name
        For reading.
    effects
        All of them.
    norms
        The norms compared.
    draws
        Draws of the opinions behind the intervals; 0 where there are none.
    no_interval
        Why there are none: ``"no_certainty"`` (a tie has trust alone), ``"reach"`` (nobody's trust
        is at stake), ``"no_path"``; else empty.
    reason
        ``"nobody_vouches"``: no contact with a way on would vouch, so no offer changes what
        arrives; ``"nobody_to_ask"``: no contact has a way on; else empty.
    exact, standard_error
        Whether the scores of the whole ask are exact; else their standard error, which is shared
        by all offers.
    max_intermediaries, observed_only
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
    >>> found = tg.planning.compare_incentives(G, "ana", "cy")
    >>> found.best("essay").strategy, found.payment_helps("essay")
    ('nothing', False)
    """

    ask: Ask
    seeker_name: str
    target_name: str
    effects: tuple[OfferEffect, ...]
    norms: tuple[Norms, ...]
    draws: int
    no_interval: NoInterval = ""
    reason: Reason = ""
    exact: bool = True
    standard_error: float = 0.0
    max_intermediaries: int
    observed_only: bool = True
    as_of: str = ""
    seed: int = 0
    schema_version: Literal[1] = SCHEMA_VERSION

    def held(self) -> tuple[OfferEffect, ...]:
        """Return every effect, in order."""
        return self.effects

    def whole(self, norms: str) -> tuple[OfferEffect, ...]:
        """Return what each offer does to the whole ask under some norms.

        Parameters
        ----------
        norms
            Name of the norms.

        Returns
        -------
        tuple of OfferEffect
            Nothing first.

        Raises
        ------
        ValueError
            If these norms were not compared.

        Examples
        --------
        >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
        >>> len(tg.planning.compare_incentives(G, "ana", "cy").whole("literature"))
        7
        """
        known = [one.name for one in self.norms]
        if norms not in known:
            message = f"norms {norms!r} were not compared; name one of {', '.join(known)}"
            raise ValueError(message)
        return tuple(one for one in self.effects if one.norms == norms and one.role == "ask")

    def best(self, norms: str) -> OfferEffect:
        """Return the offer under which most reputation arrives.

        Parameters
        ----------
        norms
            Name of the norms.

        Returns
        -------
        OfferEffect
            Of the whole ask; of equal ones the cheaper: nothing, then a gift, then money.

        Raises
        ------
        ValueError
            If these norms were not compared.

        Examples
        --------
        >>> tie = {"trust": 0.8, "response": 0.5}
        >>> G = nx.DiGraph([("bo", "ana", tie), ("cy", "bo", {"trust": 0.5})])
        >>> tg.planning.compare_incentives(G, "ana", "cy").best("literature").strategy
        'modest gift'
        """
        found = self.whole(norms)
        most = max(one.score for one in found)
        return next(one for one in found if one.score >= most - words.EQUAL)

    def payment_helps(self, norms: str) -> bool:
        """Return whether any payment makes more reputation arrive than nothing does.

        Parameters
        ----------
        norms
            Name of the norms.

        Returns
        -------
        bool
            Never true of an ask to be vouched for: no norms let money open the gate.

        Raises
        ------
        ValueError
            If these norms were not compared.

        Examples
        --------
        >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
        >>> tg.planning.compare_incentives(G, "ana", "cy").payment_helps("literature")
        False
        """
        return any(one.gain > words.EQUAL for one in self.whole(norms) if "payment" in one.strategy)

    def of(self, person: Any, norms: str) -> tuple[OfferEffect, ...]:
        """Return what each offer does to one contact under some norms.

        Parameters
        ----------
        person
            Id of the contact.
        norms
            Name of the norms.

        Returns
        -------
        tuple of OfferEffect
            Nothing first.

        Raises
        ------
        ValueError
            If these norms were not compared, or the person is none of the contacts with a way on.

        Examples
        --------
        >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
        >>> found = tg.planning.compare_incentives(G, "ana", "cy")
        >>> [one.endorses for one in found.of("bo", "literature")][:2]
        [1.0, 1.0]
        """
        self.whole(norms)
        found = tuple(
            one
            for one in self.effects
            if one.norms == norms and one.role != "ask" and one.person == person
        )
        if not found:
            message = f"{person!r} is no contact of {self.seeker_name!r} with a way to the target"
            raise ValueError(message)
        return found

    def contacts(self, role: Literal["introducer", "forwarder"]) -> tuple[OfferEffect, ...]:
        """Return the contacts of one role, each once, as they are with nothing offered.

        Parameters
        ----------
        role
            ``"introducer"`` or ``"forwarder"``.

        Returns
        -------
        tuple of OfferEffect
            The best first.

        Examples
        --------
        >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
        >>> found = tg.planning.compare_incentives(G, "ana", "cy")
        >>> [one.person for one in found.contacts("introducer")], found.contacts("forwarder")
        (['bo'], ())
        """
        first = self.norms[0].name
        return tuple(
            one
            for one in self.effects
            if (one.norms, one.strategy, one.role) == (first, "nothing", role)
        )

    @property
    def verdict(self) -> str:
        """Whether to pay, in a few plain sentences."""
        return "\n".join(map(shown, words.verdict(self)))

    def to_frame(self) -> pd.DataFrame:
        """Return one row for each norms, offer and contact, and for the whole ask.

        Returns
        -------
        pandas.DataFrame
            ``norms, strategy, disclosed, person, name, role``, then ``endorses, forwards, score,
            carried, lift, gain``, each followed by its ``_low`` and ``_high`` (5 and 95 % of the
            draws, NaN where there are none). ``disclosed`` is bool, all after ``role`` float64,
            the rest objects.

        Examples
        --------
        >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
        >>> frame = tg.planning.compare_incentives(G, "ana", "cy").to_frame()
        >>> frame.loc[frame["role"] == "ask", ["norms", "strategy", "score"]].head(2)
                norms     strategy  score
        0  literature      nothing    0.4
        2  literature  modest gift    0.4
        """
        columns: dict[str, list[Any]] = {
            name: [getattr(one, name) for one in self.effects] for name in TEXT
        }
        for name in QUANTITIES:
            columns[name] = [getattr(one, name) for one in self.effects]
            ranges = [getattr(one, f"{name}_interval") for one in self.effects]
            columns[f"{name}_low"] = [one.low if one else None for one in ranges]
            columns[f"{name}_high"] = [one.high if one else None for one in ranges]
        frame = pd.DataFrame(columns)
        types = dict.fromkeys(TEXT, object) | {"disclosed": bool}
        return frame.astype({name: types.get(name, "float64") for name in frame.columns})

    def explain(self) -> str:
        """Return the comparison in plain sentences.

        Returns
        -------
        str
            The verdict, each offer, each contact, what is judged and what is sourced.

        Examples
        --------
        >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
        >>> print(tg.planning.compare_incentives(G, "ana", "cy").explain().splitlines()[0])
        Should ana offer anything for the way to cy? No payment makes more arrive than nothing does.
        """
        return "\n".join(map(shown, words.lines(self)))

    def _repr_html_(self) -> str:
        frame = self.to_frame()
        whole = frame.loc[
            frame["role"] == "ask",
            ["norms", "strategy", "disclosed", *QUANTITIES],
        ]
        title = f"Should {self.seeker_name} offer anything for the way to {self.target_name}?"
        return card_html(title, table_html(whole), lines=words.verdict(self))
