"""The planner with one of its parts switched off: what each part brings."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Final
from unittest.mock import patch

import numpy as np

from trustgraph.planning import _choose, plan_desk, plan_state
from trustgraph.planning._belief import Learned, levels_of

__all__ = ["WITHOUT"]

STATES: Final = 2048


@contextmanager
def learning() -> Iterator[None]:
    """Plan again as if outcomes told nothing but who was asked and what was reached."""

    def nothing(_: Any, opinions: Any, *__: Any) -> Learned:
        return Learned({person: levels_of(one) for person, one in opinions.items()}, {})

    with patch.object(plan_state, "learned", nothing):
        yield


@contextmanager
def local_search() -> Iterator[None]:
    """Choose greedily and leave it at that."""

    def as_it_is(_: Any, chosen: Any, **__: Any) -> Any:
        return chosen

    with patch.object(_choose, "improved", as_it_is):
        yield


@contextmanager
def shared_steps() -> Iterator[None]:
    """Take the ways on from different people as independent, whatever steps they share."""
    made = plan_desk.options_of

    def apart(*given: Any) -> Any:
        options = made(*given)
        rng = np.random.default_rng(0)
        drawn = [rng.choice(len(options.weight), STATES, p=options.weight) for _ in options.reach]
        reach = [row[states] for row, states in zip(options.reach, drawn, strict=True)]
        return replace(
            options,
            reach=np.array(reach, bool).reshape(len(options.reach), STATES),
            weight=np.full(STATES, 1 / STATES),
        )

    with patch.object(plan_desk, "options_of", apart):
        yield


WITHOUT: Final = {
    "plan, made anew, without learning": learning,
    "plan, made anew, without local search": local_search,
    "plan, made anew, without shared steps": shared_steps,
}
