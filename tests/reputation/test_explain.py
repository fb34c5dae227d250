import pytest

from trustgraph.models.ask import Ask
from trustgraph.reputation.results import Carrier, Transfer


def moved(total: float, **changes) -> Transfer:
    carrier = Carrier(
        person="bo",
        name="Bo",
        removal=total / 2,
        shapley=total,
        inflow=0.5,
        through=total,
        retained=0.5,
    ).replace(**changes)
    return Transfer(
        ask=Ask(seeker="ana", target="dee", clarity=1.0),
        seeker_name="Ana",
        target_name="Dee",
        total=total,
        direct=0.0,
        carriers=(carrier,),
        exact=True,
        method="decision_diagram",
    )


@pytest.mark.parametrize(
    ("total", "told"), [(0.004, "under 1 %"), (0.996, "over 99 %"), (1.0, "100 %"), (0.3, "30 %")]
)
def test_chances_near_0_and_1_are_not_rounded_to_them(total, told):
    assert moved(total).explain().startswith(f"With {told} (")


def test_someone_whom_no_draw_reached_is_told_so():
    unmet = {"inflow": 0.0, "through": 0.0, "retained": None}
    assert "In the draws the request never reached them." in moved(0.3, **unmet).explain()
    assert moved(0.3, **unmet).retained.isna().all()


def test_one_intermediary_has_no_share_to_tell():
    text = moved(0.3).explain()
    assert "fair share" not in text
    assert "if Bo refuses, the total falls from 0.300 to 0.150." in text


def test_every_row_has_its_sentence():
    found = moved(0.3, name="Bo\nLi")
    assert found.sentences.index.name == "person"
    assert found.sentences.to_dict() == {
        "bo": "Bo Li: if Bo Li refuses, the total falls from 0.300 to 0.150. With 50 % it gets as "
        "far as them and they pass it on; from there it goes all the way with 50 %."
    }
    assert all(f". {text}" in found.explain() for text in found.sentences)
    assert moved(0.3).replace(carriers=()).sentences.empty
