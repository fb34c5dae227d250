import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

import trustgraph as tg
from trustgraph.models import person_id

texts = st.text(max_size=20)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"id": "ana", "name": "Ana Lima", "url": "https://www.linkedin.com/in/other"}, "ana"),
        ({"name": "Ana", "url": "https://www.linkedin.com/in/Zo%C3%AB-Ng/"}, "zoë-ng"),
        ({"name": " Ana  Lima", "organisation": "Acme "}, "Ana Lima|Acme"),
        ({"name": "Ana Lima", "url": "https://www.linkedin.com/in"}, "Ana Lima|"),
    ],
)
def test_an_id_is_the_one_given_else_the_slug_else_name_and_organisation(fields, expected):
    assert tg.Person(**fields).id == expected


def test_the_id_of_a_name_is_the_one_that_a_person_gets():
    person = tg.Person(name="Ana Lima", organisation="Acme")
    assert person_id("Ana Lima", "Acme") == person.id


def test_a_person_without_a_name_is_called_by_the_id():
    assert tg.Person(id="ana").name == "ana"
    assert tg.Person(url="https://www.linkedin.com/in/ana-lima/").name == "ana-lima"


@pytest.mark.parametrize("fields", [{}, {"id": ""}, {"id": "  "}, {"organisation": "Acme"}])
def test_a_person_needs_something_to_be_known_by(fields):
    with pytest.raises(ValidationError, match="a person needs an id, a name or the address"):
        tg.Person(**fields)


def test_a_changed_person_keeps_the_id_and_is_validated():
    person = tg.Person(name="Ana Lima", organisation="Acme")
    assert person.replace(organisation="Beta").id == "Ana Lima|Acme"
    with pytest.raises(ValidationError):
        person.replace(do_not_ask="perhaps")
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        person.replace(organization="Beta")


def test_people_are_frozen_and_compare_by_value():
    person = tg.Person(id="ana")
    with pytest.raises(ValidationError, match="frozen"):
        person.name = "Bo"
    assert person == tg.Person(id="ana", name="ana")
    assert len({person, tg.Person(id="ana", name="ana")}) == 1
    assert repr(person) == "Person(id='ana', name='ana')"


@given(st.builds(tg.Person, id=texts.filter(str.strip), name=texts, organisation=texts, url=texts))
def test_a_person_comes_back_from_json(person):
    assert tg.Person.model_validate_json(person.model_dump_json()) == person


# ------------------------------------------------------------------------------ positions


def test_a_position_without_an_end_is_held_at_present():
    position = tg.Position(person="ana", organisation="Acme", started=dt.date(2020, 1, 1))
    assert position.present
    assert not position.replace(finished=dt.date(2021, 1, 1)).present


def test_a_position_ends_after_it_began():
    with pytest.raises(ValidationError, match="finished 2019-01-01 is before started 2020-01-01"):
        tg.Position(person="ana", organisation="Acme", started="2020-01-01", finished="2019-01-01")
    same = {"started": "2020-01-01", "finished": "2020-01-01"}
    assert tg.Position(person="ana", organisation="Acme", **same).finished == dt.date(2020, 1, 1)


@pytest.mark.parametrize(
    "fields",
    [{"person": ""}, {"organisation": ""}, {"kind": "club"}, {"since": 2019}, {"started": "soon"}],
)
def test_a_position_has_a_person_a_place_and_a_kind(fields):
    with pytest.raises(ValidationError):
        tg.Position(**{"person": "ana", "organisation": "Acme", **fields})


@given(
    st.builds(
        tg.Position,
        person=st.just("ana"),
        organisation=st.just("Acme"),
        title=texts,
        started=st.none() | st.dates(max_value=dt.date(2000, 1, 1)),
        finished=st.none() | st.dates(min_value=dt.date(2000, 1, 1)),
        kind=st.sampled_from(["employer", "school"]),
    )
)
def test_a_position_comes_back_from_json(position):
    assert tg.Position.model_validate_json(position.model_dump_json()) == position
