"""How much of a file is read before it is taken for an attack."""

from typing import Annotated

from pydantic import Field

from trustgraph.ingest.forms import LONGEST_ROW, MOST_COLUMNS
from trustgraph.models import FrozenModel

__all__ = ["ReadLimits"]

_MEBI = 2**20
_GIBI = 2**30

Count = Annotated[int, Field(ge=1)]


class ReadLimits(FrozenModel):
    """What an archive may cost at most; beyond it, reading ends in an error that says so.

    Sizes are counted while the bytes are read, never taken from what a zip says about itself, and
    only of the files that are read: pictures and videos in an archive cost nothing. The defaults
    leave an honest archive much room: a million messages take about 300 MB.

    Parameters
    ----------
    max_members
        Most files in an archive; folders in it count too.
    max_bytes
        Most bytes read of all files of one archive together, unpacked; a file that is read twice
        counts once.
    max_member_bytes
        Most bytes of one file, unpacked.
    max_inner_bytes
        Most bytes of a zip inside a zip; these are held in memory.
    max_ratio
        Most bytes unpacked for each packed one. A table of messages has 3 to 30.
    ratio_floor_bytes
        Bytes unpacked up to which the ratio means nothing: a small table may repeat itself.
    max_columns
        Most columns of a table.
    max_row_bytes
        Most bytes of one row of a table; a longer row is reported and never held in memory.
    max_path_chars
        Longest path of a file inside an archive, in characters.

    Raises
    ------
    pydantic.ValidationError
        If a limit is under 1.

    Notes
    -----
    Deflate, the usual method of zips, cannot give more than 1,032 bytes for one. Larger ratios come
    from entries that share their bytes [1]_; such a zip is refused whatever the limits are.

    References
    ----------
    .. [1] D. Fifield, "A better zip bomb", 13th USENIX Workshop on Offensive Technologies
       (WOOT 19), 2019. https://www.usenix.org/conference/woot19/presentation/fifield

    Examples
    --------
    >>> from trustgraph.ingest.limits import ReadLimits
    >>> ReadLimits(max_members=500).max_members
    500
    """

    max_members: Count = 100_000
    max_bytes: Count = 4 * _GIBI
    max_member_bytes: Count = 2 * _GIBI
    max_inner_bytes: Count = 512 * _MEBI
    max_ratio: Annotated[float, Field(ge=1)] = 200.0
    ratio_floor_bytes: Count = 32 * _MEBI
    max_columns: Count = MOST_COLUMNS
    max_row_bytes: Count = LONGEST_ROW
    max_path_chars: Count = 1_000
