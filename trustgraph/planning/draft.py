"""Drafts of what to write: to the introducer, to the target, and the thanks."""

from collections.abc import Mapping
from typing import Any, Final, get_args

from trustgraph._html import shown
from trustgraph._text import fold
from trustgraph.introductions.introduction import Introduction
from trustgraph.introductions.results import Introductions
from trustgraph.models.ask import Ask, Organisation, Prospect
from trustgraph.models.outcome import Outcome
from trustgraph.planning.draft_claims import deed_of, news_of, payment_of, said, through_whom
from trustgraph.planning.draft_facts import belief_of, relation_of
from trustgraph.planning.draft_notes import notes_on
from trustgraph.planning.draft_results import Draft, DraftFact, Recipient
from trustgraph.planning.draft_templates import Templates, filled, gathered_templates

__all__ = ["DRAFT_WORDS", "draft_request"]

DRAFT_WORDS: Final[Mapping[str, str]] = {
    "seeker": "name of the seeker",
    "to_name": "name of who gets the text",
    "introducer": "name of the first who is asked; empty for a direct tie",
    "intermediaries": "names of all between seeker and target, in order",
    "next_person": "name of whom the introducer is asked to introduce to; empty if a direct tie",
    "target": "name of the target",
    "goal": "the same as next_person, or “somebody at …” for an organisation",
    "is_organisation": "whether the target is an organisation and not a person",
    "goes_inside": "whether the introducer is asked for somebody at the organisation",
    "is_chain": "whether there are several intermediaries",
    "is_direct": "whether there is none",
    "purpose": "“vouch” or “reach”",
    "interest": "what the ask is for; this and the next five are empty where the ask says nothing",
    "role": "the role sought, of the ask or of its target",
    "organisation": "where, of the ask or of its target",
    "location": "of the ask",
    "timing": "of the ask",
    "why_me": "of the ask",
    "relation": "sentences on how the seeker knows the person asked; empty if nothing is on record",
    "belief": "the sentence that the introducer knows the next person; empty if it is a question",
    "payment": "the sentence that says what is paid; empty if nothing is, or nothing is disclosed",
    "through": "to the target: through whom the note comes; empty for a direct tie",
    "state": "of the outcome: “open”, “endorsed”, …; empty without one",
    "deed": "thanks: the sentence on what the person did; empty if they have done nothing yet",
    "news": "thanks: the sentence on what has come of it; empty if nothing has",
    "forwardable": "the text of the template “forwardable”, filled in before; empty if not used",
}
"""What a template may use: name -> what it is."""
_PUBLIC: Final = (
    "seeker",
    "purpose",
    "interest",
    "role",
    "organisation",
    "location",
    "timing",
    "why_me",
)
"""What the forwardable text may use: nothing that is between the seeker and the introducer."""
_FIELDS: Final = ("interest", "role", "organisation", "location", "timing", "why_me")


