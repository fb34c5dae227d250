"""The archetypes of the design come out as printed there."""

import pytest

from trustgraph.trust import TrustModel, score_ties

from helpers.archetypes import ARCHETYPES, SEEKER, THEM, Archetype

COLUMNS = ("trust", "certainty", "willingness", "forwards", "recall", "response")


def scores_of(archetype: Archetype) -> dict[str, float]:
    frame = score_ties(archetype.network).frame.set_index(["source", "target"])
    row = frame.loc[(THEM, SEEKER)]
    scores = {name: float(row[name]) for name in COLUMNS}
    # The factor of a first step at full clarity: response x E[X g(X)].
    scores["first"] = row["response"] * row["willingness"] * row["endorsed_trust"]
    return scores


def printed(value: float, digits: int) -> str:
    return f"{value:.{digits}f}".removeprefix("0")


@pytest.mark.parametrize("archetype", ARCHETYPES, ids=lambda one: one.name)
def test_an_archetype_gives_its_row_of_the_table_to_the_digit(archetype):
    scores = scores_of(archetype)
    found = tuple(printed(scores[name], 2) for name in COLUMNS)
    assert (*found, printed(scores["first"], 3)) == archetype.expected


def test_the_archetypes_stand_in_the_order_of_the_table():
    by_score = sorted(ARCHETYPES, key=lambda one: scores_of(one)["first"])
    by_table = sorted(ARCHETYPES, key=lambda one: float(one.expected[-1]))
    assert by_score == by_table


def test_exactly_the_marked_archetypes_are_under_the_cut():
    cut = TrustModel().gate.min_willingness
    under = {one.name for one in ARCHETYPES if scores_of(one)["willingness"] < cut}
    assert under == {
        "stranger",
        "bare connection, 5 y",
        "mass networker: 20 unanswered messages to the seeker, 5 skill endorsements",
        "the seeker wrote 10 times this year, no answer",
        "high-status: met once, one exchange, 1 y ago",
    }
