"""What stands in the diagram of found introductions."""

import matplotlib.pyplot as plt
import pytest
from matplotlib.patches import FancyBboxPatch, Polygon

from trustgraph.introductions import NearestMiss
from trustgraph.plot import plot_introductions

from helpers.pictures import (
    LONG,
    ODD_NAMES,
    drawn,
    five_paths,
    made_introductions,
    made_path,
    texts_of,
)


def told(ax):
    return [text.get_text() for text in ax.texts]


def boxes(ax):
    return [patch for patch in ax.patches if isinstance(patch, FancyBboxPatch)]


def styles(ax):
    """Line styles of the steps, without those of the key."""
    heads = [patch for patch in ax.patches if isinstance(patch, Polygon)]
    return [line.get_linestyle() for line in ax.lines[-len(heads) :]]


def test_one_path_is_three_boxes_two_numbered_steps_and_a_score():
    ax = plot_introductions(made_introductions(made_path(["Ana", "Ben", "Hana"], [0.63, 0.71])))
    assert ax.get_title(loc="left") == "Introductions from Ana to Hana"
    assert len(boxes(ax)) == 3
    assert {"Ana", "Ben", "Hana", "0.63", "0.71", "1", "score", "0.45"} <= set(told(ax))
    assert styles(ax) == ["-", "-"]


def test_people_in_neighbouring_lanes_are_drawn_once():
    ax = plot_introductions(five_paths())
    # Ana and Acme once; Ben for the first two paths and once more in the fourth; Kofi, Jun, Mara,
    # then Jun and Kofi again in the fourth: no box has them as a neighbour.
    names = [text.split("\n")[0] for text in told(ax)]
    assert [names.count(name) for name in ("Ana", "Acme", "Ben", "Kofi", "Jun", "Mara")] == (
        [1, 1, 2, 2, 2, 1]
    )
    assert len(boxes(ax)) == 9
    assert told(ax).count("also below") == 3
    assert told(ax).count("also above") == 3


def test_the_weakest_step_of_each_path_is_named_unless_it_is_the_only_one():
    assert told(plot_introductions(five_paths())).count("weakest") == 4


def test_where_the_word_has_no_room_a_sign_marks_the_weakest_step():
    _, ax = plt.subplots(figsize=(3, 3))
    plot_introductions(five_paths(), ax=ax)
    assert told(ax).count("▼") == 4
    assert any("▼ weakest step" in text.replace("\n", " ") for text in told(ax))


def test_inferred_steps_are_dashed_and_assumed_ones_dotted():
    path = made_path(["Ana", "Ben", "Kofi", "Acme"], [0.6, 0.3, 0.9], inferred=[1], assumed=[2])
    ax = plot_introductions(made_introductions(path))
    assert styles(ax) == ["-", "--", ":"]
    assert {"on record", "inferred", "assumed"} <= set(told(ax))


def test_where_all_is_on_record_there_is_no_key():
    ax = plot_introductions(made_introductions(made_path(["Ana", "Ben", "Hana"], [0.6, 0.7])))
    assert "on record" not in told(ax)


def test_paths_with_inferred_ties_stand_under_a_warning():
    ax = plot_introductions(five_paths())
    (warning,) = (text for text in ax.texts if "inferred tie" in text.get_text())
    heights = sorted(text.get_position()[1] for text in ax.texts if text.get_text() in "12345")
    assert heights[0] < warning.get_position()[1] < heights[1]


def test_a_block_of_inferred_ties_alone_has_its_warning_too():
    ax = plot_introductions(made_introductions(made_path(["Ana", "Bo"], [0.4], inferred=[0])))
    assert any("inferred tie" in text for text in told(ax))


def test_only_the_best_paths_are_drawn_and_the_others_counted():
    paths = [made_path(["Ana", f"P{i}", "Acme"], [0.5, 0.4], rank=i + 1) for i in range(7)]
    ax = plot_introductions(made_introductions(*paths), most=2)
    assert {"P0", "P1"} <= set(told(ax))
    assert "P2" not in told(ax)
    assert any("5 more not drawn" in text for text in told(ax))


