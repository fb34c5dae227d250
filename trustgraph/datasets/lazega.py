"""Advice, friendship and work done together in one law firm."""

from typing import Final

from trustgraph.datasets._home import Home, Published
from trustgraph.datasets._layer_files import read_layers
from trustgraph.datasets.layers import Layers

__all__ = ["load_lazega"]

DATA: Final = Published(
    title="Lazega's lawyers",
    folder="lazega",
    origin="the R package networkdata, https://github.com/schochastics/networkdata (law_advice, "
    "law_friends, law_cowork)",
    terms="published in Lazega 2001, to be cited",
    counts={"person": 71, "advice": 892, "friendship": 575, "cowork": 1_104},
)
FILES: Final = {"advice": "law_advice", "friendship": "law_friends", "cowork": "law_cowork"}


def load_lazega(data_home: Home = None, *, verify: bool = True) -> Layers:
    """Load who asks whom for advice among the lawyers of a firm [1]_, from local files.

    Parameters
    ----------
    data_home
        The folder that holds the folder ``lazega``, and in it for ``law_advice``, ``law_friends``
        and ``law_cowork`` one file ``law_advice.edges.csv`` (source, target) and one
        ``law_advice.nodes.csv`` (id and attributes) each; default: the folder that the environment
        variable TRUSTGRAPH_DATA names. Nothing is ever downloaded.
    verify
        Whether the files must hold the 71 people, 892 ties of advice, 575 of friendship and 1,104
        of work done together that were published.

    Returns
    -------
    Layers
        ``people`` (status: 1 partner, 2 associate; gender: 1 man, 2 woman; office: 1 Boston, 2
        Hartford, 3 Providence; seniority: years with the firm; age in years; practice: 1
        litigation, 2 corporate; law_school: 1 Harvard or Yale, 2 Connecticut, 3 other) and the
        ties ``advice`` (source asks target), ``friendship`` and ``cowork`` (source names target).
        The ids begin with 0.

    Raises
    ------
    ArchiveError
        If no folder is named, a file is not there, or it holds something else; the message says
        where to get it.

    References
    ----------
    .. [1] Lazega, E. (2001). The Collegial Phenomenon: The Social Mechanisms of Cooperation Among
       Peers in a Corporate Law Partnership. Oxford University Press.

    Examples
    --------
    >>> tg.datasets.load_lazega("no such folder")
    Traceback (most recent call last):
        ...
    trustgraph.errors.ArchiveError: data_home names no folder that is there: 'no such folder'; ...
    """
    return read_layers(DATA, FILES, data_home, verify=verify)
