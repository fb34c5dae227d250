"""Names that can be drawn, cut, wrapped and placed."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trustgraph.plot._labels import Box, Spot, drawable, place_labels, readable, shorten, wrap

LATIN = frozenset(range(0x250)) | {ord("□"), ord("…")}


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("$x$ a_b <b> {0} %", "$x$ a_b <b> {0} %"),
        ("Ana\nLima\t \x00!", "Ana Lima !"),
        ("Ana 王", "Ana □"),
        ("Zoë 🚀", "Zoë □"),
        ("👍🏽 ok", "□ ok"),  # a thumb and its skin tone are one sign
        ("\u202eAna", "Ana"),
        ("", ""),
    ],
)
def test_what_no_font_can_draw_becomes_a_box_and_all_else_stays(name, shown):
    assert drawable(name, LATIN) == shown


@pytest.mark.parametrize(
    ("name", "person", "shown"),
    [
        ("Ana Lima", "ana", "Ana Lima"),
        ("王小明", "xiaoming", "xiaoming"),
        ("王小明", "王小明|Acme", "□□□"),
        ("Ana 王", "ana", "Ana □"),
        ("", 7, "7"),
    ],
)
def test_the_id_stands_in_only_for_a_name_that_is_mostly_lost(name, person, shown):
    assert readable(name, person, LATIN) == shown


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=40), st.floats(1, 30))
def test_a_shortened_text_fits_and_shows_that_it_is_cut(text, width):
    short = shorten(text, width, len)
    assert len(short) <= width
    assert short == text or short.endswith("…")


@settings(max_examples=200, deadline=None)
@given(st.text("ab -", max_size=60), st.integers(4, 20), st.integers(1, 5))
def test_wrapped_lines_fit_and_lose_no_letter_without_a_sign(text, width, lines):
    found = wrap(text, width, len, lines=lines)
    assert 1 <= len(found) <= lines
    assert all(len(line) <= width + 1 for line in found)  # and the hyphen of a torn word
    told, letters = "".join(found), "ab"
    kept = [letter for letter in told if letter in letters]
    if not told.endswith("…"):
        assert kept == [letter for letter in text if letter in letters]


@pytest.mark.parametrize(
    ("text", "width", "lines", "found"),
    [
        ("Ana Lima", 20, 2, ["Ana Lima"]),
        ("Ana Maria Lima", 9, 2, ["Ana Maria", "Lima"]),
        ("Anne-Marie Lima", 6, 3, ["Anne-", "Marie", "Lima"]),
        ("Maximiliane", 8, 2, ["Maximil-", "iane"]),
        ("王小明王小明", 4, 2, ["王小明", "王小明"]),
        ("Maximiliane", 2, 2, ["M…"]),
    ],
)
def test_lines_break_at_spaces_and_hyphens_and_tear_a_word_only_if_they_must(
    text, width, lines, found
):
    assert wrap(text, width, len, lines=lines) == found


def test_boxes_meet_if_they_share_more_than_an_edge():
    box = Box(0, 0, 2, 1)
    assert box.meets(Box(1, 0.5, 3, 2))
    assert not box.meets(Box(2, 0, 3, 1))
    assert box.holds(Box(0, 0, 1, 1))
    assert not box.holds(Box(0, 0, 3, 1))


SHEET = Box(0, 0, 300, 200)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 40))
def test_labels_never_meet_each_other_a_disc_or_the_edge(seed, count):
    rng = np.random.default_rng(seed)
    spots = [
        Spot(*(float(v) for v in rng.uniform((10, 10, 2, 20, 9), (290, 190, 9, 90, 12))))
        for _ in range(count)
    ]
    taken = [Box(0, 0, 60, 40)]
    found = place_labels(spots, inside=SHEET, taken=taken)
    boxes = [place[0] for place in found if place is not None]
    assert len(found) == count
    for number, box in enumerate(boxes):
        assert SHEET.holds(box)
        assert not box.meets(taken[0])
        assert not any(box.meets(other) for other in boxes[:number])
        for spot in spots:
            x, y, r = spot.x, spot.y, spot.radius
            assert not box.meets(Box(x - r, y - r, x + r, y + r))


def test_a_lonely_disc_has_its_label_close_by_and_outwards():
    (place,) = place_labels([Spot(200, 100, 5, 40, 10)], inside=SHEET, away_from=(150, 100))
    assert place is not None
    box, off = place
    assert not off
    assert box.left == pytest.approx(207.5)


def test_without_room_a_label_is_left_out_and_the_first_ones_go_first():
    small = Box(0, 0, 72, 12)
    spots = [Spot(5, 6, 4, 45, 10), Spot(66, 6, 4, 45, 10)]
    assert [place is None for place in place_labels(spots, inside=small)] == [False, True]


def test_labels_avoid_small_discs_where_they_can():
    crowd = np.array([[x, 100.0, 1.0] for x in range(206, 260, 2)])
    (place,) = place_labels(
        [Spot(200, 100, 5, 40, 10)], inside=SHEET, dots=crowd, away_from=(150, 100)
    )
    assert place is not None
    box = place[0]
    assert not box.bottom < 100 < box.top or box.right < 205
