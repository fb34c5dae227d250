"""What a pool of archives can see, and what it cannot."""

import datetime as dt
from typing import Annotated, Any, Final, Literal

import pandas as pd
from pydantic import Field

from trustgraph._html import card_html, table_html
from trustgraph._text import counted, listed
from trustgraph.ingest.shared_files import EXCERPT
from trustgraph.models.base import FrozenModel
from trustgraph.models.columns import utc_time
from trustgraph.models.evidence import split_origins
from trustgraph.models.network import Network
from trustgraph.models.result import ResultModel

__all__ = ["Coverage", "Further", "OwnerCoverage", "coverage"]

COUNTED: Final = {
    "connection": "connections",
    "message_day": "message_days",
    "invitation": "invitations",
    "recommendation": "recommendations",
    "skill_endorsement": "endorsements",
}
_WINDOW_DAYS: Final = 180
_NO_OWNER: Final = (
    "Nobody's archive is known to be in this network, so nothing can be said of what is missing."
)

Count = Annotated[int, Field(ge=0)]


class OwnerCoverage(FrozenModel):
    """What one owner's archives show.

    Parameters
    ----------
    owner, name
        Id and full name of the owner.
    people
        How many people they show ties of the owner to.
    by_name_only
        How many of these are known by their name, without an address.
    connections
        How many connections they name.
    connected_since, connected_until
        When the first and the last of these was made; None if no date is known.
    message_days
        Days on which one wrote to another, counted for each pair and direction.
    messages_since, messages_until
        The first and the last of these days; None if there is none.
    invitations, recommendations, endorsements
        How many there are.
    excerpt
        What the question is about for which they shared a part of their archive; empty where it
        is the whole.

    Examples
    --------
    >>> from trustgraph.ingest.visibility import coverage
    >>> coverage(tg.read_linkedin(tg.datasets.sample_archives())).owners[0].lacking
    ()
    """

    owner: str
    name: str
    people: Count
    by_name_only: Count
    connections: Count
    connected_since: dt.date | None = None
    connected_until: dt.date | None = None
    message_days: Count = 0
    messages_since: dt.date | None = None
    messages_until: dt.date | None = None
    invitations: Count = 0
    recommendations: Count = 0
    endorsements: Count = 0
    excerpt: str = ""

    @property
    def lacking(self) -> tuple[str, ...]:
        """Which of the tables that tell most about ties say nothing."""
        tables = {
            "connections": self.connections,
            "messages": self.message_days,
            "recommendations": self.recommendations,
            "endorsements": self.endorsements,
        }
        return tuple(name for name, number in tables.items() if not number)


class Further(FrozenModel):
    """Somebody whose own archive might add much.

    Parameters
    ----------
    person, name
        Their id and full name.
    owners
        How many owners have ties to them.
    acts
        How many acts between them and the owners are known.

    Examples
    --------
    >>> from trustgraph.ingest.visibility import Further
    >>> Further(person="bo", name="Bo Ek", owners=2, acts=7).owners
    2
    """

    person: str
    name: str
    owners: Count
    acts: Count


