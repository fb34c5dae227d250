"""Names as people write them: what is the same, what is alike, what is not."""

import unicodedata
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trustgraph._text import (
    circle_key,
    clean,
    fold,
    match_organisation,
    match_organisations,
    near,
    nfc,
    organisation_key,
    slug_of,
    words,
)

TEXT = st.text(max_size=30)
NAME = st.lists(
    st.sampled_from(
        ["Acme", "Robotics", "Group", "GmbH", "&", "S.A.", "Co.", "the", "|", " - ", "Ü", "", "of"]
    ),
    max_size=5,
).map(" ".join)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  Ana   Lima ", "Ana Lima"),
        ("Ana\u00a0Lima", "Ana Lima"),
        ("Ana\u200b\u200d\ufeff Lima\u00ad", "Ana Lima"),
        ("Ana\x00\x07\nLima", "Ana Lima"),
        ("\u202eamiL anA\u202c", "amiL anA"),
        ("Zoe\u0308 Ng", "Zoë Ng"),
        ("Zoe\u200b\u0308 Ng", "Zoë Ng"),
        ("\ud800Ana", "Ana"),
        ("❤\ufe0f Ana", "❤ Ana"),
        ("\u3164\u2800", ""),
        ("", ""),
    ],
)
def test_clean_leaves_what_can_be_seen(text, expected):
    assert clean(text) == expected


@settings(deadline=None)
@given(TEXT)
def test_cleaning_and_folding_twice_changes_nothing(text):
    assert clean(clean(text)) == clean(text)
    assert fold(fold(text)) == fold(text)
    assert nfc(nfc(text)) == nfc(text)
    assert fold(clean(text)) == fold(text)


@settings(deadline=None)
@given(TEXT)
def test_composed_and_decomposed_text_are_compared_alike(text):
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ZOË", "zoe"),
        ("Straße", "STRASSE"),
        ("Łukasz Żak", "lukasz zak"),
        ("Søren Æbelø", "soren aebelo"),
        ("İstanbul", "istanbul"),
        ("𝗔𝗻𝗮 𝐋𝐢𝐦𝐚", "ana lima"),
        ("Ａｎａ", "ana"),
    ],
)
def test_case_accents_and_fancy_letters_do_not_count(one, other):
    assert fold(one) == fold(other) == other.casefold()


def test_marks_that_make_another_letter_stay():
    assert fold("が") != fold("か")
    assert fold("हिन्दी") != fold("हनद")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Head of Data & AI (EMEA)", ("head", "of", "data", "ai", "emea")),
        ("McDonald's / McDonald’s", ("mcdonalds", "mcdonalds")),
        ("snake_case R2-D2", ("snake", "case", "r2", "d2")),
        ("東京 タワー", ("東京", "タワー")),
        ("'quoted'", ("quoted",)),
        ("!!! 🚀", ()),
        ("", ()),
    ],
)
def test_words_are_runs_of_letters_and_digits(text, expected):
    assert words(text) == expected


# ------------------------------------------------------------------------------------ slugs


@pytest.mark.parametrize(
    "address",
    [
        "https://www.linkedin.com/in/zo%C3%AB-ng",
        "http://www.linkedin.com/in/zoë-ng",
        "https://de.linkedin.com/in/ZOË-NG/",
        "www.linkedin.com/in/zoe\u0308-ng?trk=people&x=/in/other",
        "linkedin.com/in/zoë-ng#about",
        "//linkedin.com/in/zoë-ng/details/skills/",
        "https://www.linkedin.com:443/in/zoë-ng",
        "HTTPS://WWW.LINKEDIN.COM/IN/ZO%c3%ab-NG",
        "/in/zoë-ng/",
        "in/zoë-ng",
        "  zoë-ng ",
        "Zo%C3%AB-Ng",
    ],
)
def test_every_form_of_an_address_has_the_same_slug(address):
    assert slug_of(address) == "zoë-ng"


@pytest.mark.parametrize(
    "address",
    [
        "https://www.linkedin.com/in",
        "https://www.linkedin.com/in/",
        "https://www.linkedin.com/in/?trk=x",
        "https://www.linkedin.com",
        "linkedin.com",
        "https://www.linkedin.com/company/acme",
        "https://example.org/in/ana",
        "https://notlinkedin.com/in/ana",
        "urn:li:member:12345",
        "ana@example.org",
        "Ana Lima",
        "Ana Lima|Acme",
        "/in/",
        "",
        "   ",
    ],
)
def test_what_names_nobody_has_no_slug(address):
    assert slug_of(address) == ""


