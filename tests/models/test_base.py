import pytest
from pydantic import ValidationError

import trustgraph as tg
from trustgraph.models import FrozenModel


class Box(FrozenModel):
    """A model with a required field, one with a default and one whose default is made."""

    size: int
    colour: str = "red"
    labels: tuple[str, ...] = ()


def test_unknown_fields_are_refused():
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        Box(size=1, color="blue")


def test_a_changed_copy_is_validated_again():
    box = Box(size=1)
    assert box.replace(size="2") == Box(size=2)
    with pytest.raises(ValidationError, match="valid integer"):
        box.replace(size="large")
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        box.replace(sice=2)
    assert box == Box(size=1)


def test_what_was_never_set_stays_unset_in_a_copy():
    assert Box(size=1).replace(size=2).model_fields_set == {"size"}


def test_the_repr_shows_what_is_required_or_differs():
    assert repr(Box(size=1)) == "Box(size=1)"
    assert repr(Box(size=1, colour="red", labels=["x"])) == "Box(size=1, labels=('x',))"


def test_fields_cannot_be_set():
    with pytest.raises(ValidationError, match="frozen"):
        tg.Person(id="ana").name = "Bo"
