"""Lanes: columns from left to right, neighbours merged, blocks apart."""

import pytest

from trustgraph.plot._labels import Box
from trustgraph.plot._lanes import kinds_of, lay_out, wanted_width

from helpers.pictures import five_paths, made_path

AREA = Box(0, 30, 640, 350)


def test_seeker_and_target_span_all_lanes():
    lanes = lay_out(five_paths().items, AREA)
    seeker = next(place for place in lanes.places if place.column == 0)
    target = next(place for place in lanes.places if place.column == -1)
    assert seeker.lanes == target.lanes == (0, 4)
    assert seeker.box.left < target.box.left


def test_introducers_stand_in_one_column_and_boxes_do_not_overlap():
    lanes = lay_out(five_paths().items, AREA)
    assert len({place.box.left for place in lanes.places if place.column == 1}) == 1
    for number, place in enumerate(lanes.places):
        assert AREA.holds(place.box)
        assert not any(place.box.meets(other.box) for other in lanes.places[:number])


def test_steps_run_from_box_to_box():
    lanes = lay_out(five_paths().items, AREA)
    edges = {round(place.box.right, 6) for place in lanes.places}
    starts = {round(place.box.left, 6) for place in lanes.places}
    assert {round(arrow.start, 6) for arrow in lanes.arrows} <= edges
    assert {round(arrow.end, 6) for arrow in lanes.arrows} <= starts
    assert all(arrow.start < arrow.end for arrow in lanes.arrows)


def test_intermediaries_are_not_merged_across_blocks():
    paths = [
        made_path(["A", "B", "C"], [0.5, 0.4]),
        made_path(["A", "B", "C"], [0.5, 0.3], inferred=[1]),
    ]
    lanes = lay_out(paths, AREA)
    assert [place.lanes for place in lanes.places if place.column == 1] == [(0, 0), (1, 1)]
    assert [place.lanes for place in lanes.places if place.column == 0] == [(0, 1)]


def test_targets_that_differ_have_boxes_of_their_own():
    paths = [made_path(["A", "B", "C"], [0.5, 0.4]), made_path(["A", "B", "D"], [0.5, 0.3])]
    names = [place.name for place in lay_out(paths, AREA).places if place.column == -1]
    assert names == ["C", "D"]


def test_lanes_stand_in_order_and_one_lane_in_the_middle():
    middles = lay_out(five_paths().items, AREA).middles
    assert list(middles) == sorted(middles, reverse=True)
    (only,) = lay_out([made_path(["A", "B"], [0.5])], AREA).middles
    assert only == pytest.approx((AREA.bottom + AREA.top) / 2)


def test_the_kind_of_a_step_is_told():
    path = made_path(["A", "B", "C", "D"], [0.5, 0.5, 0.5], inferred=[0, 2], assumed=[2])
    assert kinds_of(path) == ["inferred", "on record", "assumed"]


def test_longer_paths_want_more_width():
    short, long = made_path(["A", "B"], [0.5]), made_path(["A", "B", "C"], [0.5, 0.5])
    assert wanted_width([short, long]) > wanted_width([short])
