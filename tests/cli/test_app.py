import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import trustgraph as tg
from trustgraph.cli import app
from trustgraph.introductions import Introductions
from trustgraph.planning import AskPlan
from trustgraph.reputation import Transfer


def run(*arguments: str) -> Result:
    return CliRunner(env={"COLUMNS": "160", "TERM": "dumb"}).invoke(app, list(arguments))


@pytest.fixture(scope="module")
def archives() -> list[str]:
    # newest first: the seeker's own archive is that of 22 November
    return sorted((str(path) for path in tg.datasets.sample_archives()), reverse=True)


def test_the_demo_prints_the_answer_and_draws_the_map(tmp_path: Path) -> None:
    picture = tmp_path / "map.png"
    result = run("demo", "--out", str(picture))
    assert result.exit_code == 0, result.output
    assert "Read 142 people" in result.output
    assert "Mira Sandquill → Jonas Ekwater → Katalin Vesterholt → Tessaloom" in result.output
    assert "Reputation that arrives" in result.output
    assert "an advert" in result.output
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_the_demo_says_no_with_exit_code_1(tmp_path: Path) -> None:
    result = run("demo", "--to", "Nowhere Known", "--out", str(tmp_path / "map.png"))
    assert result.exit_code == 1
    assert "Nobody in the graph is known to be at Nowhere Known" in result.output


def test_introduce_finds_the_seeker_in_the_first_archive(archives: list[str]) -> None:
    result = run("introduce", *archives, "--to", "Tessaloom", "--k", "2")
    assert result.exit_code == 0, result.output
    assert "Mira Sandquill → Jonas Ekwater" in result.output
    other = run("introduce", *archives[::-1], "--to", "Solvane Mobility")
    assert "from Adaeze Okelundu to Solvane Mobility" in other.output


def test_json_is_one_object_that_reads_back(archives: list[str]) -> None:
    result = run(
        "introduce", *archives, "--to", "Tessaloom", "--json", "--interest", "data platform"
    )
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    paths = Introductions.from_dict(told["introductions"])
    assert paths[0].introducer == "jonas-ekwater"
    assert Transfer.from_dict(told["transfer"]).total >= paths[0].score
    assert {row["level"] for row in told["report"]} <= {"info", "warning", "error"}


def test_a_person_can_be_the_target(archives: list[str]) -> None:
    result = run("introduce", *archives, "--to", "Katalin Vesterholt")
    assert result.exit_code == 0, result.output
    assert "Jonas Ekwater, who passes it on to Katalin Vesterholt" in result.output


def test_no_path_is_exit_code_1(archives: list[str]) -> None:
    result = run("introduce", archives[0], "--to", "Nowhere Known")
    assert result.exit_code == 1
    assert "tg.find_organisations" in result.output


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["no-such-file.zip", "--to", "Acme"], "no-such-file.zip"),
        ([], "Missing"),
    ],
)
def test_bad_input_is_exit_code_2_in_words(arguments: list[str], told: str) -> None:
    result = run("introduce", *arguments)
    assert result.exit_code == 2
    assert told in result.output
    assert "Traceback" not in result.output


def test_a_broken_archive_names_the_file_and_the_mend(tmp_path: Path) -> None:
    broken = tmp_path / "archive.zip"
    broken.write_bytes(b"PK\x03\x04 this is no zip")
    result = run("introduce", str(broken), "--to", "Acme")
    assert result.exit_code == 2
    assert "archive.zip" in result.output
    assert "mend" in result.output


def test_connections_alone_give_the_honest_answer(tmp_path: Path) -> None:
    lone = tmp_path / "Connections.csv"
    lone.write_text(
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
        "Bo,Ek,https://www.linkedin.com/in/bo-ek,,Acme,Engineer,08 Feb 2026\n"
        "Ana,Ek,https://www.linkedin.com/in/ana-ek,,Acme,Buyer,08 Feb 2020\n",
        encoding="utf-8",
    )
    result = run("introduce", str(lone), "--to", "Acme")
    assert result.exit_code == 1, result.output
    assert "A bare connection is not a relationship" in result.output
    assert "Ana Ek, Bo Ek" in result.output


def test_the_version_is_printed() -> None:
    assert run("--version").output.strip() == tg.__version__


def test_a_misspelt_target_is_met_with_what_is_known(archives: list[str]) -> None:
    result = run("introduce", archives[0], "--to", "tesaloom")
    assert result.exit_code == 1
    assert "Did you mean" in result.output
    assert "Tessaloom" in result.output
    person = run("introduce", *archives, "--to", "katalin vesterholt")
    assert person.exit_code == 0
    empty = run("introduce", archives[0], "--to", " ")
    assert empty.exit_code == 2
    assert "--to is empty" in empty.output