class Coverage(ResultModel):
    """What a network can see, and what it cannot.

    Parameters
    ----------
    as_of
        The moment that the records describe.
    people
        How many people it has, owners included.
    owners
        What each owner's archives show, sorted by id.
    seen_by
        How many people (owners left out) are seen by 0, 1, 2, … owners, in that order.
    between_others
        How many acts are known between two people of whom neither is an owner.
    further
        People whose own archives might add most, the first first.
    schema_version
        Version of the dictionary form.

    Examples
    --------
    >>> from trustgraph.ingest.visibility import Coverage, coverage
    >>> seen = coverage(tg.datasets.load_office())
    >>> Coverage.from_dict(seen.to_dict()) == seen
    True
    """

    as_of: dt.datetime | None
    people: Count
    owners: tuple[OwnerCoverage, ...]
    seen_by: tuple[Count, ...]
    between_others: Count
    further: tuple[Further, ...]
    schema_version: Literal[1] = 1

    def to_frame(self) -> pd.DataFrame:
        """Return one row an owner, with the fields of `OwnerCoverage`.

        Examples
        --------
        >>> from trustgraph.ingest.visibility import coverage
        >>> coverage(tg.datasets.load_office()).to_frame().columns.tolist()[:4]
        ['owner', 'name', 'people', 'by_name_only']
        """
        rows = [one.model_dump() for one in self.owners]
        return pd.DataFrame(rows, columns=list(OwnerCoverage.model_fields))

    def explain(self) -> str:
        """Return in plain sentences what can be seen and what cannot.

        Examples
        --------
        >>> from trustgraph.ingest.visibility import coverage
        >>> print(coverage(tg.Network()).explain())
        Nobody's archive is known to be in this network, so nothing can be said of what is missing.
        """
        return "\n".join(self._sentences())

    def _sentences(self) -> list[str]:
        if not self.owners:
            return [_NO_OWNER]
        number = len(self.owners)
        day = f", as of {self.as_of.date()}" if self.as_of else ""
        whose = "one person's archive" if number == 1 else f"the archives of {number} people"
        lines = [f"This network holds {whose}{day}: {counted(self.people, 'person', 'people')}."]
        for one in self.owners:
            lines.extend(_of_owner(one))
        lines.append(
            f"Invitations that were neither sent nor accepted in the last {_WINDOW_DAYS} days are "
            "in no archive: an invitation that is not here was not therefore never made."
        )
        lines.append(
            "Of two people neither of whom owns one of these archives, the archives show at most "
            "what one wrote in a small group with an owner; "
            f"{counted(self.between_others, 'act', 'acts')} of that kind or from elsewhere "
            f"{'is' if self.between_others == 1 else 'are'} here. That no tie is shown between two "
            "such people does not mean that there is none."
        )
        told = [
            f"{counted(count, 'person', 'people')} by {counted(seen, 'owner', 'owners')}"
            for seen, count in enumerate(self.seen_by)
            if count and seen
        ]
        if told:
            lines.append(f"Who is seen by how many, owners aside: {listed(told)}.")
        if self.seen_by and self.seen_by[0]:
            unseen = counted(self.seen_by[0], "person", "people")
            lines.append(f"No owner has a tie to {unseen} of this network.")
        if self.further:
            names = [f"{one.name} ({counted(one.acts, 'act', 'acts')})" for one in self.further]
            lines.append(
                f"A further archive would probably add most if it came from {listed(names, 'or')}:"
                " they are tied to most owners and dealt with them most often. Whom they know "
                "besides cannot be told from here."
            )
        return lines

    def _repr_html_(self) -> str:
        """Show the sentences and the table in a notebook."""
        columns = ["name", "people", "connections", "connected_since", "message_days"]
        table = self.to_frame()[[*columns, "messages_since", "recommendations"]].astype("str")
        body = table_html(table.replace({"None": "", "NaT": ""})) if self.owners else ""
        return card_html("What this network can see", body, lines=self._sentences())


def _of_owner(one: OwnerCoverage) -> list[str]:
    """Return the sentences about one owner."""
    seen = f"{one.name}: {counted(one.people, 'person', 'people')}"
    if one.connections:
        seen += f", {counted(one.connections, 'connection', 'connections')}"
        if one.connected_since:
            seen += f" made from {one.connected_since} to {one.connected_until}"
    if one.messages_since:
        seen += f"; messages go back to {one.messages_since}, the last is of {one.messages_until}"
    counts = {
        "recommendation": one.recommendations,
        "endorsement": one.endorsements,
        "invitation": one.invitations,
    }
    rest = [counted(number, name, f"{name}s") for name, number in counts.items() if number]
    lines = [f"{seen}; {listed(rest)}." if rest else f"{seen}."]
    if one.excerpt:
        lines.append(
            f"{one.name} shared what a question about {one.excerpt} needs: other ties of theirs "
            "are not here."
        )
    elif one.lacking:
        lines.append(
            f"No {listed(list(one.lacking), 'or')} of {one.name} are here: there are none, or "
            "the archive does not hold them (a complete one does)."
        )
    if one.by_name_only:
        named = counted(one.by_name_only, "person", "people")
        lines.append(
            f"{one.name} knows {named} by name only, without an address: they may stand here a "
            "second time, under an address."
        )
    return lines


