"""Recall learnt from a network's own past, with what is known about how well."""

from collections.abc import Sequence
from math import isnan
from typing import Final

import numpy as np
import pandas as pd

from trustgraph._html import card_html, table_html
from trustgraph._text import counted
from trustgraph._typing import Bools, Floats, LongInts
from trustgraph.models.network import Network
from trustgraph.models.result import ResultModel
from trustgraph.trust.evidence_table import EvidenceTable
from trustgraph.trust.recall import RecallModel, contact_strength
from trustgraph.trust.recall_learn import (
    LEAST,
    NUMBERS,
    Learning,
    changed,
    learn,
    learn_from,
    numbers_of,
)
from trustgraph.trust.recall_past import TODAY, Past, When, Window
from trustgraph.trust.recall_rows import Rows

__all__ = ["LearntNumber", "RecallFit", "equal_count_bins", "equal_count_ece", "fit_recall"]

FIT_COLUMNS: Final = ("prior", "value", "low", "high")
LEVEL: Final = 0.95
SURE: Final = 1e-15
BINS: Final = 10


class LearntNumber(ResultModel):
    """One number of recall before and after learning, at the horizon of the windows.

    Parameters
    ----------
    name
        ``theta``, ``slope``, ``decay``, ``silence``, ``loss`` or ``incoming``.
    prior, value
        Before and after.
    low, high
        Ends of its interval; None if it was not learnt.

    Examples
    --------
    >>> tg.trust.LearntNumber(name="theta", prior=0.3, value=0.5, low=0.4, high=0.6).value
    0.5
    """

    name: str
    prior: float
    value: float
    low: float | None = None
    high: float | None = None


class RecallFit(ResultModel):
    """Recall that was learnt from the past, and how much better it foresaw a window not used.

    Parameters
    ----------
    model, prior
        The model after and before.
    horizon_days
        Length of the windows.
    windows
        How many closed windows were learnt from.
    rows
        Ordered pairs in them about which the model says anything.
    again
        Share of these in which the source acted within the window, in [0, 1].
    numbers
        What was learnt.
    level
        Share of cases in which the intervals should hold the number.
    tested
        Pairs of the newest window, foreseen by what the older windows say; 0 if these are too few.
    log_loss_prior, log_loss
        Mean of -ln(chance given to what happened) on these, before and after learning; None if
        there was no test.
    ece_prior, ece
        Expected calibration error on these, of ten bins of equal numbers; None without a test.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> ends = rng.permuted(np.tile(np.arange(20), (600, 1)), axis=1)[:, :2]
    >>> contacts = pd.DataFrame(ends, columns=["source", "target"])
    >>> contacts["time"] = np.sort(rng.uniform(0, 90 * 86400, 600))
    >>> fit = tg.trust.fit_recall(contacts, horizon_days=14)
    >>> fit.windows, fit.log_loss < fit.log_loss_prior
    (4, True)
    """

    model: RecallModel
    prior: RecallModel
    horizon_days: float
    windows: int
    rows: int
    again: float
    numbers: tuple[LearntNumber, ...]
    level: float = LEVEL
    tested: int = 0
    log_loss_prior: float | None = None
    log_loss: float | None = None
    ece_prior: float | None = None
    ece: float | None = None

    def to_frame(self) -> pd.DataFrame:
        """Return the numbers.

        Returns
        -------
        pandas.DataFrame
            Indexed by ``number``: ``prior``, ``value``, ``low`` and ``high``, the last two NaN
            where a number was not learnt.
        """
        cells = [[getattr(one, name) for name in FIT_COLUMNS] for one in self.numbers]
        index = pd.Index([one.name for one in self.numbers], name="number", dtype="str")
        return pd.DataFrame(cells, index=index, columns=list(FIT_COLUMNS), dtype=np.float64)

    def explain(self) -> str:
        """Return in plain sentences what was learnt, and how well."""
        return "\n".join(self._lines())

    def _repr_html_(self) -> str:
        table = table_html(self.to_frame().reset_index())
        return card_html("Recall, learnt from the past", table, lines=self._lines())

    def _lines(self) -> list[str]:
        half = next(one for one in self.numbers if one.name == "theta")
        told = [
            (
                f"In the last {counted(self.windows, 'closed window')} of {self.horizon_days:g} "
                f"days, {self.again:.1%} of {counted(self.rows, 'pair')} were in contact again."
            ),
            (
                f"An even chance now needs a strength of contact of {half.value:.3g} "
                f"({half.prior:.3g} before)."
            ),
        ]
        if self.log_loss is None or self.log_loss_prior is None:
            return [*told, "There was too little to try it on a window that was not used."]
        verdict = "better" if self.log_loss < self.log_loss_prior else "no better"
        return [
            *told,
            (
                f"Tried on the newest window, learnt from the older ones, it foresaw "
                f"{counted(self.tested, 'pair')} {verdict} than before: log loss "
                f"{self.log_loss:.4f} against {self.log_loss_prior:.4f}."
            ),
            "Contact is not thinking of somebody: no record observes that.",
        ]


