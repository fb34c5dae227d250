"""Chains of recruitment among jazz musicians: who brought whom, with coupons."""

from typing import Any, Final

import numpy as np
import pandas as pd

from trustgraph._typing import LongInts
from trustgraph.datasets._home import Home, Published
from trustgraph.datasets._small_tables import numbers, small_table
from trustgraph.errors import ArchiveError

__all__ = ["load_nyjazz"]

DATA: Final = Published(
    title="the jazz musicians of New York",
    folder="rds",
    origin="the R package RDS, https://cran.r-project.org/package=RDS: "
    "write.csv(nyjazz, 'nyjazz.csv')",
    terms="LGPL-2.1; cite Heckathorn & Jeffri 2001",
    counts={
        "person": 264,
        "seed": 10,
        "linked recruit": 251,
        "unmatched recruit": 3,
        "coupon issued": 1_449,
    },
)
COUPON: Final = "coupon."
ATTRIBUTES: Final = {
    "network.size": "network_size",
    "Gender.MF.": "gender",
    "Race.WBO.": "race",
    "Age": "age",
    "Airplay.yn.": "airplay",
    "Union.yn.": "union",
}


def load_nyjazz(data_home: Home = None, *, verify: bool = True) -> pd.DataFrame:
    """Load who recruited whom in a study of jazz musicians in New York, from a local file.

    Parameters
    ----------
    data_home
        The folder that holds ``rds/nyjazz.csv`` (or that file itself), as R writes it; default:
        the folder that the environment variable TRUSTGRAPH_DATA names. Nothing is ever downloaded.
    verify
        Whether the file must hold the 264 people, 10 seeds, 251 linked and 3 unmatched recruits
        and 1,449 coupons that were published.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``person`` (whole numbers), in the order of the study:

        ============ ========================================================================
        recruiter    who handed them the coupon they came with; missing for seeds and where
                     nobody was handed that coupon
        seed         whether they came without a coupon
        chain        the person with whom their chain begins
        wave         steps from there: 0 for a seed, and for a recruit whom nothing links
        issued       coupons that were first handed to them, at most 7
        redeemed     recruits who came with one of these
        network_size musicians whom they know, NaN where unknown; gender (1 male, 2 female),
                     race (1 white, 2 black, 3 other), age in years, airplay, union (1 yes, 2
                     no) as told
        ============ ========================================================================

        In all 17.3 % of the coupons that were issued are redeemed: 251 of 1,449.

    Raises
    ------
    ArchiveError
        If no folder is named, the file is not there, or it holds something else; the message says
        where to get it.

    Notes
    -----
    Respondents are paid to recruit, so these are chains of real referrals under an incentive. A
    coupon that stands with two people counts as issued once, by the first of them; some are the
    musician's own number, with which several came. From the R package RDS (LGPL-2.1); cite [1]_.

    References
    ----------
    .. [1] Heckathorn, D. D. & Jeffri, J. (2001). Finding the beat: Using respondent-driven sampling
       to study jazz musicians. Poetics 28(4), 307-329. doi:10.1016/S0304-422X(01)80006-1

    Examples
    --------
    >>> tg.datasets.load_nyjazz("no such folder")
    Traceback (most recent call last):
        ...
    trustgraph.errors.ArchiveError: data_home names no folder that is there: 'no such folder'; ...
    """
    path = DATA.find("nyjazz.csv", data_home)
    told = small_table(path, ["id"])
    file = path.name
    lacking = [name for name in ("own.coupon", *ATTRIBUTES) if name not in told.columns]
    coupons = [name for name in told.columns if name.startswith(COUPON)]
    if lacking or not coupons:
        reason = f"there is no column {', '.join(lacking) or COUPON + '1'}"
        raise ArchiveError(reason, file=file, mend="get the file again, as R writes it")
    person = _people(told, file)
    holder = _holders(told, coupons)
    own = told["own.coupon"]
    by = np.array([holder.get(coupon, -1) for coupon in own], np.int64)
    by[by == np.arange(len(told))] = -1
    chain, wave = _chains(by, file)
    frame = pd.DataFrame(
        {
            "recruiter": pd.array([pd.NA if one < 0 else person[one] for one in by], "Int64"),
            "seed": (own == "").to_numpy(),
            "chain": person[chain],
            "wave": wave,
            "issued": np.bincount(list(holder.values()), minlength=len(told)),
            "redeemed": np.bincount(by[by >= 0], minlength=len(told)),
            **{name: numbers(told[title], file=file) for title, name in ATTRIBUTES.items()},
        }
    ).set_axis(pd.Index(person, name="person"))
    if verify:
        _verify(frame, file)
    return frame


def _people(told: pd.DataFrame, file: str) -> LongInts:
    number = numbers(told["id"], file=file)
    person = number.to_numpy().astype(np.int64)
    twice = number[number.duplicated() | (number % 1 != 0)]
    if len(twice):
        raise ArchiveError(
            "the id is not a whole number that stands there once",
            file=file,
            row=int(twice.index[0]) + 2,
            value=str(told["id"][twice.index[0]]),
            mend="get the file again, as R writes it",
        )
    return person


def _holders(told: pd.DataFrame, coupons: list[str]) -> dict[Any, int]:
    """Return coupon -> row of the first person to whom it was handed."""
    issued = told[coupons].to_numpy(dtype=object)
    rows = np.repeat(np.arange(len(told)), len(coupons))
    found: dict[Any, int] = {}
    for coupon, row in zip(issued.ravel().tolist(), rows.tolist(), strict=True):
        if coupon:
            found.setdefault(coupon, row)
    return found


def _chains(by: LongInts, file: str) -> tuple[LongInts, LongInts]:
    """Return where each chain begins, and how many steps from there."""
    n = len(by)
    begin, wave = np.arange(n), np.zeros(n, np.int64)
    for _ in range(n + 1):
        linked = by[begin] >= 0
        if not linked.any():
            return begin, wave
        wave += linked
        begin = np.where(linked, by[begin], begin)
    mend = "get the file again, as R writes it"
    raise ArchiveError("people recruited each other in a circle", file=file, mend=mend)


def _verify(frame: pd.DataFrame, file: str) -> None:
    linked = int(frame["recruiter"].notna().sum())
    seeds = int(frame["seed"].sum())
    found = {
        "person": len(frame),
        "seed": seeds,
        "linked recruit": linked,
        "unmatched recruit": len(frame) - seeds - linked,
        "coupon issued": int(frame["issued"].sum()),
    }
    DATA.check(file, found)
