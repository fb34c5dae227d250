"""What a question adds to the ties: retention, clarity, standing of insiders, lift over cold."""

from typing import Final, Literal, Self

from pydantic import model_validator

from trustgraph._typing import Floats
from trustgraph.models.base import FrozenModel
from trustgraph.trust.parameter import parameter

__all__ = ["ClarityModel", "LiftModel", "PathModel", "StandingModel"]


class PathModel(FrozenModel):
    """What is left of a request that travels.

    Parameters
    ----------
    retention
        Factor for every intermediary after the first.

    Notes
    -----
    How trust fades from person to person has not been measured: .25 (Advogato's choice) to .67
    (the 1/d law of giving) are on record, and 1 means that trust alone decides.

    Examples
    --------
    >>> tg.trust.PathModel(retention=1).retention
    1.0
    """

    retention: float = parameter(
        0.5,
        "what is left for every intermediary after the first",
        within=(0, 1),
        likely=(0.25, 1.0),
        unit="factor",
        source="1/d law of giving (Goeree et al.), Advogato's capacities; not measured for trust",
    )


class ClarityModel(FrozenModel):
    """What a clear ask is worth.

    Parameters
    ----------
    unclear, clear
        Chance that somebody who could help does, if the need is not said, and if it is.

    Raises
    ------
    pydantic.ValidationError
        If a value is out of range, or an unclear ask fares better than a clear one.

    References
    ----------
    Marin (2012), doi:10.1016/j.socnet.2011.11.002.

    Examples
    --------
    >>> clarity = tg.trust.ClarityModel()
    >>> clarity.kappa(0.0), clarity.kappa(1.0)
    (0.3375, 1.0)
    """

    unclear: float = parameter(
        0.27,
        "chance that a fitting opening is mentioned if the need is not said",
        within=(0, 1),
        likely=(0.15, 0.4),
        unit="probability",
        source="Marin 2012, doi:10.1016/j.socnet.2011.11.002",
        confidence="V",
    )
    clear: float = parameter(
        0.80,
        "chance that a friend grants a clear favour face to face",
        within=(0.01, 1),
        likely=(0.6, 0.9),
        unit="probability",
        source="Roghanizad & Bohns: 4 of 5 friends",
        confidence="V2",
    )

    @model_validator(mode="after")
    def _clear_is_better(self) -> Self:
        if self.unclear > self.clear:
            message = "a clear ask fares at least as well as an unclear one: unclear <= clear"
            raise ValueError(message)
        return self

    def kappa(self, clarity: float) -> float:
        """Return the factor of an ask's clarity.

        Parameters
        ----------
        clarity
            In [0, 1].

        Returns
        -------
        float
            (unclear + clarity (clear - unclear)) / clear.

        Examples
        --------
        >>> round(tg.trust.ClarityModel().kappa(0.4), 4)
        0.6025
        """
        return (self.unclear + clarity * (self.clear - self.unclear)) / self.clear


class LiftModel(FrozenModel):
    """What an endorsement, or a mere forward, is worth against a cold application.

    Parameters
    ----------
    endorsed, forwarded
        How many times a cold application succeeds as often, if endorsed, and if only forwarded.

    Notes
    -----
    Never used to rank. The two presets answer different questions and must not be multiplied:
    `descriptive` compares channels, the choice of who gets referred included; `causal` is the
    randomised effect of an endorsement on the same person.

    References
    ----------
    Abel, Burger & Piraino (2020), doi:10.1257/app.20180666. Brown, Setren & Topa (2016),
    doi:10.1086/682338.

    Examples
    --------
    >>> tg.trust.LiftModel.causal()
    LiftModel(endorsed=1.6, forwarded=1.0)
    """

    endorsed: float = parameter(
        10.0,
        "success of an endorsed application over a cold one",
        within=(0, 100),
        likely=(1.6, 12),
        unit="ratio",
        source="descriptive 3 to 12: Brown et al. 2016, Fernandez & Weinberg 1997, Lever 2016; "
        "causal 1.0 to 1.9: Abel et al. 2020",
        confidence="D",
    )
    forwarded: float = parameter(
        1.2,
        "success of a merely forwarded application over a cold one",
        within=(0, 100),
        likely=(0.8, 2.0),
        unit="ratio",
        source="one press case of 2025; may be below 1: Yakubovich & Lup 2006",
    )

    @classmethod
    def descriptive(cls) -> Self:
        """Return the raw advantage of referred applications, selection included.

        Returns
        -------
        LiftModel
            10 endorsed, 1.2 forwarded.

        Examples
        --------
        >>> tg.trust.LiftModel.descriptive().endorsed
        10.0
        """
        return cls()

    @classmethod
    def causal(cls) -> Self:
        """Return the randomised effect of an endorsement.

        Returns
        -------
        LiftModel
            1.6 endorsed, 1 forwarded.

        Examples
        --------
        >>> tg.trust.LiftModel.causal().endorsed
        1.6
        """
        return cls(endorsed=1.6, forwarded=1.0)

    def lift(self, score: Floats | float, forward_only: Floats | float) -> Floats | float:
        """Return the success of a path over that of a cold application.

        Parameters
        ----------
        score
            Chance that the request arrives endorsed and believed.
        forward_only
            Chance that it is merely forwarded.

        Returns
        -------
        numpy.ndarray or float
            1 + (endorsed - 1) score + (forwarded - 1) forward_only.

        Examples
        --------
        >>> tg.trust.LiftModel.descriptive().lift(0.5, 0.25)
        5.55
        """
        return 1 + (self.endorsed - 1) * score + (self.forwarded - 1) * forward_only


