"""From scores to decisions: what to do first, whom to ask, and what for."""

from trustgraph.planning.key_people import key_people
from trustgraph.planning.key_people_results import Goal, KeyPeople, KeyPerson

__all__ = ["Goal", "KeyPeople", "KeyPerson", "key_people"]
