"""Files of other programs become a `Network`, with a report of every row that was not used."""

from trustgraph.ingest.linkedin import read_linkedin

__all__ = ["read_linkedin"]