def test_equal_scores_show_the_rank_they_share():
    paths = [made_path(["Ana", name, "Acme"], [0.5, 0.4], rank=1) for name in ("Bo", "Cy")]
    assert told(plot_introductions(made_introductions(*paths))).count("1") == 2


def test_the_range_of_a_score_is_shown_where_there_is_one():
    names = ["Ana", "Ben", "Hana"]
    with_range = plot_introductions(made_introductions(made_path(names, [0.8, 0.5])))
    without = plot_introductions(made_introductions(made_path(names, [0.8, 0.5], interval=False)))
    assert "0.20–0.40" in told(with_range)
    assert not any("–" in text for text in told(without))


@pytest.mark.parametrize(
    ("score", "shown"),
    [(1.0, "1.00"), (0.0, "0.00"), (0.0096, "0.01"), (0.004, "0.004"), (0.00002, "<0.0001")],
)
def test_small_numbers_keep_their_first_digit(score, shown):
    ax = plot_introductions(made_introductions(made_path(["Ana", "Bo"], [score], interval=False)))
    assert told(ax).count(shown) == 2  # the step and the score


def test_width_grows_with_the_factor():
    ax = plot_introductions(made_introductions(made_path(["Ana", "Ben", "Hana"], [0.2, 0.9])))
    weak, strong = (line.get_linewidth() for line in ax.lines[-2:])
    assert weak < strong


def test_no_path_is_answered_in_words():
    miss = NearestMiss(path=("a", "b"), names=("Ana Lima", "Ben"), lacking="a sign of trust")
    empty = made_introductions(
        reason="no_evidence_of_trust", nearest_misses=(miss,), contacts_at_target=("Hana Mori",)
    )
    ax = plot_introductions(empty)
    assert ax.get_title(loc="left") == "No introduction from Ana Lima to Acme"
    (text,) = (text.replace("\n", " ") for text in told(ax))
    assert "A bare connection is not a relationship" in text
    assert "Hana Mori" in text
    assert "a sign of trust" in text


def test_no_path_at_all_can_be_asked_for():
    with pytest.raises(ValueError, match="most is 0"):
        plot_introductions(five_paths(), most=0)


@pytest.mark.parametrize("names", [None, [*ODD_NAMES[:5], LONG]], ids=["short", "odd"])
def test_names_stay_in_their_boxes_and_numbers_out_of_them(names):
    ax = drawn(plot_introductions(five_paths(names) if names else five_paths()))
    frames = [box.get_window_extent() for box in boxes(ax)]
    for text, extent in texts_of(ax).items():
        within = [f for f in frames if f.x0 < extent.x1 and extent.x0 < f.x1]
        within = [f for f in within if f.y0 < extent.y1 and extent.y0 < f.y1]
        if text.get_zorder() == 4:  # a name, or where else it stands
            (frame,) = within
            assert frame.x0 - 1 <= extent.x0
            assert extent.x1 <= frame.x1 + 1
            assert frame.y0 - 1 <= extent.y0
            assert extent.y1 <= frame.y1 + 1
        elif "inferred tie" not in text.get_text():
            assert not within, text.get_text()


def test_a_long_name_is_cut_with_a_sign():
    ax = plot_introductions(made_introductions(made_path(["Ana", 3 * LONG, "Hana"], [0.5, 0.5])))
    assert any(text.startswith("Maximiliane") and text.endswith("…") for text in told(ax))


def test_a_name_that_no_font_can_draw_gives_way_to_the_id():
    path = made_path(["Ana", "王小明", "Hana"], [0.5, 0.5])
    path = path.replace(path=("ana", "xiaoming-wang", "hana"))
    assert "xiaoming-wang" in [
        t.replace("-\n", "") for t in told(plot_introductions(made_introductions(path)))
    ]
