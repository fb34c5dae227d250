"""How a number of the trust model is declared, with everything that must be said about it."""

from typing import Any

from pydantic import Field

__all__ = ["parameter"]


def parameter(
    default: float,
    meaning: str,
    *,
    within: tuple[float, float],
    likely: tuple[float, float],
    unit: str,
    source: str,
    confidence: str = "J",
) -> Any:
    """Return a field of a model that is a parameter.

    Parameters
    ----------
    default
        Its value.
    meaning
        One line.
    within
        What is allowed at all.
    likely
        What is plausible: the range to sweep.
    unit
        Unit, or ``"probability"``, ``"factor"``.
    source
        Where the value comes from.
    confidence
        ``"V"`` stated by the source, ``"V2"`` by a secondary source, ``"D"`` derived from these,
        ``"M"`` from memory, ``"J"`` a judgement.

    Returns
    -------
    Any
        A `pydantic.Field`.

    Examples
    --------
    >>> field = tg.trust.PathModel.model_fields["retention"]
    >>> field.json_schema_extra["likely"], field.json_schema_extra["confidence"]
    ((0.25, 1.0), 'J')
    """
    low, high = within
    about = {"unit": unit, "likely": likely, "source": source, "confidence": confidence}
    return Field(default, ge=low, le=high, description=meaning, json_schema_extra=about)  # type: ignore[arg-type]
