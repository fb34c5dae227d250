"""Where a picture is drawn: on the axes that the caller gives, or on a new figure."""

import matplotlib.pyplot as plt
from matplotlib.axes import Axes

__all__ = ["NOTEBOOK_SIZE", "axes_or_new"]

NOTEBOOK_SIZE = (9.0, 5.5)
"""Width and height of a new figure, in inches: fills a notebook's column."""


def axes_or_new(ax: Axes | None, *, figsize: tuple[float, float] = NOTEBOOK_SIZE) -> Axes:
    """Return the given axes, or those of a new figure.

    Parameters
    ----------
    ax
        The caller's axes, or None.
    figsize
        Width and height of the new figure, in inches.

    Returns
    -------
    matplotlib.axes.Axes
        ``ax`` itself if there is one.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> from trustgraph.plot._axes import axes_or_new
    >>> figure, ax = plt.subplots()
    >>> axes_or_new(ax) is ax
    True
    >>> plt.close(figure)
    """
    if ax is not None:
        return ax
    _, made = plt.subplots(figsize=figsize, layout="constrained")
    return made
