"""Posts, comments and reactions: dates and nothing else, unless texts are kept."""

import pytest

from trustgraph.errors import RecordError

from helpers.linkedin_files import balance, reasons, table
from helpers.linkedin_life import everything, facts, read, texts

SHARES = "Date,ShareLink,ShareCommentary,SharedURL,MediaURL,Visibility"
AT = "2025-12-06 10:05:49"
SAID = "a word in secret"


@pytest.mark.parametrize("header", [SHARES, SHARES.replace("URL", "Url")])
@pytest.mark.parametrize("name", ["Shares.csv", "Shares_12345678.csv", "Shares_12345678_1.csv"])
def test_posts_are_dates(tmp_path, header, name):
    rows = [{"Date": AT, "ShareLink": "x", "ShareCommentary": SAID}, {"Date": AT[:4]}]
    net = read(tmp_path, {name: table(header, rows)})
    assert facts(net, "share") == [("ana", "", "", "2025-12-06", "")]
    assert balance(net.report)[name] == (2, 1, 1)
    assert "secret" not in everything(net)
    assert net.texts.empty


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_comments_are_dates(tmp_path, end):
    text = table("Date,Link,Message", [{"Date": AT, "Message": SAID}]).replace("\n", end)
    net = read(tmp_path, {"Comments_12345678.csv": text})
    assert facts(net, "comment") == [("ana", "", "", "2025-12-06", "")]
    assert "secret" not in everything(net)


def test_reactions_are_dates_whatever_they_are(tmp_path):
    rows = [{"Date": AT, "Type": "LIKE"}, {"Date": "2025-12-07 10:05:49", "Type": "PRAISE"}]
    net = read(tmp_path, {"Reactions.csv": table("Date,Type,Link", rows)}, keep_text=True)
    assert facts(net, "reaction") == [
        ("ana", "", "", "2025-12-06", ""),
        ("ana", "", "", "2025-12-07", ""),
    ]
    assert "LIKE" not in everything(net)
    assert net.texts.empty


def test_a_torn_row_shows_none_of_its_words(tmp_path):
    files = {"Comments.csv": f"Date,Link,Message\n{AT},x,one\n{SAID}\n"}
    net = read(tmp_path, files)
    # Line breaks that nobody quoted are mended by the reader of tables where it can.
    assert balance(net.report)["Comments.csv"][1] == 1
    assert "secret" not in everything(net)


def test_a_torn_post_is_an_error_without_its_words_where_that_is_asked_for(tmp_path):
    files = {"Shares.csv": f"{SHARES}\n{SAID}\n"}
    assert sum(reasons(read(tmp_path, files), "Shares.csv").values()) == 1
    with pytest.raises(RecordError, match=r"Shares\.csv, row 2") as caught:
        read(tmp_path, files, strict=True)
    assert "secret" not in str(caught.value)


def test_words_are_kept_where_the_user_asks_for_them(tmp_path):
    files = {
        "Shares.csv": table(SHARES, [{"Date": AT, "ShareCommentary": "one"}, {"Date": AT}]),
        "Comments.csv": table("Date,Link,Message", [{"Date": AT, "Message": "two"}]),
    }
    net = read(tmp_path, files, keep_text=True)
    assert texts(net) == [("comment", "ana", "", "two"), ("share", "ana", "", "one")]
    assert set(net.texts["at"].dt.strftime("%Y-%m-%d %H:%M:%S")) == {AT}
    assert set(net.texts["origin"]) == {"ana"}
