"""What stands in the waterfall of transferred reputation."""

import numpy as np
import pytest
from matplotlib.container import BarContainer, ErrorbarContainer

from trustgraph.models.ask import Ask
from trustgraph.plot import plot_transfer
from trustgraph.reputation.interval_results import CarrierInterval, Interval, TransferIntervals

from helpers.pictures import ODD_NAMES, drawn, made_transfer


def bars(ax):
    """Left and right end of each bar, from the top down."""
    found = [bar for group in ax.containers if isinstance(group, BarContainer) for bar in group]
    return [(bar.get_x(), bar.get_x() + bar.get_width()) for bar in found]


def rows(ax):
    return [label.get_text() for label in ax.get_yticklabels()]


def numbers(ax):
    return [text.get_text() for text in ax.texts]


def test_the_bars_fall_from_the_total_to_the_direct_tie():
    ax = plot_transfer(made_transfer([0.2, 0.1], direct=0.05))
    assert rows(ax) == ["with everybody", "Person 0", "Person 1", "the direct tie"]
    assert [end for bar in bars(ax) for end in bar] == pytest.approx(
        [0, 0.35, 0.15, 0.35, 0.05, 0.15, 0, 0.05]
    )
    assert numbers(ax) == ["0.350", "−0.200", "−0.100", "0.050"]


def test_without_a_direct_tie_nothing_is_left():
    ax = plot_transfer(made_transfer([0.2]))
    assert rows(ax) == ["with everybody", "Person 0", "with nobody"]
    assert bars(ax)[-1] == (0, 0)
    assert numbers(ax)[-1] == "0.000"


def test_a_direct_tie_alone_is_the_total():
    ax = plot_transfer(made_transfer([], direct=0.3))
    assert rows(ax) == ["with everybody", "the direct tie"]
    assert bars(ax) == [(0, 0.3), (0, 0.3)]


def test_diamonds_show_what_is_left_if_one_person_refuses():
    ax = plot_transfer(made_transfer([0.2, 0.1], direct=0.05))
    (diamonds,) = ax.collections
    # removals are 1.5 * 0.2 = 0.30 and 1.5 * 0.1 = 0.15 of a total of 0.35
    assert diamonds.get_offsets().tolist() == [
        [pytest.approx(0.05), 1],
        [pytest.approx(0.20), 2],
    ]
    assert "◆" in ax.get_xlabel()


def test_the_others_are_summed_in_one_bar():
    ax = plot_transfer(made_transfer([0.1] * 5, direct=0.1), most=3)
    assert rows(ax)[-2:] == ["2 others", "the direct tie"]
    assert bars(ax)[-2] == pytest.approx((0.1, 0.3))
    assert rows(plot_transfer(made_transfer([0.1] * 5), most=4))[-2] == "1 other"
    assert rows(plot_transfer(made_transfer([0.1] * 5), most=5))[-2] == "Person 4"


def test_sampled_numbers_have_whiskers_of_two_standard_errors():
    ax = plot_transfer(made_transfer([0.2, 0.1], error=0.01))
    whiskers = [group for group in ax.containers if isinstance(group, ErrorbarContainer)]
    assert len(whiskers) == 3  # the total and two people
    ends = whiskers[0].lines[2][0].get_segments()[0][:, 0]
    assert ends.tolist() == pytest.approx([0.28, 0.32])
    assert "±2 standard errors" in ax.get_xlabel()


def test_exact_numbers_have_none():
    ax = plot_transfer(made_transfer([0.2, 0.1]))
    assert not any(isinstance(group, ErrorbarContainer) for group in ax.containers)
    assert "standard error" not in ax.get_xlabel()


def test_a_truncated_total_is_called_a_lower_bound():
    ax = plot_transfer(made_transfer([0.2], error=0.01, truncated=True))
    assert "the true total is higher" in ax.get_xlabel().replace("\n", " ")


