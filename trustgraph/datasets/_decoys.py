"""The other files of a 2026 archive: plausible rows that say nothing about ties."""

from typing import Any, Final

import pandas as pd

from trustgraph.datasets._facts import ArchiveFacts
from trustgraph.datasets._form import MONTHS, clock_text, csv_bytes, moment_text

__all__ = ["other_files"]

_CHAT: Final = (
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,"
    "SUBJECT,CONTENT,FOLDER"
)
_HEADERS_ONLY: Final = {
    "Ad_Targeting.csv": (
        "Member Age,Buyer Groups,Company Names,Company Names,Company Names,Company Category,"
        "Company Size,Degrees,Member Schools,Job Functions,Job Seniorities,Job Titles,"
        "Profile Locations,Interface Locations,Member Interests"
    ),
    "Ads Clicked.csv": "Ad clicked Date,Ad Title/Id",
    "Certifications.csv": "Name,Url,Authority,Started On,Finished On,License Number",
    "Courses.csv": "Name,Number",
    "Honors.csv": "Title,Description,Issued On",
    "Inferences_about_you.csv": "Category,Type of inference,Description,Inference",
    "Jobs/Job Applicant Saved Answers.csv": "Question,Answer",
    "Jobs/Job Applications.csv": (
        "Application Date,Contact Email,Contact Phone Number,Company Name,Job Title,Job Url,"
        "Resume Name,Question And Answers"
    ),
    "LAN Ads Engagement.csv": "Action,Date,Ad Title/Id,Page/App",
    "Notes.csv": (
        "Connection First Name,Connection Last Name,Connection Profile URL,Note,Created On,"
        "Edited On"
    ),
    "Organizations.csv": "Name,Description,Position,Started On,Finished On",
    "Projects.csv": "Title,Description,Url,Started On,Finished On",
    "Publications.csv": "Name,Published On,Description,Publisher,Url",
    "Receipts_v2.csv": (
        "First Name,Last Name,Billing Country,Postal Code,Transaction Made At,"
        "Payment Method Type,Invoice Number,Description,Tax Amount,Sub Total,Total Amount,"
        "Currency Code"
    ),
    "SavedJobAlerts.csv": "ALERT_PARAMETERS,QUERY_CONTEXT,SAVED_SEARCH_ID",
    "Security Challenges.csv": "Challenge Date,IP Address,User Agent,Country,Challenge Type",
    "Verifications/Verifications.csv": (
        "First name,Middle name,Last name,Verification type,Organization name,Email address,"
        "Country,State,City,Year of birth,Issuing authority,Document type,"
        "Verification service provider,Verified date,Expiry date"
    ),
    "Volunteering.csv": "Company Name,Role,Cause,Started On,Finished On,Description",
    "Whatsapp Phone Numbers.csv": "Number,Extension,Is_WhatsApp_Number",
    "coach_messages.csv": _CHAT,
    "learning_coach_messages.csv": _CHAT,
    "learning_role_play_messages.csv": _CHAT,
}  # fmt: skip
_POST: Final = "https://www.linkedin.com/feed/update/urn%3Ali%3Aactivity%3A70000000000000000"


def _java_text(at: pd.Timestamp) -> str:
    day = "Mon Tue Wed Thu Fri Sat Sun".split()[at.weekday()]
    return f"{day} {MONTHS[at.month - 1]} {at.day:02d} {at.strftime('%H:%M:%S')} UTC {at.year}"