def test_more_words_in_the_ask_make_it_clearer(archives: list[str]) -> None:
    told = ["--interest", "data", "--role", "lead", "--why-me", "x", "--location", "y"]
    result = run("introduce", *archives, "--to", "Tessaloom", *told, "--timing", "now")
    assert "Asked as clearly as can be" in result.output


def test_a_map_that_cannot_be_written_does_not_spoil_the_answer(tmp_path: Path) -> None:
    result = run("demo", "--out", str(tmp_path / "no such folder" / "map.png"))
    assert result.exit_code == 0
    assert "--out" in result.output


def test_inspect_prints_what_is_in_an_archive_and_what_is_missing(
    archives: list[str], tmp_path: Path
) -> None:
    result = run("inspect", archives[0])
    assert result.exit_code == 0, result.output
    assert "messages.csv" in result.output
    assert "It is the archive of mira-sandquill." in result.output
    lone = tmp_path / "Connections.csv"
    lone.write_text("First Name,Last Name,Connected On\nBo,Ek,08 Feb 2026\n")
    told = run("inspect", str(lone), "--owner", "Ana Lima", "--json")
    assert told.exit_code == 0, told.output
    found = json.loads(told.stdout)[0]
    assert found["ties"] == 1
    assert found["missing"][0]["table"] == "messages"


def test_inspect_of_what_cannot_be_read_is_exit_code_2(tmp_path: Path) -> None:
    broken = tmp_path / "Connections.csv"
    broken.write_text("nothing here\n")
    assert run("inspect", str(broken)).exit_code == 2
    assert run("inspect", str(tmp_path / "none.zip")).exit_code == 2


def test_share_writes_what_a_question_needs_and_says_what_is_left_out(
    archives: list[str], tmp_path: Path
) -> None:
    small = tmp_path / "small.zip"
    asked = ("--to", "Tessaloom", "--out", str(small), "--also", "mira-sandquill")
    result = run("share", archives[1], *asked)
    assert result.exit_code == 0, result.output
    assert "left out" in result.output
    alone = run("introduce", archives[0], archives[1], "--to", "Tessaloom", "--json", "--k", "1")
    pooled = run("introduce", archives[0], str(small), "--to", "Tessaloom", "--json", "--k", "1")
    best = [
        Introductions.from_dict(json.loads(one.stdout)["introductions"])[0]
        for one in (alone, pooled)
    ]
    assert best[0].path == best[1].path
    assert best[0].score == pytest.approx(best[1].score)
    again = run("share", archives[1], *asked)
    assert again.exit_code == 2
    assert "there is a file already" in again.output


def test_share_without_names_sends_none(archives: list[str], tmp_path: Path) -> None:
    small = tmp_path / "small.zip"
    asked = ("--to", "Tessaloom", "--out", str(small), "--no-names")
    assert run("share", archives[1], *asked).exit_code == 0
    net = tg.read_linkedin(small)
    assert (net.people["position"] == "").all()
    assert "Katalin Vesterholt" not in set(net.people["name"])


def test_plan_tells_whom_to_ask_for_what(archives: list[str]) -> None:
    places = ("Tessaloom", "Kitewell Health")
    wanted = [argument for place in places for argument in ("--to", place)]
    result = run("plan", *archives, *wanted, "--budget", "2", "--interest", "data platform")
    assert result.exit_code == 0, result.output
    assert "Whom to ask, and when" in result.output
    assert "Søren Lindhaug" in result.output
    told = json.loads(run("plan", *archives, *wanted, "--budget", "2", "--json").stdout)
    plan = AskPlan.from_dict(told)
    assert {one.target for one in plan} == set(places)


def test_a_plan_goes_on_from_the_record_of_asks(archives: list[str], tmp_path: Path) -> None:
    record = tmp_path / "asks.csv"
    done = tg.Outcome(
        introducer="søren-lindhaug", target="Kitewell Health", asked="2026-11-23", met="2026-11-25"
    )
    tg.ingest.write_outcomes([done], record)
    wanted = ("--to", "Tessaloom", "--to", "Kitewell Health", "--outcomes", str(record))
    result = run("plan", *archives, *wanted)
    assert result.exit_code == 0, result.output
    assert "Kitewell Health is reached" in result.output
    strange = tmp_path / "strange.csv"
    tg.ingest.write_outcomes([done.replace(target="Acme")], strange)
    result = run("plan", *archives, "--to", "Tessaloom", "--outcomes", str(strange))
    assert result.exit_code == 2
    assert "Acme" in result.output


def test_a_plan_without_any_way_is_exit_code_1(archives: list[str]) -> None:
    result = run("plan", archives[0], "--to", "Nowhere Known")
    assert result.exit_code == 1
    assert "Nowhere Known" in result.output
