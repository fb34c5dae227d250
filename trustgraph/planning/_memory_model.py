"""When a tie that has gone silent counts as fading."""

from typing import Self

import pandas as pd
from pydantic import model_validator

from trustgraph.models.base import FrozenModel
from trustgraph.trust.parameter import parameter
from trustgraph.trust.parameters import parameters_frame

__all__ = ["MemoryModel"]


class MemoryModel(FrozenModel):
    """When silence means that a tie is fading, measured by the pair's own rhythm.

    Parameters
    ----------
    silence_factor
        A tie is probably fading when it has been silent for more than so many usual gaps.
    warn_factor
        From so many usual gaps on it is about to; at most ``silence_factor``.
    fewest_days
        Days of contact from which on two people have a rhythm at all.

    Raises
    ------
    pydantic.ValidationError
        If a value is out of range, or the warning would come after the event.

    Notes
    -----
    The usual gap is (last day - first day) / (days - 1). Among mobile calls, ties that were silent
    for more than eight times their usual gap had most likely decayed [1]_; 5 to 12 is plausible.

    References
    ----------
    .. [1] Navarro, H., Miritello, G., Canales, A., Moro, E. (2017). Temporal patterns behind the
       strength of persistent ties. EPJ Data Science 6, 31.
       https://doi.org/10.1140/epjds/s13688-017-0127-3

    Examples
    --------
    >>> tg.planning.MemoryModel(silence_factor=12)
    MemoryModel(silence_factor=12.0)
    """

    silence_factor: float = parameter(
        8.0,
        "usual gaps of silence after which a tie is probably fading",
        within=(1, 100),
        likely=(5, 12),
        unit="usual gaps",
        source="Navarro et al. 2017, doi:10.1140/epjds/s13688-017-0127-3 (mobile calls)",
        confidence="V",
    )
    warn_factor: float = parameter(
        5.0,
        "usual gaps of silence from which on a tie is about to fade",
        within=(1, 100),
        likely=(3, 8),
        unit="usual gaps",
        source="judgement: the low end of what is plausible for the silence factor",
    )
    fewest_days: int = parameter(
        3,
        "days of contact from which on two people have a rhythm",
        within=(2, 100),
        likely=(2, 6),
        unit="days",
        source="judgement: one gap is no rhythm",
    )

    @model_validator(mode="after")
    def _warned_before(self) -> Self:
        if self.warn_factor > self.silence_factor:
            message = "a warning comes before the event: warn_factor <= silence_factor"
            raise ValueError(message)
        return self

    def parameters(self) -> pd.DataFrame:
        """Return every number, with unit, range, source and confidence.

        Returns
        -------
        pandas.DataFrame
            As `TrustModel.parameters`.

        Examples
        --------
        >>> frame = tg.planning.MemoryModel().parameters()
        >>> frame[["value", "low", "high", "confidence"]]
                        value  low  high confidence
        name
        silence_factor    8.0  5.0  12.0          V
        warn_factor       5.0  3.0   8.0          J
        fewest_days       3.0  2.0   6.0          J
        """
        return parameters_frame(self)
