"""Numbers in sentences."""

__all__ = ["percent"]


def percent(share: float) -> str:
    """Return a share as a reader takes it in; a small chance is not none, a large one not all.

    Parameters
    ----------
    share
        In [0, 1].

    Returns
    -------
    str
        Whole percents, ``under 1 %`` or ``over 99 %``.

    Examples
    --------
    >>> from trustgraph._text import percent
    >>> [percent(share) for share in (0, 0.004, 0.59, 0.996, 1)]
    ['0 %', 'under 1 %', '59 %', 'over 99 %', '100 %']
    """
    if 0 < share < 0.01:  # noqa: PLR2004 - under one percent
        return "under 1 %"
    if 0.99 < share < 1:  # noqa: PLR2004 - over 99 percent
        return "over 99 %"
    return f"{100 * share:.0f} %"
