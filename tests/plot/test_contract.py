"""What every picture of the room keeps to; a new one is picked up by its name in `__all__`."""

import copy
import warnings

import matplotlib as mpl
import matplotlib.pyplot as plt
import networkx as nx
import pytest

import trustgraph.plot as room

from helpers.pictures import (
    LONG,
    ODD_NAMES,
    collisions,
    drawn,
    five_paths,
    made_graph,
    made_introductions,
    made_path,
    made_transfer,
    outside,
    texts_of,
)

SMALL = {
    "plot_introductions": five_paths,
    "plot_network": lambda: made_graph(30),
    "plot_transfer": lambda: made_transfer([0.2, 0.1, 0.05], direct=0.1, error=0.01),
}
EMPTY = {
    "plot_introductions": made_introductions,
    "plot_network": nx.DiGraph,
    "plot_transfer": lambda: made_transfer([]),
}
ODD = {
    "plot_introductions": lambda: five_paths([*ODD_NAMES[:5], LONG + " II"]),
    "plot_network": lambda: made_graph(40, names=ODD_NAMES),
    "plot_transfer": lambda: made_transfer([0.03] * 10, names=ODD_NAMES),
}
ONE = {
    "plot_introductions": lambda: made_introductions(made_path(["Ana", "Bo"], [0.5])),
    "plot_network": lambda: nx.DiGraph([("bo", "ana", {"trust": 0.5})]),
    "plot_transfer": lambda: made_transfer([0.4]),
}
CASES = [
    pytest.param(name, case, id=f"{name[5:]}-{word}")
    for name in room.__all__
    for word, case in (
        ("small", SMALL[name]),
        ("empty", EMPTY[name]),
        ("odd names", ODD[name]),
        ("one", ONE[name]),
    )
]


def state_of(seen):
    """All that a picture could change in what it is given."""
    if isinstance(seen, nx.Graph):
        return copy.deepcopy((dict(seen.nodes(data=True)), list(seen.edges(data=True)), seen.graph))
    return seen.to_dict()


@pytest.mark.parametrize(("name", "case"), CASES)
def test_given_axes_are_drawn_on_and_returned(name, case):
    _, axes = plt.subplots(1, 2, figsize=(9, 4))
    assert getattr(room, name)(case(), ax=axes[1]) is axes[1]
    assert len(plt.get_fignums()) == 1
    assert not axes[0].texts
    assert not axes[0].collections


@pytest.mark.parametrize(("name", "case"), CASES)
def test_without_axes_one_figure_is_made(name, case):
    ax = getattr(room, name)(case())
    assert plt.get_fignums() == [ax.figure.number]
    assert ax.figure.axes == [ax]
    assert max(ax.figure.get_size_inches()) == 9


@pytest.mark.parametrize(("name", "case"), CASES)
def test_settings_backend_and_input_stay_as_they_are(name, case, monkeypatch):
    monkeypatch.setattr(plt, "show", lambda *_: pytest.fail("a picture was shown"))
    seen = case()
    settings, backend, before = dict(mpl.rcParams), mpl.get_backend(), state_of(seen)
    drawn(getattr(room, name)(seen))
    assert dict(mpl.rcParams) == settings
    assert mpl.get_backend() == backend
    assert state_of(seen) == before


@pytest.mark.parametrize(("name", "case"), CASES)
def test_texts_stand_inside_the_axes_and_never_on_each_other(name, case):
    ax = drawn(getattr(room, name)(case()))
    assert collisions(texts_of(ax)) == []
    assert outside(ax) == []


@pytest.mark.parametrize(("name", "case"), CASES)
def test_a_title_says_what_is_seen_within_the_width_of_the_figure(name, case):
    ax = drawn(getattr(room, name)(case()))
    assert len(ax.get_title(loc="left")) > 8
    box = next(
        t for t in ax.get_children() if getattr(t, "get_text", str)() == ax.get_title("left")
    )
    assert box.get_window_extent().x1 <= ax.figure.bbox.x1


@pytest.mark.parametrize(("name", "case"), CASES)
@pytest.mark.parametrize(
    ("size", "layout"),
    [((9, 5.5), None), ((4, 3), "constrained"), ((14, 9), "tight"), ((2, 2), None)],
)
def test_every_size_and_layout_is_drawn_without_a_warning(name, case, size, layout, tmp_path):
    figure, ax = plt.subplots(figsize=size, layout=layout)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        getattr(room, name)(case(), ax=ax)
        figure.savefig(tmp_path / "picture.png")


@pytest.mark.parametrize("name", room.__all__)
@pytest.mark.parametrize("kind", ["svg", "pdf"])
def test_pictures_can_be_saved_as_drawings(name, kind, tmp_path):
    ax = getattr(room, name)(ODD[name]())
    ax.figure.savefig(tmp_path / f"picture.{kind}")


@pytest.mark.parametrize("name", room.__all__)
def test_on_a_dark_page_the_ink_is_light(name):
    with plt.style.context("dark_background"):
        ax = drawn(getattr(room, name)(SMALL[name]()))
    light = [sum(mpl.colors.to_rgb(text.get_color())) for text in ax.texts]
    assert max(light) == 3
    assert ax.title.get_color() != "black"


@pytest.mark.parametrize("name", room.__all__)
def test_the_same_input_gives_the_same_picture(name):
    first, second = (drawn(getattr(room, name)(SMALL[name]())) for _ in range(2))
    for one, other in zip(first.get_children(), second.get_children(), strict=True):
        assert type(one) is type(other)
        box, box_of_other = one.get_tightbbox(), other.get_tightbbox()
        assert (box is None) == (box_of_other is None)
        assert box is None or box.bounds == box_of_other.bounds


@pytest.mark.parametrize("name", room.__all__)
def test_names_are_written_as_they_are(name):
    odd = ODD_NAMES[2]
    case = {
        "plot_introductions": lambda: made_introductions(made_path(["Ana", odd], [0.5])),
        "plot_network": lambda: nx.DiGraph([(odd, "ana", {"trust": 0.5})]),
        "plot_transfer": lambda: made_transfer([0.4], names=[odd]),
    }[name]
    ax = drawn(getattr(room, name)(case()))
    told = [*ax.texts, *ax.get_yticklabels()]
    told = [text for text in told if text.get_text().replace("\n", " ").startswith("$x_1$ & a_b")]
    assert told
    assert not any(text.get_parse_math() or text.get_usetex() for text in told)


@pytest.mark.parametrize("name", room.__all__)
def test_axes_are_an_option_by_name(name):
    with pytest.raises(TypeError, match="positional"):
        getattr(room, name)(SMALL[name](), plt.figure().add_subplot())
