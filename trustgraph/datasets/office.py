"""A dozen invented people whose introductions can be worked out by hand."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Final

from trustgraph.models import Evidence, Network, Person, Position

__all__ = ["load_office"]

AS_OF: Final = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)

PEOPLE: Final = (
    Person(id="ana", name="Ana Lima", organisation="Brightwater", position="Data Engineer"),
    Person(id="ben", name="Ben Okafor", organisation="Corvid Labs", position="Data Engineer"),
    Person(id="chiara", name="Chiara Salvi", organisation="Dunmere", position="Head of Data"),
    Person(id="dmitri", name="Dmitri Sorin", organisation="Everlund", position="Architect"),
    Person(id="emeka", name="Emeka Dale", organisation="Acme", position="Talent Partner"),
    Person(id="fatima", name="Fatima Noor", organisation="Acme", position="Accountant"),
    Person(id="goran", name="Goran Petek", organisation="Foxhollow", position="Founder"),
    Person(id="hana", name="Hana Mori", organisation="Acme", position="Chief Executive Officer"),
    Person(id="ivo", name="Ivo Brandt", organisation="Acme", position="Data Engineer"),
    Person(id="jun", name="Jun Park", organisation="Acme", position="Data Analyst"),
    Person(id="kofi", name="Kofi Mensa", organisation="Acme", position="Head of Data Platform"),
    Person(id="lena", name="Lena Vogt", organisation="Acme", position="Data Engineering Manager"),
    Person(id="mara", name="Mara Quist", organisation="Zenith Loom", position="Director"),
    Person(id="nils", name="Nils Aker", organisation="Gullwing", position="Consultant"),
)


def _day(year: int, month: int = 1, day: int = 1) -> dt.datetime:
    return dt.datetime(year, month, day, tzinfo=dt.UTC)


def _firsts(first_year: int, last_year: int, months: Iterable[int]) -> list[dt.datetime]:
    chosen = tuple(months)
    return [_day(year, month) for year in range(first_year, last_year + 1) for month in chosen]


def _talks(one: str, other: str, days: Iterable[dt.datetime]) -> Iterator[Evidence]:
    for at in days:
        yield Evidence(kind="message_day", source=one, target=other, at=at)
        yield Evidence(kind="message_day", source=other, target=one, at=at)


def _each(kind: str, source: str, target: str, *days: dt.datetime) -> Iterator[Evidence]:
    for at in days:
        yield Evidence(kind=kind, source=source, target=target, at=at)


def _connections() -> Iterator[Evidence]:
    for other in ("ben", "chiara", "dmitri", "emeka", "fatima", "goran", "hana", "ivo"):
        yield from _each("connection", "ana", other, _day(2016))
    for one, other in (
        ("ben", "jun"),
        ("ben", "kofi"),
        ("chiara", "lena"),
        ("kofi", "nils"),
        ("nils", "mara"),
    ):
        yield from _each("connection", one, other, _day(2016))


def _ties_of_the_seeker() -> Iterator[Evidence]:
    monthly, quarterly = range(1, 13), (1, 4, 7, 10)
    yield from _each("same_team_year", "ana", "ben", _day(2023), _day(2024), _day(2025))
    yield from _talks("ana", "ben", _firsts(2024, 2025, monthly))
    yield from _each("same_team_year", "ana", "chiara", _day(2019), _day(2020), _day(2021))
    yield from _each("recommendation", "chiara", "ana", _day(2021))
    yield from _talks("ana", "chiara", _firsts(2022, 2025, quarterly))
    yield from _each("same_team_year", "ana", "dmitri", _day(2018), _day(2019), _day(2020))
    yield from _talks("ana", "dmitri", _firsts(2018, 2020, monthly))
    yield from _each("message_day", "emeka", "ana", *_firsts(2024, 2025, range(1, 11)))
    yield from _each("skill_endorsement", "emeka", "ana", *_firsts(2025, 2025, range(1, 6)))
    yield from _each("help_given", "ana", "goran", _day(2023), _day(2024), _day(2025))
    yield from _talks("ana", "goran", _firsts(2023, 2025, quarterly))
    yield from _each("meeting_day", "ana", "hana", _day(2025))
    yield from _talks("ana", "hana", [_day(2025)])
    yield from _talks("ana", "ivo", _firsts(2020, 2022, quarterly))
    yield from _each("introduction_declined", "ivo", "ana", _day(2023), _day(2024))


def _ties_of_the_others() -> Iterator[Evidence]:
    quarterly = (1, 4, 7, 10)
    yield from _each("same_team_year", "ben", "kofi", _day(2021), _day(2022))
    yield from _each("recommendation", "kofi", "ben", _day(2022))
    yield from _talks("ben", "kofi", _firsts(2023, 2025, quarterly))
    yield from _each("project", "ben", "jun", _day(2024))
    yield from _talks("ben", "jun", _firsts(2024, 2025, quarterly))
    yield from _each("same_team_year", "chiara", "lena", _day(2022), _day(2023))
    yield from _each("recommendation", "lena", "chiara", _day(2023))
    yield from _talks("chiara", "lena", _firsts(2023, 2025, quarterly))
    yield from _each("project", "kofi", "nils", _day(2023), _day(2024), _day(2025))
    yield from _talks("kofi", "nils", _firsts(2023, 2025, quarterly))
    yield from _each("same_team_year", "nils", "mara", _day(2023), _day(2024))
    yield from _talks("nils", "mara", _firsts(2023, 2025, quarterly))


def load_office() -> Network:
    """Return fourteen invented people around one seeker, small enough to check by hand.

    Returns
    -------
    Network
        Owner ``ana``, dated 1 January 2026. Every date is the first of a month; every
        connection is of 1 January 2016.

    Notes
    -----
    Ana Lima (``ana``, the seeker) wants to get into Acme, or to meet Mara Quist.

    =========== ================ ==================================================================
    id          part played      tie
    =========== ================ ==================================================================
    ``ben``     close colleague  one team with ana in 3 years (2023, 2024, 2025); they talk on the
                                 first of every month of 2024 and 2025 (24 days)
    ``chiara``  close colleague  one team with ana in 3 years (2019 to 2021), recommended her on
                                 1 January 2021; quarterly talks from 2022 to 2025 (16 days)
    ``dmitri``  dormant tie      one team with ana in 3 years (2018 to 2020), monthly talks in those
                                 years (36 days), silent since 1 December 2020
    ``emeka``   mass networker   at Acme; wrote to ana on 20 days of 2024 and 2025 without an
                                 answer, endorsed a skill of hers 5 times in 2025
    ``fatima``  bare connection  at Acme; connected to ana and nothing else
    ``goran``   helped by ana    ana helped him 3 times (2023, 2024, 2025); quarterly talks in those
                                 years (12 days)
    ``hana``    high status      chief executive of Acme; met ana once, with one exchange of
                                 messages, both on 1 January 2025
    ``ivo``     declined         at Acme; quarterly talks from 2020 to 2022 (12 days), then declined
                                 to introduce ana, in 2023 and in 2024
    ``kofi``    insider          head of data platform at Acme; one team with ben in 2 years (2021,
                                 2022), recommended ben on 1 January 2022; quarterly talks from 2023
                                 to 2025 (12 days)
    ``jun``     insider          at Acme; a project with ben in 2024, quarterly talks in 2024 and
                                 2025 (8 days); known to nobody else
    ``lena``    insider          manager at Acme; one team with chiara in 2 years (2022, 2023),
                                 recommended chiara on 1 January 2023; quarterly talks from 2023 to
                                 2025 (12 days)
    ``nils``    bridge           projects with kofi in 2023, 2024 and 2025; quarterly talks in those
                                 years (12 days)
    ``mara``    far target       one team with nils in 2 years (2023, 2024); quarterly talks from
                                 2023 to 2025 (12 days)
    =========== ================ ==================================================================

    Into Acme lead two routes that share nobody (ben, kofi and chiara, lena) and a third that
    shares its introducer with the first (ben, jun). Emeka, fatima, hana and ivo are at Acme and
    know ana, but none of them would vouch for her. Mara is reached through exactly three
    intermediaries: ben, kofi, nils. A talk is one message each way on that day.

    Examples
    --------
    >>> net = tg.datasets.load_office()
    >>> net.owner, len(net.people)
    ('ana', 14)
    >>> net.person("Kofi Mensa").position
    'Head of Data Platform'
    """
    evidence = [*_connections(), *_ties_of_the_seeker(), *_ties_of_the_others()]
    positions = [
        Position(
            person=person.id,
            organisation=person.organisation,
            title=person.position,
            started=dt.date(2025, 2, 1),
        )
        for person in PEOPLE
    ]
    return Network.from_records(PEOPLE, evidence, positions=positions, owners=("ana",), as_of=AS_OF)
