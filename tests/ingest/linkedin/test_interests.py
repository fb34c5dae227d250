"""Companies that the owner follows, jobs they applied for or saved."""

import pytest

from trustgraph.errors import RecordError

from helpers.linkedin_files import balance, reasons, table
from helpers.linkedin_life import everything, facts, read

APPLICATIONS = (
    "Application Date,Contact Email,Contact Phone Number,Company Name,Job Title,Job Url,"
    "Resume Name,Question And Answers"
)
SAVED = "Saved Date,Job Url,Job Title,Company Name"
ASKED = {
    "Application Date": "1/29/26, 8:37 PM",
    "Contact Email": "secret@example.org",
    "Contact Phone Number": "+00 5EC-RET",
    "Company Name": "Acme",
    "Job Title": "Lead",
    "Job Url": "https://example.org/secret",
    "Resume Name": "secret.pdf",
    "Question And Answers": "How much? in secret",
}


def test_a_company_is_followed_since_the_moment_that_java_writes(tmp_path):
    rows = [
        {"Organization": "Acme", "Followed On": "Sat Sep 05 08:12:14 UTC 2026"},
        {"Organization": "Globex", "Followed On": "2026-09-05 08:12:14"},
        {"Organization": "Initech", "Followed On": "Sat Foo 05 08:12:14 UTC 2026"},
        {"Organization": "", "Followed On": "Sat Sep 05 08:12:14 UTC 2026"},
    ]
    net = read(tmp_path, {"Company Follows.csv": table("Organization,Followed On", rows)})
    assert facts(net, "company_follow") == [
        ("ana", "", "Acme", "2026-09-05", ""),
        ("ana", "", "Globex", "2026-09-05", ""),
        ("ana", "", "Initech", "", ""),
    ]
    at = net.facts.loc[net.facts["organisation"] == "Acme", "at"].iloc[0]
    assert str(at) == "2026-09-05 08:12:14+00:00"
    assert balance(net.report)["Company Follows.csv"] == (4, 3, 1)


@pytest.mark.parametrize("folder", ["", "Jobs/"])
def test_jobs_applied_for_lie_in_their_folder_or_at_the_root_in_parts(tmp_path, folder):
    files = {
        f"{folder}Job Applications.csv": table(APPLICATIONS, [ASKED]),
        f"{folder}Job Applications_1.csv": table(
            APPLICATIONS, [{"Application Date": "soon", "Job Title": "Cook"}, {"Job Url": "x"}]
        ),
    }
    net = read(tmp_path, files)
    # 8:37 PM in California is the next day in UTC.
    assert facts(net, "job_application") == [
        ("ana", "Cook", "", "", ""),
        ("ana", "Lead", "Acme", "2026-01-30", ""),
    ]
    assert balance(net.report)[f"{folder}Job Applications.csv"] == (1, 1, 0)
    assert reasons(net, f"{folder}Job Applications_1.csv") == {
        "neither a job nor a company is named": 1
    }


def test_nothing_private_of_an_application_is_kept(tmp_path):
    net = read(
        tmp_path, {"Jobs/Job Applications.csv": table(APPLICATIONS, [ASKED])}, keep_text=True
    )
    for word in ("secret", "5EC-RET"):
        assert word not in everything(net)


@pytest.mark.parametrize("folder", ["", "Jobs/", "top/Jobs/"])
def test_saved_jobs(tmp_path, folder):
    rows = [{"Saved Date": "1/29/26, 2:37 PM", "Job Title": "Lead", "Company Name": "Acme"}]
    files = {f"{folder}Saved Jobs.csv": table(SAVED, rows)}
    net = read(tmp_path, files)
    outside = folder.startswith("top")
    assert facts(net, "saved_job") == (
        [] if outside else [("ana", "Lead", "Acme", "2026-01-29", "")]
    )
    said = net.report.loc[net.report["file"] == f"{folder}Saved Jobs.csv", "reason"].tolist()
    assert said == [
        "not read: it lies outside the folder of the archive"
        if outside
        else "rows read / used / not used"
    ]


def test_the_first_malformed_row_is_an_error_where_that_is_asked_for(tmp_path):
    rows = [{"Saved Date": "soon", "Job Title": "Lead"}]
    with pytest.raises(RecordError, match=r"Saved Jobs\.csv, row 2: no date"):
        read(tmp_path, {"Saved Jobs.csv": table(SAVED, rows)}, strict=True)


def test_dates_of_jobs_do_not_move_the_date_of_what_people_did(tmp_path):
    rows = [{"Saved Date": "1/1/50, 2:37 PM", "Job Title": "Lead"}]
    net = read(tmp_path / "a", {"Saved Jobs.csv": table(SAVED, rows)})
    assert net.as_of == net.evidence["at"].max()
