import pandas as pd
import pytest

from trustgraph.datasets import load_nyjazz
from trustgraph.errors import ArchiveError

from helpers.published import published

TITLES = (
    "id own.coupon coupon.1 coupon.2 network.size Gender.MF. Race.WBO. Age Airplay.yn. Union.yn."
)
ROWS = """
1 NA   a1 a2 350 1 1 40 1 1
2 NA   b1 b1 NA  1 2 NA 1 2
3 a1   c1 c2 100 2 1 30 1 1
4 c2   d1 a2 100 2 1 30 1 1
5 a2   NA NA 100 2 1 30 1 1
6 zz   e1 e2 100 2 1 30 1 1
7 g1   g1 g2 100 2 1 30 1 1
"""


@pytest.fixture
def load(tmp_path):
    def of(rows=ROWS, titles=TITLES):
        lines = ["," + titles.replace(" ", ",")]
        lines += ["1," + ",".join(row.split()) for row in rows.strip().splitlines()]
        (tmp_path / "nyjazz.csv").write_text("\n".join(lines))
        return load_nyjazz(tmp_path, verify=False)

    return of


def test_recruiters_are_found_by_coupon(load):
    frame = load()
    assert frame.index.name == "person"
    assert frame["recruiter"].astype(object).where(frame["recruiter"].notna(), None).tolist() == [
        None,
        None,
        1,
        3,
        1,  # the coupon a2 was handed to 1 before it was to 4
        None,
        None,  # nobody recruits themselves
    ]
    assert frame["seed"].tolist() == [True, True, False, False, False, False, False]
    assert frame["chain"].tolist() == [1, 2, 1, 1, 1, 6, 7]
    assert frame["wave"].tolist() == [0, 0, 1, 2, 1, 0, 0]
    assert frame["issued"].tolist() == [2, 1, 2, 1, 0, 2, 2]
    assert frame["redeemed"].tolist() == [2, 0, 1, 0, 0, 0, 0]
    assert frame["network_size"].isna().tolist() == [False, True] + [False] * 5
    assert frame["age"].tolist()[:1] == [40.0]


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ("1 b a NA 1 1 1 1 1 1\n2 a b NA 1 1 1 1 1 1", "in a circle"),
        ("1 NA a b 1 1 1 1 1 1\n1 a c NA 1 1 1 1 1 1", "row 3: the id is not a whole number"),
        ("1.5 NA a b 1 1 1 1 1 1", "the id is not a whole number.*'1.5'"),
        ("x NA a b 1 1 1 1 1 1", "id is no number: 'x'"),
        ("NA NA a b 1 1 1 1 1 1", "there is no id"),
        ("1 NA a b many 1 1 1 1 1", "network.size is no number: 'many'"),
    ],
)
def test_a_spoilt_file_is_told(load, rows, reason):
    with pytest.raises(ArchiveError, match=f"nyjazz.csv.*{reason}"):
        load(rows)


@pytest.mark.parametrize("title", ["own.coupon", "network.size", "id"])
def test_a_lacking_column_is_named(load, title):
    with pytest.raises(ArchiveError, match=f"there is no column {title}"):
        load(titles=TITLES.replace(title, "other", 1))


def test_a_file_without_coupons_is_told(load):
    with pytest.raises(ArchiveError, match="there is no column coupon.1"):
        load(titles=TITLES.replace(" coupon.", " paper."))


def test_another_file_is_told_by_its_counts(load, tmp_path):
    load()
    with pytest.raises(ArchiveError, match="found 7 people, 2 seeds, 3 linked recruits, 2 unm"):
        load_nyjazz(tmp_path)


def test_nyjazz_is_as_published():
    frame = load_nyjazz(published("rds/nyjazz.csv"))
    assert len(frame) == 264
    assert frame["seed"].sum() == 10
    assert frame["recruiter"].notna().sum() == 251
    assert frame["issued"].sum() == 1_449
    assert round(100 * frame["redeemed"].sum() / frame["issued"].sum(), 1) == 17.3
    assert frame["wave"].max() == 11
    linked = frame[frame["recruiter"].notna()]
    before = frame.loc[linked["recruiter"].astype(int), "wave"].to_numpy()
    assert (linked["wave"].to_numpy() == before + 1).all()
    assert isinstance(frame.index, pd.Index)
