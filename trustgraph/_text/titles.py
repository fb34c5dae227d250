"""What the words of a job title say about where somebody stands: decision maker, senior."""

from typing import Final, Literal

from trustgraph._text.letters import words

__all__ = ["DECIDES", "SENIOR", "rank_in", "spelled"]

FILLERS: Final = frozenset(
    "a an and at by de der die du für for im in la le of on our the to und von with".split()
)
ABBREVIATIONS: Final = {
    "ceo": "chief executive officer",
    "cfo": "chief financial officer",
    "cio": "chief information officer",
    "cmo": "chief marketing officer",
    "coo": "chief operating officer",
    "cpo": "chief product officer",
    "cto": "chief technology officer",
    "evp": "executive vice president",
    "hr": "human resources",
    "md": "managing director",
    "sr": "senior",
    "svp": "senior vice president",
    "vp": "vice president",
}
DECIDES: Final = frozenset(
    "chief cofounder director founder head hiring human owner partner president recruiter "
    "recruiting recruitment talent vice".split()
)
"""Words of a title that make a decision maker."""
SENIOR: Final = frozenset("architect lead leader manager principal senior staff".split())
"""Words of a title that tell long standing."""


def spelled(text: str) -> frozenset[str]:
    """Return the words of a job title, usual abbreviations spelled out, without filling words.

    Parameters
    ----------
    text
        Job title, or what an ask says about one.

    Returns
    -------
    frozenset of str
        Folded words.

    Examples
    --------
    >>> from trustgraph._text import spelled
    >>> sorted(spelled("VP of Data"))
    ['data', 'president', 'vice']
    """
    found: set[str] = set()
    for word in words(text):
        found.update(ABBREVIATIONS.get(word, word).split())
    return frozenset(found) - FILLERS


def rank_in(title: str) -> Literal["director", "senior", ""]:
    """Return the one word that says of a job title no more than where its holder stands.

    Parameters
    ----------
    title
        Job title.

    Returns
    -------
    "director", "senior" or ""
        For a decision maker, for somebody senior, and for everybody else.

    Examples
    --------
    >>> from trustgraph._text import rank_in
    >>> [rank_in(title) for title in ("CTO", "Lead Engineer", "Buyer", "")]
    ['director', 'senior', '', '']
    """
    held = spelled(title)
    if held & DECIDES:
        return "director"
    return "senior" if held & SENIOR else ""
