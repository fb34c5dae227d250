"""The crowd of the bundled sample: invented people by arithmetic, without any randomness."""

from typing import Final

from trustgraph.datasets._cast import CULTURES, ORGANISATIONS, TITLES, slug_text
from trustgraph.datasets._story import Member

__all__ = ["crowd"]

_ADORNED: Final = {
    3: ("", ", PhD"),
    11: ("", " ✨"),
    17: (" ", ""),
    23: ("", "\xa0"),
    29: ("", ", MBA, PMP"),
}

NAMESAKES: Final = {90: 20}
"""Two people of one full name: the second is called as the first."""


def crowd(count: int) -> list[Member]:
    """Return invented people from many countries, always the same ones.

    Parameters
    ----------
    count
        How many, at most 130.

    Returns
    -------
    list of Member
        Every fifth address keeps the accents or the script of the name.
    """
    members = []
    for number in range(count):
        named = NAMESAKES.get(number, number)
        row, origin = divmod(named, len(CULTURES))
        culture = CULTURES[origin]
        first = culture.given[(5 * named + row) % len(culture.given)]
        fore = culture.fore[(row + row // len(culture.given) + named) % len(culture.fore)]
        aft = culture.aft[(3 * row + 2 * named) % len(culture.aft)]
        slug = slug_text(f"{first} {fore}{aft}", raw=number % 5 == 0)
        before, after = _ADORNED.get(number % 31, ("", ""))
        silent = number % 19 == 18  # noqa: PLR2004 - some name no employer
        members.append(
            Member(
                f"{slug}-{number * 7919 % 4096:03x}" if number % 3 else slug,
                before + first,
                fore + aft + after,
                "" if silent else ORGANISATIONS[number * 7 % len(ORGANISATIONS)],
                "" if silent else TITLES[number * 11 % len(TITLES)],
            )
        )
    return members