def coverage(net: Network, *, further: int = 5) -> Coverage:
    """Return what a network can see, and what it cannot.

    Parameters
    ----------
    net
        The network.
    further
        How many people to name whose archives might add most.

    Returns
    -------
    Coverage
        Counts for each owner and for the pool; ``explain()`` says them in sentences.

    Examples
    --------
    >>> from trustgraph.ingest.visibility import coverage
    >>> seen = coverage(tg.read_linkedin(tg.datasets.sample_archives()))
    >>> [one.connections for one in seen.owners], seen.seen_by
    ([37, 42, 82], (3, 113, 23))
    """
    ties = _ties(net)
    people, owners = net.people, sorted(net.owners)
    lone = (people["url"] == "") & people.index.to_series().str.contains("|", regex=False)
    excerpts = _excerpts(net.report)
    told = tuple(
        _owner(
            one, str(people.loc[one, "name"]), ties[ties["owner"] == one], set(people.index[lone])
        ).replace(excerpt=excerpts.get(one, ""))
        for one in owners
    )
    others = people.index[~people.index.isin(owners)]
    met = ties[ties["other"].isin(others)].groupby("other", observed=True)
    by = met["owner"].nunique().reindex(others, fill_value=0)
    acts = net.evidence
    between = ~acts["source"].isin(owners) & ~acts["target"].isin(owners)
    return Coverage(
        as_of=net.as_of,
        people=len(people),
        owners=told,
        seen_by=tuple(int((by == n).sum()) for n in range(int(by.max()) + 1)) if len(by) else (),
        between_others=int(between.sum()),
        further=_further(met, people["name"], further),
    )


def _excerpts(report: pd.DataFrame) -> dict[str, str]:
    """Return owner -> what the question is about for which they shared a part of their archive."""
    shared = report[report["reason"].str.startswith(EXCERPT)]
    asked = shared["reason"].str.removeprefix(EXCERPT)
    return dict(zip(shared["value"], asked, strict=True))


def _ties(net: Network) -> pd.DataFrame:
    """Return each act as the owners saw it whose archives say it: owner, other, kind, at."""
    acts = net.evidence.astype({"source": "str", "target": "str"})
    frames = [pd.DataFrame({"owner": [], "other": [], "kind": [], "at": []}, dtype="str")]
    for owner in net.owners:
        theirs = [one for one in acts["origin"].cat.categories if owner in split_origins(str(one))]
        said = acts[acts["origin"].isin([*theirs, ""])]
        for one, other in (("source", "target"), ("target", "source")):
            own = said[said[one] == owner]
            frames.append(
                pd.DataFrame(
                    {"owner": owner, "other": own[other], "kind": own["kind"], "at": own["at"]}
                ).astype({"kind": "str"})
            )
    return pd.concat(frames[1:] or frames, ignore_index=True)


def _owner(owner: str, name: str, ties: pd.DataFrame, lone: set[str]) -> OwnerCoverage:
    at = {kind: ties.loc[ties["kind"] == kind, "at"] for kind in COUNTED}
    met = set(ties["other"])
    known: dict[str, Any] = {field: len(at[kind]) for kind, field in COUNTED.items()}
    return OwnerCoverage(
        owner=owner,
        name=name,
        people=len(met),
        by_name_only=len(met & lone),
        connected_since=_day(at["connection"].min()),
        connected_until=_day(at["connection"].max()),
        messages_since=_day(at["message_day"].min()),
        messages_until=_day(at["message_day"].max()),
        **known,
    )


def _day(moment: Any) -> dt.date | None:
    found = utc_time(moment)
    return found.date() if found else None


def _further(met: Any, names: "pd.Series[Any]", most: int) -> tuple[Further, ...]:
    """Return those tied to most owners, then those who dealt with them most often."""
    counts = pd.DataFrame({"owners": met["owner"].nunique(), "acts": met.size()})
    counts = counts.reset_index(names="person")
    counts = counts.sort_values(["owners", "acts", "person"], ascending=[False, False, True])
    return tuple(
        Further(person=person, name=str(names[person]), owners=owners, acts=acts)
        for person, owners, acts in counts.head(most).itertuples(index=False, name=None)
    )