def draft_request(
    path: Introduction | Introductions,
    ask: Ask | None = None,
    *,
    to: Recipient = "introducer",
    outcome: Outcome | None = None,
    templates: Templates | None = None,
) -> Draft:
    """Return a short message to be read, changed and sent by the seeker.

    Parameters
    ----------
    path
        A path of `find_introductions`, or its whole answer, whose best path is taken.
    ask
        What is asked for; default: the ask of the answer. A path by itself does not know it.
    to
        ``"introducer"``: the request, with a paragraph that can be forwarded unchanged; the
        introducer is asked to introduce to the next person of the path, and to ask that person
        first. ``"target"``: the note that the introducer may forward, or that the seeker sends
        once the target agrees. ``"thanks"``: to the introducer, whatever came of it. On a direct
        path the first two are one request to the target itself.
    outcome
        What came of the ask, for the thanks; and for the note to the target, which says that the
        introducer endorsed only if they did.
    templates
        Texts of the user's own in place of ours: name -> text, or a folder of files
        ``NAME.jinja``. The names are ``introducer``, ``forwardable``, ``target``, ``direct`` and
        ``thanks``.

    Returns
    -------
    Draft
        Subject, body, and for each claim what it rests on. Fields that the ask leaves empty are
        left out of the text and listed in ``missing``.

    Raises
    ------
    ValueError
        If there is no path, the ask is not known or is not that of the path, the outcome is of
        another ask, or ``to`` or the name of a template is none.
    TypeError
        If something is of another type than stated.
    ArchiveError
        If a folder of templates is not there, is empty or cannot be read.
    RecordError
        If a template is not well formed or uses a name that there is not, with its line.

    Notes
    -----
    A draft says of the relation only what a record states: who worked with whom, who recommended
    or helped the seeker, when they were last in touch. What is guessed from overlap is said as a
    guess or asked as a question. No score is told, nor what the seeker did for the other, nor how
    the introducer and the next person get on. A gift of thanks is never promised. A payment to
    the introducer is said to the introducer, and to the target if it is disclosed.

    Templates are those of Jinja, run in a sandbox without files and functions. Their first line
    may be ``Subject: …``. They may use the names of `DRAFT_WORDS`, of which ``forwardable`` gets
    only the seeker's name, the purpose and the fields of the ask; ``{{ interest | closed }}``
    ends a text as a sentence. Words come in one line, without control characters.

    Examples
    --------
    >>> G = tg.build_graph(tg.datasets.load_office())
    >>> ask = tg.Ask(seeker="ana", target="lena", interest="a lead role in data")
    >>> print(tg.planning.draft_request(tg.find_introductions(G, ask)))
    Subject: An introduction to Lena Vogt
    <BLANKLINE>
    Hello Chiara Salvi,
    <BLANKLINE>
    We worked in the same team between 2019 and 2021. We were last in touch in October 2025.
    <BLANKLINE>
    I am looking for: a lead role in data. I believe you know Lena Vogt. Would you be willing ...
    """
    path, ask = _path_and_ask(path, ask)
    if to not in get_args(Recipient):
        message = f"to is {to!r}; give {', '.join(map(repr, get_args(Recipient)))}"
        raise ValueError(message)
    if outcome is not None:
        _check_outcome(outcome, path, ask)
    sources = gathered_templates(templates)
    words = _words(path, ask)
    facts = _claims(path, ask, to, outcome, words)
    forwardable = ""
    kind = "direct" if words["is_direct"] and to != "thanks" else to
    if kind in {"introducer", "target"}:
        public = {name: words[name] for name in _PUBLIC}
        _, forwardable = filled(*sources["forwardable"], public)
    subject, body = filled(*sources[kind], {**words, "forwardable": forwardable})
    return Draft(
        to=to,
        to_person=_recipient(path, to)[0],
        to_name=words["to_name"],
        subject=subject,
        body=body,
        forwardable=forwardable if forwardable and forwardable in body else "",
        facts=tuple(fact for fact in facts if fact.sentence in body),
        missing=ask.missing,
        notes=tuple(map(_plain, notes_on(path, ask, to, outcome, words, len(body.split())))),
    )


# ------------------------------------------------------------------------------ what is asked


def _path_and_ask(path: Any, ask: Any) -> tuple[Introduction, Ask]:
    if isinstance(path, Introductions):
        if not path.items:
            message = f"there is no path to draft for: {path.explain().splitlines()[0]}"
            raise ValueError(message)
        if ask is None:
            return path.items[0], path.ask
        path = path.items[0]
    if not isinstance(path, Introduction):
        message = (
            f"path is a {type(path).__name__}; give a path of find_introductions, or its answer"
        )
        raise TypeError(message)
    if ask is None:
        message = (
            "a path by itself does not know what was asked; give draft_request(path, ask), or the "
            "whole answer: draft_request(find_introductions(G, ask))"
        )
        raise ValueError(message)
    if not isinstance(ask, Ask):
        message = f"ask is a {type(ask).__name__}; give tg.Ask(seeker=…, target=…, …)"
        raise TypeError(message)
    _check_ask(path, ask)
    return path, ask


def _is(said: str, label: Any, name: str) -> bool:
    return said in {str(label), name} or fold(said) in {fold(str(label)), fold(name)}


