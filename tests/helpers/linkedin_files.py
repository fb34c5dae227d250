"""Small invented archives, file by file, in the form of each era."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd

from trustgraph.ingest.journal import BALANCE, NOT_USED

U = "https://www.linkedin.com/in/"

PREAMBLE = (
    "Notes:\n"
    '"When exporting your connection data, you may notice that some of the email addresses are '
    'missing. You can learn more here https://www.linkedin.com/help/linkedin/answer/261"\n'
    "\n"
)
CONNECTION_HEADERS = {
    "2016": "First Name,Last Name,Address,Email Address,Company,Position,Connected On,Websites,"
    "Instant Messengers",
    "2020": "First Name,Last Name,Email Address,Company,Position,Connected On",
    "2022": "First Name,Last Name,Email Address,Company,Position,Connected On",
    "2023": "First Name,Last Name,URL,Email Address,Company,Position,Connected On",
}
_TALK = "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO"
_SAID = "DATE,SUBJECT,CONTENT,FOLDER"
MESSAGE_HEADERS = {
    "2016": "From,To,Date,Subject,Content,Direction,Folder",
    "2020": f"{_TALK},{_SAID}",
    "2023": f"{_TALK},RECIPIENT PROFILE URLS,{_SAID}",
    "2024": f"{_TALK},RECIPIENT PROFILE URLS,{_SAID},IS MESSAGE DRAFT,IS CONVERSATION DRAFT",
    "2025": f"{_TALK},RECIPIENT PROFILE URLS,{_SAID},ATTACHMENTS,IS MESSAGE DRAFT",
    "2026": f"{_TALK},RECIPIENT PROFILE URLS,{_SAID},ATTACHMENTS,IS MESSAGE DRAFT,"
    "IS CONVERSATION DRAFT",
}
INVITATION_HEADERS = {
    "2021": "From,To,Sent At,Message,Direction",
    "2023": "From,To,Sent At,Message,Direction,inviterProfileUrn,inviteeProfileUrn",
    "2026": "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl",
}
RECOMMENDATIONS = "First Name,Last Name,Company,Job Title,Text,Creation Date,Status"
RECEIVED = (
    "Endorsement Date,Skill Name,Endorser First Name,Endorser Last Name,Endorser Public Url,"
    "Endorsement Status"
)
GIVEN = RECEIVED.replace("Endorser", "Endorsee")
PROFILE = (
    "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,"
    "Geo Location,Twitter Handles,Websites,Instant Messengers"
)
POSITIONS = "Company Name,Title,Description,Location,Started On,Finished On"


def table(header: str, rows: Iterable[Mapping[str, str]], *, quoted: bool = False) -> str:
    """Return a table; rows name their columns, what they leave out is empty."""
    names = header.split(",")
    file = io.StringIO()
    quoting = csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
    writer = csv.DictWriter(file, names, restval="", quoting=quoting, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def connection(name: str, slug: str = "", **more: str) -> dict[str, str]:
    """Return a row of Connections.csv; the date is 08 Feb 2026 unless given as `on`."""
    first, _, last = name.partition(" ")
    return {
        "First Name": first,
        "Last Name": last,
        "URL": U + slug if slug else "",
        "Company": more.get("company", ""),
        "Position": more.get("position", ""),
        "Connected On": more.get("on", "08 Feb 2026"),
    }


def connections(rows: Iterable[Mapping[str, str]], *, era: str = "2023") -> str:
    """Return Connections.csv in the form of an era."""
    names = set(CONNECTION_HEADERS[era].split(","))
    kept = [{name: text for name, text in row.items() if name in names} for row in rows]
    body = table(CONNECTION_HEADERS[era], kept)
    return (PREAMBLE if era in {"2022", "2023"} else "") + body


def message(
    sender: str, to: str, at: str = "2026-03-13 03:18:54 UTC", **more: str
) -> dict[str, str]:
    """Return a row of messages.csv; people are written ``Name <slug>``, several with ``;``."""
    names = [one.partition(" <")[0] for one in to.split(";") if one]
    urls = [U + slug for slug in re.findall(r"<([^>]*)>", to)]
    slug = re.findall(r"<([^>]*)>", sender)
    return {
        "CONVERSATION ID": more.get("talk", "2-" + "".join(sorted(sender + to))),
        "CONVERSATION TITLE": more.get("title", ""),
        "FROM": sender.partition(" <")[0],
        "SENDER PROFILE URL": U + slug[0] if slug else "",
        "TO": ",".join(names),
        "RECIPIENT PROFILE URLS": ",".join(urls),
        "DATE": at,
        "CONTENT": more.get("text", "Hello"),
        "FOLDER": more.get("folder", "INBOX"),
        "IS MESSAGE DRAFT": more.get("draft", "No"),
        "IS CONVERSATION DRAFT": more.get("talk_draft", "No"),
    }


def messages(rows: Iterable[Mapping[str, str]], *, era: str = "2026") -> str:
    """Return messages.csv in the form of an era."""
    names = MESSAGE_HEADERS[era].split(",")
    wanted = {name.upper(): name for name in names}
    kept = [{wanted[name]: text for name, text in row.items() if name in wanted} for row in rows]
    return table(MESSAGE_HEADERS[era], kept, quoted=era == "2026")


def invitation(sender: str, to: str, way: str, at: str = "2/7/26, 2:37 PM", text: str = "") -> dict:
    """Return a row of Invitations.csv; people are written ``Name <slug>``."""
    sides = [one.rstrip(">").partition(" <") for one in (sender, to)]
    return {
        "From": sides[0][0],
        "To": sides[1][0],
        "Sent At": at,
        "Message": text,
        "Direction": way,
        "inviterProfileUrl": U + sides[0][2],
        "inviteeProfileUrl": U + sides[1][2],
    }


def invitations(rows: Iterable[Mapping[str, str]], *, era: str = "2026") -> str:
    """Return Invitations.csv in the form of an era."""
    names = set(INVITATION_HEADERS[era].split(","))
    kept = [{name: text for name, text in row.items() if name in names} for row in rows]
    return table(INVITATION_HEADERS[era], kept)


def folder(path: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write an unpacked archive."""
    for name, text in files.items():
        file = path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def zipped(
    path: Path, files: Mapping[str, str | bytes], *, made: tuple[int, ...] = (2026, 11, 22, 9, 0, 0)
) -> Path:
    """Write a zip whose entries were made at a moment."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name, made), text)  # type: ignore[arg-type]
    return path


def acts(net, *kinds: str) -> list[tuple]:
    """Return kind, source, target and day of the evidence of some kinds (all, if none is named)."""
    rows = net.evidence
    rows = rows[rows["kind"].isin(kinds)] if kinds else rows
    days = rows["at"].dt.strftime("%Y-%m-%d").fillna("")
    return list(zip(rows["kind"], rows["source"], rows["target"], days, strict=True))


def reasons(net, file: str) -> dict[str, int]:
    """Return how many rows of a file were not used, by reason."""
    rows = net.report[(net.report["file"] == file) & net.report["reason"].str.startswith(NOT_USED)]
    count: dict[str, int] = {}
    texts = rows["reason"].str.removeprefix(NOT_USED)
    for reason, row, value in zip(texts, rows["row"], rows["value"], strict=True):
        count[reason] = count.get(reason, 0) + (1 if row else int(value))
    return count


def balance(report: pd.DataFrame) -> dict[str, tuple[int, int, int]]:
    """Return rows read, used and not used of each file, and check them against the report."""
    found = {}
    for file, rows in report.groupby("file"):
        counts = rows.loc[rows["reason"] == BALANCE, "value"]
        unused = rows[rows["reason"].str.startswith(NOT_USED)]
        alike = sum(int(value) for value in unused.loc[unused["row"] == 0, "value"])
        listed = int((unused["row"] > 0).sum())
        if len(counts):
            read, used, left = map(int, counts.iloc[0].split(" / "))
            assert read == used + left, file
            assert left == alike + listed, file
            found[str(file)] = (read, used, left)
        else:
            assert unused.empty, file
    return found
