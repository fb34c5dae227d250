"""What stands in the calendar of a plan."""

import datetime as dt
import itertools

import matplotlib.pyplot as plt
import pytest
from matplotlib.colors import to_rgb
from matplotlib.patches import Rectangle

from trustgraph.plot import plot_plan

from helpers.pictures import LONG, ODD_NAMES, collisions, drawn, outside, texts_of
from helpers.planning_cases import made_plan, some_asks

STATES = ["unreachable", "reached", "under_way", "left_out"]
START = dt.date(2026, 3, 2)


def words(ax):
    return [text.get_text() for text in ax.texts]


def bars(ax):
    """The bars, the first ask first."""
    return [one for one in ax.patches if isinstance(one, Rectangle)]


def rows(ax):
    """Row and words of every text but the notes, from the top down."""
    return sorted((text.get_position()[1], text.get_text()) for text in ax.texts[1:])


def dark(colour):
    return 1 - sum(to_rgb(colour)) / 3


def test_a_bar_reaches_from_the_ask_to_the_end_of_its_wait():
    ax = plot_plan(made_plan([(0, 0, 0.5), (1, 3, 0.2), (0, 14, 0.1)]))
    found = [(bar.get_x(), bar.get_x() + bar.get_width(), bar.get_y()) for bar in bars(ax)]
    assert [(round(left), round(right)) for left, right, _ in found] == [(0, 14), (14, 28), (3, 17)]
    assert found[0][2] == found[1][2] < found[2][2]


def test_bars_tell_order_introducer_and_chance():
    ax = plot_plan(made_plan([(0, 0, 0.5), (0, 14, 0.1)], people=["Jonas", "Maria"]))
    assert {"1 Jonas 0.500", "2 Maria 0.100"} <= set(words(ax))


def test_the_target_itself_is_asked_directly():
    assert "1 directly 0.500" in words(plot_plan(made_plan([(0, 0, 0.5)], direct=[1])))


def test_asks_that_depend_on_others_are_hollow_and_dashed():
    first, second = bars(plot_plan(made_plan([(0, 0, 0.5), (0, 14, 0.5)])))
    assert first.get_linestyle() in ("-", "solid")
    assert second.get_linestyle() in ("--", "dashed")
    assert dark(second.get_facecolor()[:3]) < dark(first.get_facecolor()[:3]) / 2
    notes = words(plot_plan(made_plan([(0, 0, 0.5), (0, 14, 0.5)])))[0]
    assert "dashed" in notes
    assert "dashed" not in words(plot_plan(made_plan([(0, 0, 0.5)])))[0]


def test_the_likelier_the_darker_even_where_all_is_unlikely():
    ax = plot_plan(made_plan([(0, 0, 0.001), (1, 0, 0.002), (2, 0, 0.004)]))
    shades = [dark(bar.get_facecolor()[:3]) for bar in bars(ax)]
    assert shades[0] + 0.1 < shades[1] < shades[2] - 0.1


def test_lanes_are_in_the_order_of_their_first_asks_and_end_in_the_chance():
    ax = plot_plan(made_plan([(2, 0, 0.3), (0, 1, 0.2), (1, 2, 0.1), (0, 20, 0.5)]))
    lanes = [
        [text for _, text in row] for _, row in itertools.groupby(rows(ax), lambda one: one[0])
    ]
    assert [next(text for text in row if text.startswith("Target")) for row in lanes] == [
        "Target 2",
        "Target 0",
        "Target 1",
    ]
    assert [text for row in lanes for text in row if text.startswith("0.")] == [
        "0.300",
        "0.600",
        "0.100",
    ]


def test_targets_without_an_ask_are_at_the_bottom_with_the_reason():
    ax = plot_plan(made_plan([(4, 0, 0.5)], targets=5, states=STATES))
    told = [text for _, text in rows(ax)]
    order = ["Target 4", "answer awaited", "reached", "no ask: others gain more"]
    order.append("cannot be reached: nobody whom the seeker may ask leads there")
    assert [text for text in told if text in order] == order
    colours = {text.get_text(): text.get_color() for text in ax.texts}
    assert colours["Target 0"] == colours["Target 3"] != colours["Target 4"]


def test_open_answers_are_told_where_there_is_room_before_the_next_ask():
    for day, told in ((40, True), (1, False)):
        plan = made_plan([(0, day, 0.5), (1, 0, 0.5)])
        lane = plan.per_target[0].replace(state="under_way")
        ax = plot_plan(plan.replace(per_target=(lane, plan.per_target[1])))
        assert ("answer awaited" in words(ax)) == told
        assert collisions(texts_of(drawn(ax))) == []


