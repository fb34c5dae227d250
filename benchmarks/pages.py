"""Pages of the documentation with parts that programs write, between two marks each."""

from collections.abc import Mapping

__all__ = ["page_with"]

BEGIN = "<!-- {}: made by benchmarks/{} -->"
END = "<!-- end of {} -->"


def page_with(page: str, made: Mapping[str, str], *, by: str) -> str:
    """Return the page with the parts that a program has made in their places.

    Raises a `ValueError` if a part has no place.
    """
    for name, text in made.items():
        begin, end = BEGIN.format(name, by), END.format(name)
        before, found, rest = page.partition(begin)
        _, closed, after = rest.partition(end)
        if not found or not closed:
            message = f"the page has no part {name!r} between {begin!r} and {end!r}"
            raise ValueError(message)
        page = f"{before}{begin}\n\n{text}\n\n{end}{after}"
    return page
