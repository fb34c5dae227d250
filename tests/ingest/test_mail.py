"""E-mails: headers become days, everything else is reported, and nothing of a body is kept."""

import datetime as dt
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trustgraph.errors import ArchiveError, RecordError
from trustgraph.ingest.mail import read_mail
from trustgraph.ingest.mail_headers import (
    address_of,
    addresses,
    display_name,
    header_text,
    moment,
    written_words,
)

from helpers.linkedin_files import balance
from helpers.outcomes import read_or_refused

ANA, BO, CY = "ana@x.org", "bo@x.org", "cy@x.org"
DATE = "Mon, 23 Nov 2026 10:00:00 +0000"
BORDER = b"From - Mon Nov 23 10:00:00 2026\n"


def mail(sender=BO, to=ANA, *, date=DATE, body="Hello!\n", **headers):
    told = {"From": sender, "To": to, "Date": date}
    told |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = [f"{name}: {value}" for name, value in told.items() if value is not None]
    return "\n".join([*lines, "", body]).encode("utf-8", errors="surrogateescape")


def mbox(*messages):
    return b"\n".join(BORDER + message for message in messages) + b"\n"


@pytest.fixture
def file(tmp_path):
    return tmp_path / "mail.mbox"


def read(file, *messages, **options):
    file.write_bytes(mbox(*messages))
    return read_mail(file, **{"owner": ANA, **options})


def days(net):
    columns = ["source", "target", "at", "amount"]
    return [
        (source, target, at.date().isoformat(), amount)
        for source, target, at, amount in net.evidence[columns].itertuples(index=False)
    ]


def told(net):
    rows = net.report[net.report["reason"].str.startswith("not used: ")]
    return sorted(zip(rows["row"], rows["reason"].str.removeprefix("not used: "), strict=True))


# ------------------------------------------------------------------------------ days


def test_a_message_is_a_day_between_two_people(file):
    net = read(
        file,
        mail("Bo Ek <BO@x.org>", "Ana <ana@x.org>"),
        mail(BO, date="Mon, 23 Nov 2026 23:00:00 +0000"),
        mail(ANA, BO, date="Mon, 23 Nov 2026 23:30:00 -0200"),
    )
    assert days(net) == [(ANA, BO, "2026-11-24", 1.0), (BO, ANA, "2026-11-23", 1.0)]
    assert net.evidence["kind"].unique().tolist() == ["message_day"]
    assert net.evidence["origin"].unique().tolist() == [ANA]
    assert net.people["name"].to_dict() == {ANA: "Ana", BO: "Bo Ek"}
    assert net.owner == ANA
    assert net.as_of == dt.datetime(2026, 11, 24, 1, 30, tzinfo=dt.UTC)
    assert balance(net.report) == {"mail.mbox": (3, 3, 0)}


def test_a_group_counts_damped_and_only_up_to_five(file):
    four = f"{ANA}, {CY}, dee@x.org, eve@x.org"
    net = read(file, mail(BO, four), mail(BO, four, Cc="fay@x.org"), mail(BO, ANA, Cc=f"{CY},{BO}"))
    amounts = {target: amount for _, target, _, amount in days(net)}
    assert amounts == {ANA: 0.5, CY: 0.5, "dee@x.org": 0.25, "eve@x.org": 0.25}
    assert told(net) == [(0, "a group of more than 5 people")]
    assert balance(net.report) == {"mail.mbox": (3, 2, 1)}


def test_all_addresses_of_the_owner_are_the_owner(file):
    messages = mail(BO, "ana@home.org"), mail("Ana@Home.org", BO), mail("ana@home.org", ANA)
    net = read(file, *messages, owner=[ANA, "ana@home.org"])
    assert days(net) == [(ANA, BO, "2026-11-23", 1.0), (BO, ANA, "2026-11-23", 1.0)]
    assert told(net) == [(0, "nobody else is addressed")]


def test_aliases_join_people_of_another_network(file):
    net = read(file, mail("Bo <bo@x.org>"), aliases={"BO@x.org": "bo-ek", ANA: "ana-lima"})
    assert days(net) == [("bo-ek", "ana-lima", "2026-11-23", 1.0)]
    assert (net.owner, net.person("bo-ek").name) == ("ana-lima", "Bo")


