import gzip

import pytest

import trustgraph as tg
from trustgraph.datasets import load_bitcoin_otc, load_collegemsg
from trustgraph.datasets._home import VARIABLE
from trustgraph.errors import ArchiveError

ROWS = "6,2,4,1289241911.7\n6,5,2,1289241941.5\n"


@pytest.fixture(autouse=True)
def _no_folder_is_named(monkeypatch):
    monkeypatch.delenv(VARIABLE, raising=False)


@pytest.mark.parametrize(
    "place",
    ["bitcoin_otc/soc-sign-bitcoinotc.csv", "soc-sign-bitcoinotc.csv"],
)
@pytest.mark.parametrize("packed", [False, True])
def test_a_file_is_found_in_its_folder_or_beside_it_packed_or_not(tmp_path, place, packed):
    path = tmp_path / (place + ".gz" * packed)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(gzip.compress(ROWS.encode()) if packed else ROWS.encode())
    assert load_bitcoin_otc(tmp_path, verify=False)["rating"].tolist() == [4.0, 2.0]


def test_the_environment_names_the_folder_unless_the_call_does(tmp_path, monkeypatch):
    (tmp_path / "soc-sign-bitcoinotc.csv").write_text(ROWS)
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    assert len(load_bitcoin_otc(verify=False)) == 2
    (tmp_path / "empty").mkdir()
    with pytest.raises(ArchiveError, match="is not there"):
        load_bitcoin_otc(tmp_path / "empty", verify=False)


@pytest.mark.parametrize("value", [None, "", "  "])
def test_without_a_folder_the_error_says_where_to_get_the_file(monkeypatch, value):
    if value is not None:
        monkeypatch.setenv(VARIABLE, value)
    with pytest.raises(ArchiveError) as raised:
        load_bitcoin_otc()
    text = str(raised.value)
    for part in ("data_home=", VARIABLE, "https://snap.stanford.edu", "cite Kumar", "downloaded"):
        assert part in text
    assert "bitcoin_otc/soc-sign-bitcoinotc.csv" in text


def test_a_missing_file_is_named_with_its_place_and_its_terms(tmp_path):
    with pytest.raises(ArchiveError) as raised:
        load_collegemsg(tmp_path)
    text = str(raised.value)
    assert text.startswith("collegemsg/CollegeMsg.txt: the file of CollegeMsg is not there")
    assert "https://snap.stanford.edu/data/CollegeMsg.html" in text
    assert "Panzarasa" in text


def test_a_folder_that_is_not_there_is_named(tmp_path, monkeypatch):
    with pytest.raises(ArchiveError, match="data_home names no folder"):
        load_bitcoin_otc(tmp_path / "nowhere")
    monkeypatch.setenv(VARIABLE, str(tmp_path / "nowhere"))
    with pytest.raises(ArchiveError, match=f"{VARIABLE} names no folder.*nowhere"):
        load_bitcoin_otc()


def test_another_file_is_told_by_its_counts(tmp_path):
    (tmp_path / "soc-sign-bitcoinotc.csv").write_text(ROWS)
    with pytest.raises(ArchiveError) as raised:
        load_bitcoin_otc(tmp_path)
    text = str(raised.value)
    assert "expected 5,881 people and 35,592 ratings, found 3 people and 2 ratings" in text
    assert "verify=False" in text


def test_a_number_is_no_folder():
    with pytest.raises(TypeError, match="data_home is 5; name the folder"):
        tg.datasets.load_bitcoin_otc(5)
