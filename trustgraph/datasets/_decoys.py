"""The other files of an archive: plausible rows that say nothing about people or ties."""

from typing import Any, Final

import pandas as pd

from trustgraph.datasets._cells import (
    clock_text,
    csv_bytes,
    java_text,
    moment_text,
    slashed_text,
)
from trustgraph.datasets._eras import Era, era_of
from trustgraph.datasets._facts import ArchiveFacts
from trustgraph.datasets._form_activity import POST

__all__ = ["other_files"]

_CHAT: Final = (
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,"
    "SUBJECT,CONTENT,FOLDER"
)
_HEADERS_ONLY: Final = {
    "Ad_Targeting.csv": (
        2020,
        (
            "Member Age,Buyer Groups,Company Names,Company Names,Company Names,Company Category,"
            "Company Size,Degrees,Member Schools,Job Functions,Job Seniorities,Job Titles,"
            "Profile Locations,Interface Locations,Member Interests"
        ),
    ),
    "Ads Clicked.csv": (2020, "Ad clicked Date,Ad Title/Id"),
    "Courses.csv": (2020, "Name,Number"),
    "Honors.csv": (2020, "Title,Description,Issued On"),
    "Inferences_about_you.csv": (2020, "Category,Type of inference,Description,Inference"),
    "LAN Ads Engagement.csv": (2020, "Action,Date,Ad Title/Id,Page/App"),
    "Publications.csv": (2020, "Name,Published On,Description,Publisher,Url"),
    "Security Challenges.csv": (
        2020,
        "Challenge Date,IP Address,User Agent,Country,Challenge Type",
    ),
    "Receipts_v2.csv": (
        2022,
        (
            "First Name,Last Name,Billing Country,Postal Code,Transaction Made At,"
            "Payment Method Type,Invoice Number,Description,Tax Amount,Sub Total,Total Amount,"
            "Currency Code"
        ),
    ),
    "Verifications/Verifications.csv": (
        2025,
        (
            "First name,Middle name,Last name,Verification type,Organization name,Email address,"
            "Country,State,City,Year of birth,Issuing authority,Document type,"
            "Verification service provider,Verified date,Expiry date"
        ),
    ),
    "Whatsapp Phone Numbers.csv": (2025, "Number,Extension,Is_WhatsApp_Number"),
    "coach_messages.csv": (2025, _CHAT),
    "learning_coach_messages.csv": (2025, _CHAT),
    "learning_role_play_messages.csv": (2025, _CHAT),
}
"""Files without rows: since when they are there, and their header."""

_HASHTAGS_SINCE: Final = 2022
_NEW_NAMES_SINCE: Final = 2025
_COACH_SINCE: Final = 2026

Tables = dict[str, tuple[str, list[list[Any]]]]


def _activity(facts: ArchiveFacts, era: Era, times: list[str]) -> Tables:
    """Return what the owner did that tells nothing; the names end as those of the era do."""
    tables: Tables = {
        "Saved_Items": (era.saved_items, [[f"{POST}04", times[3]]]),
        "Votes": ("Date,Link,OptionText", [[times[2], f"{POST}06", "Tabs, always"]]),
    }
    if era.year >= _HASHTAGS_SINCE:
        header = "HashTag,CreatedTime,LastModifiedTime,State"
        row = ["dataengineering", times[3], times[2], "Active"]
        tables["Hashtag_Follows"] = (header, [row])
    if era.year >= _NEW_NAMES_SINCE:
        tables["InstantReposts"] = ("Date,Link", [[times[2], f"{POST}03"]])
    return {era.activity_file(name, facts.member_id): table for name, table in tables.items()}


def _of_its_time(facts: ArchiveFacts, era: Era, at: "pd.Series[Any]") -> Tables:
    """Return the files whose names or headers changed in 2024."""
    answers = "Job Applicant Saved Answers.csv"
    if era.year < _NEW_NAMES_SINCE:
        return {
            answers: ("Question,Answer", []),
            "Rich Media.csv": ("Type,Link", [["IMAGE", "https://media.example/slides"]]),
            "SavedJobAlerts.csv": ("Saved Search Date,Jobs Search Url", []),
        }
    words = ("Here are some tips.", "What should I ask?")
    return {
        f"Jobs/{answers}": ("Question,Answer", []),
        "Rich_Media.csv": (
            "Date/Time,Media Description,Media Link",
            [["You uploaded a feed document on July 1, 2024 at 9:39 AM (GMT)", "Slides", ""]],
        ),
        "SavedJobAlerts.csv": ("ALERT_PARAMETERS,QUERY_CONTEXT,SAVED_SEARCH_ID", []),
        "guide_messages.csv": (
            _CHAT,
            [
                ["2-Z3VpZGU=", "", "", "", facts.owner.name, "", f"{text} UTC", "", said, "INBOX"]
                for text, said in zip(moment_text(at)[:2], words, strict=True)
            ],
        ),
    }


def _account(at: "pd.Series[Any]") -> Tables:
    clocks, moments = clock_text(at), slashed_text(at)
    return {
        "Events.csv": (
            "Event Name,Event Time,Status,External Url",
            [["Breakfast", "Jun 16, 2019 10:00 AM - Jun 16, 2019 11:00 AM", "APPROVED", ""]],
        ),
        "Languages.csv": (
            "Name,Proficiency",
            [["English", "Full professional proficiency"], ["Français", "Elementary proficiency"]],
        ),
        "Learning.csv": (
            (
                "Content Title,Content Description,Content Type,"
                "Content Last Watched Date (if viewed),Content Completed At (if completed),"
                "Content Saved,Notes taken on videos (if taken),"
            ),
            [["Streaming basics", "", "Course", "2019-12-29 14:24 UTC", "N/A", "false", "N/A", ""]],
        ),
        "Logins.csv": (
            "Login Date,IP Address,User Agent,Login Type",
            [[java_text(at)[0], "192.0.2.7", "Mozilla/5.0", "FullLogin"]],
        ),
        "PhoneNumbers.csv": ("Extension,Number,Type", [["", "+00 000 0000", "Mobile"]]),
        "Registration.csv": (
            "Registered At,Registration Ip,Subscription Types",
            [[clocks[3], "192.0.2.7", ""]],
        ),
        "SearchQueries.csv": ("Time,Search Query", [[moments[0], "data platform lead"]]),
    }


def other_files(facts: ArchiveFacts) -> dict[str, bytes]:
    """Return the files that a reader of people and ties must leave alone."""
    era = era_of(facts.era)
    days = pd.Series([3, 40, 200, 900])
    at = pd.Timestamp(facts.as_of) - pd.to_timedelta(days, unit="D") + pd.Timedelta(hours=8)
    tables: Tables = {
        name: (header, []) for name, (since, header) in _HEADERS_ONLY.items() if since <= era.year
    }
    tables |= _of_its_time(facts, era, at) | _account(at)
    files = {name: csv_bytes(header, rows) for name, (header, rows) in tables.items()}
    for name, (header, rows) in _activity(facts, era, moment_text(at)).items():
        files[name] = csv_bytes(header, rows, line_end=era.line_end)
    article = "<html><body><h1>Measure first</h1><p>Then decide.</p></body></html>"
    files["Articles/Articles/measure-first-déjà-vu.html"] = article.encode()
    if era.year >= _COACH_SINCE:
        files["LearningCoachMessages.csv"] = b"No conversations found"
    return files