def test_the_name_is_the_one_that_is_used_most(file):
    senders = ["Bo <bo@x.org>", "Bo Ek <bo@x.org>", "Bo Ek <bo@x.org>", "bo@x.org <bo@x.org>"]
    assert read(file, *map(mail, senders)).person(BO).name == "Bo Ek"


# ------------------------------------------------------------------------------ no ties


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        (mail(List_Id="<team.x.org>"), "a mailing list or newsletter"),
        (mail(list_unsubscribe="<mailto:x>"), "a mailing list or newsletter"),
        (mail(Precedence="Bulk"), "a mailing list or newsletter"),
        (mail(Auto_Submitted="auto-replied (vacation)"), "written by a machine"),
        (mail("no-reply@x.org"), "the sender is no person"),
        (mail("x+noreply@x.org"), "the sender is no person"),
        (mail("NOTIFICATIONS@x.org"), "the sender is no person"),
        (mail("MAILER-DAEMON@x.org"), "the sender is no person"),
        (mail(to="undisclosed-recipients:;"), "nobody else is addressed"),
        (mail(to=None), "nobody else is addressed"),
        (mail(ANA, "donotreply@x.org"), "nobody else is addressed"),
        (mail(to=CY), "the owner takes no part (a blind copy, or another address of theirs)"),
        (mail(Message_ID="<1@x>"), "a copy of a message that is used"),
        (mail(date="Mon, 23 Nov 2027 10:00:00 +0000"), "dated after as_of"),
    ],
)
def test_what_is_no_tie_is_counted_and_not_used(file, message, reason):
    first = mail(CY, Message_ID="<1@x>")
    net = read(file, first, message, as_of="2026-11-24")
    assert days(net) == [(CY, ANA, "2026-11-23", 1.0)]
    assert told(net) == [(0, reason)]
    assert balance(net.report) == {"mail.mbox": (2, 1, 1)}


def test_people_who_only_sound_like_machines_are_people(file):
    net = read(file, mail("norepliya@x.org"), mail("ana.bouncer@x.org", Auto_Submitted="no"))
    assert len(days(net)) == 2


# ------------------------------------------------------------------------------ odd messages


@pytest.mark.parametrize(
    ("message", "reason", "value"),
    [
        (mail(date=None), "no date that can be read", ""),
        (mail(date="yesterday"), "no date that can be read", "yesterday"),
        (mail(date="Mon, 23 Nov 0001 10:00:00 +0000"), "no date that can be read", "Mon, 23 Nov"),
        (mail(date="Mon, 23 Nov 9999 10:00:00 +0000"), "no date that can be read", "Mon, 23 Nov"),
        (mail(date="Mon, 32 Nov 2026 10:00:00 +0000"), "no date that can be read", "Mon, 32"),
        (mail(None), "no sender that can be read", ""),
        (mail("Bo Ek"), "no sender that can be read", "Bo Ek"),
        (mail("<bo@x.org"), "", ""),
        (mail("(" * 50_000 + "bo@x.org"), "no sender that can be read", ""),
        (mail(f"{'x' * 400}@x.org"), "no sender that can be read", "xxx"),
        (mail(to="x," * 200_000), "headers of more than 256 kB", ""),
        (b"\xff\xfe\0\0\n", "no sender that can be read", ""),
        (b"", "no sender that can be read", ""),
    ],
)
def test_malformed_messages_are_reported_each(file, message, reason, value):
    net = read(file, mail(CY), message, mail(CY))
    rows = net.report.query("row > 0")
    if not reason:
        assert rows.empty
        return
    assert rows[["row", "level", "reason"]].to_numpy().tolist() == [
        [2, "error", f"not used: {reason}"]
    ]
    assert rows["value"].iloc[0].startswith(value)
    assert len(rows["value"].iloc[0]) <= 60
    assert rows["mend"].iloc[0]
    assert balance(net.report) == {"mail.mbox": (3, 2, 1)}
    with pytest.raises(RecordError, match=f"mail.mbox, row 2: {reason}"):
        read(file, mail(CY), message, strict=True)


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        (mail("=?nonsense?Q?Bo?= <bo@x.org>"), "a name in an unknown encoding; it is not kept"),
        (mail(date="Mon, 23 Nov 2026 10:00:00 +9900"), "no such time zone; read as UTC"),
        (mail("B\0o <bo@x.org>"), "NUL bytes in the headers; left out"),
    ],
)
def test_messages_that_are_odd_in_part_are_used_and_reported(file, message, reason):
    net = read(file, message)
    assert days(net) == [(BO, ANA, "2026-11-23", 1.0)]
    rows = net.report.query("row > 0")
    assert rows[["row", "level", "reason"]].to_numpy().tolist() == [[1, "warning", reason]]
    assert balance(net.report) == {"mail.mbox": (1, 1, 0)}


