"""Invented data: a small office, a market, archives and worlds of any size, a bundled sample."""

from trustgraph.datasets._draw import ArchiveMix
from trustgraph.datasets.archive import MadeArchive, make_archive
from trustgraph.datasets.market import make_ratings
from trustgraph.datasets.office import load_office
from trustgraph.datasets.sample import load_sample, sample_archives
from trustgraph.datasets.world import make_world

__all__ = [
    "ArchiveMix",
    "MadeArchive",
    "load_office",
    "load_sample",
    "make_archive",
    "make_ratings",
    "make_world",
    "sample_archives",
]
