import pytest

from trustgraph import errors


@pytest.mark.parametrize(
    ("error", "builtin"),
    [
        (errors.RecordError("odd"), ValueError),
        (errors.ArchiveError("odd"), ValueError),
        (errors.GraphContractError(["odd"]), ValueError),
        (errors.UnknownPersonError("bo"), KeyError),
        (errors.AmbiguousPersonError("bo", ["b1", "b2"]), KeyError),
        (errors.SeveralOwnersError(["a", "b"]), ValueError),
        (errors.ConvergenceError(3, 0.1, 0.01), RuntimeError),
        (errors.IndexFileError("a.trust", "odd", mend="save it again"), ValueError),
    ],
    ids=lambda one: type(one).__name__,
)
def test_every_error_is_ours_and_a_builtin(error, builtin):
    assert isinstance(error, errors.TrustGraphError)
    assert isinstance(error, builtin)
    assert str(error)
    assert not str(error).startswith("'")  # a KeyError prints its sentence, not a repr


def test_errors_carry_their_facts():
    record = errors.RecordError("odd", file="a.csv", row=3, value="x", mend="drop it")
    assert (record.reason, record.file, record.row, record.value, record.mend) == (
        "odd", "a.csv", 3, "x", "drop it",
    )  # fmt: skip
    assert str(record) == "a.csv, row 3: odd: 'x'; mend: drop it"
    assert errors.UnknownPersonError("bo", ["Bo"]).near == ("Bo",)
    assert errors.AmbiguousPersonError("bo", ["b1", "b2"]).candidates == ("b1", "b2")
    assert errors.SeveralOwnersError(["a", "b"]).owners == ("a", "b")
    settled = errors.ConvergenceError(3, 0.1, 0.01)
    assert (settled.iterations, settled.residual, settled.tol) == (3, 0.1, 0.01)


def test_long_lists_are_cut_and_counted():
    contract = errors.GraphContractError([f"fault {number}" for number in range(25)])
    assert len(contract.faults) == 25
    assert "25 faults" in str(contract)
    assert str(contract).endswith("and 15 more")
    people = errors.AmbiguousPersonError("bo", [f"b{number}" for number in range(25)])
    assert str(people).endswith("and 15 more")


def test_no_owner_is_told_differently_from_several():
    assert "name the seeker yourself" in str(errors.SeveralOwnersError([]))
