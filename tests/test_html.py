import pandas as pd
import pytest

from trustgraph._html import card_html, shown, table_html


def test_every_cell_title_and_line_is_escaped():
    bad = "<script>alert('x')</script>"
    frame = pd.DataFrame({bad: [bad], "path": [(bad, "b & c")], "number": [0.123456]})
    html = card_html(bad, table_html(frame), lines=[bad])
    assert "<script" not in html
    assert html.count("&lt;script&gt;") == 5
    assert "b &amp; c" in html
    assert "0.123" in html


def test_long_tables_are_cut_and_counted():
    html = table_html(pd.DataFrame({"n": range(25)}), most=20)
    assert html.count("<tr>") == 21
    assert "and 5 more rows" in html


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Ana Lima", "Ana Lima"),
        ("two\nlines\ttab\x00nul\x1b[31m", "two lines tabnul[31m"),
        ("exe\u202egnp.ana\u2067", "exegnp.ana"),
        ("half \ud83d character", "half \ufffd character"),
        ("a" + "\u0301" * 30 + "b\u0301", "a" + "\u0301" * 4 + "b\u0301"),
        ("👩‍👩‍👧 אביגיל محمد 王小明", "👩‍👩‍👧 אביגיל محمد 王小明"),
        ("a\u2028b\u2029c\x85d", "a b c d"),
    ],
)
def test_a_text_stays_in_its_line_and_keeps_its_direction(text, line):
    assert shown(text) == line
    shown(text).encode("utf-8")


def test_names_in_a_way_do_not_turn_it_around():
    frame = pd.DataFrame({"path": [("Ana", "אביגיל", "<b>")]})
    assert "<td><bdi>Ana</bdi> → <bdi>אביגיל</bdi> → <bdi>&lt;b&gt;</bdi></td>" in table_html(frame)
