"""What a job title says: decision maker, senior, of the ask's own function, holder of a role."""

from trustgraph._text import DECIDES, SENIOR, spelled

__all__ = ["holds_role", "role_tier"]


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
    wanted = spelled(role)
    return bool(wanted) and wanted <= spelled(position)


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
    held = spelled(position)
    function = spelled(wanted) - SENIOR - DECIDES
    if held & DECIDES or held & function:
        return "own"
    return "senior" if held & SENIOR else "other"
