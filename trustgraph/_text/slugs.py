"""The part of a profile address that names the person."""

import re
from contextlib import suppress
from typing import Final
from urllib.parse import unquote

from trustgraph._text.letters import clean, nfc

__all__ = ["slug_of"]

_PROFILE: Final = re.compile(
    r"^(?:(?:https?:)?//)?(?:[\w-]+\.)*linkedin\.com(?::\d+)?/+in(?:/+(?P<slug>[^/?#]*).*)?$"
    r"|^/?in/+(?P<short>[^/?#]*).*$",
    re.IGNORECASE | re.DOTALL,
)
_BARE_SLUG: Final = re.compile(r"[^\s/?#@|:\\]+")


def slug_of(url_or_slug: str) -> str:
    """Return the part of a profile address that names the person.

    Parameters
    ----------
    url_or_slug
        An address in any form (with or without scheme, ``www``, country, final slash, query), the
        end of one (``in/ana-lima``) or the slug itself, percent-encoded or not.

    Returns
    -------
    str
        The slug, decoded, composed, in lower case; empty when there is none.

    Examples
    --------
    >>> from trustgraph._text import slug_of
    >>> (
    ...     slug_of("https://de.linkedin.com/in/Zo%C3%AB-Ng/?trk=x"),
    ...     slug_of("www.linkedin.com/in/zoë-ng"),
    ... )
    ('zoë-ng', 'zoë-ng')
    >>> slug_of("https://www.linkedin.com/in"), slug_of("Ana Lima")
    ('', '')
    """
    text = url_or_slug.strip()
    found = _PROFILE.match(text)
    if found:
        slug = found["slug"] or found["short"] or ""
    elif _BARE_SLUG.fullmatch(text) and "linkedin.com" not in text.lower():
        slug = text
    else:
        return ""
    with suppress(UnicodeDecodeError):  # then the percent signs are part of the slug
        slug = unquote(slug, errors="strict")
    return nfc(clean(slug).lower())
