"""Advice, friendship and the chart of one company's managers."""

from typing import Final

from trustgraph.datasets._home import Home, Published
from trustgraph.datasets._layer_files import read_layers
from trustgraph.datasets.layers import Layers

__all__ = ["load_krackhardt"]

DATA: Final = Published(
    title="Krackhardt's high-tech managers",
    folder="krackhardt_hightech",
    origin="the R package networkdata, https://github.com/schochastics/networkdata (ht_advice, "
    "ht_friends, ht_reports)",
    terms="published in Krackhardt 1987, to be cited",
    counts={"person": 21, "advice": 190, "friendship": 102, "reports_to": 20},
)
FILES: Final = {"advice": "ht_advice", "friendship": "ht_friends", "reports_to": "ht_reports"}


def load_krackhardt(data_home: Home = None, *, verify: bool = True) -> Layers:
    """Load who asks whom for advice among the managers of a company [1]_, from local files.

    Parameters
    ----------
    data_home
        The folder that holds the folder ``krackhardt_hightech``, and in it for ``ht_advice``,
        ``ht_friends`` and ``ht_reports`` one file ``ht_advice.edges.csv`` (source, target) and one
        ``ht_advice.nodes.csv`` (id and attributes) each; default: the folder that the environment
        variable TRUSTGRAPH_DATA names. Nothing is ever downloaded.
    verify
        Whether the files must hold the 21 people, 190 ties of advice, 102 of friendship and 20
        reports that were published.

    Returns
    -------
    Layers
        ``people`` (age in years, tenure in years, level: 1 head, 2 vice president, 3 manager;
        dept: department 1 to 4, 0 for the head) and the ties ``advice`` (source asks target),
        ``friendship`` (source names target as a friend) and ``reports_to``. The ids begin with 0.

    Raises
    ------
    ArchiveError
        If no folder is named, a file is not there, or it holds something else; the message says
        where to get it.

    References
    ----------
    .. [1] Krackhardt, D. (1987). Cognitive social structures. Social Networks 9(2), 109-134.
       doi:10.1016/0378-8733(87)90009-8

    Examples
    --------
    >>> tg.datasets.load_krackhardt("no such folder")
    Traceback (most recent call last):
        ...
    trustgraph.errors.ArchiveError: data_home names no folder that is there: 'no such folder'; ...
    """
    return read_layers(DATA, FILES, data_home, verify=verify)
