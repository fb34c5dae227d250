"""How close two circles are: shared acquaintances and a shared organisation."""

from typing import Final

import numpy as np

from trustgraph._typing import Bools, Floats, LongInts
from trustgraph.models.base import FrozenModel
from trustgraph.trust.pairs import Pairs
from trustgraph.trust.parameter import parameter

__all__ = ["ProximityModel", "common_neighbours", "neighbourhood_overlap"]

LOOKED_UP_AT_ONCE: Final = 4_000_000


class ProximityModel(FrozenModel):
    """How close two circles are.

    Parameters
    ----------
    same_organisation
        What it counts that both are at the same organisation at present.

    Notes
    -----
    proximity = 1 - (1 - overlap) (1 - same_organisation [both are there at present]), where the
    overlap is the share of all acquaintances of the two that they have in common.

    References
    ----------
    Onnela et al. (2007), Structure and tie strengths in mobile communication networks, PNAS,
    doi:10.1073/pnas.0610245104.

    Examples
    --------
    >>> tg.trust.ProximityModel().proximity(np.array([0.0, 0.5]), np.array([True, True])).tolist()
    [0.5, 0.75]
    """

    same_organisation: float = parameter(
        0.5,
        "closeness that a shared present organisation gives",
        within=(0, 1),
        likely=(0.2, 0.8),
        unit="factor",
        source="judgement",
    )

    def proximity(self, overlap: Floats, together: Bools) -> Floats:
        """Return how close two circles are.

        Parameters
        ----------
        overlap
            Share of common acquaintances, in [0, 1].
        together
            Whether both are at the same organisation at present.

        Returns
        -------
        numpy.ndarray
            In [0, 1].

        Examples
        --------
        >>> tg.trust.ProximityModel().proximity(np.array([0.2]), np.array([False])).tolist()
        [0.2]
        """
        shared = np.asarray(overlap, dtype=np.float64)
        bonus = np.where(together, self.same_organisation, 0.0)
        return np.asarray(shared + (1 - shared) * bonus, dtype=np.float64)


def neighbourhood_overlap(pairs: Pairs, tied: Bools) -> Floats:
    """Return the share of all acquaintances of two people that they have in common.

    Parameters
    ----------
    pairs
        The pairs to fill.
    tied
        Which of them are ties of the graph; the same in both directions of a pair.

    Returns
    -------
    numpy.ndarray
        In [0, 1], the same in both directions; 0 where neither knows anybody else.

    Notes
    -----
    n / ((k - 1) + (l - 1) - n) for a tie of people with k and l acquaintances, n of them common
    (Onnela et al. 2007). Where there is no tie nobody is taken off k and l.
    """
    below = pairs.source < pairs.target
    first, second, known = pairs.source[below], pairs.target[below], tied[below]
    degree = np.bincount(
        np.concatenate([first[known], second[known]]), minlength=pairs.people
    ).astype(np.int64)
    common = common_neighbours(pairs.source[tied], pairs.target[tied], first, second, pairs.people)
    every = degree[first] + degree[second] - 2 * known - common
    overlap = np.zeros(len(pairs))
    overlap[below] = common / np.maximum(every, 1)
    overlap[pairs.reverse[below]] = overlap[below]
    return overlap


def common_neighbours(
    source: LongInts, target: LongInts, first: LongInts, second: LongInts, people: int
) -> LongInts:
    """Count the common neighbours of pairs of people.

    Parameters
    ----------
    source, target
        Ties, each once in both directions, sorted by source and target.
    first, second
        The people of each pair.
    people
        Number of people.

    Returns
    -------
    numpy.ndarray
        One number a pair.

    Notes
    -----
    The neighbours of the one who has fewer are looked up among those of the other, so that a hub
    of thirty thousand ties costs no more than its ties.
    """
    key = source * people + target
    start = np.searchsorted(source, np.arange(people + 1))
    degree = np.diff(start)
    swap = degree[second] < degree[first]
    few, many = np.where(swap, second, first), np.where(swap, first, second)
    count = np.zeros(len(few), dtype=np.int64)
    if not len(key) or not len(few):
        return count
    total = np.cumsum(degree[few])
    cuts = np.searchsorted(total, np.arange(LOOKED_UP_AT_ONCE, total[-1], LOOKED_UP_AT_ONCE))
    for part in np.split(np.arange(len(few)), np.unique(cuts)):
        size = degree[few[part]]
        row = np.repeat(np.arange(len(part)), size)
        offset = np.arange(len(row)) - np.repeat(np.cumsum(size) - size, size)
        wanted = many[part][row] * people + target[start[few[part]][row] + offset]
        place = np.minimum(np.searchsorted(key, wanted), len(key) - 1)
        count[part] = np.bincount(row[key[place] == wanted], minlength=len(part))
    return count
