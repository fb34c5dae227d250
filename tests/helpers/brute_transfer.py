"""The transfer of reputation by enumeration, from plain dicts: slow, obvious and independent."""

from dataclasses import dataclass
from itertools import pairwise, product
from math import factorial, isclose, nan


@dataclass(frozen=True)
class Steps:
    """What each step of a question is worth; a missing step or a factor of 0 is no step."""

    first: dict[str, float]
    further: dict[tuple[str, str], float]
    last: dict[tuple[str, str], float]
    direct: dict[str, float]


@dataclass(frozen=True)
class Brute:
    total: float
    direct: float
    people: dict[str, dict[str, float]]
    paths: tuple[tuple[str, ...], ...]
    steps: frozenset[tuple[str, str]]
    best: float


SEEKER = "(seeker)"


def factors(steps: Steps) -> dict[tuple[str, str], float]:
    """All steps with a positive factor, by asker and asked."""
    everything = {(SEEKER, person): factor for person, factor in steps.first.items()}
    everything |= steps.further | steps.last
    everything |= {(SEEKER, target): factor for target, factor in steps.direct.items()}
    return {pair: factor for pair, factor in everything.items() if factor > 0}


def all_paths(steps: Steps, most: int) -> list[tuple[str, ...]]:
    """All admissible simple paths: seeker, at most `most` intermediaries, a target."""
    chance = factors(steps)
    targets = {target for _, target in steps.last} | set(steps.direct)
    found = []

    def grow(path):
        for asker, asked in chance:
            if asker != path[-1] or asked in path:
                continue
            if asked in targets:
                found.append((*path, asked))
            elif len(path) - 1 < most:
                grow((*path, asked))

    grow((SEEKER,))
    return sorted(found)


def pairs_of(path: tuple[str, ...]) -> list[tuple[str, str]]:
    return list(pairwise(path))


def brute_transfer(steps: Steps, most: int) -> Brute:
    """Every quantity from all states of all steps that stand on a path."""
    chance = factors(steps)
    paths = all_paths(steps, most)
    used = sorted({pair for path in paths for pair in pairs_of(path)})
    people = sorted({person for path in paths for person in path[1:-1]})
    prefixes = {
        person: sorted({path[: path.index(person) + 1] for path in paths if person in path})
        for person in people
    }
    without = {person: _bits(person not in path for path in paths) for person in people}
    within = {group: _bits({*path[1:-1]} <= group for path in paths) for group in _groups(people)}
    sums = {person: dict.fromkeys(("removal", "inflow", "through"), 0.0) for person in people}
    value = dict.fromkeys(within, 0.0)
    total = 0.0
    for weight, open_ in _states(used, chance):
        working = _bits(open_.issuperset(pairs_of(path)) for path in paths)
        if working:
            total += weight
        for group, inside in within.items():
            if working & inside:
                value[group] += weight
        for person, each in sums.items():
            if working and not working & without[person]:
                each["removal"] += weight
            if working & ~without[person]:
                each["through"] += weight
            if any(open_.issuperset(pairs_of(prefix)) for prefix in prefixes[person]):
                each["inflow"] += weight
    for person, each in sums.items():
        each["shapley"] = _shapley(person, people, value)
        each["retained"] = each["through"] / each["inflow"] if each["inflow"] else nan
    scores = [_score(path, chance) for path in paths]
    return Brute(
        total=total,
        direct=value[frozenset()],
        people=sums,
        paths=tuple(paths),
        steps=frozenset(used),
        best=max(scores, default=0.0),
    )


def _bits(flags):
    return sum(1 << place for place, flag in enumerate(flags) if flag)


def _states(used, chance):
    """All states of the steps: chance of the state, steps that work."""
    certain = {pair for pair in used if chance[pair] == 1.0}
    uncertain = [pair for pair in used if pair not in certain]
    for state in product((False, True), repeat=len(uncertain)):
        weight = 1.0
        for works, pair in zip(state, uncertain, strict=True):
            weight *= chance[pair] if works else 1.0 - chance[pair]
        yield weight, certain | {p for p, works in zip(uncertain, state, strict=True) if works}


def _groups(people):
    return [
        frozenset(person for person, chosen in zip(people, flags, strict=True) if chosen)
        for flags in product((False, True), repeat=len(people))
    ]


def _shapley(person, people, value):
    """The formula of Shapley (1953): mean gain over all orders of arrival."""
    share = 0.0
    for group, worth in value.items():
        if person not in group:
            orders = factorial(len(group)) * factorial(len(people) - len(group) - 1)
            share += orders / factorial(len(people)) * (value[group | {person}] - worth)
    return share


def _score(path, chance):
    score = 1.0
    for pair in pairs_of(path):
        score *= chance[pair]
    return score


def same(one: float, other: float, tolerance: float = 1e-12) -> bool:
    """Equal within the tolerance, NaN equal to NaN."""
    both_unknown = one != one and other != other  # noqa: PLR0124 - NaN is not itself
    return both_unknown or isclose(one, other, rel_tol=0.0, abs_tol=tolerance)