def test_a_slug_that_is_no_encoding_is_kept_as_it_is():
    assert slug_of("https://www.linkedin.com/in/100%ff") == "100%ff"


@settings(deadline=None)
@given(st.text(st.characters(categories=["L", "Nd"]), min_size=1, max_size=20))
def test_an_encoded_and_a_raw_slug_meet(slug):
    address = "https://www.linkedin.com/in/"
    assert slug_of(address + quote(slug)) == slug_of("www.linkedin.com/in/" + slug) == slug_of(slug)


# ------------------------------------------------------------------------------------ organisations

SAME_BUT_FOR_THE_LEGAL_FORM = [
    "Acme Inc",  # United States
    "Acme, Inc.",
    "Acme LLC",
    "Acme L.L.C.",
    "Acme Corp.",
    "Acme Ltd",  # United Kingdom
    "Acme PLC",
    "Acme LLP",
    "Acme Ltée",  # Canada
    "Acme Pty Ltd",  # Australia
    "Acme Pvt. Ltd.",  # India
    "Acme Private Limited",
    "Acme Pte. Ltd.",  # Singapore
    "Acme Sdn. Bhd.",  # Malaysia
    "Acme GmbH",  # Germany
    "Acme GmbH & Co. KG",
    "Acme AG",
    "Acme SE",
    "Acme UG (haftungsbeschränkt)",
    "Acme S.A.",  # France
    "Acme SARL",
    "Acme S.A.S.",
    "Acme & Cie",
    "Acme B.V.",  # Netherlands
    "Acme N.V.",  # Belgium
    "Acme AB",  # Sweden
    "AB Acme",
    "Acme AB (publ)",
    "Acme A/S",  # Denmark
    "Acme ApS",
    "Acme AS",  # Norway
    "Acme ASA",
    "Acme Oy",  # Finland
    "Acme Oyj",
    "Acme ehf.",  # Iceland
    "Acme S.p.A.",  # Italy
    "Acme S.r.l.",
    "Acme S.L.",  # Spain
    "Acme Lda.",  # Portugal
    "Acme Ltda.",  # Brazil
    "Acme S/A",
    "Acme EIRELI",
    "Acme S.A. de C.V.",  # Mexico
    "Acme S. de R.L. de C.V.",
    "Acme SAPI de CV",
    "Acme S.A.C.",  # Peru
    "Acme Sp. z o.o.",  # Poland
    "Acme Sp. z o. o.",
    "Acme s.r.o.",  # Czechia, Slovakia
    "Acme a.s.",
    "Acme, spol. s r.o.",
    "Acme Kft.",  # Hungary
    "Acme Zrt.",
    "Acme d.o.o.",  # Croatia, Slovenia, Serbia
    "Acme EOOD",  # Bulgaria
    "Acme OÜ",  # Estonia
    "SIA Acme",  # Latvia
    "UAB Acme",  # Lithuania
    "OOO Acme",  # Russia
    "ООО «Acme»",
    "Acme Ltd. Şti.",  # Turkey
    "Acme A.Ş.",
    "Acme K.K.",  # Japan
    "株式会社Acme",
    "Acme株式会社",
    "Acme有限公司",  # China
    "Acme Co., Ltd.",
    "PT Acme Tbk",  # Indonesia
    "Acme PJSC",  # Arab Emirates
    "Acme FZ-LLC",
    "The Acme Company",
    "Acme | We build things",
    "Acme - We build things",
    "Acme – a better world",
    "Acme & Co",
]


@pytest.mark.parametrize("name", SAME_BUT_FOR_THE_LEGAL_FORM)
def test_legal_forms_and_taglines_do_not_make_another_organisation(name):
    assert match_organisation("Acme", name) == "strong"
    assert organisation_key(name) == organisation_key("Acme") == "acme"


