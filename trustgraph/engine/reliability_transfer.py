"""The transfer of a network: exactly where that is quick, else by Monte-Carlo."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from trustgraph._typing import Bools
from trustgraph.engine.reliability_exact import exact_transfer
from trustgraph.engine.reliability_network import TwoTerminal, strongest_steps, walk_counts
from trustgraph.engine.reliability_numbers import TransferNumbers
from trustgraph.engine.reliability_sampling import sampled_transfer

__all__ = ["Transferred", "cut_to_size", "transfer"]

MOST_PREFIXES = 500_000.0
"""Prefixes of paths up to which the whole network is walked."""


@dataclass(frozen=True, eq=False)
class Transferred:
    """Numbers of a transfer and how they were found.

    Attributes
    ----------
    numbers
        The numbers of all intermediaries.
    method
        ``"decision_diagram"`` (exact) or ``"monte_carlo"``.
    samples
        Number of samples, 0 if exact.
    kept
        Whether each intermediary is still in the network; all are unless it was cut to size.
    truncated
        Whether only the steps on the best paths were kept.
    """

    numbers: TransferNumbers
    method: Literal["decision_diagram", "monte_carlo"]
    samples: int
    kept: Bools
    truncated: bool


def transfer(
    network: TwoTerminal,
    *,
    samples: int,
    rng: np.random.Generator,
    precision: float | None = None,
) -> Transferred:
    """Return the transfer of a network.

    Parameters
    ----------
    network
        The network; every step stands on an admissible simple path.
    samples
        Number of samples if it has to be sampled.
    rng
        Source of randomness for that.
    precision
        Standard error of the total at which to stop drawing, above 0; ``samples`` is then the
        largest number.

    Returns
    -------
    Transferred
        Numbers and method. A network with too many prefixes of paths to walk them all is cut down
        to the steps on its best paths.
    """
    exact = exact_transfer(network)
    if exact is not None:
        everybody = np.ones(network.people, bool)
        return Transferred(exact, "decision_diagram", 0, everybody, truncated=False)
    smaller, kept = cut_to_size(network)
    numbers = sampled_transfer(smaller, samples, rng, precision=precision)
    truncated = smaller is not network
    return Transferred(numbers, "monte_carlo", numbers.samples, kept, truncated=truncated)


def cut_to_size(network: TwoTerminal) -> tuple[TwoTerminal, Bools]:
    """Return a network whose prefixes of paths can be walked, and which people it has.

    Parameters
    ----------
    network
        The network.

    Returns
    -------
    smaller : TwoTerminal
        The same object, or the steps on its best paths, with the same numbers of people.
    kept : numpy.ndarray
        Whether each intermediary is in it.
    """
    if walk_counts(network)[1] <= MOST_PREFIXES:
        return network, np.ones(network.people, bool)
    smaller = strongest_steps(network, MOST_PREFIXES)
    return smaller, np.isin(np.arange(1, network.people + 1), smaller.tail)
