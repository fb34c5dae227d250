"""Networks become trust graphs: plain `networkx.DiGraph` objects under a written contract."""

from trustgraph.graph.build import build_graph
from trustgraph.graph.contract import validate_graph
from trustgraph.graph.convert import from_networkx
from trustgraph.graph.frames import edges_frame, graph_from_frames, nodes_frame
from trustgraph.graph.index import TrustIndex
from trustgraph.graph.inferred import infer_ties
from trustgraph.graph.ratings import Ratings

__all__ = [
    "Ratings",
    "TrustIndex",
    "build_graph",
    "edges_frame",
    "from_networkx",
    "graph_from_frames",
    "infer_ties",
    "nodes_frame",
    "validate_graph",
]