def test_a_mailbox_of_no_use_is_an_error(file):
    with pytest.raises(
        ArchiveError, match="no message of it can be used.*nobody else is addressed"
    ):
        read(file, mail(to=None))
    with pytest.raises(ArchiveError, match="the owner takes no part.*say whose mail it is"):
        read(file, mail(CY, BO))
    with pytest.raises(ArchiveError, match="the owner is no address"):
        read(file, mail(), owner="Ana")
    with pytest.raises(ArchiveError, match="the owner is no address"):
        read(file, mail(), owner=[])


# ------------------------------------------------------------------------------ files


def test_borders_are_told_from_words(file):
    body = "\nFrom what I hear, all is well.\nFrom: x\n\n>From - Mon Nov 23 10:00:00 2026\n"
    net = read(file, mail(body=body), mail(CY, body=">From - Mon Nov 23 10:00:00 2026\n"))
    assert balance(net.report) == {"mail.mbox": (2, 2, 0)}


def test_folded_headers_and_foreign_line_ends_are_read(file):
    folded = b"FROM : =?utf-8?Q?Zo=C3=AB?=\n\t<bo@x.org>\nto:\n ana@x.org\nDate: " + DATE.encode()
    for content in (folded + b"\n\nHi\n", (folded + b"\n\nHi\n").replace(b"\n", b"\r\n")):
        net = read(file, content)
        assert net.person(BO).name == "Zoë"


def test_single_messages_folders_and_maildirs_are_read(tmp_path):
    (tmp_path / "one.eml").write_bytes(b"\xef\xbb\xbf" + mail(BO))
    net = read_mail(tmp_path / "one.eml", owner=ANA)
    assert balance(net.report) == {"one.eml": (1, 1, 0)}
    for folder in ("cur", "new", "tmp", ".Sent/cur"):
        (tmp_path / "Maildir" / folder).mkdir(parents=True)
    (tmp_path / "Maildir" / "cur" / "1:2,S").write_bytes(mail(CY, date=None))
    (tmp_path / "Maildir" / "cur" / "2:2,S").write_bytes(mail(BO))
    (tmp_path / "Maildir" / "cur" / "3").symlink_to(tmp_path / "one.eml")
    (tmp_path / "Maildir" / "tmp" / "3").write_bytes(mail(CY))
    (tmp_path / "Maildir" / ".Sent" / "cur" / "4").write_bytes(mail(ANA, CY))
    (tmp_path / "Maildir" / "Inbox").write_bytes(mbox(mail("dee@x.org")))
    (tmp_path / "Maildir" / "Inbox.msf").write_bytes(b"index")
    net = read_mail(tmp_path / "Maildir", owner=ANA)
    assert [day[:2] for day in days(net)] == [(ANA, CY), (BO, ANA), ("dee@x.org", ANA)]
    assert balance(net.report) == {
        "Maildir/.Sent/cur": (1, 1, 0),
        "Maildir/Inbox": (1, 1, 0),
        "Maildir/cur": (3, 1, 2),
    }
    rows = net.report.query("level == 'error'")
    assert rows[["file", "row", "value"]].to_numpy().tolist() == [
        ["Maildir/cur", 1, "1:2,S: "],
        ["Maildir/cur", 3, "3: "],
    ]
    ignored = net.report[net.report["reason"].str.contains("hold no mail")]
    assert sorted(zip(ignored["file"], ignored["value"], strict=True)) == [
        ("Maildir", "Inbox.msf"),
        ("Maildir/tmp", "3"),
    ]


@pytest.mark.parametrize("content", [b"", b"hello", b"\0" * 100, b"PK\3\4", b"a,b\n1,2\n"])
def test_what_is_no_mail_is_an_error(tmp_path, content):
    for name in ("notes.txt", "notes.eml", "notes"):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(ArchiveError, match="this is no mail"):
            read_mail(tmp_path / name, owner=ANA)
    (tmp_path / "empty").mkdir()
    with pytest.raises(ArchiveError, match="no mail in this folder"):
        read_mail(tmp_path / "empty", owner=ANA)
    with pytest.raises(ArchiveError, match="no such file"):
        read_mail(tmp_path / "nothing", owner=ANA)


