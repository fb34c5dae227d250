"""What an ask leaves unsaid, and what that costs."""

from typing import Any, Final, Literal

import pandas as pd

from trustgraph._html import card_html, shown, table_html
from trustgraph._text import percent
from trustgraph.models.ask import Ask
from trustgraph.models.base import FrozenModel
from trustgraph.models.result import SequenceResult

__all__ = ["AskImprovement", "Clearer", "MissingField"]

SCHEMA_VERSION: Final = 1
COLUMNS: Final = (
    "question",
    "clarity",
    "clarity_gain",
    "kappa",
    "kappa_gain",
    "score",
    "score_gain",
    "reliability",
    "reliability_gain",
)
UNSAID: Final = {
    "interest": "what they should think of you for",
    "role": "which role you want",
    "why_me": "why it should be you",
    "organisation": "which organisation it is about",
    "location": "where",
    "timing": "by when",
}


class Clearer(FrozenModel):
    """What an ask is worth at some clarity.

    Attributes
    ----------
    clarity
        In [0, 1].
    kappa
        Chance that it is understood and acted on, relative to a wholly clear ask; in [0, 1].
    score
        Of the best path, None without a graph.
    reliability
        Chance that reputation arrives on at least one path, None without a graph.

    Examples
    --------
    >>> ask = tg.Ask(seeker="ana", target="bo", interest="data lead")
    >>> tg.planning.improve_ask(ask).now.clarity
    0.3
    """

    clarity: float
    kappa: float
    score: float | None = None
    reliability: float | None = None


class MissingField(FrozenModel):
    """One thing that an ask does not say.

    Attributes
    ----------
    field
        Field of the `Ask`.
    question
        What to answer in it.
    then
        What the ask is worth if that alone is said as well.
    clarity_gain, kappa_gain
        What that adds to clarity and to kappa; below 0 only if a scorer of one's own says so.
    score_gain, reliability_gain
        What it adds to the best path and to the whole ask; None without a graph.

    Examples
    --------
    >>> ask = tg.Ask(seeker="ana", target="bo", interest="data lead")
    >>> missing = tg.planning.improve_ask(ask)[0]
    >>> missing.field, round(missing.clarity_gain, 2)
    ('role', 0.2)
    """

    field: str
    question: str
    then: Clearer
    clarity_gain: float
    kappa_gain: float
    score_gain: float | None = None
    reliability_gain: float | None = None

    def explain(self) -> str:
        """Return what leaving it out costs, in a sentence, and the question to answer.

        Returns
        -------
        str
            One line.

        Examples
        --------
        >>> ask = tg.Ask(seeker="ana", target="bo", interest="data lead")
        >>> print(tg.planning.improve_ask(ask)[0].explain().split(". ")[0])
        It does not say which role you want: that costs 0.20 of clarity
        """
        if self.clarity_gain < 0:
            cost = f"to say it would lower the clarity by {-self.clarity_gain:.2f}"
        else:
            cost = f"that costs {self.clarity_gain:.2f} of clarity"
        if self.then.score is not None and self.score_gain is not None:
            cost += f" and {self.score_gain:.3f} of the best path's score"
        if self.then.reliability is not None and self.reliability_gain is not None:
            cost += f", {self.reliability_gain:.3f} of the chance that anything arrives"
        return shown(f"It does not say {UNSAID[self.field]}: {cost}. {self.question}")


