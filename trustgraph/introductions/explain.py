"""Introductions in plain sentences."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from trustgraph._text import percent

if TYPE_CHECKING:
    from trustgraph.introductions.results import Introduction, Introductions
    from trustgraph.introductions.step import Step, TieRecord

__all__ = ["path_lines", "result_lines"]

NOUNS: Final = {
    "connection": ("connection", "connections"),
    "conversation_day": ("day of conversation", "days of conversation"),
    "message_unanswered": ("unanswered message", "unanswered messages"),
    "skill_endorsement": ("skill endorsement", "skill endorsements"),
    "recommendation": ("written recommendation", "written recommendations"),
    "same_employer_year": ("year at the same employer", "years at the same employer"),
    "same_team_year": ("year in one team", "years in one team"),
    "same_school": ("shared school", "shared schools"),
    "meeting_day": ("meeting", "meetings"),
    "project": ("shared project", "shared projects"),
    "help_given": ("act of help", "acts of help"),
    "introduction_made": ("introduction made", "introductions made"),
    "introduction_declined": ("introduction declined", "introductions declined"),
    "endorsement_failed": ("endorsement that went wrong", "endorsements that went wrong"),
    "public_reaction": ("public reaction", "public reactions"),
    "invitation": ("invitation", "invitations"),
    "follow": ("follow", "follows"),
}
SILENT: Final = frozenset({"invitation", "follow"})
"""Kinds that say nothing about trust, and are not told as a reason for it."""
REASONS: Final = {
    "no_evidence_of_trust": (
        "Nothing on record shows that any of your contacts knows and trusts {seeker} well enough "
        "to vouch. A bare connection is not a relationship, so no path is claimed."
    ),
    "nobody_at_target": (
        "Nobody in the graph is known to be at {target}, now or before, or to share an employer or "
        "a school with that person."
    ),
    "nobody_who_would_vouch": (
        "There are ways to {target}, but on each of them somebody knows or trusts too little to "
        "vouch in their own name."
    ),
    "too_many_intermediaries": (
        "Every way to {target} needs more than {most} intermediaries; asks seldom survive that far."
    ),
    "only_inferred_ties": (
        "The only ways to {target} use ties that are guessed from shared employers or schools; "
        "pass observed_only=False to see them, and check them before you rely on them."
    ),
    "only_people_not_to_ask": (
        "Every way to {target} leads through people whom you would rather not ask."
    ),
    "you_are_there": "Nobody but {seeker} is known to be at {target}.",
    "work_limit": (
        "The search was cut short{limit} before it found any. There may be paths to {target}, with "
        "a score of at most {bound}."
    ),
    "no_path": (
        "No chain of ties on which anything would be passed on leads from {seeker} to {target}."
    ),
}
SHARED: Final = {"introducer": "an introducer", "intermediary": "any intermediary"}
ADVICE: Final = {
    "no_evidence_of_trust": (
        "What to do: read the complete archive (messages and recommendations say who knows whom), "
        "or state a dozen judgements with net.with_judgement(person, you, trust=…, certainty=…)."
    ),
    "nobody_at_target": (
        "What to do: pool the archives of colleagues, check the spelling with "
        "tg.find_organisations, or name a person there as tg.Prospect with their organisation."
    ),
    "nobody_who_would_vouch": (
        "What to do: get back in touch with the people named below before you ask, or state what "
        "you know of them with net.with_judgement."
    ),
    "too_many_intermediaries": "What to do: pool the archives of colleagues who are closer.",
    "work_limit": "What to do: ask again with a larger max_work, or without it.",
    "no_path": (
        "What to do: pool the archives of colleagues, or ask those you trust whom they know."
    ),
}


def _span(record: "TieRecord") -> str:
    first, last = record.first[:7], record.last[:7]
    if not last:
        return ""
    return f" ({last})" if first == last or not first else f" ({first} to {last})"


def _record(record: "TieRecord", step: "Step") -> str:
    one, many = NOUNS.get(record.kind, (record.kind.replace("_", " "),) * 2)
    doer = {"out": f" from {step.asked_name}", "in": f" from {step.asker_name}", "both": ""}
    who = "" if record.kind == "connection" else doer[record.direction]
    return f"{record.count} {one if record.count == 1 else many}{who}{_span(record)}"


def _because(step: "Step") -> str:
    told = [_record(record, step) for record in step.evidence if record.kind not in SILENT]
    if not told:
        return ""
    return "; ".join(told)


def _step_line(step: "Step", *, reach: bool = False) -> str:
    asked, asker = step.asked_name, step.asker_name
    if step.place == "last":
        if step.assumed:
            counts = f"how much their word counts there is assumed: {step.factor:.2f}"
            return f"{asker} {step.note}; {counts}."
        text = f"{asked} is told by {asker}"
        if not reach:
            text += f" and believes it with trust {step.factor:.2f}"
    elif step.place == "direct":
        text = f"{asked} is reached directly: {percent(step.passes or 0.0)} likely to answer"
        if step.trust is not None:
            text += f", trusts {asker} {step.trust:.2f}"
        if {record.kind for record in step.evidence} - SILENT == {"connection"}:
            text += "; a bare connection, nothing on record shows that they know each other"
    else:
        does = "pass it on" if reach else "vouch"
        text = f"{asked}: {percent(step.passes or 0.0)} likely to answer {asker} and {does}"
        if step.trust is not None:
            text += f" (trust {step.trust:.2f}"
            text += f", comes to mind {percent(step.recall)})" if step.recall is not None else ")"
    because = _because(step)
    mark = "" if step.observed else " This tie is inferred, not on record."
    return f"{text}. On record: {because}.{mark}" if because else f"{text}.{mark}"


def mend(step: "Step") -> str:
    """Return what would make a step stronger."""
    asked, asker = step.asked_name, step.asker_name
    if step.assumed:
        return f"ask {asker} who decides at {asked}, and name that person as the target"
    if step.place not in ("first", "direct"):
        return f"only {asker} can mend that, by working with {asked} again before asking"
    weak_recall = step.recall is not None and step.recall < 0.5  # noqa: PLR2004 - rather not
    if weak_recall and (step.trust is None or step.trust >= 0.5):  # noqa: PLR2004 - rather yes
        return f"{asker} gets back in touch with {asked} before asking; the trust is there"
    if step.certainty is not None and step.certainty < 0.5:  # noqa: PLR2004 - rather not
        return f"{asker} lets {asked} know their work better: help, talks, a shared project"
    return f"{asker} helps {asked} before asking"


def _route(names: Sequence[str]) -> str:
    if len(names) == 2:  # noqa: PLR2004 - nobody between
        return f"{names[0]} writes to {names[1]} directly, no introduction needed"
    chain = f"{names[0]} asks {names[1]}"
    for name in names[2:-1]:
        chain += f", who asks {name}"
    return f"{chain}, who passes it on to {names[-1]}"


def _on_record(path: "Introduction") -> str:
    guessed = path.hops - path.observed_steps
    if not guessed:
        return "All steps are on record."
    verb = "is" if guessed == 1 else "are"
    told = f"{path.observed_steps} of {path.hops} steps on record"
    return f"{told}, the rest {verb} assumed or inferred."


def path_lines(path: "Introduction") -> list[str]:
    """Return one path, line by line."""
    reach = path.lift is None
    lines = [f"{_route(path.names)}. Score {path.score:.2f}."]
    lines += [f"  - {_step_line(step, reach=reach)}" for step in path.steps]
    weak = path.weakest
    lines.append(
        f"  Weakest step: {weak.asker_name} → {weak.asked_name} ({weak.factor:.2f}). "
        f"What would mend it: {mend(weak)}."
    )
    lines.append(f"  {_outcome(path)} {_on_record(path)}")
    if path.lift is not None:
        lines.append(f"  Against a cold application: {path.lift:.2f} times as good (1 = the same).")
    if path.trust_interval is not None and not reach:
        low, high = path.trust_interval.low, path.trust_interval.high
        share = ""
        if path.share_first:
            share = f"; the best of these paths in {percent(path.share_first)} of random draws"
        lines.append(f"  Uncertain trust alone: {low:.2f} to {high:.2f}{share}.")
    return lines


def _outcome(path: "Introduction") -> str:
    arrives = percent(path.delivery)
    if path.lift is None:
        return f"{arrives} likely to arrive; nobody puts their name behind it."
    if not path.intermediaries:
        return f"{arrives} likely to be answered; then believed with trust {path.carried:.2f}."
    return (
        f"{arrives} likely to arrive endorsed, {percent(path.forward_only)} only forwarded, "
        f"{percent(path.nothing)} not at all; it arrives with {path.carried:.2f} of full trust."
    )


def result_lines(result: "Introductions") -> list[str]:
    """Return the whole answer, line by line."""
    if not result.items:
        return _not_found(result) + _forwarders(result)
    forwarders = _forwarders(result) if result.items[0].intermediaries else []
    return _found(result) + forwarders + [_clarity(result)]


def _clarity(result: "Introductions") -> str:
    ask = result.ask
    if ask.clarity >= 1:
        return "Asked as clearly as can be (clarity 1): what is wanted is taken to be understood."
    told = ", ".join(name.replace("_", " ") for name in ask.missing)
    unsaid = f" The ask leaves unsaid: {told}. Saying it raises every score." if told else ""
    return f"Clarity of the ask: {ask.clarity:.2f} of 1.{unsaid}"


def _found(result: "Introductions") -> list[str]:
    number = len(result.items)
    sure = result.optimal or result.items[0].score > result.unexplored
    best = "The best way" if sure else "The best way found"
    way = f"{best} from {result.seeker_name} to {result.target_name}"
    found = f"{number} path{'' if number == 1 else 's'} found"
    if result.diversity and number > 1:
        among = "" if result.observed_only else " of a block"
        found += f", no two{among} with {SHARED[result.diversity]} in common"
    lines = [f"{way} has a score of {result.items[0].score:.2f}; {found}."]
    for place, path in enumerate(result.items, start=1):
        first, *rest = path_lines(path)
        mark = " (with inferred ties)" if path.block == "inferred" else ""
        lines += [f"{place}. {first}{mark}", *rest]
    if all(path.trust_interval is None for path in result.items):
        lines.append("The graph has trust but no certainty, so there are no intervals.")
    if result.diversity and not result.truncated:
        lines += _no_more(result)
    if result.truncated:
        lines.append(_cut_short(result))
    lines.append("Scores compare paths; they are not calibrated and promise nothing.")
    return lines


def _no_more(result: "Introductions") -> list[str]:
    """Tell why there are fewer diverse paths than were asked for."""
    blocks = [path.block for path in result.items]
    kinds = {"observed": "" if result.observed_only else " on record", "inferred": " with a guess"}
    found = {block: blocks.count(block) for block in kinds if block in blocks}
    apart = {
        "introducer": "has another introducer",
        "intermediary": "shares nobody with these",
    }
    return [
        f"{result.k:,} paths{kinds[block]} were asked for: no further one "
        f"{apart[result.diversity or 'intermediary']}."
        for block, number in found.items()
        if number < result.k
    ]


def _cut_short(result: "Introductions") -> str:
    """Tell what is known although the search was cut short."""
    bound = _at_most(result.unexplored)
    cut = (
        f"The search was cut short{_limit(result)}: a path not looked at can score {bound} at most"
    )
    if result.optimal:
        return f"{cut}, so no better ones were missed."
    proved = sum(path.score > result.unexplored for path in result.items)
    if not proved:
        return f"{cut}, so there may be better ones."
    which = "the first path is" if proved == 1 else f"{proved} of these paths are"
    return f"{cut}; only {which} proved to be among the best."


def _limit(result: "Introductions") -> str:
    if result.max_work is None:
        return ""
    return f" after {result.max_work:,} step{'' if result.max_work == 1 else 's'} (max_work)"


def _at_most(bound: float) -> str:
    """Return a bound in words of two digits, never below it."""
    return f"{math.ceil(100 * bound) / 100:.2f}"


def _not_found(result: "Introductions") -> list[str]:
    words = {
        "seeker": result.seeker_name,
        "target": result.target_name,
        "most": result.max_intermediaries,
        "limit": _limit(result),
        "bound": _at_most(result.unexplored),
    }
    lines = [f"No introduction from {result.seeker_name} to {result.target_name} was found."]
    lines.append(REASONS[result.reason or "no_path"].format(**words))
    if result.contacts_at_target:
        lines.append(
            "Contacts there, in alphabetical order, not ranked: "
            + ", ".join(result.contacts_at_target)
            + "."
        )
    lines += [
        f"Nearest miss: {_route(miss.names)}. Lacking: {miss.lacking}."
        for miss in result.nearest_misses
    ]
    if result.reason in ADVICE:
        lines.append(ADVICE[result.reason])
    return lines


def _forwarders(result: "Introductions") -> list[str]:
    if not result.forwarders or result.reason == "no_evidence_of_trust":
        return []
    told = ", ".join(f"{one.name} ({percent(one.forward)})" for one in result.forwarders[:5])
    return [f"Would at best forward it, worth little more than applying cold: {told}."]