def fit_recall(
    past: Past,
    *,
    horizon_days: float = 30.0,
    windows: int = 4,
    learn: Sequence[str] | None = None,
    prior: RecallModel | None = None,
    as_of: When = None,
    evidence: EvidenceTable | None = None,
) -> RecallFit:
    """Learn recall from the past of a network, and try it on a window that was not used.

    Parameters
    ----------
    past, horizon_days, windows, learn, prior, as_of
        As for `RecallModel.fit`.
    evidence
        What the kinds of evidence of a network say; default: `EvidenceTable()`.

    Returns
    -------
    RecallFit
        Its ``model`` is what `RecallModel.fit` returns.

    Raises
    ------
    ValueError
        If there is too little to learn from, or something is out of range.
    TypeError
        If the past is neither a network nor a table.

    Notes
    -----
    Penalised likelihood: half a squared distance from the prior, in units of how far communities
    differ, is taken off the logarithm of the likelihood. Little data changes little.

    Examples
    --------
    >>> fit = tg.trust.fit_recall(tg.datasets.load_office())
    >>> print(fit.explain().splitlines()[0])
    In the last 4 closed windows of 30 days, 22.8% of 92 pairs were in contact again.
    >>> model = tg.TrustModel(recall=fit.model)
    """
    usual = RecallModel() if isinstance(past, Network) else RecallModel.full_record()
    found = learn_from(
        past,
        prior or usual,
        horizon_days=horizon_days,
        windows=windows,
        names=learn,
        as_of=as_of,
        evidence=evidence,
    )
    rows = Rows.of(found.windows, found.start)
    told = rows.told(found.start)
    return RecallFit(
        model=found.model,
        prior=prior or usual,
        horizon_days=horizon_days,
        windows=len(found.windows),
        rows=int(told.sum()),
        again=float(rows.again[told].mean()),
        numbers=_numbers(found),
        **_tried(found),
    )


def _numbers(found: Learning[RecallModel]) -> tuple[LearntNumber, ...]:
    start, learnt = found.start, found.learnt
    return tuple(
        LearntNumber(
            name=name,
            prior=float(prior),
            value=float(value),
            low=None if isnan(low) else float(low),
            high=None if isnan(high) else float(high),
        )
        for name, prior, value, low, high in zip(
            NUMBERS, numbers_of(start), learnt.values, learnt.low, learnt.high, strict=True
        )
    )


def _tried(found: Learning[RecallModel]) -> dict[str, float]:
    """Return how well the older windows foresee the newest, before and after learning."""
    newest, *older = found.windows
    if not older:
        return {}
    rows = Rows.of(older, found.start)
    again = rows.again[rows.told(found.start)]
    if min(again.sum(), (~again).sum()) < LEAST:
        return {}
    after = changed(found.start, learn(rows, found.start, found.names).values)
    told = Rows.of([newest], found.start).told(found.start)
    if not told.any():
        return {}
    came = newest.again[told]
    result: dict[str, float] = {"tested": int(told.sum())}
    for name, model in (("_prior", found.start), ("", after)):
        chance = _foreseen(newest, model)[told]
        result["log_loss" + name] = _log_loss(came, chance)
        result["ece" + name] = equal_count_ece(came, chance)
    return result


def _foreseen(window: Window, model: RecallModel) -> Floats:
    return model.recall(contact_strength(window.days, window.pairs, model, today=TODAY))


def _log_loss(came: Bools, chance: Floats) -> float:
    sure = np.clip(chance, SURE, 1 - SURE)
    return float(-np.log(np.where(came, sure, 1 - sure)).mean())


def equal_count_bins(chance: Floats) -> list[LongInts]:
    """Return the places of ten bins of equal numbers, from low chances to high.

    Parameters
    ----------
    chance
        Predicted chances, shape (m,); equal ones keep the order they are given in.
    """
    return np.array_split(np.argsort(chance, kind="stable"), BINS)


def equal_count_ece(came: Bools, chance: Floats) -> float:
    r"""Return the expected calibration error over ten bins of equal numbers.

    Parameters
    ----------
    came
        Whether it came true, shape (m,).
    chance
        Predicted chance, in [0, 1], shape (m,).

    Returns
    -------
    float
        Mean of \|mean chance - share that came true\| over the bins, weighted by what they hold.
    """
    apart = chance - came
    return float(sum(abs(apart[part].sum()) for part in equal_count_bins(chance)) / len(apart))