def test_asks_for_one_target_at_the_same_time_lie_in_rows_of_their_own():
    ax = drawn(plot_plan(made_plan([(0, 0, 0.5), (0, 0, 0.4), (0, 7, 0.3), (0, 14, 0.2)])))
    boxes = [bar.get_bbox() for bar in bars(ax)]
    assert not any(
        one.x0 < other.x1 and other.x0 < one.x1 and one.y0 < other.y1 and other.y0 < one.y1
        for one, other in itertools.combinations(boxes, 2)
    )
    assert len({bar.get_y() for bar in bars(ax)}) == 3
    assert words(ax).count("Target 0") == 1


def test_days_have_dates_if_the_plan_has_them():
    ax = drawn(plot_plan(made_plan([(0, 0, 0.5), (1, 14, 0.5)], start=START)))
    assert [label.get_text() for label in ax.get_xticklabels()][:2] == ["2026-03-02", "2026-03-09"]
    assert ax.get_xlabel() == "date"
    ax = drawn(plot_plan(made_plan([(0, 0, 0.5), (1, 14, 0.5)])))
    assert [label.get_text() for label in ax.get_xticklabels()][:2] == ["0", "7"]
    assert ax.get_xlabel() == "day of the plan"


def test_a_later_plan_begins_on_its_own_day():
    ax = plot_plan(made_plan([(0, 33, 0.5)], today=30, start=START))
    assert ax.get_xticks()[0] == 30
    assert round(bars(ax)[0].get_x()) == 33


@pytest.mark.parametrize("last", [0, 5, 200, 2000])
@pytest.mark.parametrize("width", [4, 9])
@pytest.mark.parametrize("start", [None, START])
def test_days_are_marked_evenly_and_apart(last, width, start):
    _, ax = plt.subplots(figsize=(width, 3))
    plan = made_plan([(0, 0, 0.5), (1, last, 0.5)], start=start, wait_days=1 if last < 9 else 14)
    drawn(plot_plan(plan, ax=ax))
    assert len({b - a for a, b in itertools.pairwise(ax.get_xticks())}) <= 1
    assert collisions({one: one.get_window_extent() for one in ax.get_xticklabels()}) == []
    assert collisions(texts_of(ax)) == []
    assert outside(ax) == []


@pytest.mark.parametrize("targets", [5, 20, 60])
@pytest.mark.parametrize("wait", [2, 14])
def test_labels_stay_within_their_room(targets, wait):
    asks = some_asks(targets, each=3, wait=wait)
    plan = made_plan(asks, targets=targets + 4, names=ODD_NAMES, people=[LONG, *ODD_NAMES],
                     states=STATES, wait_days=wait)  # fmt: skip
    ax = drawn(plot_plan(plan))
    assert collisions(texts_of(ax)) == []
    assert outside(ax) == []
    # no label lies on the bar of another ask
    boxes = [bar.get_window_extent() for bar in bars(ax)]
    labels = {id(text): box for text, box in texts_of(ax).items() if text.get_zorder() == 3
              and text is not ax.texts[0]}  # fmt: skip
    for box in labels.values():
        met = [one for one in boxes if one.x0 < box.x1 - 1 and box.x0 + 1 < one.x1
               and one.y0 < box.y0 + box.height / 2 < one.y1]  # fmt: skip
        assert len(met) <= 1


def test_a_label_that_does_not_fit_in_a_short_bar_stands_beside_it():
    plan = made_plan([(0, 0, 0.5), (1, 60, 0.5)], wait_days=3, people=["Jonas Hamm"])
    ax = drawn(plot_plan(plan))
    label = next(text for text in ax.texts if text.get_text() == "1 Jonas Hamm 0.500")
    assert label.get_window_extent().x0 > bars(ax)[0].get_window_extent().x1


def test_targets_without_room_are_counted():
    ax = plot_plan(made_plan(some_asks(90), targets=100))
    named = sum(word.startswith("Target") for word in words(ax))
    assert words(ax)[-1] == f"and {100 - named} targets for which there is no room"


def test_the_notes_tell_what_is_expected_and_what_had_no_room():
    notes = words(plot_plan(made_plan([(0, 0, 0.5), (1, 0, 0.2)], not_placed=2)))[0]
    told = notes.replace("\n", " ")
    assert told.startswith("2 asks; of 2 targets, 0.70 expected to be reached, by the model")
    assert "2 asks had no room in the calendar" in told
    assert "the 14 days for its answer" in told


def test_a_plan_without_asks_is_told_in_words():
    plan = made_plan([], targets=2)
    assert words(plot_plan(plan))[0].split()[:4] == plan.explain().split()[:4]