def _check_ask(path: Introduction, ask: Ask) -> None:
    ends = (path.path[0], path.names[0]), (path.path[-1], path.names[-1])
    target = ask.target
    named = (target,) if isinstance(target, str) else target
    if isinstance(named, Prospect):
        named = (named.name,)
    if isinstance(named, Organisation):
        # Whoever holds the role there may be at the end in place of the organisation.
        is_there = not path.steps[-1].assumed or _is(named.name, *ends[1])
    else:
        is_there = any(_is(one, *ends[1]) for one in named)
    if not _is(ask.seeker, *ends[0]) or not is_there:
        message = (
            f"the path leads from {path.path[0]!r} to {path.path[-1]!r}, the ask is of "
            f"{ask.seeker!r} for {target!r}; give the ask with which the path was found"
        )
        raise ValueError(message)


def _check_outcome(outcome: Any, path: Introduction, ask: Ask) -> None:
    if not isinstance(outcome, Outcome):
        message = f"outcome is a {type(outcome).__name__}; give tg.Outcome(introducer=…, …)"
        raise TypeError(message)
    asked, end = path.steps[0], (path.path[-1], path.names[-1])
    names = [ask.target.name] if isinstance(ask.target, Organisation) else []
    is_for = _is(outcome.target, *end) or any(_is(outcome.target, name, name) for name in names)
    if not _is(outcome.introducer, asked.asked, asked.asked_name) or not is_for:
        message = (
            f"the outcome is of {outcome.introducer!r} for {outcome.target!r}, the path asks "
            f"{asked.asked!r} for {path.path[-1]!r}; give the outcome of this ask"
        )
        raise ValueError(message)


# ------------------------------------------------------------------------------ what is said


def _plain(text: str) -> str:
    """Return a text from anywhere as one line that keeps its direction."""
    return " ".join(shown(text).split())


def _recipient(path: Introduction, to: Recipient) -> tuple[Any, str]:
    place = -1 if to == "target" else 1
    return path.path[place], _plain(path.names[place])


def _words(path: Introduction, ask: Ask) -> dict[str, Any]:
    """Return the words of a template that are the same whoever gets it."""
    names = [_plain(name) for name in path.names]
    last = path.steps[-1]
    is_organisation = isinstance(ask.target, Organisation) and last.assumed
    between = tuple(names[1:-1])
    goes_inside = is_organisation and len(between) == 1
    stated = {name: _plain(getattr(ask, name)) for name in _FIELDS}
    if isinstance(ask.target, Organisation):
        stated["organisation"] = stated["organisation"] or _plain(ask.target.name)
        stated["role"] = stated["role"] or _plain(ask.target.role)
    return {
        **dict.fromkeys(DRAFT_WORDS, ""),
        **stated,
        "seeker": names[0],
        "introducer": between[0] if between else "",
        "intermediaries": between,
        "next_person": names[2] if between else "",
        "target": names[-1],
        "goal": f"somebody at {names[-1]}" if goes_inside else names[2] if between else names[-1],
        "is_organisation": is_organisation,
        "goes_inside": goes_inside,
        "is_chain": len(between) > 1,
        "is_direct": not between,
        "purpose": ask.purpose,
    }


def _claims(
    path: Introduction, ask: Ask, to: Recipient, outcome: Outcome | None, words: dict[str, Any]
) -> list[DraftFact]:
    """Fill in the words that claim something, and return each claim with its ground."""
    words["to_name"] = _recipient(path, to)[1]
    words["state"] = outcome.state if outcome else ""
    if to == "thanks":
        deed, news = deed_of(outcome, words), news_of(outcome, words)
        words["deed"], words["news"] = said(deed), said(news)
        return [*deed, *news]
    if words["is_direct"]:
        relation = relation_of(path.steps[0])
        words["relation"] = said(relation)
        return [*relation]
    payment = payment_of(ask, to, words)
    words["payment"] = said(payment)
    if to == "target":
        through = through_whom(ask, outcome, words)
        words["through"] = said(through)
        return [*through, *payment]
    relation, belief = relation_of(path.steps[0]), belief_of(path.steps[1], words["next_person"])
    words["relation"], words["belief"] = said(relation), said([belief] if belief else [])
    return [*relation, *([belief] if belief else []), *payment]
