"""What a question about the effect of a good act returns."""

from typing import Final, Literal

import pandas as pd

from trustgraph._html import card_html, shown, table_html
from trustgraph._text import percent
from trustgraph.models.base import FrozenModel
from trustgraph.models.result import ResultModel

__all__ = ["HelpEffect", "TieState"]

NUMBERS: Final = ("trust", "certainty", "willingness", "endorsed_trust", "recall", "response")
ROWS: Final = (*NUMBERS, "first")
DEEDS: Final = {
    "help_given": ("helps {other}", "helps {other} {times} times"),
    "introduction_made": (
        "introduces {other} to somebody",
        "introduces {other} to somebody {times} times",
    ),
    "recommendation": ("recommends {other}", "recommends {other} {times} times"),
    "skill_endorsement": (
        "endorses a skill of {other}",
        "endorses {times} skills of {other}",
    ),
    "conversation_day": (
        "gets back in touch with {other}",
        "is in touch with {other} on {times} days",
    ),
    "meeting_day": ("meets {other}", "meets {other} on {times} days"),
}
OTHER_DEED: Final = "does {times} x {kind} towards {other}"


class TieState(FrozenModel):
    """How one person sees another.

    Attributes
    ----------
    known
        Whether there is a tie at all; if not, these are the numbers that one would have.
    trust, certainty, willingness, endorsed_trust, recall, response
        As on the edge of a graph, in [0, 1].

    Examples
    --------
    >>> effect = tg.planning.effect_of_help(tg.datasets.load_office(), "ana", "ivo")
    >>> effect.before.known
    True
    """

    known: bool
    trust: float
    certainty: float
    willingness: float
    endorsed_trust: float
    recall: float
    response: float

    @property
    def first(self) -> float:
        """Factor of the first step of a path, for a clear ask, whatever the cut; in [0, 1]."""
        return self.response * self.willingness * self.endorsed_trust

    @staticmethod
    def numbers() -> tuple[str, ...]:
        """Return the names of the numbers.

        Returns
        -------
        tuple of str
            In their order.

        Examples
        --------
        >>> tg.planning.TieState.numbers()[:2]
        ('trust', 'certainty')
        """
        return NUMBERS


class HelpEffect(ResultModel):
    """What some good acts of a person would change in the view that another has of them.

    Attributes
    ----------
    person, person_name
        Who acts.
    other, other_name
        Towards whom; the tie is theirs.
    kind, times
        What is done, and how often: one a day, the last on the day of the scores.
    before, after
        How the other sees the person.
    min_willingness
        Under this willingness nobody is asked to endorse.
    judged
        Whether a stated judgement holds for the tie, so that evidence does not change its trust.
    as_of
        Date of the scores (ISO).
    schema_version
        Version of the dictionary form.

    Examples
    --------
    >>> effect = tg.planning.effect_of_help(tg.datasets.load_office(), "ana", "dmitri")
    >>> effect.gain > 0, effect.may_ask
    (True, (True, True))
    """

    person: str
    person_name: str
    other: str
    other_name: str
    kind: str
    times: int
    before: TieState
    after: TieState
    min_willingness: float
    judged: bool = False
    as_of: str = ""
    schema_version: Literal[1] = 1

    @property
    def gain(self) -> float:
        """What the factor of the first step gains, at least 0."""
        return self.after.first - self.before.first

    @property
    def may_ask(self) -> tuple[bool, bool]:
        """Whether the other is willing enough to be asked to endorse, before and after."""
        states = (self.before, self.after)
        before, after = (state.willingness >= self.min_willingness for state in states)
        return before, after

    def to_frame(self) -> pd.DataFrame:
        """Return one row a quantity.

        Returns
        -------
        pandas.DataFrame
            Indexed by ``quantity`` (trust, certainty, willingness, endorsed_trust, recall,
            response, first); columns ``before``, ``after``, ``change``.

        Examples
        --------
        >>> effect = tg.planning.effect_of_help(tg.datasets.load_office(), "ana", "ivo")
        >>> effect.to_frame().loc[["trust", "recall"]].round(2)
                  before  after  change
        quantity
        trust       0.29   0.40    0.11
        recall      0.36   0.89    0.53
        """
        frame = pd.DataFrame(
            {
                "before": [getattr(self.before, name) for name in ROWS],
                "after": [getattr(self.after, name) for name in ROWS],
            },
            index=pd.Index(ROWS, name="quantity", dtype="str"),
        )
        return frame.assign(change=frame["after"] - frame["before"])

    def explain(self) -> str:
        """Return the effect in plain sentences.

        Returns
        -------
        str
            What is done, what it changes, and whether it makes an ask possible.

        Examples
        --------
        >>> effect = tg.planning.effect_of_help(tg.datasets.load_office(), "ana", "ivo")
        >>> print(effect.explain().splitlines()[0])
        If Ana Lima helps Ivo Brandt, the chance that Ivo Brandt answers an ask rises from ...
        """
        return "\n".join(map(shown, _lines(self)))

    def _repr_html_(self) -> str:
        title = f"{self.person_name} towards {self.other_name}: {self.kind} x {self.times}"
        return card_html(title, table_html(self.to_frame().reset_index()), lines=_lines(self))


def _lines(effect: HelpEffect) -> list[str]:
    before, after, other = effect.before, effect.after, effect.other_name
    one, more = DEEDS.get(effect.kind, (OTHER_DEED, OTHER_DEED))
    deed = (one if effect.times == 1 else more).format(
        other=other, times=effect.times, kind=effect.kind
    )
    told = [
        (
            f"If {effect.person_name} {deed}, the chance that {other} answers an ask "
            f"{_moves(before.response, after.response)}, and the chance that they would vouch "
            f"{_moves(before.willingness, after.willingness)}."
        ),
        (
            "Being answered, endorsed and trusted as an endorsement "
            f"{_moves(before.first, after.first)}."
        ),
    ]
    could, can = effect.may_ask
    if can and not could:
        told.append(f"Only then does {other} know and trust enough to be asked to vouch.")
    elif not can:
        told.append(f"Even then {other} would hardly vouch: more of it is needed first.")
    if effect.judged:
        told.append(
            f"How far {other} trusts is stated by a judgement, which acts do not change: state it "
            "anew when it no longer holds."
        )
    return [*told, "Modelled chances that compare actions; they promise nothing."]


def _moves(before: float, after: float) -> str:
    if percent(before) == percent(after):
        return f"stays at {percent(before)}"
    return f"rises from {percent(before)} to {percent(after)}"
