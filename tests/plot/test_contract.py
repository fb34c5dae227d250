"""What every picture of the room keeps to; a new one is picked up by its name in `__all__`."""

import copy
import warnings

import matplotlib as mpl
import matplotlib.pyplot as plt
import networkx as nx
import pandas as pd
import pytest

import trustgraph.plot as room

from helpers.chart_cases import (
    made_comparison,
    made_curve,
    made_decomposition,
    made_evaluation,
    made_report,
    some_models,
    some_reports,
)
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
from helpers.planning_cases import SCORES, made_minds, made_offers, made_plan, some_asks

SMALL = {
    "plot_calibration": made_curve,
    "plot_comparison": lambda: made_comparison(some_models(6)),
    "plot_decomposition": lambda: made_decomposition([0.2, 0.1], seed=0.1, returned=0.02),
    "plot_evaluation": lambda: made_evaluation([0.3, None, 0.2], sampled=[2]),
    "plot_incentives": made_offers,
    "plot_introductions": five_paths,
    "plot_network": lambda: made_graph(30),
    "plot_plan": lambda: made_plan(some_asks(5), targets=7, states=["reached"]),
    "plot_sybils": lambda: some_reports(6),
    "plot_top_of_mind": lambda: made_minds([0.2, 0.1, None], states=["steady", "fading"]),
    "plot_transfer": lambda: made_transfer([0.2, 0.1, 0.05], direct=0.1, error=0.01),
}
EMPTY = {
    "plot_calibration": lambda: made_curve(n=0),
    "plot_comparison": lambda: made_comparison([]),
    "plot_decomposition": lambda: made_decomposition([]),
    "plot_evaluation": lambda: made_evaluation([]),
    "plot_incentives": lambda: made_offers(reason="nobody_to_ask", half=None),
    "plot_introductions": made_introductions,
    "plot_network": nx.DiGraph,
    "plot_plan": lambda: made_plan([], targets=2),
    "plot_sybils": list,
    "plot_top_of_mind": lambda: made_minds([]),
    "plot_transfer": lambda: made_transfer([]),
}
ODD = {
    "plot_calibration": lambda: {name: made_curve(n) for n, name in enumerate(ODD_NAMES)},
    "plot_comparison": lambda: made_comparison(some_models(10), names=ODD_NAMES),
    "plot_decomposition": lambda: made_decomposition([0.03] * 10, names=ODD_NAMES),
    "plot_evaluation": lambda: made_evaluation([0.3] * 10, names=ODD_NAMES),
    "plot_incentives": lambda: made_offers([SCORES[0]] * 10, norms=ODD_NAMES, names=ODD_NAMES[2:4]),
    "plot_introductions": lambda: five_paths([*ODD_NAMES[:5], LONG + " II"]),
    "plot_network": lambda: made_graph(40, names=ODD_NAMES),
    "plot_plan": lambda: made_plan(some_asks(10), targets=12, names=ODD_NAMES, people=ODD_NAMES),
    "plot_sybils": lambda: some_reports(10, names=ODD_NAMES),
    "plot_top_of_mind": lambda: made_minds([0.2, 0.1] * 5, names=ODD_NAMES, person=LONG),
    "plot_transfer": lambda: made_transfer([0.03] * 10, names=ODD_NAMES),
}
ONE = {
    "plot_calibration": lambda: made_curve(bins=1),
    "plot_comparison": lambda: made_comparison(some_models(1)),
    "plot_decomposition": lambda: made_decomposition([0.4]),
    "plot_evaluation": lambda: made_evaluation([0.3], half=None),
    "plot_incentives": lambda: made_offers([SCORES[0]], norms=["own"], half=None),
    "plot_introductions": lambda: made_introductions(made_path(["Ana", "Bo"], [0.5])),
    "plot_network": lambda: nx.DiGraph([("bo", "ana", {"trust": 0.5})]),
    "plot_plan": lambda: made_plan([(0, 0, 0.4)]),
    "plot_sybils": lambda: some_reports(1)[0],
    "plot_top_of_mind": lambda: made_minds([0.1], dated=False),
    "plot_transfer": lambda: made_transfer([0.4]),
}
MANY = {
    "plot_calibration": lambda: {f"model {n}": made_curve(n) for n in range(40)},
    "plot_comparison": lambda: made_comparison(some_models(40)),
    "plot_decomposition": lambda: made_decomposition([0.01] * 40, seed=0.1),
    "plot_evaluation": lambda: made_evaluation([0.01 * n for n in range(40)]),
    "plot_incentives": lambda: made_offers([SCORES[0]] * 40, norms=[f"n{n}" for n in range(40)]),
    "plot_introductions": five_paths,
    "plot_network": lambda: made_graph(200),
    "plot_plan": lambda: made_plan(some_asks(60, each=3), targets=70),
    "plot_sybils": lambda: some_reports(40),
    "plot_top_of_mind": lambda: made_minds([0.1, 0.2] * 1000, states=["fading"] * 9),
    "plot_transfer": lambda: made_transfer([0.01] * 40),
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
    if isinstance(seen, pd.DataFrame):
        return seen.to_json()
    if isinstance(seen, dict):
        return {name: state_of(one) for name, one in seen.items()}
    return [state_of(one) for one in seen] if isinstance(seen, list) else seen.to_dict()


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


@pytest.mark.parametrize("name", sorted(set(room.__all__) - {"plot_transfer"}))
@pytest.mark.parametrize("word", [SMALL, ODD, MANY], ids=["small", "odd names", "many"])
@pytest.mark.parametrize("layout", [None, "constrained"])
def test_nothing_is_cut_off_in_a_small_figure_of_a_notebook(name, word, layout):
    figure, ax = plt.subplots(figsize=(6, 4), layout=layout)
    drawn(getattr(room, name)(word[name](), ax=ax))
    assert collisions(texts_of(ax)) == []
    assert outside(ax) == []
    told = [ax.xaxis.label, *ax.get_xticklabels(), *ax.get_yticklabels()] if ax.axison else []
    boxes = {text: text.get_window_extent() for text in told if text.get_text()}
    assert collisions(boxes | texts_of(ax)) == []
    low, high = figure.bbox.min - 1, figure.bbox.max + 1
    assert all((box.min >= low).all() and (box.max <= high).all() for box in boxes.values())


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
        "plot_calibration": lambda: {odd: made_curve()},
        "plot_comparison": lambda: made_comparison(some_models(2), names=[odd, "b"]),
        "plot_decomposition": lambda: made_decomposition([0.4], names=[odd]),
        "plot_evaluation": lambda: made_evaluation([0.4], names=[odd]),
        "plot_incentives": lambda: made_offers(names=[odd, "b"]),
        "plot_introductions": lambda: made_introductions(made_path(["Ana", odd], [0.5])),
        "plot_network": lambda: nx.DiGraph([(odd, "ana", {"trust": 0.5})]),
        "plot_plan": lambda: made_plan([(0, 0, 0.4)], names=[odd], people=[odd]),
        "plot_sybils": lambda: made_report(odd, [0.1] * 7),
        "plot_top_of_mind": lambda: made_minds([0.4], names=[odd]),
        "plot_transfer": lambda: made_transfer([0.4], names=[odd]),
    }[name]
    ax = drawn(getattr(room, name)(case()))
    told = [*ax.texts, *ax.get_yticklabels()]
    told = [text for text in told if "$x_1$ & a_b" in text.get_text().replace("\n", " ")]
    assert told
    assert not any(text.get_parse_math() or text.get_usetex() for text in told)


@pytest.mark.parametrize("name", room.__all__)
def test_axes_are_an_option_by_name(name):
    with pytest.raises(TypeError, match="positional"):
        getattr(room, name)(SMALL[name](), plt.figure().add_subplot())
