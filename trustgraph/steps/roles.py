"""What a job title says: decision maker, senior, of the ask's own function, holder of a role."""

from typing import Final

from trustgraph._text import words

__all__ = ["holds_role", "role_tier"]

FILLERS: Final = frozenset(
    "a an and at by de der die du for für im in la le of on our the to und von with".split()
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
SENIOR: Final = frozenset("architect lead leader manager principal senior staff".split())


def _spelled(text: str) -> frozenset[str]:
    spelled: set[str] = set()
    for word in words(text):
        spelled.update(ABBREVIATIONS.get(word, word).split())
    return frozenset(spelled) - FILLERS


def holds_role(position: str, role: str) -> bool:
    """Whether a job title names the role: every word of the role stands in it.

    Parameters
    ----------
    position
        Job title of a person.
    role
        Role looked for; usual abbreviations are spelled out (``CTO``, ``VP``, ``HR``).

    Returns
    -------
    bool
        False if the role has no words.

    Examples
    --------
    >>> from trustgraph.steps.roles import holds_role
    >>> (
    ...     holds_role("VP of Data, Europe", "Vice President Data"),
    ...     holds_role("Database admin", "data"),
    ... )
    (True, False)
    """
    wanted = _spelled(role)
    return bool(wanted) and wanted <= _spelled(position)


def role_tier(position: str, wanted: str) -> str:
    """Return where a job title stands for an ask.

    Parameters
    ----------
    position
        Job title of an insider.
    wanted
        What the ask says about role and interest.

    Returns
    -------
    str
        ``"own"`` (a decision maker, or of the ask's own function), ``"senior"`` or ``"other"``.

    Examples
    --------
    >>> from trustgraph.steps.roles import role_tier
    >>> [
    ...     role_tier(title, "data platform lead")
    ...     for title in ("Data Engineer", "Head of Sales", "Senior Buyer", "Buyer")
    ... ]
    ['own', 'own', 'senior', 'other']
    """
    held = _spelled(position)
    function = _spelled(wanted) - SENIOR - DECIDES
    if held & DECIDES or held & function:
        return "own"
    return "senior" if held & SENIOR else "other"
