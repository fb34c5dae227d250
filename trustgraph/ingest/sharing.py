"""What a colleague sends so that one question can be answered, and nothing else."""

import os
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from trustgraph._text import clean, match_organisations, organisation_key, slug_of
from trustgraph.errors import AmbiguousPersonError, ArchiveError, UnknownPersonError
from trustgraph.ingest.linkedin.read import read_linkedin
from trustgraph.ingest.shared_files import write_shared
from trustgraph.models.acts import mapped_origins
from trustgraph.models.distinct import mapped_ids
from trustgraph.models.evidence import split_origins
from trustgraph.models.network import Network

__all__ = ["share"]

Source = str | os.PathLike[str]

_AS_WRITTEN: Final = "name an organisation or a person as the archive does"
_LEFT: Final = "left out: not needed for a question about this"


def share(
    source: Source | Iterable[Source] | Network,
    *,
    to: str,
    out: Source,
    owner: str | None = None,
    names: bool = True,
    also: Iterable[str] = (),
) -> Network:
    r"""Write the few ties of an archive that a colleague's question needs, to send to them.

    The file holds the owner; the people at the organisation, or the one person, that the question
    is about; the people named in ``also``; and when and how the owner dealt with each of them.
    No texts, no addresses of mail, nobody else, nothing that others did among themselves.

    Parameters
    ----------
    source
        The archive (a zip, a folder, or a list of these, all of one person's), or a network.
    to
        What the question is about: a person by id, address or unique full name, else an
        organisation; its name is matched exactly, strongly and weakly, as questions match it.
    out
        The zip to write. A file that exists is never overwritten.
    owner
        Whose archive it is, if the archive does not say; of a network with several owners which.
    names
        Whether to send display names, job titles and places. Without, ids and organisations stay:
        an id is the end of the profile's address, and mostly made of the name. Those who have no
        id but their name become numbers.
    also
        Others who belong to the question, above all who asks it: without them nobody can tell
        how well the owner knows them. Ids, addresses or unique full names.

    Returns
    -------
    Network
        What was written; its report says how much was left out.

    Raises
    ------
    ArchiveError
        If nobody at ``to`` is known, the file exists or cannot be written, or as `read_linkedin`.
    UnknownPersonError, AmbiguousPersonError
        If somebody in ``also`` is not known, or not by that name alone.
    SeveralOwnersError
        If a network has several owners and ``owner`` does not say which.

    Notes
    -----
    The receiver pools it as an archive: ``tg.read_linkedin([my_archive, "small.zip"])``. Answers
    through the owner are then what the whole archive would give, as long as they need nobody else
    that the owner knows; without titles the standing of insiders is that of any role.

    Examples
    --------
    >>> import tempfile
    >>> from trustgraph.ingest.sharing import share
    >>> theirs = tg.datasets.sample_archives()[1]
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     small = share(
    ...         theirs, to="Tessaloom", out=f"{folder}/small.zip", also=["mira-sandquill"]
    ...     )
    ...     again = tg.read_linkedin(f"{folder}/small.zip")
    >>> again.people.equals(small.people), len(small.people) < len(tg.read_linkedin(theirs).people)
    (True, True)
    """
    net = source if isinstance(source, Network) else _read(source, owner)
    whose = _found(net, owner) if owner and len(net.owners) != 1 else net.owner
    asked = {_found(net, one) for one in also}
    wanted, organisations = _wanted(net, to)
    kept = {whose} | asked | wanted
    if not kept - asked - {whose} and not organisations:
        raise ArchiveError("nobody there is known", value=to, mend=_AS_WRITTEN)
    small = _part_of(net, whose, kept, organisations)
    _check_owner(small, names=names)
    if not names:
        small = _without_names(small, asked)
    small = _numbered(small, {one for one in small.people.index if "@" in one})
    write_shared(small.replace(report=()), Path(out).expanduser(), to=to)
    return small


def _read(source: Source | Iterable[Source], owner: str | None) -> Network:
    if isinstance(source, str | os.PathLike):
        return read_linkedin(source, owner=owner)
    sources = list(source)
    return read_linkedin(sources, owner=[owner] * len(sources))


