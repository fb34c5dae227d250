import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trustgraph.datasets import load_collegemsg, load_contacts
from trustgraph.errors import ArchiveError, RecordError

from helpers.published import published


@pytest.fixture
def read(tmp_path):
    def of(text, **options):
        path = tmp_path / "contacts.txt"
        path.write_text(text)
        return load_contacts(path, **options)

    return of


def reasons(frame):
    report = pd.DataFrame(frame.attrs["report"])
    report = report[report["row"] > 0]
    return dict(zip(report["row"], report["reason"], strict=True))


@pytest.mark.parametrize(
    "text",
    [
        "1 2 100\n2 1 200\n1 2 300\n",
        "1 2 1 100\n2 1 1 200\n1 2 1 300\n",
        "% sym weighted\n1\t2\t1\t100\n2\t1\t1\t200\n1\t2\t1\t300\n",
        "Sender,Recipient,Timestamp\n1,2,100\n2,1,200\n1,2,300\n",
        "time;from;to\n100;1;2\n200;2;1\n300;1;2\n",
    ],
)
def test_contacts_are_events_and_none_is_left_out(read, text):
    frame = read(text, strict=True)
    assert frame.to_numpy().tolist() == [[1, 2, 100], [2, 1, 200], [1, 2, 300]]
    assert [str(kind) for kind in frame.dtypes] == ["int64", "int64", "float64"]


def test_the_user_names_the_columns_of_a_file_that_begins_with_the_time(read):
    frame = read("31220 1558 1567\n31220 1560 1570\n", columns=["time", "source", "target"])
    assert frame.to_numpy().tolist() == [[1558, 1567, 31220.0], [1560, 1570, 31220.0]]


def test_contacts_with_oneself_and_without_a_time_are_told(read):
    frame = read("from,to,at\nana,bo,2026-01-01\nbo,bo,2026-01-02\nbo,ana,soon\nbo,ana,\n")
    assert frame[["source", "target"]].to_numpy().tolist() == [["ana", "bo"]]
    assert reasons(frame) == {
        3: "not used: a contact with oneself",
        4: "not used: the time cannot be read",
        5: "not used: the time cannot be read",
    }


@pytest.mark.parametrize("row", ["bo,bo,5", "bo,ana,soon", "bo,ana,"])
def test_strict_stops_at_the_first_bad_row(read, row):
    with pytest.raises(RecordError, match="contacts.txt, row 3"):
        read(f"from,to,at\nana,bo,5\n{row}\n", strict=True)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("1 2\n", "its columns cannot be told"),
        ("source,target,rating\n1,2,3\n", "there is no column time"),
        ("1,1,5\n", "no row can be used as a contact.*oneself"),
        ("", "holds no rows"),
    ],
)
def test_a_file_that_is_none_of_contacts_is_refused_with_a_reason(read, text, reason):
    with pytest.raises(ArchiveError, match=reason):
        read(text)


@settings(max_examples=30)
@given(
    rows=st.lists(
        st.tuples(st.integers(0, 5), st.integers(6, 9), st.integers(0, 10**10)),
        min_size=1,
        max_size=20,
    )
)
def test_what_is_written_is_read(rows, tmp_path_factory):
    path = tmp_path_factory.mktemp("told") / "contacts.txt"
    path.write_text("".join(f"{one} {other} {time}\n" for one, other, time in rows))
    assert load_contacts(path, strict=True).to_numpy().tolist() == [
        list(map(float, r)) for r in rows
    ]


def test_collegemsg_is_as_published():
    home = published("collegemsg/CollegeMsg.txt")
    contacts = load_collegemsg(home)
    assert len(contacts) == 59_835
    days = pd.to_datetime(contacts["time"], unit="s")
    assert [str(day.date()) for day in (days.min(), days.max())] == ["2004-04-15", "2004-10-26"]


def test_another_file_is_told_by_its_counts(tmp_path):
    (tmp_path / "CollegeMsg.txt").write_text("1 2 100\n1 2 200\n")
    with pytest.raises(ArchiveError, match="found 2 people, 2 contacts and 1 pair;"):
        load_collegemsg(tmp_path)
    assert len(load_collegemsg(tmp_path, verify=False)) == 2
