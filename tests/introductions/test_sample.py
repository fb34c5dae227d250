"""The answers of the bundled sample, worked out by hand from its facts.

The facts are those at the top of the sample's story: dates of conversations and recommendations.
Everything below uses them and the formulas of the design, and nothing of the library.
"""

import datetime as dt
from itertools import product
from math import comb, exp, prod

import pytest

import trustgraph as tg

AS_OF = dt.date(2026, 11, 22)
JONAS, KATALIN, PIERS = "jonas-ekwater", "katalin-vesterholt", "piers-mallowdale"
ADAEZE, NANDINI, TOMAS = "adaeze-okelundu", "nandini-raovari-1d", "tomás-riveñal"


def days(first: tuple[int, int], last: tuple[int, int], months: range, day: int) -> list[dt.date]:
    years = range(first[0], last[0] + 1)
    return [
        dt.date(year, month, day)
        for year, month in product(years, months)
        if first <= (year, month) <= last
    ]


TALKS = {
    JONAS: days((2023, 11), (2026, 10), range(1, 13), 10),  # 36, monthly
    KATALIN: days((2022, 2), (2026, 8), range(2, 13, 3), 15),  # 19, quarterly
    PIERS: days((2021, 6), (2026, 6), range(6, 13, 6), 12),  # 11, twice a year
    ADAEZE: days((2023, 1), (2026, 10), range(1, 13, 3), 5),  # 16, quarterly
    NANDINI: days((2024, 1), (2025, 12), range(1, 13), 8),  # 24, monthly, over
    TOMAS: days((2021, 3), (2026, 3), range(3, 4), 3),  # 6, once a year
}
# Recommendations: the date, and whether the asked person wrote it (mass 8, cap 10) or received it
# (mass 1.5, cap 3).
WROTE = {JONAS: dt.date(2022, 10, 14), KATALIN: dt.date(2021, 5, 20)}
RECEIVED = {ADAEZE: dt.date(2025, 6, 16)}


def age(day: dt.date) -> int:
    return (AS_OF - day).days


def half(day: dt.date, years: float) -> float:
    return 2 ** (-age(day) / 365.25 / years)


def good(person: str) -> float:
    """r: a connection .1, conversations .25 each under 4 with half-life 5, a recommendation."""
    talked = sum(0.25 * half(day, 5) for day in TALKS[person])
    r = 0.1 + 4 * (1 - exp(-talked / 4))
    if person in WROTE:
        r += 10 * (1 - exp(-8 * half(WROTE[person], 15) / 10))
    if person in RECEIVED:
        r += 3 * (1 - exp(-1.5 * half(RECEIVED[person], 15) / 3))
    return r


def tail(alpha: float, beta: float, least: int) -> float:
    """P(BetaBin(9, alpha, beta) >= least), term by term."""

    def rising(x: float, n: int) -> float:
        return prod(x + i for i in range(n))

    return sum(
        comb(9, j) * rising(alpha, j) * rising(beta, 9 - j) / rising(alpha + beta, 9)
        for j in range(least, 10)
    )


def step(person: str) -> dict[str, float]:
    """What a step to this person is worth at full clarity: E[X g(X)] and the answer."""
    r = good(person)
    alpha, beta = r + 0.2, 1.8  # W = 2, a = .1, nothing bad
    trust = alpha / (alpha + beta)
    # recall: both wrote on each day, so 1 + 1/2; a recommendation counts for who wrote it
    strength = sum(1.5 / (1 + age(day)) for day in TALKS[person])
    strength += 1.0 / (1 + age(WROTE[person])) if person in WROTE else 0.0
    strength += 0.5 / (1 + age(RECEIVED[person])) if person in RECEIVED else 0.0
    theta = 9 / 365
    recall = strength**0.7 / (strength**0.7 + theta**0.7)
    # the last word on a talk's day is never left unanswered here: n = 0
    rho = 0.12 + (0.58 - 0.12) * r / (r + 2)
    return {
        "trust": trust,
        "recall": recall,
        "willingness": tail(alpha, beta, 6),
        "factor": (rho + (1 - rho) * recall) * trust * tail(alpha + 1, beta, 6),
    }


@pytest.fixture(scope="module")
def graph():
    return tg.build_graph(tg.datasets.load_sample())


ASK = tg.Ask(
    seeker="mira-sandquill",
    target=tg.Organisation("Tessaloom"),
    interest="data platform",
    role="lead",
)
# interest .3, role .2, organisation .1 named by the target
KAPPA = (0.27 + 0.6 * (0.80 - 0.27)) / 0.80  # = .735


def test_the_facts_are_as_many_as_the_story_says() -> None:
    assert {person: len(dates) for person, dates in TALKS.items()} == {
        JONAS: 36, KATALIN: 19, PIERS: 11, ADAEZE: 16, NANDINI: 24, TOMAS: 6,
    }  # fmt: skip


