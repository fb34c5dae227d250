import pandas as pd

from trustgraph._html import card_html, table_html


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
