"""Invented data (an office, archives, worlds of any size, a sample), and readers of published data.

Published data are read from a folder on this computer; nothing is ever downloaded.
"""

from trustgraph.datasets._draw import ArchiveMix
from trustgraph.datasets.archive import MadeArchive, make_archive
from trustgraph.datasets.contacts import load_collegemsg, load_contacts
from trustgraph.datasets.krackhardt import load_krackhardt
from trustgraph.datasets.layers import Layers
from trustgraph.datasets.lazega import load_lazega
from trustgraph.datasets.market import make_ratings
from trustgraph.datasets.nyjazz import load_nyjazz
from trustgraph.datasets.office import load_office
from trustgraph.datasets.ratings import load_bitcoin_otc, load_ratings
from trustgraph.datasets.sample import load_sample, sample_archives
from trustgraph.datasets.world import make_world

__all__ = [
    "ArchiveMix",
    "Layers",
    "MadeArchive",
    "load_bitcoin_otc",
    "load_collegemsg",
    "load_contacts",
    "load_krackhardt",
    "load_lazega",
    "load_nyjazz",
    "load_office",
    "load_ratings",
    "load_sample",
    "make_archive",
    "make_ratings",
    "make_world",
    "sample_archives",
]
