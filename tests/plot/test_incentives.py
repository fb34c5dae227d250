"""What stands in the picture of offers."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.collections import PathCollection

from trustgraph.plot import plot_incentives

from helpers.pictures import LONG, collisions, drawn, outside, texts_of
from helpers.planning_cases import OFFERS, SCORES, made_offers

QUANTITIES = ("score", "endorses", "forwards", "carried", "lift", "gain")


def words(ax):
    return [text.get_text() for text in ax.texts]


def marks(ax, norms, *, of=2):
    """Where the marks of one norms stand, from the top down; the last ones are the legend's."""
    found = [one for one in ax.collections if isinstance(one, PathCollection)]
    return [one.get_offsets()[0].tolist() for one in found[:-of]][7 * norms : 7 * norms + 7]


def test_each_offer_has_a_row_and_each_norms_a_mark_in_it():
    ax = plot_incentives(made_offers())
    for norms in (0, 1):
        assert [x for x, _ in marks(ax, norms)] == list(SCORES[norms])
        assert [round(y) for _, y in marks(ax, norms)] == list(range(1, 8))
    names = [f"{offer}, told" if told else offer for offer, told in OFFERS]
    assert [word for word in words(ax) if word in names] == names
    assert words(ax).count("0.400") == 2


def test_norms_differ_in_shape_and_not_in_colour_alone():
    ax = plot_incentives(made_offers())
    legend = [one for one in ax.collections if isinstance(one, PathCollection)][-2:]
    shapes = [one.get_paths()[0].vertices.tolist() for one in legend]
    assert shapes[0] != shapes[1]
    assert {"literature", "essay"} <= set(words(ax))


def test_numbers_stand_under_the_name_of_their_norms():
    ax = drawn(plot_incentives(made_offers()))
    boxes = {text.get_text(): text.get_window_extent() for text in ax.texts}
    # 0.08 is the essay's token payment alone, 0.22 the literature's
    assert boxes["0.080"].x1 == pytest.approx(boxes["essay"].x1, abs=1)
    assert boxes["0.220"].x1 == pytest.approx(boxes["literature"].x1, abs=1)


def test_there_is_a_line_at_nothing_and_its_sides_are_named():
    ax = plot_incentives(made_offers())
    lines = [line[0, 0] for one in ax.collections if hasattr(one, "get_segments")
             for line in one.get_segments() if line[0, 0] == line[1, 0] == 0.4]  # fmt: skip
    assert lines
    assert {"less than with nothing", "more than with nothing"} <= set(words(ax))
    low, high = ax.get_xlim()
    assert low < 0.4 < high


@pytest.mark.parametrize("quantity", QUANTITIES)
def test_every_quantity_is_drawn_with_its_intervals(quantity):
    found = made_offers()
    ax = plot_incentives(found, quantity=quantity)
    assert [x for x, _ in marks(ax, 0)] == [
        getattr(one, quantity) for one in found.whole("literature")
    ]
    ends = [getattr(one, f"{quantity}_interval") for one in found.whole("essay")]
    drawn_ends = [
        (line[0, 0], line[1, 0])
        for one in ax.collections
        if hasattr(one, "get_segments")
        for line in one.get_segments()
    ]
    assert {(one.low, one.high) for one in ends} <= set(drawn_ends)
    assert collisions(texts_of(drawn(ax))) == []


def test_the_title_says_whether_a_payment_helps():
    assert plot_incentives(made_offers()).get_title(loc="left").startswith("No payment makes more")
    # the makers hand over more often where less is endorsed
    ax = plot_incentives(made_offers(), quantity="forwards")
    assert ax.get_title(loc="left") == (
        "Some payment makes a mere hand-over likelier than nothing does"
    )
    assert "a mere hand-over carries no reputation" in words(ax)[0]
    better = [(0.4, 0.4, 0.4, 0.4, 0.4, 0.4, 0.41)]
    ax = plot_incentives(made_offers(better, norms=["own"]))
    assert ax.get_title(loc="left") == "Some payment makes more arrive than nothing does"


