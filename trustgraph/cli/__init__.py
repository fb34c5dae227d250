"""The command line."""

from trustgraph.cli.app import app

__all__ = ["app"]
