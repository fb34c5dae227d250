"""What else an archive tells of its owner: follows, address book, notes, career, plans, posts."""

from typing import Any, Final

import numpy as np
import pandas as pd

from trustgraph._text import fold
from trustgraph._typing import LongInts
from trustgraph.datasets._cast import ORGANISATIONS, SKILLS, TITLES, draw_cast
from trustgraph.datasets._facts import frame_of, full_name

__all__ = ["draw_life"]

_DAY: Final = 86_400_000_000
_HOUR: Final = _DAY // 24
_SECOND: Final = 1_000_000
_YEARS: Final = 6
_NOTES: Final = (
    "Met at the data breakfast; knows streaming.",
    'Said "call me in spring".\nPrefers the phone.',
    "Two children, climbs on Thursdays",
    "Worked with Signe, Tobias and Nell.",
)
_COMMENTS: Final = (
    "Well said!",
    'Measure first, they say: "then decide".',
    "Thank you!\nThe slides are in the post.",
    "Congratulations, Maeve, well deserved 🎉",
    "Three points from me:\n\none is enough",
    '"Done" is better than perfect',
    "Agreed, but:\nwho pays?",
)
_POSTS: Final = (
    "We moved our pipelines.\n\nHere is how.",
    "Looking for a data analyst in Bergen, é claro.",
    "Ten years of nightly jobs\nand nobody noticed;\nthat is the point.",
    "New talk, new slides: measure first, then decide.",
)
_REACTIONS: Final = (
    "LIKE PRAISE EMPATHY INTEREST APPRECIATION ENTERTAINMENT MAYBE".split(),
    (0.6, 0.1, 0.08, 0.08, 0.08, 0.04, 0.02),
)
_PAPERS: Final = (
    ("Certified Data Steward", "Orrinvale Institute"),
    ("Streaming, Level II", "Glassloom Academy"),
    ("Leading Small Teams", "University of Orrinvale"),
)
_CLUBS: Final = (
    ("Bergen Data Breakfast", "Host"),
    ("Society of Careful Statisticians", "Member"),
    ("Norrvall Chess Club", "Treasurer"),
)
_GOOD_DEEDS: Final = (
    ("Tidemoor Lifeboats", "Crew", "DISASTER_AND_HUMANITARIAN_RELIEF"),
    ("Code for Foxglen", "Mentor", "EDUCATION"),
    ("Willowmark Library", "Reader", "ARTS_AND_CULTURE"),
)
_PROJECTS: Final = ("Lakehouse, phase 2", "Open timetable", "Churn forecast")


def _some(rng: np.random.Generator, words: Any, count: int) -> list[Any]:
    return [words[one] for one in rng.integers(0, len(words), count).tolist()]


