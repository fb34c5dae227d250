"""Pictures of graphs and results: ``ax=None`` in, ``Axes`` out."""

from trustgraph.plot.calibration import plot_calibration
from trustgraph.plot.comparison import plot_comparison
from trustgraph.plot.decomposition import plot_decomposition
from trustgraph.plot.evaluation import plot_evaluation
from trustgraph.plot.incentives import plot_incentives
from trustgraph.plot.introductions import plot_introductions
from trustgraph.plot.network import plot_network
from trustgraph.plot.plan import plot_plan
from trustgraph.plot.sybils import plot_sybils
from trustgraph.plot.top_of_mind import plot_top_of_mind
from trustgraph.plot.transfer import plot_transfer

__all__ = [
    "plot_calibration",
    "plot_comparison",
    "plot_decomposition",
    "plot_evaluation",
    "plot_incentives",
    "plot_introductions",
    "plot_network",
    "plot_plan",
    "plot_sybils",
    "plot_top_of_mind",
    "plot_transfer",
]