@pytest.mark.parametrize(
    ("wanted", "name", "tier"),
    [
        ("Acme", "acme", "exact"),
        ("Acme", " A.C.M.E. ", "exact"),
        ("Crème Brûlée", "creme-brulee", "exact"),
        ("McDonald's", "McDonalds", "exact"),
        ("Acme™", "Acme", "exact"),
        ("Open AI", "OpenAI Inc.", "strong"),
        ("Johnson & Johnson", "Johnson and Johnson", "strong"),
        ("Villeroy & Boch", "Villeroy und Boch AG", "strong"),
        ("Bank of America", "Bank of America Corporation", "strong"),
        ("Acme", "Acme Robotics", "weak"),
        ("Acme Robotics GmbH", "Acme", "weak"),
        ("Acme Group", "Acme Holding", "weak"),
        ("Acme Deutschland GmbH", "Acme France SAS", "weak"),
        ("Acme International", "Acme Labs, Inc.", "weak"),
        ("Acme", "Acme.com", "weak"),
        ("Acme", "Acmeology", None),
        ("Acme", "Pacme", None),
        ("Acme", "The New Acme", None),
        ("Acme Robotics", "Acme Foods", None),
        ("Acme Group", "Acme Robotics", None),
        ("Bank of America", "Bank of India", None),
        ("Bank", "Bank of America", None),
        ("東京", "東京電力", None),
        ("Group", "Group Nine", None),
        ("The", "The Home Depot", None),
        ("AG", "Siemens AG", None),
        ("Inc.", "Acme Inc.", None),
        ("Co", "Ltd", None),
        ("The Company Inc", "Acme Company Inc", None),
        ("", "Acme", None),
        ("", "", None),
        ("!!!", "???", None),
        ("🚀", "🚀", None),
    ],
)
def test_the_tier_of_a_match(wanted, name, tier):
    assert match_organisation(wanted, name) == tier
    assert match_organisation(name, wanted) == tier


@given(NAME, NAME)
@settings(max_examples=200, deadline=None)
def test_matching_does_not_depend_on_the_order(one, other):
    assert match_organisation(one, other) == match_organisation(other, one)


@settings(deadline=None)
@given(st.one_of(NAME, TEXT))
def test_a_name_with_a_word_matches_itself_exactly(name):
    assert match_organisation(name, name) == ("exact" if words(name.replace("™", "")) else None)


@given(NAME, NAME)
@settings(max_examples=200, deadline=None)
def test_a_strong_match_is_an_equal_key(one, other):
    if match_organisation(one, other) == "strong":
        assert organisation_key(one) == organisation_key(other) != ""


@pytest.mark.parametrize(
    "name", ["Self-employed", "FREELANCE", "Retired", "Stealth Startup", "N/A", ""]
)
def test_what_is_no_place_makes_nobody_a_colleague(name):
    assert circle_key(name) == ""


def test_a_place_where_people_meet_has_the_key_of_its_organisation():
    assert circle_key("Acme Inc.") == circle_key("ACME | We build") == organisation_key("Acme")


@settings(deadline=None)
@given(st.lists(NAME, max_size=6), NAME)
def test_many_names_at_once_are_matched_like_one_by_one(names, wanted):
    assert match_organisations(wanted, names) == [match_organisation(wanted, n) for n in names]


@settings(deadline=None)
@given(st.from_regex(r"[a-z]{3,8}", fullmatch=True), st.from_regex(r"[a-z]{1,5}", fullmatch=True))
def test_a_part_of_a_word_never_matches(name, more):
    assert match_organisation(name + "q", name + "q" + more) is None


# ------------------------------------------------------------------------------------ spelling help


def test_near_finds_the_misspelt_the_first_name_and_the_last_name():
    names = ["Ana Lima", "Anna Lind", "Bo Ek", "Zoë Ng"]
    assert near("Ana Lyma", names)[0] == "Ana Lima"
    assert near("zoe", names) == ["Zoë Ng"]
    assert near("Ek", names) == ["Bo Ek"]
    assert near("Ana Lima", names)[0] == "Ana Lima"
    assert near("xyz", names) == []
    assert near("", names) == []


def test_near_gives_no_more_than_asked_for_in_any_order_of_the_names():
    names = [f"Ana Lima {number}" for number in range(9)]
    assert len(near("Ana Lima", names, n=3)) == 3
    assert near("Ana Lima", names) == near("Ana Lima", names[::-1])