ROLES: Final = {"own": "own_function", "senior": "senior", "other": "other"}


class StandingModel(FrozenModel):
    """How far an insider's word is believed at their organisation; always assumed.

    Parameters
    ----------
    exact, strong, weak
        By how well the name of the organisation matches.
    present, past
        By whether they are there now.
    own_function, senior, other
        By their role: of the ask's own function or a decision maker, otherwise senior, other.

    Examples
    --------
    >>> tg.trust.StandingModel().standing("exact", present=False, role="senior")
    0.4
    """

    exact: float = parameter(
        1.0,
        "exact match of the organisation's name",
        within=(0, 1),
        likely=(0.9, 1.0),
        unit="factor",
        source="judgement",
    )
    strong: float = parameter(
        0.9,
        "strong match of the organisation's name",
        within=(0, 1),
        likely=(0.7, 1.0),
        unit="factor",
        source="judgement",
    )
    weak: float = parameter(
        0.6,
        "weak match of the organisation's name",
        within=(0, 1),
        likely=(0.3, 0.8),
        unit="factor",
        source="judgement",
    )
    present: float = parameter(
        1.0,
        "the insider is there at present",
        within=(0, 1),
        likely=(0.9, 1.0),
        unit="factor",
        source="judgement",
    )
    past: float = parameter(
        0.5,
        "the insider was there",
        within=(0, 1),
        likely=(0.2, 0.7),
        unit="factor",
        source="judgement",
    )
    own_function: float = parameter(
        1.0,
        "the insider decides, or is of the ask's own function",
        within=(0, 1),
        likely=(0.8, 1.0),
        unit="factor",
        source="judgement",
    )
    senior: float = parameter(
        0.8,
        "the insider is otherwise senior",
        within=(0, 1),
        likely=(0.6, 1.0),
        unit="factor",
        source="judgement",
    )
    other: float = parameter(
        0.6,
        "any other insider",
        within=(0, 1),
        likely=(0.3, 0.8),
        unit="factor",
        source="judgement",
    )

    def standing(
        self, match: Literal["exact", "strong", "weak"], *, present: bool, role: str
    ) -> float:
        """Return the assumed factor of the last step of an insider.

        Parameters
        ----------
        match
            How well the name of the organisation matches.
        present
            Whether the insider is there at present.
        role
            ``"own"`` (own function or decision maker), ``"senior"`` or ``"other"``.

        Returns
        -------
        float
            In [0, 1].

        Raises
        ------
        ValueError
            If the match or the role is none of these.

        Examples
        --------
        >>> tg.trust.StandingModel().standing("exact", present=True, role="own")
        1.0
        """
        matches = {"exact": self.exact, "strong": self.strong, "weak": self.weak}
        if match not in matches or role not in ROLES:
            message = f"no such standing: match {match!r}, role {role!r}"
            raise ValueError(message)
        tenure = self.present if present else self.past
        return float(matches[match] * tenure * getattr(self, ROLES[role]))
