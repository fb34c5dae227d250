"""Every test of a picture leaves no figure behind."""

from collections.abc import Iterator

import matplotlib.pyplot as plt
import pytest


@pytest.fixture(autouse=True)
def _no_figure_left() -> Iterator[None]:
    plt.close("all")
    yield
    plt.close("all")
