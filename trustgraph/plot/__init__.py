"""Pictures of graphs and results: ``ax=None`` in, ``Axes`` out."""

from trustgraph.plot.introductions import plot_introductions
from trustgraph.plot.network import plot_network
from trustgraph.plot.transfer import plot_transfer

__all__ = ["plot_introductions", "plot_network", "plot_transfer"]
