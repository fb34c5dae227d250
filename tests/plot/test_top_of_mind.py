"""What stands in the picture of who would speak up unasked."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.collections import LineCollection, PathCollection

from trustgraph.plot import plot_top_of_mind

from helpers.pictures import collisions, drawn, outside, texts_of
from helpers.planning_cases import made_minds

STATES = ["steady", "fading", "forgotten", "unknown rhythm"]


def words(ax):
    return [text.get_text() for text in ax.texts]


def names(ax):
    return [word.rpartition(" ")[0] for word in words(ax)[1:]]


def lines(ax):
    """The lines of named people: those with a value a month."""
    return [line for line in ax.lines if len(line.get_xdata()) > 2]


def dots(ax):
    """Middle of each mark, and the number of corners of its shape."""
    return [
        (*one.get_offsets()[0].tolist(), len(one.get_paths()[0].vertices))
        for one in ax.collections
        if isinstance(one, PathCollection)
    ]


def test_each_named_person_has_a_line_that_ends_in_name_and_chance():
    found = made_minds([0.2, 0.1])
    ax = plot_top_of_mind(found)
    assert [line.get_ydata().tolist() for line in lines(ax)] == found.projection.to_numpy().tolist()
    last = found.projection[12]
    assert words(ax)[1:] == [f"Person 000{n} {last[f'p{n}']:.3f}" for n in (0, 1)]


@pytest.mark.parametrize("quantity", ["unasked", "recall", "willingness"])
def test_every_quantity_can_be_drawn(quantity):
    found = made_minds([0.2, 0.1])
    ax = plot_top_of_mind(found, quantity=quantity)
    told = found.projected(quantity).to_numpy()
    assert np.array([line.get_ydata() for line in lines(ax)]) == pytest.approx(told)
    assert ("expected number" in words(ax)[0]) == (quantity == "unasked")


def test_those_about_to_forget_are_dashed_and_those_who_have_dotted():
    ax = plot_top_of_mind(made_minds([0.2] * 4, states=STATES))
    assert sorted(line.get_linestyle() for line in lines(ax)) == ["-", "-", "--", ":"]
    assert "dashed: about to forget; dotted: forgotten" in words(ax)[0]
    ax = plot_top_of_mind(made_minds([0.2], states=STATES))
    assert "dashed" not in words(ax)[0]


def test_a_dot_stands_on_the_day_on_which_recall_falls_under_one_half():
    # of 0.9, an eighth less a month: 0.9 * 0.875 ** 5 = 0.46
    found = made_minds([0.2])
    ((x, y, corners),) = dots(plot_top_of_mind(found))
    assert (x, y) == (5, pytest.approx(found.projection.loc["p0", 5]))
    # the second one too is silent for too long on 16 April, half a month after the third
    first, second = sorted(dots(plot_top_of_mind(made_minds([0.01, 0.2]), people=["p1"])))
    assert first[0] == pytest.approx(3.5)
    assert first[2] != corners
    assert second[0] == 5


def test_days_outside_of_the_months_have_no_mark():
    found = made_minds([0.2])
    for day in ("2025-12-31", "2026-01-01", "2027-01-02", ""):
        mind = found[0].replace(recall_half_on=day, forgets_on=day)
        assert dots(plot_top_of_mind(found.replace(minds=(mind,)))) == []
    mind = found[0].replace(recall_half_on="2027-01-01")
    assert dots(plot_top_of_mind(found.replace(minds=(mind,))))[0][0] == 12


def test_the_likeliest_the_warned_and_the_fading_are_named():
    chances = [0.24, 0.23, 0.22, 0.21, 0.03, 0.02, 0.01, 0.2]
    found = made_minds(chances, states=["steady"] * 6 + ["fading", "steady"])
    assert set(names(plot_top_of_mind(found, people=4))) == {
        "Person 0000",
        "Person 0001",
        "Person 0006",  # about to forget
        "Person 0002",  # loses most
    }


def test_the_others_are_thin_grey_and_counted():
    found = made_minds([0.2] * 2000 + [None] * 3)
    ax = drawn(plot_top_of_mind(found))
    assert len(lines(ax)) == 8
    thin = max(
        (one for one in ax.collections if isinstance(one, LineCollection)),
        key=lambda one: len(one.get_segments()),
    )
    assert len(thin.get_segments()) == 1992
    assert thin.get_linewidth()[0] < lines(ax)[0].get_linewidth() / 2
    assert "thin grey: 1,992 others" in words(ax)[0].replace("\n", " ")
    assert "3 of whom nothing is known" in words(ax)[0].replace("\n", " ")
    assert collisions(texts_of(ax)) == []


def test_people_are_named_by_id_or_by_name():
    found = made_minds([0.2, 0.1, 0.05, None])
    assert names(plot_top_of_mind(found, people=["p1", "Person 0000", "p1"])) == [
        "Person 0000",
        "Person 0001",
    ]
    assert names(plot_top_of_mind(found, people="p2")) == ["Person 0002"]
    assert names(plot_top_of_mind(found, people=["p3"])) == []


def test_strangers_are_refused():
    found = made_minds([0.2, 0.1], names=["Bo"])
    with pytest.raises(ValueError, match="'zoe' has no tie to 'Ana Lima'"):
        plot_top_of_mind(found, people=["zoe"])
    with pytest.raises(ValueError, match="2 people are called 'Bo'"):
        plot_top_of_mind(found, people=["Bo"])
    with pytest.raises(ValueError, match="people is 0"):
        plot_top_of_mind(found, people=0)
    for strange in (True, 1.5, None):
        with pytest.raises(TypeError, match="people is"):
            plot_top_of_mind(found, people=strange)
    with pytest.raises(ValueError, match="no quantity 'trust'; name one of unasked, recall"):
        plot_top_of_mind(found, quantity="trust")


def test_without_later_months_there_are_points_beside_the_names():
    ax = drawn(plot_top_of_mind(made_minds([0.2, 0.1, 0.05], dated=False), people=2))
    assert lines(ax) == [] or all(np.isnan(line.get_ydata()[1:]).all() for line in lines(ax))
    assert [label.get_text() for label in ax.get_xticklabels()] == ["now"]
    assert len(dots(ax)) == 3
    assert "the months ahead are not known" in words(ax)[0].replace("\n", " ")
    spans = [np.ptp(line.get_xdata()) for line in ax.lines if len(line.get_xdata()) == 2]
    assert max(spans) < 0.1


@pytest.mark.parametrize("chances", [[], [None, None]])
def test_where_nothing_is_known_words_say_so(chances):
    found = made_minds(chances)
    ax = plot_top_of_mind(found)
    assert words(ax)[0].split()[:3] == found.explain().split()[:3]


@pytest.mark.parametrize("months", [1, 12, 40, 120])
@pytest.mark.parametrize("width", [4, 9])
def test_months_are_marked_evenly_and_apart(months, width):
    _, ax = plt.subplots(figsize=(width, 4))
    drawn(plot_top_of_mind(made_minds([0.2], months=months), ax=ax))
    places = ax.get_xticks()
    assert len(set(np.diff(places))) <= 1
    assert places[0] == 0
    assert collisions({one: one.get_window_extent() for one in ax.get_xticklabels()}) == []


def test_no_chance_at_all_is_a_line_at_the_bottom():
    ax = drawn(plot_top_of_mind(made_minds([0.0])))
    assert words(ax)[-1] == "Person 0000 0.000"
    assert outside(ax) == []
