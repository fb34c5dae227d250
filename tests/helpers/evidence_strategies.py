"""Random small networks for property tests."""

import datetime as dt

from hypothesis import strategies as st

from trustgraph.models import Evidence, Network

from helpers.naive_trust import BAD, TABLE

AS_OF = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
PEOPLE = ("ana", "bo", "cy")
MESSAGES = ("message_day", "message_unanswered")
GOOD = tuple(kind for kind in TABLE if kind not in (*BAD, *MESSAGES))

# Few different days, so that acts of one day and answers within and outside of 30 days are common.
AGES = (0, 1, 5, 29, 30, 31, 32, 60, 61, 62, 90, 400, 401, 2000)


def evidence(kinds: tuple[str, ...] = (*TABLE, "message_day")) -> st.SearchStrategy[Evidence]:
    """Return acts between two of three people, dated up to the date or not at all."""
    pairs = [(u, v) for u in PEOPLE for v in PEOPLE if u != v]

    def build(kind: str, pair: tuple[str, str], age: int | None, amount: float) -> Evidence:
        at = None if age is None else AS_OF - dt.timedelta(days=age) + dt.timedelta(hours=age % 24)
        return Evidence(kind=kind, source=pair[0], target=pair[1], at=at, amount=amount)

    return st.builds(
        build,
        st.sampled_from(kinds),
        st.sampled_from(pairs),
        st.one_of(st.none(), st.sampled_from(AGES)),
        st.sampled_from((0.25, 1.0, 3.0, 40.0)),
    )


def network(acts: list[Evidence], *, as_of: dt.datetime = AS_OF) -> Network:
    """Return the network of the three people with these acts."""
    people = [{"id": person, "name": person.title()} for person in PEOPLE]
    return Network.from_records(people, acts, as_of=as_of)
