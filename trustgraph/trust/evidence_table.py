"""What each kind of evidence says about trust: the table of masses, caps and half-lives."""

from collections import Counter
from typing import Annotated, Any, Final, Literal, Self

from pydantic import Field, model_validator

from trustgraph._text import near
from trustgraph.errors import RecordError
from trustgraph.models.base import FrozenModel
from trustgraph.trust.parameter import parameter

__all__ = [
    "CONVERSATION",
    "DEFAULT_KINDS",
    "MESSAGE",
    "UNANSWERED",
    "EvidenceKind",
    "EvidenceTable",
]

MESSAGE: Final = "message_day"
"""The raw kind: ``source`` wrote to ``target`` on that UTC day; it is never scored itself."""
CONVERSATION: Final = "conversation_day"
UNANSWERED: Final = "message_unanswered"

JUDGED: Final = "judgement"


def _mass(meaning: str) -> Any:
    about = {"unit": "observations"}
    return Field(0.0, ge=0, le=1000, description=meaning, json_schema_extra=about)  # type: ignore[arg-type]


def _limit(meaning: str, unit: str) -> Any:
    about = {"unit": unit}
    return Field(None, gt=0, le=1e6, description=meaning, json_schema_extra=about)  # type: ignore[arg-type]


class EvidenceKind(FrozenModel):
    """One row of the evidence table.

    Parameters
    ----------
    kind
        Its name.
    forward, backward
        Mass of one fresh item, in observations: what it adds to the doer's trust in the other,
        and to the other's trust in the doer. At least 0.
    cap_forward, cap_backward
        Most that all items of this kind together can add, in observations; None for no limit.
    sign
        1 for good evidence, -1 for bad.
    half_life_years
        Years after which an item counts half; None if it does not age.
    inferred
        Whether it is a guess from overlap and not the record of a tie.
    contact
        Who acted towards the other, for recall: ``"source"``, ``"both"`` or ``"none"``.
    unanswered
        Whether the act was met with silence.
    mutual
        Whether both took part alike, so that it does not matter who is named first.
    source, confidence
        Where the numbers come from; ``"J"`` is a judgement.

    Raises
    ------
    pydantic.ValidationError
        If a mass is negative, a cap or half-life is not positive, bad evidence counts as contact,
        both acted although the kind is not mutual, or a mutual kind differs by direction.

    Examples
    --------
    >>> lunch = tg.trust.EvidenceKind(
    ...     kind="lunch",
    ...     forward=0.5,
    ...     backward=0.5,
    ...     cap_forward=4,
    ...     cap_backward=4,
    ...     half_life_years=5,
    ...     contact="both",
    ...     mutual=True,
    ... )
    >>> tg.trust.EvidenceTable().with_kind(lunch).kind("lunch").forward
    0.5
    """

    kind: Annotated[str, Field(min_length=1)]
    forward: float = _mass("mass of one item in the doer's trust in the other")
    backward: float = _mass("mass of one item in the other's trust in the doer")
    cap_forward: float | None = _limit("most that the doer's acts can add", "observations")
    cap_backward: float | None = _limit("most that the other's acts can add", "observations")
    sign: Literal[1, -1] = 1
    half_life_years: float | None = _limit("age at which an item counts half", "years")
    inferred: bool = False
    contact: Literal["none", "source", "both"] = "none"
    unanswered: bool = False
    mutual: bool = False
    source: str = JUDGED
    confidence: str = "J"

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.kind == MESSAGE:
            message = f"{MESSAGE} is the raw record; change {CONVERSATION} or {UNANSWERED}"
            raise ValueError(message)
        if self.sign < 0 and self.contact != "none":
            message = "bad evidence must not count as contact: it would raise recall"
            raise ValueError(message)
        if self.contact == "both" and not self.mutual:
            message = "where both acted the kind is mutual"
            raise ValueError(message)
        ways = (self.forward, self.cap_forward), (self.backward, self.cap_backward)
        if self.mutual and ways[0] != ways[1]:
            message = "a mutual kind has the same mass and cap in both directions"
            raise ValueError(message)
        return self

    @property
    def counts(self) -> bool:
        """Whether it says anything about trust, in either direction."""
        return self.forward > 0 or self.backward > 0


def _kind(
    kind: str,
    masses: tuple[float, float],
    caps: tuple[float | None, float | None],
    half_life_years: float | None,
    **more: Any,
) -> EvidenceKind:
    return EvidenceKind(
        kind=kind,
        forward=masses[0],
        backward=masses[1],
        cap_forward=caps[0],
        cap_backward=caps[1],
        half_life_years=half_life_years,
        **more,
    )