def test_one_contact_is_found_by_id_and_by_name():
    for person in ("bo quist", "Bo Quist"):
        ax = plot_incentives(made_offers(), person=person)
        assert [x for x, _ in marks(ax, 0)] == [score / 2 for score in SCORES[0]]
        assert "offered to Bo Quist, who would vouch" in words(ax)[0]


def test_a_name_of_two_contacts_is_no_name_of_one():
    found = made_offers(contacts=["Bo", "BO"])  # both have the id bo
    twice = [one.replace(person=f"{one.person}2", name="Bo") if one.name == "BO" else one
             for one in found.effects]  # fmt: skip
    with pytest.raises(ValueError, match="'Bo' is no contact"):
        plot_incentives(found.replace(effects=tuple(twice)), person="Bo")
    assert marks(plot_incentives(found.replace(effects=tuple(twice)), person="bo2"), 0)


def test_without_intervals_there_are_no_whiskers_and_the_note_says_why():
    ax = plot_incentives(made_offers(half=None))
    assert "no whiskers: a tie has a trust but no certainty" in words(ax)[0]
    ax = plot_incentives(made_offers())
    assert "nine of ten draws of the opinions, the same for all offers" in words(ax)[0]


def test_where_nobody_vouches_all_marks_lie_on_the_line():
    ax = plot_incentives(made_offers([[0.0] * 7] * 2, half=None, reason="nobody_vouches"))
    assert {x for x, _ in marks(ax, 0) + marks(ax, 1)} == {0.0}
    assert "whatever is offered" in words(ax)[0]
    assert all(tick >= 0 for tick in ax.get_xticks())


def test_estimates_of_the_whole_ask_say_so():
    found = made_offers(exact=False, standard_error=0.01)
    assert "estimates, ±0.02" in words(plot_incentives(found))[0]
    assert "estimates" not in words(plot_incentives(found, person="Bo Quist"))[0]


def test_where_there_is_nothing_to_draw_words_say_why():
    ax = plot_incentives(made_offers(reason="nobody_to_ask", half=None))
    assert "No contact of Ana Lima has a way to Acme." in words(ax)[0].replace("\n", " ")
    found = made_offers()
    without = [one.replace(lift=None, lift_interval=None) for one in found.effects]
    ax = plot_incentives(found.replace(effects=tuple(without)), quantity="lift")
    assert "There is no lift" in words(ax)[0]


def test_norms_without_room_are_counted():
    many = made_offers([SCORES[0]] * 20, norms=[f"norms {n}" for n in range(20)])
    ax = drawn(plot_incentives(many))
    named = [word for word in words(ax) if word.startswith("norms ")]
    assert words(ax)[-1] == f"and {20 - len(named)} sets of norms for which there is no room"
    assert collisions(texts_of(ax)) == []
    assert outside(ax) == []


def test_offers_without_room_are_counted():
    _, ax = plt.subplots(figsize=(5, 1.0))
    plot_incentives(made_offers(), ax=ax)
    assert words(drawn(ax))[-1].startswith("and ")
    assert "offers for which there is no" in words(ax)[-1]
    assert collisions(texts_of(ax)) == []


@pytest.mark.parametrize("size", [(9, 4), (6, 4), (4, 3)])
def test_long_names_are_cut(size):
    _, ax = plt.subplots(figsize=size)
    found = made_offers(norms=[LONG, LONG + " II"], names=[LONG, LONG], contacts=[LONG])
    drawn(plot_incentives(found, person=LONG, ax=ax))
    assert collisions(texts_of(ax)) == []
    assert outside(ax) == []
    assert sum(word.endswith("…") for word in words(ax)) >= 2


def test_an_unknown_quantity_or_person_is_named():
    with pytest.raises(ValueError, match="no quantity 'trust'; name one of score, endorses"):
        plot_incentives(made_offers(), quantity="trust")
    with pytest.raises(ValueError, match="'zoe' is no contact of 'Ana Lima'"):
        plot_incentives(made_offers(), person="zoe")


def test_marks_do_not_lie_on_each_other():
    ax = drawn(plot_incentives(made_offers([SCORES[0]] * 2)))
    upper, lower = (np.array(ax.transData.transform(marks(ax, norms))) for norms in (0, 1))
    assert (np.abs(upper - lower)[:, 1] > 6).all()
