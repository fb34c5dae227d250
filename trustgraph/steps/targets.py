"""Who or what is to be reached, and which last steps lead there."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from trustgraph._text import match_organisations
from trustgraph.errors import UnknownPersonError
from trustgraph.graph.index import TrustIndex
from trustgraph.models.ask import Ask, Organisation, Prospect
from trustgraph.steps.roles import holds_role, role_tier
from trustgraph.trust.model import TrustModel
from trustgraph.trust.opinion import trust_from_evidence

__all__ = ["Insider", "Target", "insiders_of", "named_targets", "organisation_tiers"]

Tier = Literal["exact", "strong", "weak"]


@dataclass(frozen=True)
class Target:
    """One target: a person of the graph (``node >= 0``), an organisation or a prospect (-1).

    Examples
    --------
    >>> tg.steps.Target("Acme", "Acme", "organisation").node
    -1
    """

    id: str
    name: str
    kind: Literal["person", "organisation", "prospect"]
    node: int = -1


@dataclass(frozen=True)
class Insider:
    """Somebody whose last step to a virtual target is assumed from where they stand.

    Attributes
    ----------
    node
        Number of the person.
    factor
        Chance that their word is believed there, in [0, 1].
    tier
        How well the name of their organisation matches.
    present
        Whether they are there at present.
    role
        ``"own"``, ``"senior"``, ``"other"``, or ``"circle"`` for a shared employer or school.
    organisation, position
        What the match rests on.

    Examples
    --------
    >>> G = nx.DiGraph()
    >>> G.add_node("bo", organisation="Acme", position="CEO")
    >>> G.add_edge("bo", "ana", trust=0.8)
    >>> [
    ...     one.role
    ...     for one in tg.steps.ask_question(G, "ana", tg.Organisation("Acme")).insiders.values()
    ... ]
    ['own']
    """

    node: int
    factor: float
    tier: Tier
    present: bool
    role: str
    organisation: str
    position: str


def organisation_tiers(index: TrustIndex, wanted: str) -> dict[str, Tier]:
    """Return the match tier of every organisation of the graph that matches a name.

    Parameters
    ----------
    index
        The graph.
    wanted
        Name of the organisation.

    Returns
    -------
    dict
        Organisation as written -> ``"exact"``, ``"strong"`` or ``"weak"``; others are left out.

    Examples
    --------
    >>> G = nx.DiGraph()
    >>> G.add_node("bo", organisation="Acme Ltd")
    >>> tg.steps.organisation_tiers(tg.TrustIndex.from_graph(G), "Acme")
    {'Acme Ltd': 'strong'}
    """
    names = set(index.nodes["organisation"])
    for places in ("also", "past"):
        names.update(organisation for held in index.nodes[places] for organisation, _ in held)
    known = sorted(name for name in names if name)
    tiers = match_organisations(wanted, known)
    return {name: tier for name, tier in zip(known, tiers, strict=True) if tier is not None}


def _free_id(index: TrustIndex, name: str, kind: str) -> str:
    return name if name not in index.labels else f"{name} ({kind})"


def named_targets(index: TrustIndex, ask: Ask) -> tuple[Target, ...]:
    """Return the targets that an ask names, sorted by id.

    Parameters
    ----------
    index
        The graph.
    ask
        The ask. An organisation with a role that known people hold stands for these people.

    Returns
    -------
    tuple of Target
        People of the graph, or the one virtual target.

    Raises
    ------
    UnknownPersonError, AmbiguousPersonError
        If a person named as target is not known, or not by that name alone.
    """
    target = ask.target
    if isinstance(target, Prospect):
        return (Target(_free_id(index, target.name, "prospect"), target.name, "prospect"),)
    if isinstance(target, Organisation):
        holders = _holders(index, target, seeker=index.number(ask.seeker))
        if holders:
            return tuple(_person(index, node) for node in holders)
        return (Target(_free_id(index, target.name, "organisation"), target.name, "organisation"),)
    people = (target,) if isinstance(target, str) else target
    nodes = sorted({_number(index, person) for person in people})
    return tuple(_person(index, node) for node in nodes)


def _number(index: TrustIndex, person: str) -> int:
    try:
        return index.number(person)
    except UnknownPersonError as error:
        if organisation_tiers(index, person):
            raise UnknownPersonError(person, [f"tg.Organisation({person!r})"]) from error
        raise


def _person(index: TrustIndex, node: int) -> Target:
    return Target(index.labels[node], index.names[node], "person", node)


def _holders(index: TrustIndex, target: Organisation, *, seeker: int) -> list[int]:
    if not target.role:
        return []
    tiers = organisation_tiers(index, target.name)
    sure = {name for name, tier in tiers.items() if tier != "weak"}
    there = np.flatnonzero(index.nodes["organisation"].isin(sure).to_numpy())
    positions = index.nodes["position"].to_numpy()
    return [
        int(node)
        for node in there
        if node != seeker and holds_role(str(positions[node]), target.role)
    ]


def insiders_of(index: TrustIndex, ask: Ask, model: TrustModel) -> list[Insider]:
    """Return the people who stand at, or close to, the virtual target of an ask.

    Parameters
    ----------
    index
        The graph.
    ask
        An ask for an organisation or a prospect.
    model
        The trust model: standing of insiders, and what a shared circle is worth.

    Returns
    -------
    list of Insider
        The best standing of each person, sorted by their number.
    """
    target = ask.target
    found: Iterator[Insider] = iter(())
    if isinstance(target, Organisation):
        found = _standings(index, target.name, _wanted(ask, target), model)
    elif isinstance(target, Prospect):
        found = _circles(index, target, model)
    best: dict[int, Insider] = {}
    for insider in found:
        if insider.node not in best or insider.factor > best[insider.node].factor:
            best[insider.node] = insider
    return [best[node] for node in sorted(best)]


def _wanted(ask: Ask, target: Organisation) -> str:
    return f"{target.role} {ask.role} {ask.interest}"


def _places(index: TrustIndex, tiers: dict[str, Tier]) -> Iterator[tuple[int, str, str, bool]]:
    """Yield person, organisation, title and whether at present, where the organisation matches."""
    organisations = index.nodes["organisation"].to_numpy()
    positions = index.nodes["position"].to_numpy()
    here = np.flatnonzero(index.nodes["organisation"].isin(set(tiers)).to_numpy())
    for node in here.tolist():
        yield node, str(organisations[node]), str(positions[node]), True
    for places, present in (("also", True), ("past", False)):
        for person, held in enumerate(index.nodes[places]):
            for organisation, title in held:
                if organisation in tiers:
                    yield person, organisation, title, present


def _standings(index: TrustIndex, name: str, wanted: str, model: TrustModel) -> Iterator[Insider]:
    tiers = organisation_tiers(index, name)
    for node, organisation, title, present in _places(index, tiers):
        role = role_tier(title, wanted)
        factor = model.standing.standing(tiers[organisation], present=present, role=role)
        yield Insider(node, factor, tiers[organisation], present, role, organisation, title)


def _circles(index: TrustIndex, target: Prospect, model: TrustModel) -> Iterator[Insider]:
    """Yield people who share an employer or a school with a prospect.

    Years spent together are unknown, so one year is assumed; a weaker match of the name counts
    as a smaller part of it.
    """
    if target.organisation:
        tiers = organisation_tiers(index, target.organisation)
        for node, organisation, title, present in _places(index, tiers):
            share = model.standing.standing(tiers[organisation], present=present, role="own")
            factor = _shared(model, "same_employer_year", share)
            yield Insider(node, factor, tiers[organisation], present, "circle", organisation, title)
    if target.school:
        schools = sorted({school for held in index.nodes["schools"] for school in held})
        matched = match_organisations(target.school, schools)
        sure = {s: t for s, t in zip(schools, matched, strict=True) if t in ("exact", "strong")}
        for node, held in enumerate(index.nodes["schools"]):
            for school in held:
                if school in sure:
                    factor = _shared(model, "same_school", 1.0)
                    yield Insider(
                        node=node,
                        factor=factor,
                        tier=sure[school],
                        present=False,
                        role="circle",
                        organisation=school,
                        position="",
                    )


def _shared(model: TrustModel, kind: str, amount: float) -> float:
    return float(trust_from_evidence(model, kind, np.array([amount]))[0])