def _activity(member: int, times: list[str]) -> dict[str, tuple[str, list[list[Any]]]]:
    """Return the seven or eight files that carry the number of the member in their name."""
    return {
        f"Comments_{member}.csv": (
            "Date,Link,Message",
            [
                [times[0], f"{_POST}01", 'Well said: "measure first".'],
                [times[1], f"{_POST}02", "Thank you!\nThe slides are in the post."],
            ],
        ),
        f"Hashtag_Follows_{member}.csv": (
            "HashTag,CreatedTime,LastModifiedTime,State",
            [["dataengineering", times[3], times[2], "Active"]],
        ),
        f"InstantReposts_{member}.csv": ("Date,Link", [[times[2], f"{_POST}03"]]),
        f"Member_Follows_{member}.csv": (
            "Date,Status,FullName",
            [[times[0], "Active", "Wystan Okoro-Brandt"], [times[1], "Unfollow", "Ilse Marrow"]],
        ),
        f"Reactions_{member}.csv": (
            "Date,Type,Link",
            [
                [at, kind, f"{_POST}{number:02d}"]
                for number, (at, kind) in enumerate(
                    zip(times, ("LIKE", "PRAISE", "EMPATHY", "INTEREST"), strict=True)
                )
            ],
        ),
        f"Saved_Items_{member}.csv": ("savedItem,CreatedTime", [[f"{_POST}04", times[3]]]),
        # Every line of a post stands in quotes of its own, inside the quotes of the field.
        f"Shares_{member}.csv": (
            "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility",
            [
                [times[1], f"{_POST}05", 'We moved our pipelines."\n""\n"Here is how.',
                 "", "", "MEMBER_NETWORK"],
            ],
        ),
        f"Votes_{member}.csv": ("Date,Link,OptionText", [[times[2], f"{_POST}06", "Tabs, always"]]),
    }  # fmt: skip


def _account(facts: ArchiveFacts, at: "pd.Series[Any]") -> dict[str, tuple[str, list[list[Any]]]]:
    clocks, moments = clock_text(at), [text.replace("-", "/") for text in moment_text(at)]
    return {
        "Company Follows.csv": (
            "Organization,Followed On",
            [["Tidemoor Logistics", _java_text(at.iloc[1])]],
        ),
        "Events.csv": (
            "Event Name,Event Time,Status,External Url",
            [["Breakfast", "Jun 16, 2023 10:00 AM - Jun 16, 2023 11:00 AM", "APPROVED", ""]],
        ),
        "Jobs/Saved Jobs.csv": (
            "Saved Date,Job Url,Job Title,Company Name",
            [[clocks[0], "https://www.linkedin.com/jobs/view/1", "Data Lead", "Yarrowfen Labs"]],
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
            [["Streaming basics", "", "Course", "2020-12-29 14:24 UTC", "N/A", "false", "N/A", ""]],
        ),
        "Logins.csv": (
            "Login Date,IP Address,User Agent,Login Type",
            [[_java_text(at.iloc[0]), "192.0.2.7", "Mozilla/5.0", "FullLogin"]],
        ),
        "PhoneNumbers.csv": ("Extension,Number,Type", [["", "+00 000 0000", "Mobile"]]),
        "Registration.csv": (
            "Registered At,Registration Ip,Subscription Types",
            [[clocks[3], "192.0.2.7", ""]],
        ),
        "Rich_Media.csv": (
            "Date/Time,Media Description,Media Link",
            [["You uploaded a feed document on July 1, 2024 at 9:39 AM (GMT)", "Slides", ""]],
        ),
        "SearchQueries.csv": ("Time,Search Query", [[f"{moments[0]} UTC", "data platform lead"]]),
        "Skills.csv": ("Name", [["Python"], ["SQL"], ["Data Modeling"]]),
        "guide_messages.csv": (
            _CHAT,
            [
                ["2-Z3VpZGU=", "", "", "", facts.owner.name, "", f"{text} UTC", "", words, "INBOX"]
                for text, words in zip(
                    moment_text(at)[:2], ("Here are some tips.", "What should I ask?"), strict=True
                )
            ],
        ),
    }  # fmt: skip


def other_files(facts: ArchiveFacts) -> dict[str, bytes]:
    """Return the files of a 2026 archive that a reader of ties must leave alone."""
    days = pd.Series([3, 40, 200, 900])
    at = pd.Timestamp(facts.as_of) - pd.to_timedelta(days, unit="D") + pd.Timedelta(hours=8)
    tables: dict[str, tuple[str, list[list[Any]]]] = {
        name: (header, []) for name, header in _HEADERS_ONLY.items()
    }
    tables |= _activity(facts.member_id, moment_text(at)) | _account(facts, at)
    files = {name: csv_bytes(header, rows) for name, (header, rows) in tables.items()}
    article = "<html><body><h1>Measure first</h1><p>Then decide.</p></body></html>"
    return files | {
        "Articles/Articles/measure-first-déjà-vu.html": article.encode(),
        "LearningCoachMessages.csv": b"No conversations found",
    }