def _found(net: Network, person: str) -> str:
    """Return the id of somebody named by id, address or unique full name."""
    try:
        return net.resolve(person)
    except UnknownPersonError:
        slug = slug_of(person) if "/" in person else ""
        if not slug:
            raise
        return net.resolve(slug)


def _wanted(net: Network, to: str) -> tuple[set[str], set[str]]:
    """Return the people that a question is about, and names of the organisation as written."""
    if not clean(to):
        raise ArchiveError("it is not said what the question is about", mend=_AS_WRITTEN)
    people, positions = net.people, net.positions
    names = sorted({*people["organisation"], *positions["organisation"]} - {""})
    tiers = match_organisations(to, names)
    places = {name for name, tier in zip(names, tiers, strict=True) if tier is not None}
    try:
        person = _found(net, to)
    except UnknownPersonError:
        person = ""
    except AmbiguousPersonError:
        if not places:
            raise
        person = ""
    if person and places and person not in {to, slug_of(to)}:
        mend = "name the person by id, or the organisation more fully"
        raise ArchiveError("a person and an organisation are called so", value=to, mend=mend)
    if person:
        return {person}, places
    there = people.index[people["organisation"].isin(places)]
    once = positions.loc[positions["organisation"].isin(places), "person"]
    return {*there, *once}, places


def _part_of(net: Network, owner: str, kept: set[str], organisations: set[str]) -> Network:
    """Return the network of one person and some others: what was between them and the owner."""
    acts = net.evidence
    theirs = {text for text in acts["origin"].cat.categories if owner in split_origins(text)}
    said = acts["origin"].isin({*theirs, ""})
    with_owner = (acts["source"] == owner) & acts["target"].isin(kept)
    with_owner |= (acts["target"] == owner) & acts["source"].isin(kept)
    tied = {owner, *acts.loc[said & with_owner, "source"], *acts.loc[said & with_owner, "target"]}
    own = organisation_key(net.person(owner).organisation)
    positions = net.positions
    places = positions["organisation"].map(organisation_key)
    held = positions["organisation"].isin(organisations)
    held |= (positions["person"] == owner) & (places == own)
    positions = positions[held & positions["person"].isin(tied)]
    people = net.people
    left = {"people": len(people) - len(tied), "acts": len(acts) - int((said & with_owner).sum())}
    return Network.from_records(
        people[people.index.isin(tied)],
        acts[said & with_owner].assign(origin=owner),
        positions=positions,
        owners=[owner],
        as_of=net.as_of,
        report=[
            {"file": "share", "level": "info", "reason": f"{_LEFT}: {what}", "value": str(number)}
            for what, number in left.items()
        ],
    )


def _check_owner(net: Network, *, names: bool) -> None:
    """Refuse to send what an owner's id would tell: their address of mail, or the name itself."""
    if "@" in net.owner or ("|" in net.owner and not names):
        mend = (
            'name the owner by the address of their profile: owner="https://www.linkedin.com/in/…"'
        )
        raise ArchiveError("the id of the owner is their name or an address of mail", mend=mend)


def _without_names(net: Network, asked: set[str]) -> Network:
    """Return the same without names, titles and places; ids made of names become numbers."""
    named = {one for one in net.people.index if "|" in one and one not in {net.owner, *asked}}
    people = net.people.assign(name="", position="", location="")
    return _numbered(net.replace(people=people, positions=net.positions.assign(title="")), named)


def _numbered(net: Network, named: set[str]) -> Network:
    """Return the same with numbers for some ids; those of two files never mean one person."""
    if not named:
        return net
    file = secrets.token_hex(4)
    ids = {
        one: f"contact {number} of {net.owner} in {file}"
        for number, one in enumerate(sorted(named), start=1)
    }
    people = net.people.reset_index()
    people["name"] = people["name"].where(people["name"] != people["id"], "")
    acts, positions = net.evidence, net.positions
    return net.replace(
        people=people.assign(id=mapped_ids(people["id"], ids)),
        evidence=acts.assign(
            source=mapped_ids(acts["source"], ids),
            target=mapped_ids(acts["target"], ids),
            origin=mapped_origins(acts["origin"], ids),
        ),
        positions=positions.assign(person=mapped_ids(positions["person"], ids)),
    )
