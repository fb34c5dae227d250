"""What a draft may claim about a tie: sentences, each made of the records that bear it out.

Nothing is claimed that no record states. What is only guessed from overlap is said as a guess, and
what the seeker has done for the other is never said: an ask is no reminder of a debt.
"""

import re
from collections.abc import Callable
from typing import Final

from trustgraph.introductions.step import Step, TieRecord
from trustgraph.planning.draft_results import DraftFact

__all__ = ["ACQUAINTED", "bad_turns", "belief_of", "month_of", "relation_of"]

ACQUAINTED: Final = frozenset(
    (
        "connection conversation_day meeting_day same_team_year project recommendation "
        "skill_endorsement help_given introduction_made"
    ).split()
)
"""Kinds of evidence after which one may believe that two people know each other."""
_MONTHS: Final = (
    "January February March April May June July August September October November December"
).split()
_DAY: Final = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])(?:-|$)")
_MOST: Final = 2
_BAD: Final = {
    "introduction_declined": "declined to introduce you before",
    "endorsement_failed": "vouched for you before, and it went wrong",
}


def month_of(day: str) -> str:
    """Return the month of an ISO day in words; empty if the text is none.

    Parameters
    ----------
    day
        For instance ``"2024-03-15"``.

    Returns
    -------
    str
        Month and year.

    Examples
    --------
    >>> from trustgraph.planning.draft_facts import month_of
    >>> month_of("2024-03-15"), month_of("")
    ('March 2024', '')
    """
    found = _DAY.match(day)
    return f"{_MONTHS[int(found[2]) - 1]} {found[1]}" if found else ""


def _year_of(day: str) -> str:
    found = _DAY.match(day)
    return found[1] if found else ""


def _when(record: TieRecord, name: Callable[[str], str]) -> str:
    """Return when it was, with a space before; empty if no day is known."""
    first, last = name(record.first), name(record.last)
    if first and last and first != last:
        return f" between {first} and {last}"
    return f" in {first or last}" if first or last else ""


def _latest(record: TieRecord) -> str:
    """Return when it was last, with a space before; empty where another may have done it."""
    last = month_of(record.last)
    return f" in {last}" if last and record.direction != "both" else ""


def _team(record: TieRecord) -> str:
    return f"We worked in the same team{_when(record, _year_of)}."


def _project(record: TieRecord) -> str:
    what = "a project" if record.count == 1 else "several projects"
    return f"We worked on {what} together{_when(record, month_of)}."


def _recommended(record: TieRecord) -> str:
    latest = _latest(record)
    return f"You {'wrote' if latest else 'have written'} a recommendation for me{latest}."


def _introduced(record: TieRecord) -> str:
    latest = _latest(record)
    return f"You introduced me to somebody{latest}." if latest else "You have introduced me before."


def _helped(record: TieRecord) -> str:
    latest = _latest(record)
    return f"You helped me{latest}." if latest else "You have helped me before."


def _met(record: TieRecord) -> str:
    last = month_of(record.last)
    return f"We last met in {last}." if last else "We have met."


def _talked(record: TieRecord) -> str:
    last = month_of(record.last)
    return f"We were last in touch in {last}." if last else "We have been in touch."


def _connected(record: TieRecord) -> str:
    first = month_of(record.first)
    return f"We have been connected since {first}." if first else "We are connected."


def _employer(_: TieRecord) -> str:
    return "I believe we were at the same employer at one time; please correct me if not."


def _school(_: TieRecord) -> str:
    return "I believe we went to the same school; please correct me if not."


Say = Callable[[TieRecord], str]
_DEEDS: Final[dict[str, Say]] = {
    "same_team_year": _team,
    "project": _project,
    "recommendation": _recommended,
    "introduction_made": _introduced,
    "help_given": _helped,
}
"""What two people did together, or the asked one for the asker; the most telling first."""
_THEIRS: Final = frozenset({"recommendation", "introduction_made", "help_given"})
"""Deeds of one: told only if the asked person has done them."""
_LAST_TIMES: Final[dict[str, Say]] = {"conversation_day": _talked, "meeting_day": _met}
_GUESSES: Final[dict[str, Say]] = {"same_employer_year": _employer, "same_school": _school}


def relation_of(step: Step) -> tuple[DraftFact, ...]:
    """Return what the asker may say to the asked person about the two of them.

    Parameters
    ----------
    step
        The step, with the records behind it.

    Returns
    -------
    tuple of DraftFact
        At most two: what they did together or the asked one for the asker, and when they were last
        in touch; without these a guess, marked as one, or the bare connection; nothing where
        nothing is on record.

    Examples
    --------
    >>> from trustgraph.planning.draft_facts import relation_of
    >>> G = tg.build_graph(tg.datasets.load_office())
    >>> step = tg.find_introductions(G, "ana", "ben")[0].steps[0]
    >>> [fact.sentence for fact in relation_of(step)]
    ['We worked in the same team between 2023 and 2025.', 'We were last in touch in December 2025.']
    """
    records = {record.kind: record for record in step.evidence if record.count > 0}
    if step.assumed:
        return ()
    stated = records if step.observed else {}
    deeds = [
        _fact(step, stated[kind], say)
        for kind, say in _DEEDS.items()
        if kind in stated and not (kind in _THEIRS and stated[kind].direction == "in")
    ]
    last_times = [stated[kind] for kind in _LAST_TIMES if kind in stated]
    if last_times:
        newest = max(last_times, key=lambda record: record.last)
        deeds.insert(_MOST - 1, _fact(step, newest, _LAST_TIMES[newest.kind]))
    if deeds:
        return tuple(deeds[:_MOST])
    for kind, say in _GUESSES.items():
        if kind in records:
            return (_fact(step, records[kind], say, guess=True),)
    bare = stated.get("connection")
    return (_fact(step, bare, _connected),) if bare else ()


def _fact(step: Step, record: TieRecord, say: Say, *, guess: bool = False) -> DraftFact:
    return DraftFact(
        sentence=say(record),
        basis="guess" if guess else "record",
        asker=step.asker,
        asked=step.asked,
        records=(record,),
    )


def belief_of(step: Step, name: str) -> DraftFact | None:
    """Return that the asker of a further step is believed to know the next one, if records say so.

    Parameters
    ----------
    step
        The step from the introducer to the next person.
    name
        Of the next person, as it is to be shown.

    Returns
    -------
    DraftFact or None
        None for a step that is inferred or assumed, or of which nothing is on record: then it is
        a question.
    """
    known = tuple(
        record for record in step.evidence if record.kind in ACQUAINTED and record.count > 0
    )
    if not known or step.assumed or not step.observed:
        return None
    sentence = f"I believe you know {name}."
    return DraftFact(sentence=sentence, asker=step.asker, asked=step.asked, records=known)


def bad_turns(step: Step) -> list[str]:
    """Return what the asked person did that speaks against asking again, in words."""
    return [
        told
        for kind, told in _BAD.items()
        for record in step.evidence
        if record.kind == kind and record.count > 0 and record.direction != "in"
    ]
