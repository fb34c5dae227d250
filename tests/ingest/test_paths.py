"""Paths as archives write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustgraph.ingest.members import Notes
from trustgraph.ingest.paths import fault_of, note_alike, plain_path, shown

NAMES = st.text(
    st.characters(codec="utf-8") | st.sampled_from("/\\.:\0\u202e\udce9é\u0301"), max_size=20
)


@pytest.mark.parametrize(
    ("path", "plain"),
    [
        ("a/b.csv", "a/b.csv"),
        ("./a//b/./c.csv", "a/b/c.csv"),
        ("a\\b.csv", "a/b.csv"),
        ("a/../b.csv", "a/../b.csv"),
        ("//a/b.csv", "//a/b.csv"),
        (".", ""),
    ],
)
def test_a_path_is_written_plainly(path, plain):
    assert plain_path(path) == plain


@given(NAMES)
def test_a_path_without_fault_stays_inside_and_can_be_shown(name):
    path = plain_path(name)
    assert plain_path(path) == path
    if not fault_of(path, 100):
        assert not path.startswith("/")
        assert ".." not in path.split("/")
        assert path[1:2] != ":" or not path[0].isascii() or not path[0].isalpha()
        assert shown(path) == path
        assert path.encode("utf-8")


@given(NAMES)
def test_what_is_shown_holds_nothing_that_misleads(name):
    text = shown(name)
    assert text.encode("utf-8") or not name
    assert not set(text) & set("\0\n\r\x1b\x7f\x85\u2028\u2029\u202a\u202e\u2066\u2069")


def test_a_long_path_is_shown_by_its_ends():
    assert shown("a" * 300 + "b") == "a" * 100 + "…" + "a" * 99 + "b"
    assert shown("a" * 200) == "a" * 200


def test_letters_of_every_alphabet_and_pictures_are_no_fault():
    for path in ("Жизнь/é.csv", "日本語.csv", "👩\u200d💻.html", "שלום\u200f.csv", "ab: c.csv"):
        assert fault_of(path, 100) == ""


def test_only_names_that_are_one_elsewhere_are_said():
    notes = Notes("a.zip")
    note_alike(["a.csv", "b.csv", "A.csv", "x/a.csv", "ä.csv"], notes)
    assert [(note.file, note.value, note.level) for note in notes.told()] == [
        ("A.csv", "a.csv", "warning")
    ]