def test_every_step_is_worth_what_its_records_say(graph) -> None:
    paths = tg.find_introductions(graph, ASK)
    seen = {}
    for path in paths:
        for told in path.steps[:-1]:
            seen[told.asked] = told
    assert set(seen) == set(TALKS)
    for person, told in seen.items():
        by_hand = step(person)
        assert told.trust == pytest.approx(by_hand["trust"], abs=1e-4), person
        assert told.recall == pytest.approx(by_hand["recall"], abs=1e-4), person
        assert told.willingness == pytest.approx(by_hand["willingness"], abs=1e-4), person
    # To the digits of the story: Jonas, 36 talks worth 4 (1 - exp(-7.4 / 4)) = 3.4 and his
    # recommendation of four years ago 10 (1 - exp(-.66)) = 4.8, trusts her 8.5 / 10.3 = .83.
    assert round(seen[JONAS].trust, 2) == 0.83
    assert round(seen[TOMAS].trust, 2) == 0.39


def test_the_paths_and_their_scores_by_hand(graph) -> None:
    worth = {person: KAPPA * step(person)["factor"] for person in TALKS}
    # last steps: head of data platform 1, data engineer 1 (the ask's own function: data),
    # support specialist and product designer .6; between intermediaries the retention .5
    wanted = [
        (("jonas-ekwater", KATALIN), worth[JONAS] * 0.5 * worth[KATALIN] * 1.0),
        ((TOMAS,), worth[TOMAS] * 0.6),
        ((ADAEZE, NANDINI), worth[ADAEZE] * 0.5 * worth[NANDINI] * 1.0),
        (("jonas-ekwater", PIERS), worth[JONAS] * 0.5 * worth[PIERS] * 0.6),
    ]
    paths = tg.find_introductions(graph, ASK)
    assert [path.intermediaries for path in paths] == [people for people, _ in wanted]
    assert [path.score for path in paths] == pytest.approx([score for _, score in wanted], rel=1e-3)
    # .488 x .5 x .414 rounded: about .10, then .04, .03 and .02
    assert [round(path.score, 2) for path in paths] == [0.10, 0.04, 0.03, 0.02]


def test_those_who_would_only_forward_are_named(graph) -> None:
    forwarders = tg.find_introductions(graph, ASK).forwarders
    assert [one.person for one in forwarders] == [
        "desmond-harridge",
        "fatou-ndiayre-90b2",
        "bastien-corvigny",
    ]
    assert all(one.willingness < 0.2 for one in forwarders)


def test_the_transfer_by_hand(graph) -> None:
    worth = {person: KAPPA * step(person)["factor"] for person in TALKS}
    jonas, tomas, adaeze = worth[JONAS], worth[TOMAS] * 0.6, worth[ADAEZE]
    katalin, piers = 0.5 * worth[KATALIN], 0.5 * worth[PIERS] * 0.6
    nandini = 0.5 * worth[NANDINI]
    through_jonas = jonas * (1 - (1 - katalin) * (1 - piers))  # he is asked once
    total = 1 - (1 - through_jonas) * (1 - tomas) * (1 - adaeze * nandini)
    moved = tg.reputation_transfer(graph, ASK)
    assert moved.exact
    assert moved.total == pytest.approx(total, rel=1e-3)
    frame = moved.to_frame()
    assert set(frame.index) == set(TALKS)
    without_jonas = 1 - (1 - tomas) * (1 - adaeze * nandini)
    assert frame.loc[JONAS, "removal"] == pytest.approx(total - without_jonas, rel=1e-3)
    assert frame.loc[JONAS, "inflow"] == pytest.approx(jonas, rel=1e-3)
    assert frame.loc[JONAS, "through"] == pytest.approx(through_jonas, rel=1e-3)
    assert frame.loc[JONAS, "retained"] == pytest.approx(through_jonas / jonas, rel=1e-3)
    assert frame.loc[NANDINI, "inflow"] == pytest.approx(adaeze * nandini, rel=1e-3)
    assert frame["shapley"].sum() == pytest.approx(total, rel=1e-3)


def test_where_she_can_get_in_at_all(graph) -> None:
    frame = tg.rank_organisations(graph, "mira-sandquill")
    told = frame[frame["score"] > 0]
    assert told["organisation"].tolist()[:3] == [
        "Pinegate Systems",
        "Kitewell Health",
        "Harrowfield Bank",
    ]
    # her manager of old is senior at Pinegate ("Engineering Manager": .8), asked at full clarity
    assert told["score"].iloc[0] == pytest.approx(0.8 * step(JONAS)["factor"], rel=1e-3)
