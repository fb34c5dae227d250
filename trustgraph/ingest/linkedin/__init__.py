"""LinkedIn's "Get a copy of your data", one module for each family of tables."""

from trustgraph.ingest.linkedin.read import read_linkedin

__all__ = ["read_linkedin"]
