"""On whom the goals depend, in plain sentences."""

from typing import TYPE_CHECKING, Final

from trustgraph._text import counted, listed, percent

if TYPE_CHECKING:
    from trustgraph.planning.key_people_results import KeyPeople, KeyPerson

__all__ = ["lines", "summary"]

MOST_TOLD: Final = 10
MOST_NAMED: Final = 5


def lines(found: "KeyPeople") -> list[str]:
    """Return the whole answer, line by line."""
    told = summary(found)
    told += [
        f"{place}. {_person(one, found)}"
        for place, one in enumerate(found.people[:MOST_TOLD], start=1)
    ]
    if rest := found.people[MOST_TOLD:]:
        share = sum(one.share for one in rest)
        told.append(f"The other {len(rest)} together carry {percent(share)}.")
    return told + _caveats(found)


def summary(found: "KeyPeople") -> list[str]:
    """Return what can be reached, what hangs on one person, and how concentrated it is."""
    number = len(found.goals)
    if not found.reachable:
        none = "Your goal cannot" if number == 1 else f"None of your {number:,} goals can"
        return [
            (
                f"{none} be reached with at most "
                f"{counted(found.max_intermediaries, 'person', 'people')} between; "
                "tg.find_introductions says why, and what is nearest."
            )
        ]
    told = [_expected(found)]
    told += [_loss(one, number) for one in _single(found)[:MOST_NAMED]]
    if not found.people:
        return [*told, "All of it is direct ties: nobody else is needed, and nobody else can help."]
    if not _single(found):
        told.append("No single person's leaving would put a goal out of reach.")
    first = found.people[0]
    told.append(
        f"What others carry is spread as if over {found.effective_number:.1f} equally important "
        f"people; the largest share, {percent(first.share)} of all that is expected, is that of "
        f"{first.name}."
    )
    if found.direct_share > 0:
        told.append(f"Direct ties give {percent(found.direct_share)}, whoever leaves.")
    return told


def _expected(found: "KeyPeople") -> str:
    number = len(found.goals)
    if number == 1:
        return (
            f"Your goal can be reached. If it were asked for, the model gives it a chance of "
            f"{found.expected:.2f} to work from end to end."
        )
    return (
        f"{found.reachable} of your {number:,} goals can be reached. If each were asked for, the "
        f"model expects {found.expected:.2f} of them to work from end to end."
    )


def _single(found: "KeyPeople") -> list["KeyPerson"]:
    """Return those without whom some goal is out of reach, the most goals first."""
    alone = [one for one in found.people if one.unreachable]
    return sorted(alone, key=lambda one: -len(one.unreachable))


def _loss(one: "KeyPerson", number: int) -> str:
    names = list(one.unreachable[:MOST_NAMED])
    if more := len(one.unreachable) - MOST_NAMED:
        names += [f"{more} more"] if more > 0 else []
    many = f"{len(one.unreachable)} of your {number:,} goals" if number > 1 else "your goal"
    return f"If {one.name} left, {many} could no longer be reached: {listed(names)}."


def _person(one: "KeyPerson", found: "KeyPeople") -> str:
    number = len(found.goals)
    reach = f"on the way to {len(one.targets)} of {number:,} goals; " if number > 1 else ""
    return (
        f"{one.name}: {reach}carries {percent(one.share)} of what is expected; without "
        f"{one.name} {percent(one.lost)} of it is lost."
    )


def _caveats(found: "KeyPeople") -> list[str]:
    told = []
    if len(found.people) > 1:
        told.append(
            "The losses do not add up, because people can stand in for each other; the shares do."
        )
    if found.reachable:
        told.append(
            "Assumed: every step works or fails by itself, and each goal is asked for by itself. "
            "Modelled chances that compare people; they promise nothing."
        )
    if not found.exact:
        told.append("Some numbers are estimates from random draws; who hangs on whom is exact.")
    if any(goal.truncated for goal in found.goals):
        told.append("Some goals have so many ways that only the best were followed.")
    return told
