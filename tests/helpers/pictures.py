"""Invented results and graphs to draw, and the measures of what was drawn."""

import itertools
import math
from collections.abc import Sequence
from typing import Any

import networkx as nx
import numpy as np
from matplotlib.axes import Axes
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from trustgraph.introductions import Introduction, Introductions, Step, TrustInterval
from trustgraph.models import Ask
from trustgraph.reputation.results import Carrier, Transfer

LONG = "Maximiliane-Charlotte von Hohenstein-Waldburg, PhD"
ODD_NAMES = (
    LONG,
    "Dr. Bartholomäus Przybyszewski-Vandenberghe (he/him)",
    "$x_1$ & a_b <b>\\alpha</b> {0}",
    "王小明",
    "אביגיל כהן-לוי",
    "محمد علي الأنصاري",
    "Zoë 🚀👩‍🚀 Quist",
    "Oyelaranadebayoolatunjiwithoutanyspaces",
    "line\nbreak\tand\x00more",
    "%",
)


def made_path(
    names: Sequence[str],
    factors: Sequence[float],
    *,
    rank: int = 1,
    inferred: Sequence[int] = (),
    assumed: Sequence[int] = (),
    interval: bool = True,
) -> Introduction:
    """Return a path with the given factors; ids are the names in lower case."""
    ids = tuple(name.lower() for name in names)
    last = len(factors) - 1
    steps = tuple(
        Step(
            asker=ids[place],
            asked=ids[place + 1],
            asker_name=names[place],
            asked_name=names[place + 1],
            place=_place(place, last),
            factor=factor,
            observed=place not in inferred,
            assumed=place in assumed,
        )
        for place, factor in enumerate(factors)
    )
    score = math.prod(factors)
    return Introduction(
        path=ids,
        names=tuple(names),
        steps=steps,
        rank=rank,
        score=score,
        delivery=score,
        carried=1.0,
        forward_only=0.0,
        lift=1 + score,
        trust_interval=TrustInterval(low=0.5 * score, mean=score, high=score) if interval else None,
        share_first=0.5 if interval else None,
        block="inferred" if inferred else "observed",
    )


def _place(place: int, last: int) -> Any:
    if last == 0:
        return "direct"
    return "first" if place == 0 else "last" if place == last else "further"


def made_introductions(*paths: Introduction, **fields: Any) -> Introductions:
    """Return a result that holds these paths; without any, an empty answer."""
    names = paths[0].names if paths else ("Ana Lima", "Acme")
    return Introductions(
        ask=Ask(seeker="ana", target="acme"),
        seeker_name=names[0],
        target_name=names[-1],
        items=paths,
        k=5,
        max_intermediaries=3,
        **{"reason": "" if paths else "no_path", **fields},
    )


def five_paths(names: Sequence[str] = ("Ana", "Ben", "Kofi", "Jun", "Mara", "Acme")) -> Any:
    """Return five paths that share people, one of them with an inferred tie."""
    ana, ben, kofi, jun, mara, acme = names
    return made_introductions(
        made_path([ana, ben, kofi, acme], [0.63, 0.29, 0.9], rank=1, assumed=[2]),
        made_path([ana, ben, jun, acme], [0.63, 0.16, 0.6], rank=2, assumed=[2]),
        made_path([ana, mara, acme], [0.41, 0.08], rank=3),
        made_path([ana, jun, ben, kofi, acme], [0.4, 0.2, 0.29, 0.9], rank=4, assumed=[3]),
        made_path([ana, acme], [0.004], rank=1, inferred=[0]),
    )


def made_transfer(
    shares: Sequence[float],
    *,
    direct: float = 0.0,
    names: Sequence[str] = (),
    error: float = 0.0,
    **fields: Any,
) -> Transfer:
    """Return a result with these Shapley values; removals are 1.5 times as much."""
    total = direct + sum(shares)
    carriers = tuple(
        Carrier(
            person=f"p{place}",
            name=names[place % len(names)] if names else f"Person {place}",
            removal=min(total, 1.5 * share),
            shapley=share,
            inflow=min(1.0, 2 * share),
            through=min(1.0, 1.6 * share),
            retained=0.8,
            shapley_error=error,
        )
        for place, share in enumerate(shares)
    )
    return Transfer(
        ask=Ask(seeker="ana", target="acme"),
        seeker_name="Ana Lima",
        target_name="Acme",
        total=total,
        direct=direct,
        carriers=carriers,
        exact=error == 0,
        method="monte_carlo" if error else "decision_diagram",
        standard_error=error,
        samples=64_000 if error else 0,
        **{"reason": "" if total else "no_path", **fields},
    )


def made_graph(people: int, *, seed: int = 1, names: Sequence[str] = (), hubs: int = 3) -> Any:
    """Return a graph like that of pooled archives: a few hubs with many faint ties each."""
    rng = np.random.default_rng(seed)
    G: Any = nx.DiGraph(owners=(0,))
    for person in range(people):
        name = names[person % len(names)] if names else f"Person {person:04}"
        G.add_node(person, name=name, organisation=f"Firm {rng.integers(8)}")
    levels, odds = [0.14, 0.4, 0.5, 0.64, 0.77], [0.7, 0.12, 0.08, 0.06, 0.04]
    for hub in range(min(hubs, people)):
        known = rng.choice(people, size=max(1, people * 2 // 5), replace=False)
        for other in {int(one) for one in known} - {hub}:
            trust = float(rng.choice(levels, p=odds))
            G.add_edge(other, hub, trust=trust, observed=bool(rng.random() > 0.1))
            G.add_edge(hub, other, trust=0.9 * trust)
    return G


# ---------------------------------------------------------------------------- measures


def drawn(ax: Axes) -> Axes:
    """Draw the figure, as saving it would."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    figure.canvas.draw()
    return ax


def texts_of(ax: Axes) -> dict[Text, Bbox]:
    """Return every text in the axes with the rectangle that it covers, in pixels."""
    return {text: text.get_window_extent() for text in ax.texts if text.get_text()}


def collisions(boxes: dict[Text, Bbox], *, slack: float = 1.0) -> list[tuple[str, str]]:
    """Return the pairs of texts that overlap by more than the slack, in pixels."""
    return [
        (one.get_text(), other.get_text())
        for (one, box), (other, box_of_other) in itertools.combinations(boxes.items(), 2)
        if min(box.x1, box_of_other.x1) - max(box.x0, box_of_other.x0) > slack
        and min(box.y1, box_of_other.y1) - max(box.y0, box_of_other.y0) > slack
    ]


def outside(ax: Axes, *, slack: float = 1.5) -> list[str]:
    """Return the texts that stick out of the axes by more than the slack, in pixels."""
    frame = ax.get_window_extent()
    return [
        text.get_text()
        for text, box in texts_of(ax).items()
        if box.x0 < frame.x0 - slack
        or box.x1 > frame.x1 + slack
        or box.y0 < frame.y0 - slack
        or box.y1 > frame.y1 + slack
    ]
