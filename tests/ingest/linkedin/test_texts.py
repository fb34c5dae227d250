"""keep_text: what people wrote is kept if the user asks for it, and else nowhere at all."""

import trustgraph as tg

from helpers.linkedin_files import (
    RECOMMENDATIONS,
    connection,
    connections,
    folder,
    invitation,
    invitations,
    message,
    messages,
    table,
)
from helpers.linkedin_life import everything, texts

ANA, BO, CY = "Ana Lima <ana-lima>", "Bo Ek <bo-ek>", "Cy Yun <cy-yun>"
TIES = connections([connection("Bo Ek", "bo-ek"), connection("Cy Yun", "cy-yun")])
WORD = "Zanzibar"
"""A word that stands in every text of these archives and nowhere else."""
AT = "2025-12-06 10:05:49"
NOTE_TITLES = (
    "Connection First Name,Connection Last Name,Connection Profile URL,Note,Created On,Edited On"
)
LETTER = {
    "First Name": "Bo",
    "Last Name": "Ek",
    "Text": f"The best,\nsays {WORD}",
    "Creation Date": "01/24/18, 03:00 PM",
    "Status": "VISIBLE",
}
FILES = {
    "Connections.csv": TIES,
    "messages.csv": messages(
        [
            message(BO, ANA, text=f"Hi\nfrom {WORD}"),
            message(BO, f"{ANA};{CY}", "2026-03-14 03:18:54 UTC", text=f"All to {WORD}?"),
            message(ANA, BO, text=f"not sent to {WORD}", draft="Yes"),
            message("Big Brand", ANA, text=f"Fly to {WORD}"),
            message(BO, ANA, text=f"{WORD} for free", folder="SPAM"),
            message("LinkedIn Member", ANA, text=f"{WORD} is hidden"),
            message(ANA, BO, "2026-02-08 03:18:54 UTC", text=f"Shall we {WORD}?"),
            message(BO, ANA, f"{WORD} soon", text=WORD),
            message(BO, CY, text=f"{WORD} without the owner"),
        ]
    ),
    "Invitations.csv": invitations(
        [
            invitation(ANA, BO, "OUTGOING", text=f"Shall we {WORD}?"),
            invitation(ANA, CY, f"{WORD} WAY", text=WORD),
            invitation(CY, ANA, "INCOMING", at=f"in {WORD}"),
        ]
    ),
    "Recommendations_Received.csv": table(
        RECOMMENDATIONS,
        [
            LETTER,
            LETTER | {"Creation Date": WORD, "Text": ""},
            LETTER | {"Status": f"{WORD} is odd"},
            {"First Name": f"torn {WORD}"},
        ],
    ),
    "Recommendations_Given.csv": table(
        RECOMMENDATIONS,
        [LETTER | {"Status": "PENDING"}, LETTER | {"First Name": "Cy", "Last Name": "Yun"}],
    ),
    "Shares_12345678.csv": table(
        "Date,ShareLink,ShareCommentary",
        [{"Date": AT, "ShareCommentary": f"Post {WORD}"}, {"Date": WORD}],
    ),
    "Comments_12345678.csv": table(
        "Date,Link,Message", [{"Date": AT, "Message": f"Comment {WORD}"}]
    ),
    "Notes.csv": table(
        NOTE_TITLES,
        [
            {
                "Connection Profile URL": "https://www.linkedin.com/in/bo-ek",
                "Note": f"note {WORD}",
                "Created On": "2025-11-01",
            },
            {"Connection First Name": WORD},
            {
                "Connection Profile URL": "https://www.linkedin.com/in/cy-yun",
                "Created On": f"in {WORD}",
            },
        ],
    ),
}


def test_by_default_no_word_of_it_is_kept_anywhere(tmp_path):
    net = tg.read_linkedin(folder(tmp_path, FILES), owner="ana-lima")
    assert net.texts.empty
    assert WORD.lower() not in everything(net).lower()
    G = tg.build_graph(net)
    assert WORD not in str([*G.nodes(data=True), *G.edges(data=True)])


def test_what_was_written_between_people_is_kept_where_the_user_asks_for_it(tmp_path):
    net = tg.read_linkedin(folder(tmp_path, FILES), owner="ana-lima", keep_text=True)
    assert texts(net) == [
        ("comment", "ana-lima", "", f"Comment {WORD}"),
        ("invitation", "ana-lima", "bo-ek", f"Shall we {WORD}?"),
        ("message", "bo-ek", "ana-lima", f"All to {WORD}?"),
        ("message", "bo-ek", "ana-lima", f"Hi\nfrom {WORD}"),
        ("message", "bo-ek", "cy-yun", f"All to {WORD}?"),
        ("note", "ana-lima", "bo-ek", f"note {WORD}"),
        ("recommendation", "ana-lima", "cy-yun", f"The best,\nsays {WORD}"),
        ("recommendation", "bo-ek", "ana-lima", f"The best,\nsays {WORD}"),
        ("share", "ana-lima", "", f"Post {WORD}"),
    ]
    moments = net.texts.set_index("text")["at"]
    assert str(moments[f"Hi\nfrom {WORD}"]) == "2026-03-13 03:18:54+00:00"
    assert set(net.texts["origin"]) == {"ana-lima"}


def test_keeping_texts_changes_nothing_else(tmp_path):
    path = folder(tmp_path, FILES)
    without = tg.read_linkedin(path, owner="ana-lima")
    net = tg.read_linkedin(path, owner="ana-lima", keep_text=True)
    assert net.replace(texts=without.texts) == without


def test_a_text_in_another_encoding_is_kept_as_it_was_meant(tmp_path):
    text = messages([message(BO, ANA, text="Déjà vu")]).encode("cp1252")
    net = tg.read_linkedin(
        folder(tmp_path, {"messages.csv": text}), owner="ana-lima", keep_text=True
    )
    assert net.texts["text"].tolist() == ["Déjà vu"]
