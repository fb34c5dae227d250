"""One step of a path, with the records behind it."""

from typing import Any, Literal

from trustgraph.models.base import FrozenModel

__all__ = ["Step", "TieRecord"]


class TieRecord(FrozenModel):
    """Records of one kind behind a tie: how many, from when to when, who acted.

    ``direction`` is ``"out"`` if the asked person acted, ``"in"`` if the asker did, or
    ``"both"``; dates are ISO days, empty if unknown.

    Examples
    --------
    >>> tg.introductions.TieRecord(kind="recommendation", count=1, last="2023-03-15")
    TieRecord(kind='recommendation', count=1, last='2023-03-15')
    """

    kind: str
    count: int
    first: str = ""
    last: str = ""
    direction: Literal["out", "in", "both"] = "both"


class Step(FrozenModel):
    """One step of a path: ``asker`` asks ``asked``.

    Attributes
    ----------
    asker, asked
        Ids; ``asker_name``, ``asked_name`` the names.
    place
        ``"first"``, ``"further"``, ``"last"`` or ``"direct"``.
    factor
        What the step contributes to the score, in [0, 1].
    passes
        Chance that the asked person really endorses and passes on; for a direct step that they
        answer; None for a last step, where nobody passes anything on.
    trust, certainty, recall, willingness, forwards, response
        Opinion of the asked person about the asker, in [0, 1]; None where the graph is silent.
    observed, assumed
        Whether a record states the tie; whether the factor is assumed from a standing.
    last_contact
        ISO day of the last contact, empty if unknown.
    evidence
        The records behind the tie.
    note
        What an assumed step rests on.

    Examples
    --------
    >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8})])
    >>> tg.find_introductions(G, "ana", "bo")[0].steps[0].place
    'direct'
    """

    asker: Any
    asked: Any
    asker_name: str
    asked_name: str
    place: Literal["first", "further", "last", "direct"]
    factor: float
    passes: float | None = None
    trust: float | None = None
    certainty: float | None = None
    recall: float | None = None
    willingness: float | None = None
    forwards: float | None = None
    response: float | None = None
    observed: bool = True
    assumed: bool = False
    last_contact: str = ""
    evidence: tuple[TieRecord, ...] = ()
    note: str = ""
