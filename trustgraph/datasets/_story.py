"""The invented people of the bundled sample, and every tie between them that matters.

Mira Sandquill, a data engineer, looks for a role as data platform lead at Tessaloom. Her archive is
pooled with those of Jonas Ekwater, her manager of old, and Adaeze Okelundu, a colleague of today.
All dates are UTC. A *conversation day* is one message each way on that day. The archives were built
at midnight of 22 (Mira), 20 (Jonas) and 19 (Adaeze) November 2026. Every pair is connected, on the
day given first; apart from what is listed the ties below hold no record at all.

Mira's own ties
    Jonas (Pinegate Systems)
        2017-02-01. Conversation days on the 10th of every month from November 2023 to October 2026
        (36). He recommended her on 2022-10-14. Stands in both archives.
    Adaeze (Lumenhaug Energy)
        2022-11-15. Conversation days on 5 January, April, July and October of 2023 to 2026 (16).
        Mira recommended her on 2025-06-16. Stands in both archives.
    Søren Lindhaug (Kitewell Health), dormant
        2017-03-01. Conversation days on the 6th and 20th of every month from January 2018 to August
        2019 (40), silence since. He recommended her on 2019-11-04, she him on 2019-11-05.
    Zuri Mbowande (Harrowfield Bank)
        2018-05-02. Conversation days on the 25th of January, April, July and October from 2022 to
        2026 (20).
    Tomás Riveñal (Tessaloom), the insider she knows herself
        2020-09-01. Conversation days on 3 March of 2021 to 2026 (6). A draft to him of 2026-11-01
        was never sent.
    Desmond Harridge (Tessaloom GmbH), mass networker
        2024-08-01. He wrote to her on the 18th of every month from September 2025 to October 2026
        (14), without an answer, and endorsed five skills of hers on 2025-09-01 to 2025-09-05.
    Bastien Corvigny (Tessaloom), silent
        2023-03-01. She wrote to him on the 2nd of May to October 2026 (6), without an answer.
    Henrietta Ashcombe-Vale (Solvane Mobility), high status
        2025-11-19. One conversation day, 2025-11-20.
    Fatou Ndiayre (Tessaloom)
        2021-04-12. Nothing but the connection.

Jonas's ties
    Katalin Vesterholt (Tessaloom, head of data platform)
        2016-01-11. She recommended him on 2021-05-20. Conversation days on the 15th of February,
        May, August and November from February 2022 to August 2026 (19).
    Piers Mallowdale (Tessaloom)
        2019-06-03. Conversation days on 12 June and 12 December from June 2021 to June 2026 (11).
    Ilse Brinkvall (Solvane Mobility)
        2015-10-05. She recommended him on 2023-02-13. Conversation days on the 22nd of March, June,
        September and December from March 2024 to September 2026 (11).

Adaeze's ties
    Nandini Raovari (Tessaloom)
        2021-08-09. Conversation days on the 8th of every month of 2024 and 2025 (24).
    Piers Mallowdale (Tessaloom)
        2024-02-07. Nothing but the connection.

Everybody else is a crowd of bare connections. Some of them had one conversation day with an owner,
endorsed a skill, or shared a group with Mira (four people in 2025); a recommendation of Mira by one
of them is still pending. None of them knows anybody well enough to vouch. Mira, Jonas, Søren and
four of the crowd also talked in a group of seven, too large to be evidence of anything. A draft to
Fatou of 2026-11-03 was never sent. What the owners follow, plan and noted stands in
``_sample_life.py``.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Final, NamedTuple

__all__ = ["CAST", "ENDORSEMENTS", "OWNERS", "RECOMMENDATIONS", "TIES", "Member", "Tie"]


class Member(NamedTuple):
    """Somebody of the sample: slug, names as spelt, organisation and position."""

    slug: str
    first: str
    last: str
    organisation: str
    position: str


class Tie(NamedTuple):
    """A connection, and the days on which both wrote or only the first did."""

    one: str
    other: str
    connected: dt.date
    both: tuple[dt.date, ...] = ()
    unanswered: tuple[dt.date, ...] = ()


def _days(years: Iterable[int], months: Iterable[int], *days: int) -> list[dt.date]:
    chosen = tuple(months)
    return [dt.date(year, month, day) for year in years for month in chosen for day in days]


def _between(days: Iterable[dt.date], first: dt.date, last: dt.date) -> tuple[dt.date, ...]:
    return tuple(day for day in days if first <= day <= last)


MIRA: Final = "mira-sandquill"
JONAS: Final = "jonas-ekwater"
ADAEZE: Final = "adaeze-okelundu"
OWNERS: Final = {
    MIRA: dt.datetime(2026, 11, 22, tzinfo=dt.UTC),
    JONAS: dt.datetime(2026, 11, 20, tzinfo=dt.UTC),
    ADAEZE: dt.datetime(2026, 11, 19, tzinfo=dt.UTC),
}
CAST: Final = (
    Member(MIRA, "Mira", "Sandquill", "Lumenhaug Energy", "Senior Data Engineer"),
    Member(JONAS, "Jonas", "Ekwater", "Pinegate Systems", "Engineering Manager"),
    Member(ADAEZE, "Adaeze", "Okelundu", "Lumenhaug Energy", "Product Manager"),
    Member("søren-lindhaug", "Søren", "Lindhaug", "Kitewell Health", "Staff Engineer"),
    Member("zuri-mbowande-4c1", "Zuri", "Mbowande", "Harrowfield Bank", "Head of Analytics"),
    Member("tomás-riveñal", "Tomás", "Riveñal", "Tessaloom", "Support Specialist"),
    Member("desmond-harridge", "Desmond", "Harridge 🚀", "Tessaloom GmbH", "Talent Partner"),
    Member("bastien-corvigny", "Bastien", "Corvigny", "Tessaloom", "Chief Data Officer"),
    Member(
        "henrietta-ashcombe-vale",
        "Henrietta",
        "Ashcombe-Vale, PhD",
        "Solvane Mobility",
        "Chief Executive Officer",
    ),
    Member("fatou-ndiayre-90b2", "Fatou", "Ndiayre", "Tessaloom", "Accountant"),
    Member("katalin-vesterholt", "Katalin", "Vesterholt", "Tessaloom", "Head of Data Platform"),
    Member("piers-mallowdale", "Piers", "Mallowdale", "Tessaloom", "Product Designer"),
    Member("ilse-brinkvall", "Ilse", "Brinkvall", "Solvane Mobility", "VP Engineering"),
    Member("nandini-raovari-1d", "Nandini", "Raovari", "Tessaloom", "Data Engineer"),
)
TIES: Final = (
    Tie(
        MIRA,
        JONAS,
        dt.date(2017, 2, 1),
        _between(
            _days(range(2023, 2027), range(1, 13), 10), dt.date(2023, 11, 1), dt.date(2026, 10, 31)
        ),
    ),
    Tie(
        MIRA,
        ADAEZE,
        dt.date(2022, 11, 15),
        tuple(_days(range(2023, 2027), (1, 4, 7, 10), 5)),
    ),
    Tie(
        "søren-lindhaug",
        MIRA,
        dt.date(2017, 3, 1),
        _between(
            _days((2018, 2019), range(1, 13), 6, 20), dt.date(2018, 1, 1), dt.date(2019, 8, 31)
        ),
    ),
    Tie(
        MIRA,
        "zuri-mbowande-4c1",
        dt.date(2018, 5, 2),
        tuple(_days(range(2022, 2027), (1, 4, 7, 10), 25)),
    ),
    Tie(
        "tomás-riveñal",
        MIRA,
        dt.date(2020, 9, 1),
        tuple(_days(range(2021, 2027), (3,), 3)),
    ),
    Tie(
        "desmond-harridge",
        MIRA,
        dt.date(2024, 8, 1),
        unanswered=_between(
            _days((2025, 2026), range(1, 13), 18), dt.date(2025, 9, 1), dt.date(2026, 10, 31)
        ),
    ),
    Tie(
        MIRA,
        "bastien-corvigny",
        dt.date(2023, 3, 1),
        unanswered=tuple(_days((2026,), range(5, 11), 2)),
    ),
    Tie(MIRA, "henrietta-ashcombe-vale", dt.date(2025, 11, 19), (dt.date(2025, 11, 20),)),
    Tie(MIRA, "fatou-ndiayre-90b2", dt.date(2021, 4, 12)),
    Tie(
        JONAS,
        "katalin-vesterholt",
        dt.date(2016, 1, 11),
        _between(
            _days(range(2022, 2027), (2, 5, 8, 11), 15), dt.date(2022, 2, 1), dt.date(2026, 8, 31)
        ),
    ),
    Tie(
        "piers-mallowdale",
        JONAS,
        dt.date(2019, 6, 3),
        _between(_days(range(2021, 2027), (6, 12), 12), dt.date(2021, 6, 1), dt.date(2026, 6, 30)),
    ),
    Tie(
        JONAS,
        "ilse-brinkvall",
        dt.date(2015, 10, 5),
        _between(
            _days(range(2024, 2027), (3, 6, 9, 12), 22), dt.date(2024, 3, 1), dt.date(2026, 9, 30)
        ),
    ),
    Tie(
        ADAEZE,
        "nandini-raovari-1d",
        dt.date(2021, 8, 9),
        tuple(_days((2024, 2025), range(1, 13), 8)),
    ),
    Tie(ADAEZE, "piers-mallowdale", dt.date(2024, 2, 7)),
)
RECOMMENDATIONS: Final = (
    (JONAS, MIRA, dt.date(2022, 10, 14)),
    (MIRA, ADAEZE, dt.date(2025, 6, 16)),
    ("søren-lindhaug", MIRA, dt.date(2019, 11, 4)),
    (MIRA, "søren-lindhaug", dt.date(2019, 11, 5)),
    ("katalin-vesterholt", JONAS, dt.date(2021, 5, 20)),
    ("ilse-brinkvall", JONAS, dt.date(2023, 2, 13)),
)
ENDORSEMENTS: Final = tuple(
    ("desmond-harridge", MIRA, skill, dt.date(2025, 9, day))
    for day, skill in enumerate(("Python", "SQL", "Leadership", "Statistics", "Mentoring"), start=1)
)
