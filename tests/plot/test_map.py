"""Places on the map: inside, apart, and by number of steps."""

import networkx as nx
import numpy as np
import pytest

from trustgraph.graph import TrustIndex
from trustgraph.plot._circles import angles_of, circles_around
from trustgraph.plot._labels import Box
from trustgraph.plot._map import disc, draw_map

from helpers.pictures import made_graph

AREA = Box(40.0, 10.0, 600.0, 360.0)


def mapped(G, *, names, area=AREA):
    circles = circles_around(TrustIndex.from_graph(G), 0)
    named = np.zeros(len(circles), bool)
    named[np.argsort(-circles.weight)[: names + 1]] = True
    angles = angles_of(circles, [""] * len(circles), np.random.default_rng(0))
    return circles, named, draw_map(circles, angles, named, area)


@pytest.mark.parametrize("people", [1, 5, 60, 600, 2000])
@pytest.mark.parametrize("names", [0, 8, 25])
def test_everybody_stands_inside_and_the_middle_in_the_middle(people, names):
    _, _, places = mapped(made_graph(people), names=names)
    assert (places.x[0], places.y[0]) == places.middle == (320.0, 185.0)
    assert (places.x >= AREA.left).all()
    assert (places.x <= AREA.right).all()
    assert (places.y >= AREA.bottom - 1e-9).all()
    assert (places.y <= AREA.top + 1e-9).all()


@pytest.mark.parametrize(("people", "names"), [(60, 25), (600, 25), (2000, 25), (2000, 0)])
def test_discs_of_the_crowd_do_not_touch(people, names):
    circles, named, places = mapped(made_graph(people), names=names)
    crowd = np.flatnonzero(~named)
    x, y, radius = places.x[crowd], places.y[crowd], places.radius[crowd]
    apart = np.hypot(x[:, None] - x, y[:, None] - y) - radius[:, None] - radius
    np.fill_diagonal(apart, np.inf)
    assert apart.min() > -0.05
    assert len(crowd) == len(circles) - named.sum()


def test_named_people_stand_on_the_oval_of_their_steps():
    circles, named, places = mapped(made_graph(200), names=25)
    for row in np.flatnonzero(named)[1:].tolist():
        across, up = places.circles[circles.steps[row] - 1]
        x, y = places.x[row] - places.middle[0], places.y[row] - places.middle[1]
        assert (x / across) ** 2 + (y / up) ** 2 == pytest.approx(1)


def test_more_steps_stand_farther_out():
    circles, _, places = mapped(made_graph(400), names=20)
    (across, up) = places.circles[-1]
    x, y = (places.x - places.middle[0]) / across, (places.y - places.middle[1]) / up
    distance = np.hypot(x, y)
    for number in range(1, int(circles.steps.max())):
        inner, outer = (distance[circles.steps == steps] for steps in (number, number + 1))
        assert inner.max() < outer.min() + 1e-9


def test_on_a_sheet_without_room_nobody_leaves_it():
    _, _, places = mapped(made_graph(3000), names=25, area=Box(0, 0, 90, 60))
    assert ((places.x >= 0) & (places.x <= 90)).all()
    assert ((places.y >= 0) & (places.y <= 60)).all()


def test_a_single_person_has_no_ovals():
    G = nx.DiGraph()
    G.add_node("ana")
    assert mapped(G, names=5)[2].circles == ()


def test_more_trust_is_a_larger_disc_and_many_names_make_all_smaller():
    assert disc(np.array(0.8), 5) > disc(np.array(0.4), 5) > disc(np.array(0.0), 5) > 0
    assert disc(np.array(0.8), 25) < disc(np.array(0.8), 5)
