"""A draft of a message, with what each of its claims rests on."""

from typing import Any, Final, Literal

from trustgraph._html import card_html, shown
from trustgraph.introductions.explain import NOUNS
from trustgraph.introductions.step import TieRecord
from trustgraph.models.base import FrozenModel
from trustgraph.models.result import ResultModel

__all__ = ["Draft", "DraftFact", "Recipient"]

SCHEMA_VERSION: Final = 1
Recipient = Literal["introducer", "target", "thanks"]
_TO: Final = {
    "introducer": "who is asked",
    "target": "who is to be reached",
    "thanks": "who was asked",
}


class DraftFact(FrozenModel):
    """A sentence of a draft that claims something, and what it rests on.

    Attributes
    ----------
    sentence
        As it stands in the draft.
    basis
        ``"record"``: the records of the tie; ``"guess"``: records that only suggest it, and the
        sentence says so; ``"outcome"``: what the seeker wrote down; ``"ask"``: what is offered;
        ``"plan"``: the way on which the note is sent.
    asker, asked
        Ids of the two whose tie it is about, empty if it is about none.
    records
        The records that it rests on.
    note
        What else it rests on, in words.

    Examples
    --------
    >>> G = tg.build_graph(tg.datasets.load_office())
    >>> paths = tg.find_introductions(G, "ana", "lena")
    >>> draft = tg.planning.draft_request(paths)
    >>> draft.facts[0].sentence, draft.facts[0].records[0].kind
    ('We worked in the same team between 2019 and 2021.', 'same_team_year')
    """

    sentence: str
    basis: Literal["record", "guess", "outcome", "ask", "plan"] = "record"
    asker: Any = ""
    asked: Any = ""
    records: tuple[TieRecord, ...] = ()
    note: str = ""

    def rests_on(self) -> str:
        """Return what the sentence rests on, in words.

        Returns
        -------
        str
            The records with their days, or the note.

        Examples
        --------
        >>> record = tg.introductions.TieRecord(kind="project", count=2, last="2024-03-01")
        >>> tg.planning.DraftFact(sentence="…", records=[record]).rests_on()
        '2 shared projects (2024-03-01)'
        """
        parts = [*map(_told, self.records), *([self.note] if self.note else [])]
        return "; ".join(parts)


class Draft(ResultModel):
    """A message to be read, changed and sent by the seeker; ``str(draft)`` is its text.

    Attributes
    ----------
    to
        ``"introducer"``, ``"target"`` or ``"thanks"``.
    to_person, to_name
        Id and name of who gets it.
    subject, body
        The text.
    forwardable
        The part that is made to be forwarded unchanged; empty where there is none.
    facts
        Each sentence that claims something, with what it rests on.
    missing
        Fields of the ask that would make it clearer, the most telling first.
    notes
        For the seeker's own eyes: what to look at before sending.
    schema_version
        Version of the dictionary form.

    Examples
    --------
    >>> G = tg.build_graph(tg.datasets.load_office())
    >>> paths = tg.find_introductions(G, "ana", "lena")
    >>> draft = tg.planning.draft_request(paths)
    >>> draft.to_name, draft.subject
    ('Chiara Salvi', 'An introduction to Lena Vogt')
    """

    to: Recipient
    to_person: Any
    to_name: str
    subject: str
    body: str
    forwardable: str = ""
    facts: tuple[DraftFact, ...] = ()
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    schema_version: Literal[1] = SCHEMA_VERSION

    def __str__(self) -> str:
        """Return the text: the subject and, after an empty line, the body."""
        return f"Subject: {self.subject}\n\n{self.body}" if self.subject else self.body

    @property
    def words(self) -> int:
        """Number of words of the body."""
        return len(self.body.split())

    def explain(self) -> str:
        """Return in plain sentences what the draft claims, on what grounds, and what to look at.

        Returns
        -------
        str
            One line a claim, then what would make the ask clearer, and the notes.

        Examples
        --------
        >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
        >>> print(tg.planning.draft_request(tg.find_introductions(G, "ana", "cy")).explain())
        A draft to bo, who is asked: ...
        It claims nothing that would need a ground.
        To make it clearer, say: interest, role, why me, organisation, location, timing.
        Note: nothing on record says how you know bo; say it in your own words.
        Note: nothing on record says that bo knows cy; the draft asks.
        """
        return "\n".join(map(shown, self._lines()))

    def _lines(self) -> list[str]:
        lines = [f"A draft to {self.to_name}, {_TO[self.to]}: {self.words} words."]
        if not self.facts:
            lines.append("It claims nothing that would need a ground.")
        lines += [f"“{fact.sentence}” rests on: {fact.rests_on()}." for fact in self.facts]
        if self.missing:
            told = ", ".join(name.replace("_", " ") for name in self.missing)
            lines.append(f"To make it clearer, say: {told}.")
        return [*lines, *(f"Note: {note}." for note in self.notes)]

    def _repr_html_(self) -> str:
        text = [line for line in self.body.split("\n") if line]
        return card_html(self.subject, "", lines=[*text, "—", *self._lines()])


def _told(record: TieRecord) -> str:
    one, many = NOUNS.get(record.kind, (record.kind.replace("_", " "),) * 2)
    days = " to ".join(sorted({day for day in (record.first, record.last) if day}))
    told = f"{record.count} {one if record.count == 1 else many}"
    return f"{told} ({days})" if days else told