class AskImprovement(SequenceResult[MissingField]):
    """What an ask leaves unsaid, the costliest first.

    A sequence of `MissingField`.

    Attributes
    ----------
    ask
        The ask.
    fields
        What it does not say.
    now, complete
        What it is worth as it is, and with everything said.
    rule
        How clarity was found: ``"fields"`` (counted), ``"stated"`` (in the ask) or ``"scorer"``
        (one's own).
    exact, standard_error
        Whether ``reliability`` is exact, else its standard error.
    max_intermediaries, observed_only
        What was asked for.
    as_of
        Date of the graph.
    seed
        Of the states, where ``reliability`` is not exact.
    schema_version
        Version of the dictionary form.

    Examples
    --------
    >>> ask = tg.Ask(seeker="ana", target="bo", interest="data lead", role="lead")
    >>> found = tg.planning.improve_ask(ask)
    >>> [one.field for one in found], found.complete.kappa
    (['why_me', 'organisation', 'location', 'timing'], 1.0)
    """

    ask: Ask
    fields: tuple[MissingField, ...]
    now: Clearer
    complete: Clearer
    rule: Literal["fields", "stated", "scorer"] = "fields"
    exact: bool = True
    standard_error: float = 0.0
    max_intermediaries: int = 3
    observed_only: bool = True
    as_of: str = ""
    seed: int = 0
    schema_version: Literal[1] = SCHEMA_VERSION

    def held(self) -> tuple[MissingField, ...]:
        """Return what the ask does not say, the costliest first."""
        return self.fields

    def to_frame(self) -> pd.DataFrame:
        """Return one row for everything that is not said.

        Returns
        -------
        pandas.DataFrame
            Indexed by ``field``: ``question`` (what to answer), then float64: ``clarity, kappa,
            score, reliability`` if that alone is said, each followed by its ``_gain``; NaN where
            there is no graph.

        Examples
        --------
        >>> ask = tg.Ask(seeker="ana", target="bo", interest="data lead")
        >>> tg.planning.improve_ask(ask).to_frame()["clarity_gain"].round(2).to_dict()
        {'role': 0.2, 'why_me': 0.2, 'organisation': 0.1, 'location': 0.1, 'timing': 0.1}
        """
        rows: list[dict[str, Any]] = [
            {
                "question": one.question,
                "clarity": one.then.clarity,
                "clarity_gain": one.clarity_gain,
                "kappa": one.then.kappa,
                "kappa_gain": one.kappa_gain,
                "score": one.then.score,
                "score_gain": one.score_gain,
                "reliability": one.then.reliability,
                "reliability_gain": one.reliability_gain,
            }
            for one in self.fields
        ]
        index = pd.Index([one.field for one in self.fields], dtype=object, name="field")
        frame = pd.DataFrame(rows, index=index, columns=list(COLUMNS))
        return frame.astype({"question": object, **dict.fromkeys(COLUMNS[1:], "float64")})

    def explain(self) -> str:
        """Return what the ask leaves unsaid, in plain sentences.

        Returns
        -------
        str
            How clear it is and what that costs, then each thing to say with a question that helps.

        Examples
        --------
        >>> ask = tg.Ask(seeker="ana", target="bo", interest="data lead")
        >>> print(tg.planning.improve_ask(ask).explain().split(":")[0])
        The ask of ana has a clarity of 0.30 of 1
        """
        return "\n".join(map(shown, _lines(self)))

    def _repr_html_(self) -> str:
        frame = self.to_frame().reset_index()
        title = f"What the ask of {self.ask.seeker} leaves unsaid"
        return card_html(title, table_html(frame), lines=_lines(self)[:3])


def _lines(found: AskImprovement) -> list[str]:
    now, complete = found.now, found.complete
    clear = f"The ask of {found.ask.seeker} has a clarity of {now.clarity:.2f} of 1"
    told = [f"{clear}: people act on it {now.kappa:.2f} times as often as on a wholly clear one."]
    if now.score is not None and complete.score is not None:
        told.append(
            f"As it is the best path has a score of {now.score:.3f} and something arrives with "
            f"{percent(now.reliability or 0.0)} ({now.reliability:.3f}); with everything said "
            f"{complete.score:.3f} and {percent(complete.reliability or 0.0)} "
            f"({complete.reliability:.3f})."
        )
    told += [one.explain() for one in found.fields]
    if not found.fields:
        told.append("It leaves nothing unsaid.")
    if found.rule == "stated":
        told.append(
            "The clarity is stated in the ask, so what it lacks is shared among what is unsaid; to "
            "change it, state another one or leave it out, and the fields are counted."
        )
    elif found.rule == "scorer":
        told.append("The clarity is that of your own scorer, asked with each answer filled in.")
    if not found.exact:
        told.append(
            "What arrives in all is an estimate, known to within about "
            f"{2 * found.standard_error:.3f} (two standard errors), the same for every wording."
        )
    told.append(
        "That an unclear need blocks help is measured (Marin 2012); how much each answer counts is "
        "a judgement. Modelled, not calibrated."
    )
    return told