def _moments(rng: np.random.Generator, count: int, until: int) -> LongInts:
    """Return moments of the last years before yesterday, newest first, in microseconds."""
    age = (rng.random(count) * _YEARS * 365 * _DAY).astype(np.int64)
    return np.sort((until - _DAY - age) // _SECOND * _SECOND)[::-1]


def _office_minutes(rng: np.random.Generator, count: int, until: int) -> LongInts:
    """Return whole minutes, newest first, at an hour that no clock shows twice."""
    days = (until - 2 * _DAY) // _DAY - rng.integers(0, _YEARS * 365, count)
    return np.sort(days * _DAY + rng.integers(15 * 60, 23 * 60, count) * 60 * _SECOND)[::-1]


def _times(moments: LongInts) -> Any:
    return moments.astype("datetime64[us]")


def _strangers(rng: np.random.Generator, count: int, taken: set[str]) -> pd.DataFrame:
    """Return people met nowhere else, and called as nobody else."""
    cast = draw_cast(rng, count)
    names = [fold(full_name(*both)) for both in zip(cast["first"], cast["last"], strict=True)]
    cast["first"] = cast["first"].where(~pd.Series(names).isin(taken), cast["first"] + " Q.")
    cast["name"] = [full_name(*both) for both in zip(cast["first"], cast["last"], strict=True)]
    return cast.assign(person="")


def _met(rng: np.random.Generator, cast: pd.DataFrame, count: int, share: float) -> pd.DataFrame:
    """Return some connections and some people met nowhere else, mixed."""
    known = cast[cast["connected"]]
    some = min(len(known), round(count * share))
    mine = known.iloc[rng.choice(len(known), some, replace=False)] if some else known[:0]
    taken = {fold(name) for name in cast["name"]}
    people = pd.concat([mine.assign(person=mine.index), _strangers(rng, count - some, taken)])
    return people.iloc[rng.permutation(len(people))].reset_index(drop=True)


def _follows(
    rng: np.random.Generator, cast: pd.DataFrame, until: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    people = _met(rng, cast, min(400, 3 + len(cast) // 40), 0.3)
    lost = rng.random(len(people)) < 0.2  # noqa: PLR2004 - some are followed no more
    places = rng.choice(
        len(ORGANISATIONS), min(len(ORGANISATIONS), 2 + len(cast) // 50), replace=False
    )
    return (
        frame_of(
            "follows",
            {
                "person": people["person"],
                "name": people["name"],
                "status": np.where(lost, "Unfollow", "Active"),
                "at": _times(_moments(rng, len(people), until)),
            },
        ),
        frame_of(
            "company_follows",
            {
                "organisation": [ORGANISATIONS[one] for one in places.tolist()],
                "at": _times(_moments(rng, places.size, until)),
            },
        ),
    )


def _contacts(
    rng: np.random.Generator, cast: pd.DataFrame, until: int, *, organisations: bool
) -> pd.DataFrame:
    people = _met(rng, cast, min(3_000, 6 + len(cast) // 6), 0.4)
    count = len(people)
    # An address book also holds addresses that never got a name.
    nameless = (rng.random(count) < 0.08) & (people["person"] == "").to_numpy()  # noqa: PLR2004
    at = np.where(nameless, "billing", people["slug"].str.split("-").str[0])
    phone = np.where(rng.random(count) < 0.5, "+00 555 0", "")  # noqa: PLR2004 - half have a number
    shown = {
        name: people[name].str.strip().mask(nameless, "")
        for name in ("first", "last", "name", "organisation", "position")
    }
    number = np.arange(count).astype(str)
    return frame_of(
        "contacts",
        {
            **shown,
            "person": people["person"],
            "organisation": shown["organisation"] if organisations else [""] * count,
            "title": shown["position"],
            "email": [f"{one}.{two}@mail.example" for one, two in zip(at, number, strict=True)],
            "phone": [one and one + two for one, two in zip(phone, number, strict=True)],
            "created_at": _times(_office_minutes(rng, count, until)),
        },
    )


def _notes(
    rng: np.random.Generator, known: pd.DataFrame, since: LongInts, until: int
) -> pd.DataFrame:
    count = min(len(known), 200, 2 + len(known) // 60)
    who = rng.choice(len(known), count, replace=False) if count else np.zeros(0, dtype=np.int64)
    span = np.maximum(until - since[who] - _DAY, _SECOND)
    written = (since[who] + (rng.random(count) * span * 0.9).astype(np.int64)) // _SECOND * _SECOND
    later = written + (rng.random(count) * (until - written)).astype(np.int64) // _SECOND * _SECOND
    again = (rng.random(count) < 0.4).tolist()  # noqa: PLR2004 - few notes are edited
    moments = pd.to_datetime(later, unit="us", utc=True)
    frame = frame_of(
        "notes",
        {
            "person": known.index[who],
            "text": _some(rng, _NOTES, count),
            "created_on": _times(written),
            "edited_on": [
                one if back else pd.NaT for one, back in zip(moments, again, strict=True)
            ],
        },
    )
    return frame.sort_values("created_on", ascending=False, kind="stable", ignore_index=True)


def _papers(rng: np.random.Generator, until: int) -> dict[str, pd.DataFrame]:
    """Return what stands in a profile beside positions and schools: months, newest first."""
    month = pd.Timestamp(until, unit="us").normalize().replace(day=1)

    def table(name: str, columns: str, words: Any) -> pd.DataFrame:
        count = int(rng.integers(1, len(words) + 1))
        rows = [words[one] for one in rng.choice(len(words), count, replace=False).tolist()]
        ago = np.sort(rng.integers(20, 150, count)).tolist()
        ended = (rng.random(count) < 0.6).tolist()  # noqa: PLR2004 - the others last
        starts = [month - pd.DateOffset(months=one) for one in ago]
        ends = [
            one + pd.DateOffset(months=18) if over else pd.NaT
            for one, over in zip(starts, ended, strict=True)
        ]
        told = dict(zip(columns.split(), zip(*rows, strict=True), strict=True))
        return frame_of(name, {**told, "started": starts, "finished": ends})

    skills = rng.choice(len(SKILLS), int(rng.integers(4, len(SKILLS) + 1)), replace=False)
    return {
        "skills": frame_of("skills", {"name": [SKILLS[one] for one in skills.tolist()]}),
        "certifications": table("certifications", "name authority", _PAPERS),
        "volunteering": table("volunteering", "organisation role cause", _GOOD_DEEDS),
        "organizations": table("organizations", "organisation position", _CLUBS),
        "projects": table("projects", "title", [(one,) for one in _PROJECTS]),
    }


def _public(rng: np.random.Generator, known: int, until: int) -> dict[str, pd.DataFrame]:
    said, liked, posted = (
        min(2_000, 7 + known // 20),
        min(5_000, 10 + known // 5),
        min(1_000, 3 + known // 40),
    )
    names, share = _REACTIONS
    # The first comments are one of each sort, so that each way of quoting is there.
    texts = [*_COMMENTS, *_some(rng, _COMMENTS, said - len(_COMMENTS))]
    visible = np.where(rng.random(posted) < 0.7, "MEMBER_NETWORK", "PUBLIC")  # noqa: PLR2004
    return {
        "comments": frame_of("comments", {"at": _times(_moments(rng, said, until)), "text": texts}),
        "reactions": frame_of(
            "reactions",
            {
                "at": _times(_moments(rng, liked, until)),
                "reaction": rng.choice(names, liked, p=share),
            },
        ),
        "shares": frame_of(
            "shares",
            {
                "at": _times(_moments(rng, posted, until)),
                "text": _some(rng, _POSTS, posted),
                "visibility": visible,
            },
        ),
    }


def _plans(rng: np.random.Generator, known: int, until: int) -> dict[str, pd.DataFrame]:
    tables = {}
    for name, count in (
        ("job_applications", min(200, 3 + known // 60)),
        ("saved_jobs", min(200, 2 + known // 50)),
    ):
        facts = {
            "organisation": _some(rng, ORGANISATIONS, count),
            "title": _some(rng, TITLES, count),
            "at": _times(_office_minutes(rng, count, until)),
        }
        tables[name] = frame_of(name, facts)
    return tables


def draw_life(
    rng: np.random.Generator,
    cast: pd.DataFrame,
    since: LongInts,
    until: int,
    *,
    organisations: bool,
    notes: bool,
) -> dict[str, pd.DataFrame]:
    """Return the facts that are no acts between two people.

    Parameters
    ----------
    rng
        Source of randomness.
    cast
        The people: ``slug``, ``first``, ``last``, ``name``, ``organisation``, ``position``,
        ``connected``, indexed by id. Counts of rows grow mildly with their number.
    since
        When each of those connected did so, in microseconds since 1970.
    until
        When the archive was built, in the same unit; everything is older.
    organisations
        Whether the address book of the era names companies.
    notes
        Whether the era has notes about connections.

    Returns
    -------
    dict of pandas.DataFrame
        Name of the table to its facts, newest rows first.
    """
    known = cast[cast["connected"]]
    follows, companies = _follows(rng, cast, until)
    noted = _notes(rng, known, since, until)
    return {
        "follows": follows,
        "company_follows": companies,
        "contacts": _contacts(rng, cast, until, organisations=organisations),
        "notes": noted if notes else noted[:0],
        **_papers(rng, until),
        **_public(rng, len(known), until),
        **_plans(rng, len(known), until),
    }
