"""Who is who in an invented archive, as far as its era tells: the rules of identity, said plainly.

The rules are those at the top of ``trustgraph/ingest/identity.py``, worked out here one mention
after the other, with lists and dictionaries, and without the reader's code. Only what it means that
two names are equal (`fold`, `organisation_key`) is taken from the library, where it has tests.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from trustgraph._text import fold, organisation_key

CONNECTION, ELSEWHERE = 1, 2


class Mention(NamedTuple):
    """How a row of a file mentions somebody; what its era does not tell is empty."""

    slug: str
    name: str
    organisation: str = ""
    position: str = ""
    day: str = ""
    rank: int = ELSEWHERE


class Names:
    """Everybody mentioned in an archive, and who they are.

    Parameters
    ----------
    owner
        Mention of the owner, who is known as ``owner_id``.
    owner_id
        Slug of the owner, or what stands for it.
    mentions
        All mentions of others.
    """

    def __init__(self, owner: Mention, owner_id: str, mentions: Iterable[Mention]) -> None:
        self.owner = owner_id
        self.mentions = list(dict.fromkeys(mentions))
        self.kept_apart: set[str] = set()
        self._ids: dict[Mention, str] = {one: one.slug for one in self.mentions if one.slug}
        self._name_connections()
        # Who bears a name: id -> organisations under which the person is mentioned.
        self._bearers: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        known = [*self._ids.items(), (owner, owner_id)]
        for one, person in known:
            if one.name:
                self._bearers[fold(one.name)][person].add(organisation_key(one.organisation))
        for bearers in self._bearers.values():
            if len(bearers) > 1:
                bearers.pop(owner_id, None)  # a namesake of the owner is somebody else
        self._name_the_others()
        self._facts = defaultdict(list, {owner_id: [owner]})
        for one, person in self._ids.items():
            self._facts[person].append(one)

    def _name_connections(self) -> None:
        """Rule 2: a connection without address is the one address of that name, or `name|place`."""
        lone = [one for one in self.mentions if one.rank == CONNECTION and not one.slug]
        times = Counter(fold(one.name) for one in lone)
        addresses = defaultdict(set)
        for one in self.mentions:
            if one.slug and one.name and one.slug != self.owner:
                addresses[fold(one.name)].add(one.slug)
        taken = {one.slug for one in self.mentions if one.rank == CONNECTION}
        own = _told_apart(lone)
        for one in lone:
            there = addresses[fold(one.name)]
            if times[fold(one.name)] == 1 and len(there) == 1 and not there & taken:
                self._ids[one] = next(iter(there))
            else:
                self._ids[one] = own[one]
                if there:
                    self.kept_apart.add(one.name)

    def _name_the_others(self) -> None:
        """Rule 3 for all mentions by name alone, those of unknown people with a place first."""
        new: dict[str, dict[str, str]] = defaultdict(dict)
        rest = [one for one in self.mentions if one not in self._ids and one.name]
        for one in sorted(rest, key=lambda one: (one.name, one.organisation)):
            key, place = fold(one.name), organisation_key(one.organisation)
            if key not in self._bearers:
                new[key].setdefault(place, f"{one.name}|{one.organisation}")
        for one in rest:
            key, place = fold(one.name), organisation_key(one.organisation)
            placed = sorted({person for where, person in new[key].items() if where})
            if key in self._bearers:
                self._ids[one] = self.find(one.name, one.organisation)
            elif place or not placed:
                self._ids[one] = new[key][place]
            else:
                self._ids[one] = placed[0] if len(placed) == 1 else ""

    def find(self, name: str, organisation: str = "") -> str:
        """Return who a name means: its only bearer, or the only one at that place; else nobody."""
        bearers = self._bearers.get(fold(name), {})
        place = organisation_key(organisation)
        there = [person for person, places in bearers.items() if place and place in places]
        for few in (list(bearers), there):
            if len(few) == 1:
                return few[0]
        return ""

    def id_of(self, mention: Mention) -> str:
        """Return who a mention is; empty where nobody can tell."""
        return self._ids.get(mention, "")

    def facts_of(self, person: str) -> dict[str, str]:
        """Return name, organisation, position and address of somebody."""
        mentions = sorted(self._facts[person], key=lambda one: one.rank)
        names = [one.name for one in mentions if one.name]
        work = [(one.organisation, one.position) for one in mentions]
        places = [one for one in work if any(one)]
        organisation, position = places[0] if places else ("", "")
        return {
            "name": names[0] if names else person,
            "organisation": organisation,
            "position": position,
            "slug": next((one.slug for one in mentions if one.slug), ""),
        }


def _told_apart(lone: list[Mention]) -> dict[Mention, str]:
    """Return `name|organisation`, with the day and then the position where two would be one."""
    ids = {one: f"{one.name}|{one.organisation}" for one in lone}
    for more in ("day", "position"):
        times = Counter(ids.values())
        for one, text in ids.items():
            if times[text] > 1:
                ids[one] = f"{text}|{getattr(one, more)}"
    return ids
