"""What is true in a trial: a trust model drawn from what the literature allows."""

from collections.abc import Mapping
from typing import Final

import numpy as np

from trustgraph.trust.gate import EndorsementGate
from trustgraph.trust.model import TrustModel

__all__ = ["Ranges", "default_ranges", "drawn_model"]

Ranges = Mapping[str, tuple[float, float]]

DRAWN: Final = (
    "evidence.",
    "opinion.",
    "gate.",
    "recall.",
    "response.",
    "goodwill.",
    "clarity.",
    "paths.",
    "norms.",
    "standing.",
)
"""All that decides what becomes of an ask; what is left out only tells of ties or of lift."""
THRESHOLDS: Final = (0.4, 0.8)
"""Mean trust at which people endorse: row 15 of the literature."""
WHOLE: Final = ("evidence.conversation_window_days", "response.silence_after_days")
GATE: Final = ("gate.trials", "gate.endorse_at", "gate.forward_at")


def default_ranges(model: TrustModel) -> dict[str, tuple[float, float]]:
    """Return the range of every number that decides what becomes of an ask.

    Parameters
    ----------
    model
        The model whose ranges are asked for.

    Returns
    -------
    dict
        Name -> lowest and highest; numbers without a range of their own are left out.
    """
    frame = model.parameters()
    wanted = frame.index.str.startswith(DRAWN) & (frame["low"] < frame["high"])
    frame = frame[wanted & np.isfinite(frame["high"])]
    ends = zip(frame["low"].tolist(), frame["high"].tolist(), strict=True)
    return dict(zip(frame.index.tolist(), ends, strict=True))


def drawn_model(model: TrustModel, ranges: Ranges, rng: np.random.Generator) -> TrustModel:
    """Return a model whose numbers are drawn from their ranges.

    Parameters
    ----------
    model
        What is not drawn is as here.
    ranges
        Name -> lowest and highest.
    rng
        Source of randomness.

    Returns
    -------
    TrustModel
        Numbers above 0 are drawn evenly in their logarithm where the range spans a factor of 2 or
        more, others evenly. The shape of the gate is drawn evenly from the whole numbers in its
        ranges whose mean threshold lies in 0.4 to 0.8.

    Raises
    ------
    ValueError
        If there is no such number, a range is turned round, or a value is not allowed.
    """
    values: dict[str, float] = {}
    for name, (low, high) in ranges.items():
        if not low <= high:
            message = f"the range of {name} is ({low}, {high}): the lower end comes first"
            raise ValueError(message)
        share = float(rng.random())
        if name not in GATE:
            drawn = _between(low, high, share)
            values[name] = round(drawn) if name in WHOLE else drawn
    if any(name in ranges for name in GATE):
        values.update(_gate(model.gate, ranges, rng))
    return model.with_parameters(values)


def _between(low: float, high: float, share: float) -> float:
    if low > 0 and high >= 2 * low:
        return float(low * (high / low) ** share)
    return float(low + (high - low) * share)


def _gate(gate: EndorsementGate, ranges: Ranges, rng: np.random.Generator) -> dict[str, float]:
    """Return one of the possible gates."""
    trials, endorse, forward = (
        _whole(ranges.get(name, (value, value)))
        for name, value in zip(GATE, (gate.trials, gate.endorse_at, gate.forward_at), strict=True)
    )
    low, high = THRESHOLDS
    possible = [
        (n, k, j)
        for n in trials
        for k in endorse
        for j in forward
        if j <= k <= n and low <= k / (n + 1) <= high
    ]
    if not possible:
        message = (
            f"no gate fits the ranges {dict(ranges)!r}: forward_at <= endorse_at <= trials, and "
            f"endorse_at / (trials + 1) from {low} to {high}"
        )
        raise ValueError(message)
    chosen = possible[int(rng.integers(len(possible)))]
    return {name: float(value) for name, value in zip(GATE, chosen, strict=True)}


def _whole(ends: tuple[float, float]) -> range:
    return range(int(np.ceil(ends[0])), int(np.floor(ends[1])) + 1)