_TOGETHER: Final = {"contact": "both", "mutual": True}
DEFAULT_KINDS: Final = (
    _kind("connection", (0.1, 0.1), (None, None), None, mutual=True),
    _kind("invitation", (0, 0), (None, None), None),
    _kind("follow", (0, 0), (None, None), None),
    _kind(CONVERSATION, (0.25, 0.25), (4, 4), 5, **_TOGETHER),
    _kind(UNANSWERED, (0.03, 0), (0.3, None), 3, contact="source", unanswered=True),
    _kind("skill_endorsement", (0.08, 0.02), (0.4, 0.1), 8, contact="source"),
    _kind("recommendation", (8, 1.5), (10, 3), 15, contact="source"),
    _kind("same_employer_year", (0.3, 0.3), (1.2, 1.2), 10, inferred=True, mutual=True),
    _kind("same_team_year", (1.2, 1.2), (5, 5), 10, mutual=True),
    _kind("same_school", (0.1, 0.1), (0.2, 0.2), None, inferred=True, mutual=True),
    _kind("meeting_day", (0.4, 0.4), (4, 4), 5, **_TOGETHER),
    _kind("project", (1.5, 1.5), (5, 5), 10, **_TOGETHER),
    _kind("help_given", (0.3, 1.2), (1, 4), 5, contact="source"),
    _kind("introduction_made", (3, 1), (7, 3), 10, contact="source"),
    _kind("introduction_declined", (2, 0.5), (5, 1.5), 5, sign=-1),
    _kind("endorsement_failed", (4, 1), (8, 2), 10, sign=-1),
    _kind("public_reaction", (0.02, 0), (0.2, None), 2, contact="source"),
)


class EvidenceTable(FrozenModel):
    """All kinds of evidence that a model understands.

    Parameters
    ----------
    kinds
        Rows, one a kind. `conversation_day` and `message_unanswered` are always among them,
        since they are derived from `message_day`.
    conversation_window_days
        A day on which one wrote is a conversation-day if the other wrote within so many days
        of it, before or after; else the message is unanswered.

    Raises
    ------
    pydantic.ValidationError
        If a kind stands twice or one of the two derived kinds is missing.

    Examples
    --------
    >>> table = tg.trust.EvidenceTable()
    >>> table.kind("recommendation").forward, table.kind("recommendation").cap_forward
    (8.0, 10.0)
    """

    kinds: tuple[EvidenceKind, ...] = DEFAULT_KINDS
    conversation_window_days: int = parameter(
        30,
        "days within which the other must have written for a day to be a conversation-day",
        within=(0, 365),
        likely=(7, 60),
        unit="days",
        source=JUDGED,
    )

    @model_validator(mode="after")
    def _distinct(self) -> Self:
        names = Counter(row.kind for row in self.kinds)
        twice = sorted(name for name, count in names.items() if count > 1)
        if twice:
            message = f"each kind has one row; given twice: {', '.join(twice)}"
            raise ValueError(message)
        lacking = [name for name in (CONVERSATION, UNANSWERED) if name not in names]
        if lacking:
            message = f"these kinds are derived from {MESSAGE} and need a row: {', '.join(lacking)}"
            raise ValueError(message)
        return self

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the kinds, in the order of the table."""
        return tuple(row.kind for row in self.kinds)

    def kind(self, kind: str) -> EvidenceKind:
        """Return the row of one kind.

        Parameters
        ----------
        kind
            Its name.

        Returns
        -------
        EvidenceKind
            The row.

        Raises
        ------
        RecordError
            If there is no such kind; it names the nearest ones.

        Examples
        --------
        >>> tg.trust.EvidenceTable().kind("meeting")
        Traceback (most recent call last):
            ...
        trustgraph.errors.RecordError: unknown kind of evidence: 'meeting'; mend: ...
        """
        for row in self.kinds:
            if row.kind == kind:
                return row
        raise self.unknown(kind)

    def unknown(self, kind: str, *, row: int = 0) -> RecordError:
        """Return the error that an unknown kind deserves.

        Parameters
        ----------
        kind
            What was found.
        row
            Row of the evidence, counted from 1; 0 if there is none.

        Returns
        -------
        RecordError
            To be raised.

        Examples
        --------
        >>> print(tg.trust.EvidenceTable().unknown("skill_endorsment", row=3))
        evidence, row 3: unknown kind of evidence: 'skill_endorsment'; mend: ...
        """
        alike = near(kind, [*self.names, MESSAGE])
        named = f"did you mean {' or '.join(alike)}? Else " if alike else ""
        return RecordError(
            "unknown kind of evidence",
            file="evidence" if row else "",
            row=row,
            value=kind,
            mend=f"{named}give it a row: EvidenceTable().with_kind(EvidenceKind(kind=…))",
        )

    def with_kind(self, row: EvidenceKind) -> Self:
        """Return a table with one row added, or put in the place of the row of that kind.

        Parameters
        ----------
        row
            The new row.

        Returns
        -------
        EvidenceTable
            The changed table.

        Examples
        --------
        >>> table = tg.trust.EvidenceTable()
        >>> changed = table.with_kind(table.kind("meeting_day").replace(forward=0.5, backward=0.5))
        >>> changed.kind("meeting_day").forward, len(changed.kinds) == len(table.kinds)
        (0.5, True)
        """
        if row.kind not in self.names:
            return self.replace(kinds=(*self.kinds, row))
        return self.replace(
            kinds=tuple(row if kept.kind == row.kind else kept for kept in self.kinds)
        )
