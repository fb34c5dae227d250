"""Files of other programs become a `Network`, with a report of every row that was not used."""

from trustgraph.ingest.linkedin import read_linkedin
from trustgraph.ingest.linkedin.inspect import (
    FoundFile,
    Inspection,
    MissingTable,
    inspect_archive,
)

__all__ = ["FoundFile", "Inspection", "MissingTable", "inspect_archive", "read_linkedin"]
