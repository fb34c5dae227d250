"""Names of the attributes that people, ties and graphs carry."""

from typing import Final

CONTRACT_VERSION: Final = 1
"""Version of the graph contract, kept in ``G.graph["version"]``."""

NODE_ATTRIBUTES: Final = ("name", "organisation", "position", "kind")
EDGE_ATTRIBUTES: Final = (
    "trust",
    "certainty",
    "belief",
    "willingness",
    "endorsed_trust",
    "forwards",
    "recall",
    "response",
    "proximity",
    "observed",
    "last_contact",
    "evidence",
    "kinds",
)
GRAPH_ATTRIBUTES: Final = ("model", "as_of", "owners", "version")
