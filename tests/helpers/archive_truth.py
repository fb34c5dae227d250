"""What a reader should find in an invented archive, said in plain Python from its facts."""

from collections.abc import Iterator
from typing import Any

Act = tuple[str, str, str, str]


def _talks(facts: Any) -> Iterator[tuple[str, str, str, float]]:
    table = facts.messages
    said = zip(
        table["sender"],
        table["recipients"],
        table["size"],
        table["at"],
        table["advert"] | table["draft"] | table["note"] | (table["folder"] == "SPAM"),
        strict=True,
    )
    for sender, recipients, size, at, is_no_talk in said:
        if sender and not is_no_talk and size <= 5:
            for recipient in recipients:
                yield sender, recipient, str(at.date()), 1 / (size - 1)


def expected_talks(facts: Any) -> dict[tuple[str, str, str], float]:
    """Return who wrote to whom on which day, and how much of a message it was, at most."""
    talks: dict[tuple[str, str, str], float] = {}
    for *key, amount in _talks(facts):
        pair = (key[0], key[1], key[2])
        talks[pair] = max(talks.get(pair, 0.0), amount)
    return talks


def expected_acts(facts: Any) -> set[Act]:
    """Return kind, source, target and UTC day of everything else; invitations have no day here."""
    acts: set[Act] = set()
    owner = facts.owner.id
    for person, day in zip(
        facts.connections["person"], facts.connections["connected_on"], strict=True
    ):
        if person:
            acts.add(("connection", *sorted((owner, person)), str(day.date())))  # type: ignore[arg-type]
    for kind, table, status in (
        ("recommendation", facts.recommendations, "VISIBLE"),
        ("skill_endorsement", facts.endorsements, "ACCEPTED"),
    ):
        done = table[table["status"] == status]
        for source, target, at in zip(done["source"], done["target"], done["at"], strict=True):
            acts.add((kind, source, target, str(at.date())))
    for source, target in zip(
        facts.invitations["source"], facts.invitations["target"], strict=True
    ):
        acts.add(("invitation", source, target, ""))
    return acts


def found_talks(net: Any) -> dict[tuple[str, str, str], float]:
    """Return the same of a network."""
    table = net.evidence[net.evidence["kind"] == "message_day"]
    return {
        (source, target, str(at.date())): amount
        for source, target, at, amount in zip(
            table["source"], table["target"], table["at"], table["amount"], strict=True
        )
    }


def found_acts(net: Any) -> set[Act]:
    """Return the same of a network."""
    acts: set[Act] = set()
    table = net.evidence[net.evidence["kind"] != "message_day"]
    for kind, source, target, at in zip(
        table["kind"], table["source"], table["target"], table["at"], strict=True
    ):
        if kind == "connection":
            acts.add((kind, *sorted((source, target)), str(at.date())))  # type: ignore[arg-type]
        else:
            acts.add((kind, source, target, "" if kind == "invitation" else str(at.date())))
    return acts
