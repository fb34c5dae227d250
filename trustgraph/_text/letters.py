"""Text as it is kept (clean), as it is compared (folded), and cut into words."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

__all__ = ["clean", "fold", "near", "nfc", "words"]

_BLANK_LETTERS: Final = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f")
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs"})
# Letters that carry no accent which Unicode could take off.
_PLAIN: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)
_ACCENT: Final = re.compile("[\u0300-\u036f\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")
_WORD: Final = re.compile(r"[^\W_]+(?:['’ʼ`´][^\W_]+)*")
_APOSTROPHE: Final = re.compile("['’ʼ`´]")


def nfc(text: str) -> str:
    """Return the text in Unicode's composed form.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    str
        The same text, each accented letter as one character where one exists.

    Examples
    --------
    >>> from trustgraph._text import nfc
    >>> len(nfc("e\u0301"))
    1
    """
    return unicodedata.normalize("NFC", text)


def _is_unseen(letter: str) -> bool:
    if letter.isspace():
        return False
    is_selector = "\ufe00" <= letter <= "\ufe0f" or "\U000e0100" <= letter <= "\U000e01ef"
    return is_selector or letter in _BLANK_LETTERS or unicodedata.category(letter) in _UNSEEN


def clean(text: str) -> str:
    """Return the text without what cannot be seen: composed, single spaces, no hidden letters.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    str
        NFC, without control, zero-width and blank characters, every run of white space one space.

    Examples
    --------
    >>> from trustgraph._text import clean
    >>> clean("  Ana\u200b\u00a0 Lima\u202e ")
    'Ana Lima'
    """
    if not (text.isascii() and text.isprintable()):
        text = nfc("".join(letter for letter in text if not _is_unseen(letter)))
    return " ".join(text.split())


def fold(text: str) -> str:
    """Return the text as it is compared: clean, lower case, without accents and fancy letters.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    str
        The folded text. Marks that change a letter into another one, as in Japanese or Hindi, stay.

    Examples
    --------
    >>> from trustgraph._text import fold
    >>> fold("ZOË  Łukasz-Øre"), fold("𝗔𝗰𝗺𝗲")
    ('zoe lukasz-ore', 'acme')
    """
    text = clean(text)
    if text.isascii():
        return text.casefold()
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return clean(_ACCENT.sub("", text).translate(_PLAIN))


def words(text: str) -> tuple[str, ...]:
    """Return the folded words of a text; an apostrophe inside a word does not cut it.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    tuple of str
        Runs of letters and digits, in order.

    Examples
    --------
    >>> from trustgraph._text import words
    >>> words("L'Oréal (Data & AI), R2-D2")
    ('loreal', 'data', 'ai', 'r2', 'd2')
    """
    return tuple(_APOSTROPHE.sub("", word) for word in _WORD.findall(fold(text)))


def near(text: str, candidates: Iterable[str], n: int = 5) -> list[str]:
    """Return the candidates that are spelt most like a text, or begin or end with it.

    Parameters
    ----------
    text
        What was asked for.
    candidates
        Known names.
    n
        How many at most.

    Returns
    -------
    list of str
        Best first.

    Examples
    --------
    >>> from trustgraph._text import near
    >>> near("anna lyma", ["Ana Lima", "Bo Ek", "Anna Lind"])
    ['Ana Lima']
    >>> near("bo", ["Ana Lima", "Bo Ek"])
    ['Bo Ek']
    """
    sought = fold(text)
    number = max(1, len(sought.split()))
    forms: dict[str, list[str]] = {}
    for candidate in sorted(set(candidates)):
        parts = fold(candidate).split()
        for form in {" ".join(parts), " ".join(parts[:number]), " ".join(parts[-number:])}:
            forms.setdefault(form, []).append(candidate)
    found = get_close_matches(sought, sorted(forms), n=max(n, 1) * 3, cutoff=0.7)
    whole = {form: form in map(fold, forms[form]) for form in found}
    found.sort(key=lambda form: (form != sought, not whole[form]))
    best = dict.fromkeys(candidate for form in found for candidate in forms[form])
    return list(best)[:n]