def test_nothing_of_a_body_or_subject_is_kept(file):
    net = read(file, mail(body="SECRET\nCc: secret@x.org\n", Subject="SECRET"))
    assert "secret" not in net.model_dump_json().lower()


def test_long_lines_and_long_bodies_take_no_room(file):
    with file.open("wb") as stream:
        stream.write(BORDER + b"X-Junk: " + b"x" * 30_000_000 + b"\n" + mail(BO))
        stream.write(b"y" * 30_000_000 + b"\n\n")
        stream.write(BORDER + b"To: " + b"z" * 30_000_000 + b"\n" + mail(CY, to=None))
    tracemalloc.start()
    net = read_mail(file, owner=ANA)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8_000_000
    assert [day[:2] for day in days(net)] == [(BO, ANA)]
    assert told(net) == [(2, "headers of more than 256 kB")]


@settings(max_examples=150)
@given(data=st.data())
def test_any_damage_is_read_or_reported(data, tmp_path_factory):
    file = tmp_path_factory.mktemp("mail") / "mail.mbox"
    content = bytearray(mbox(mail("=?utf-8?B?Wm/Dqw==?= <bo@x.org>"), mail(CY), mail(ANA, CY)))
    start = data.draw(st.integers(0, len(content) - 1))
    content[start : start + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=8))
    Path(file).write_bytes(content)
    net, refusal = read_or_refused(lambda: read_mail(file, owner=ANA))
    if refusal is not None:
        assert str(refusal).startswith("mail.mbox")
        return
    (read_, used, unused) = balance(net.report)["mail.mbox"]
    assert read_ == used + unused


# ------------------------------------------------------------------------------ headers


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("a@x.org", [("", "a@x.org")]),
        ("A B <a@x.org>", [("A B", "a@x.org")]),
        ('"B, A" <a@x.org>, c@x.org', [("B, A", "a@x.org"), ("", "c@x.org")]),
        ('"a \\" b" <a@x.org>', [('a " b', "a@x.org")]),
        ("a@x.org (A (the) B)", [("A the B", "a@x.org")]),
        ("team: a@x.org, b@x.org;", [("", "a@x.org"), ("", "b@x.org")]),
        ("undisclosed-recipients:;", []),
        ("a@x.org; b@x.org", [("", "a@x.org"), ("", "b@x.org")]),
        ("<a@x.org", [("", "a@x.org")]),
        ('"a@x.org', [("", "a@x.org")]),
        ("((((", []),
    ],
)
def test_addresses_are_found_in_every_form(text, found):
    assert list(addresses(text)) == found


@given(st.text(st.sampled_from('ab@.,;:<>()"\\ \t'), max_size=60))
def test_addresses_are_found_in_anything(text):
    for name, address in addresses(text):
        assert name + address
        assert address_of(address) in {"", address.strip().lower()}


@given(st.text(max_size=40))
def test_anything_is_a_header(text):
    raw = text.encode("utf-8", errors="surrogatepass")
    assert "\n" not in header_text(raw)
    written_words(header_text(raw))
    display_name(text)
    moment(text)


@pytest.mark.parametrize(
    ("text", "name", "is_whole"),
    [
        ("=?ISO-8859-1?Q?Jos=E9?=", "José", True),
        ("=?utf-8?B?Wm/Dq?=", "Zo\ufffd", True),
        ("=?utf-8?Q?a_b?= =?utf-8?Q?c?=", "a bc", True),
        ("=?utf-8*de?Q?a?=", "a", True),
        ("=?us-ascii?Q?=ff?=", "\ufffd", True),
        ("=?rot13?Q?a?= b", "b", False),
        ("=?unicode_escape?Q?\\x?=", "", False),
        ("=?../x?Q?a?=", "=?../x?Q?a?=", True),
        ("=?utf-8?X?a?=", "=?utf-8?X?a?=", True),
        ("'Bo'", "Bo", True),
        ("bo@x.org", "", True),
        ("x" * 300, "x" * 200, True),
    ],
)
def test_names_are_read_from_encoded_words(text, name, is_whole):
    assert display_name(text) == (name, is_whole)