def test_the_axis_begins_at_nothing_and_the_first_bar_is_on_top():
    ax = plot_transfer(made_transfer([0.2, 0.1]))
    assert ax.get_xlim()[0] == 0
    assert ax.yaxis_inverted()


def test_numbers_stand_right_of_every_mark():
    ax = drawn(plot_transfer(made_transfer([0.2, 0.1], error=0.02)))
    farthest = max(
        [bar[1] for bar in bars(ax)]
        + [0.3 + 2 * 0.02]
        + ax.collections[-1].get_offsets()[:, 0].tolist()
    )
    left = min(text.get_window_extent().x0 for text in ax.texts)
    assert ax.transData.transform((farthest, 0))[0] < left


def test_tiny_shares_keep_their_first_digit():
    assert "−2e-04" in numbers(plot_transfer(made_transfer([0.01, 0.0002])))


def test_nothing_is_answered_in_words():
    ax = plot_transfer(made_transfer([]))
    assert ax.get_title(loc="left") == "No reputation arrives from Ana Lima at Acme"
    assert "Nothing arrives" in numbers(ax)[0]
    assert not ax.containers


def test_names_take_at_most_two_fifths_of_the_width():
    ax = drawn(plot_transfer(made_transfer([0.05] * 8, names=ODD_NAMES)))
    assert any(name.endswith("…") for name in rows(ax))
    width = ax.figure.bbox.width
    assert all(label.get_window_extent().width < 0.4 * width for label in ax.get_yticklabels())
    assert ax.get_yticklabels()[1].get_window_extent().x0 >= 0


def test_at_least_one_person_is_drawn():
    with pytest.raises(ValueError, match="most is 0"):
        plot_transfer(made_transfer([0.2]), most=0)


def intervals_of(moved, *, low=0.5, high=1.5, reason=""):
    """Intervals from half to one and a half of each number."""

    def around(value):
        return Interval(low=low * value, mean=value, high=high * value)

    return TransferIntervals(
        ask=moved.ask,
        seeker_name=moved.seeker_name,
        target_name=moved.target_name,
        total=None if reason else around(moved.total),
        carriers=()
        if reason
        else tuple(
            CarrierInterval(
                person=one.person,
                name=one.name,
                removal=around(one.removal),
                shapley=around(one.shapley),
                inflow=around(one.inflow),
                through=around(one.through),
                share_first=0.5,
            )
            for one in moved.carriers
        ),
        draws=100,
        reason=reason,
    )


def test_intervals_are_whiskers_at_the_ends_of_the_bars():
    moved = made_transfer([0.2, 0.1], error=0.01)
    ax = plot_transfer(moved, intervals=intervals_of(moved))
    whiskers = [group for group in ax.containers if isinstance(group, ErrorbarContainer)]
    ends = [one.lines[2][0].get_segments()[0][:, 0] for one in whiskers]
    total = moved.total
    left = total - moved.carriers[0].shapley
    expected = [(0.5 * total, 1.5 * total)]
    for before, carrier in ((total, moved.carriers[0]), (left, moved.carriers[1])):
        shares = 1.5 * carrier.shapley, 0.5 * carrier.shapley
        expected.append(tuple(max(0.0, before - share) for share in shares))
    assert np.array(ends) == pytest.approx(np.array(expected))
    assert "nine of ten draws of the opinions" in " ".join(ax.get_xlabel().split())
    assert "standard errors" not in ax.get_xlabel()
    assert ax.get_xlim()[1] > 1.5 * total


def test_no_interval_is_told_and_one_of_another_question_refused():
    moved = made_transfer([0.2, 0.1])
    ax = plot_transfer(moved, intervals=intervals_of(moved, reason="no_certainty"))
    assert not [group for group in ax.containers if isinstance(group, ErrorbarContainer)]
    assert "no intervals: a tie has a trust but no certainty" in ax.get_xlabel()
    other = moved.replace(ask=Ask(seeker="x", target="y"))
    with pytest.raises(ValueError, match="another question"):
        plot_transfer(moved, intervals=intervals_of(other))
