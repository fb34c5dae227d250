"""The bundled sample: three invented archives in the form of 2026."""

from importlib.resources import files
from pathlib import Path

from trustgraph.ingest import read_linkedin
from trustgraph.models import Network

__all__ = ["load_sample", "sample_archives"]


def sample_archives() -> list[Path]:
    """Return the three archives that come with the library.

    Returns
    -------
    list of Path
        The zips of Mira Sandquill, who looks for a way into Tessaloom, of Jonas Ekwater, her
        manager of old, and of Adaeze Okelundu, a colleague of today.

    Notes
    -----
    Everybody in them is invented. What is true of each tie that matters stands, with all dates,
    at the top of ``trustgraph/datasets/_story.py``.

    Examples
    --------
    >>> [path.name[-14:] for path in tg.datasets.sample_archives()]
    ['11-22-2026.zip', '11-20-2026.zip', '11-19-2026.zip']
    """
    folder = Path(str(files("trustgraph.datasets").joinpath("data")))
    return sorted(folder.glob("Complete_LinkedInDataExport_*.zip"), reverse=True)


def load_sample() -> Network:
    """Return the network of the bundled sample: its three archives, read and pooled.

    Returns
    -------
    Network
        What :func:`trustgraph.ingest.read_linkedin` makes of :func:`sample_archives`. It has three
        owners: name the seeker, ``"mira-sandquill"``, yourself.

    Notes
    -----
    Into Tessaloom lead, among others, a route through Jonas and Katalin, who know and recommended
    each other, and a shorter one through Tomás, who hardly knows Mira. Three more people there are
    connected to her, and none of them would vouch for her. Kitewell Health, Harrowfield Bank and
    Solvane Mobility can be reached, too.

    Examples
    --------
    >>> net = tg.datasets.load_sample()
    >>> sorted(net.owners)
    ['adaeze-okelundu', 'jonas-ekwater', 'mira-sandquill']
    >>> net.person("Katalin Vesterholt").position
    'Head of Data Platform'
    """
    return read_linkedin(sample_archives())
