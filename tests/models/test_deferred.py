"""A record with deferred fields cannot be told from one that was made at once."""

import copy
import pickle
from collections.abc import Callable, Mapping
from threading import Thread
from typing import Any, ClassVar

import pytest
from pydantic import TypeAdapter, ValidationError

from trustgraph.models.base import FrozenModel
from trustgraph.models.deferred import DeferredModel


class Answer(DeferredModel):
    later: ClassVar[Mapping[str, Any]] = {"parts": (), "note": ""}

    question: str
    parts: tuple[int, ...]
    note: str = ""
    size: int = 3


class Holder(FrozenModel):
    answer: Answer


class Thinker:
    def __init__(self) -> None:
        self.asked: list[str] = []

    def field(self, name: str) -> Any:
        self.asked.append(name)
        return {"parts": (1, 2), "note": "so"}[name]


def deferred() -> tuple[Answer, Thinker]:
    source = Thinker()
    return Answer.deferred(source, question="why?"), source


AT_ONCE = Answer(question="why?", parts=(1, 2), note="so")


def test_a_field_is_worked_out_when_first_looked_at_and_never_again() -> None:
    answer, source = deferred()
    assert (answer.question, answer.size, source.asked) == ("why?", 3, [])
    assert answer.note == "so"
    assert source.asked == ["note"]
    assert (answer.note, answer.parts, answer.parts) == ("so", (1, 2), (1, 2))
    assert source.asked == ["note", "parts"]
    answer.settle()
    answer.settle()
    assert source.asked == ["note", "parts"]


USES: dict[str, Callable[[Answer], object]] = {
    "equality": lambda answer: answer == AT_ONCE,
    "inequality": lambda answer: answer != AT_ONCE,
    "hash": hash,
    "repr": repr,
    "str": str,
    "dict": lambda answer: list(answer.model_dump().items()),
    "json": lambda answer: answer.model_dump_json(),
    "dict of some": lambda answer: answer.model_dump(include={"parts"}),
    "within another": lambda answer: Holder(answer=answer).model_dump(),
    "adapter": lambda answer: TypeAdapter(Answer).dump_json(answer),
    "copy": copy.copy,
    "deep copy": copy.deepcopy,
    "model copy": lambda answer: answer.model_copy(update={"size": 4}),
    "replace": lambda answer: answer.replace(size=4),
    "pickle": lambda answer: pickle.loads(pickle.dumps(answer)),
    "pairs": lambda answer: (answer.settle(), list(answer))[1],
    "validation": Answer.model_validate,
    "set": lambda answer: sorted(answer.model_fields_set | {"size"}),
}


@pytest.mark.parametrize("use", USES)
@pytest.mark.parametrize("touched", [False, True])
def test_whatever_is_done_with_it_all_fields_are_there(use: str, touched: bool) -> None:
    answer, _ = deferred()
    if touched:
        assert answer.note == "so"
    assert USES[use](answer) == USES[use](AT_ONCE)


def test_a_copy_and_a_pickle_leave_the_source_behind() -> None:
    for use in (copy.copy, copy.deepcopy, USES["pickle"]):
        answer, source = deferred()
        other = use(answer)
        assert sorted(source.asked) == ["note", "parts"]
        assert vars(other) == vars(AT_ONCE)
        assert list(vars(other)) == list(vars(AT_ONCE))


def test_other_values_are_not_equal() -> None:
    answer, _ = deferred()
    assert answer != AT_ONCE.replace(note="else")
    assert answer != "why?"
    assert answer != Holder(answer=AT_ONCE)


def test_known_fields_are_validated_and_frozen() -> None:
    with pytest.raises(ValidationError, match="question"):
        Answer.deferred(Thinker(), question=7)
    with pytest.raises(ValidationError, match="unknown"):
        Answer.deferred(Thinker(), question="?", unknown=1)
    answer, _ = deferred()
    for name in ("question", "note"):
        with pytest.raises(ValidationError, match="frozen"):
            setattr(answer, name, "new")
    assert answer.note == "so"


def test_a_name_that_does_not_exist_is_an_attribute_error() -> None:
    for answer in (deferred()[0], AT_ONCE):
        name = "notes"
        with pytest.raises(AttributeError, match="notes"):
            getattr(answer, name)
    with pytest.raises(AttributeError, match="no attribute 'parts'"):
        _ = Answer.model_construct(question="?").parts


def test_an_error_of_the_source_is_told_and_can_be_overcome() -> None:
    class Moody(Thinker):
        def field(self, name: str) -> Any:
            if not self.asked:
                self.asked.append(name)
                message = "not today"
                raise OSError(message)
            return super().field(name)

    answer = Answer.deferred(Moody(), question="?")
    with pytest.raises(OSError, match="not today"):
        _ = answer.parts
    assert answer.parts == (1, 2)


def test_many_threads_see_the_same_value() -> None:
    class Counting(Thinker):
        def field(self, name: str) -> Any:
            super().field(name)
            return (len(self.asked),) if name == "parts" else "so"

    answer, seen = Answer.deferred(Counting(), question="?"), []
    workers = [Thread(target=lambda: seen.append((answer.parts, repr(answer)))) for _ in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(set(seen)) == 1
