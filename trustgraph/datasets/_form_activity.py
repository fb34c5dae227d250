"""The files of what the owner did in public, with their own ways of quoting and ending lines."""

from typing import Any, Final

import pandas as pd

from trustgraph.datasets._cells import csv_bytes, java_text, moment_text
from trustgraph.datasets._eras import Era, era_of
from trustgraph.datasets._facts import ArchiveFacts

__all__ = ["POST", "activity_files"]

POST: Final = "https://www.linkedin.com/feed/update/urn%3Ali%3Aactivity%3A7"


def _links(count: int, first: int) -> list[str]:
    return [f"{POST}{first + number:018d}" for number in range(count)]


def _shares(table: pd.DataFrame, era: Era) -> bytes:
    """Return Shares.csv: every line of a post is quoted by itself, inside the field's quotes."""
    between = f'"{era.line_end}"'
    rows: zip[tuple[Any, ...]] = zip(
        moment_text(table["at"]),
        _links(len(table), 1_000),
        [between.join(text.split("\n")) for text in table["text"]],
        [""] * len(table),
        [""] * len(table),
        table["visibility"].tolist(),
        strict=True,
    )
    return csv_bytes(era.shares, rows, line_end=era.line_end)


def _comment(text: str, era: Era) -> str:
    """Return a comment as a cell: nobody thinks of line breaks, some escape by a backslash."""
    if '"' in text or "," in text:
        quote = '\\"' if era.backslash else '""'
        text = '"' + text.replace('"', quote) + '"'
    return text.replace("\n", era.line_end)


def _comments(table: pd.DataFrame, era: Era) -> bytes:
    """Return Comments.csv, which is not quite a table of comma-separated values."""
    rows = zip(moment_text(table["at"]), _links(len(table), 2_000), table["text"], strict=True)
    lines = [f"{at},{link},{_comment(text, era)}" for at, link, text in rows]
    return era.line_end.join(["Date,Link,Message", *lines]).encode()


def activity_files(facts: ArchiveFacts) -> dict[str, bytes]:
    """Return the files of comments, reactions, posts and of who and what is followed, by name."""
    era = era_of(facts.era)
    follows, reactions = facts.follows, facts.reactions
    tables = {
        "Comments": _comments(facts.comments, era),
        "Member_Follows": csv_bytes(
            "Date,Status,FullName",
            zip(moment_text(follows["at"]), follows["status"], follows["name"], strict=True),
            line_end=era.line_end,
        ),
        "Reactions": csv_bytes(
            "Date,Type,Link",
            zip(
                moment_text(reactions["at"]),
                reactions["reaction"],
                _links(len(reactions), 3_000),
                strict=True,
            ),
            line_end=era.line_end,
        ),
        "Shares": _shares(facts.shares, era),
    }
    companies = facts.company_follows
    followed = zip(companies["organisation"], java_text(companies["at"]), strict=True)
    return {
        **{era.activity_file(name, facts.member_id): file for name, file in tables.items()},
        "Company Follows.csv": csv_bytes("Organization,Followed On", followed),
    }
