"""All files of an archive, byte for byte in the form of its era, from the facts."""

from trustgraph.datasets._decoys import other_files
from trustgraph.datasets._facts import ArchiveFacts
from trustgraph.datasets._form_activity import activity_files
from trustgraph.datasets._form_owner import owner_files
from trustgraph.datasets._form_ties import tie_files

__all__ = ["files_of"]


def files_of(facts: ArchiveFacts) -> dict[str, bytes]:
    """Return the files of the archive by name: those that tell something, and all the others."""
    return tie_files(facts) | owner_files(facts) | activity_files(facts) | other_files(facts)
