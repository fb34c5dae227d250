"""Numbers and lists in sentences."""

from collections.abc import Sequence

__all__ = ["counted", "listed", "percent"]


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


def counted(number: int, one: str, more: str = "") -> str:
    """Return a number of things in words.

    Parameters
    ----------
    number
        How many.
    one, more
        The word for one of them, and for more; by default ``one`` with an s.

    Returns
    -------
    str
        The number and the word.

    Examples
    --------
    >>> from trustgraph._text import counted
    >>> counted(1, "person", "people"), counted(2_000, "file")
    ('1 person', '2,000 files')
    """
    return f"{number:,} {one if number == 1 else more or one + 's'}"


def listed(parts: Sequence[str], word: str = "and") -> str:
    """Return parts as a list in a sentence.

    Parameters
    ----------
    parts
        At least one.
    word
        What stands before the last.

    Returns
    -------
    str
        The parts with commas and the word between them.

    Examples
    --------
    >>> from trustgraph._text import listed
    >>> listed(["a", "b", "c"]), listed(["a"])
    ('a, b and c', 'a')
    """
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {word} {parts[-1]}"
