"""The numbers of a transfer: the total, and five quantities of every intermediary."""

from dataclasses import dataclass

import numpy as np

from trustgraph._typing import Floats

__all__ = ["QUANTITIES", "ManyTransfers", "TransferNumbers"]

QUANTITIES = ("removal", "shapley", "inflow", "through", "retained")


@dataclass(frozen=True, eq=False)
class TransferNumbers:
    """Reliability of a network and what each intermediary does for it.

    Arrays hold one number for each of the intermediaries 1 … people, in [0, 1]; ``retained`` is
    NaN where ``inflow`` is 0. Errors are standard errors, 0 where the numbers are exact;
    ``samples`` is the number of draws behind them.
    """

    total: float
    removal: Floats
    shapley: Floats
    inflow: Floats
    through: Floats
    retained: Floats
    total_error: float
    removal_error: Floats
    shapley_error: Floats
    inflow_error: Floats
    through_error: Floats
    retained_error: Floats
    samples: int = 0

    @classmethod
    def exactly(
        cls, total: float, removal: Floats, shapley: Floats, inflow: Floats, through: Floats
    ) -> "TransferNumbers":
        """Return numbers without error.

        Parameters
        ----------
        total
            Reliability.
        removal, shapley, inflow, through
            One number an intermediary.

        Returns
        -------
        TransferNumbers
            The numbers with retained = through / inflow and errors of 0; what rounding did to
            the laws between them is undone.
        """
        through = np.minimum(through, inflow)
        removal, shapley = np.clip(removal, 0.0, through), np.clip(shapley, 0.0, through)
        met = inflow > 0
        retained = np.divide(through, inflow, out=np.full(len(inflow), np.nan), where=met)
        none = np.zeros(len(inflow))
        return cls(
            total=min(total, 1.0),
            removal=removal,
            shapley=shapley,
            inflow=inflow,
            through=through,
            retained=retained,
            total_error=0.0,
            removal_error=none,
            shapley_error=none,
            inflow_error=none,
            through_error=none,
            retained_error=np.where(met, 0.0, np.nan),
        )


@dataclass(frozen=True, eq=False)
class ManyTransfers:
    """The numbers of one network in many cases.

    ``total`` has shape (cases,), the others have shape (people, cases); through <= inflow, and
    removal and shapley <= through.
    """

    total: Floats
    removal: Floats
    shapley: Floats
    inflow: Floats
    through: Floats

    @classmethod
    def of_paths(
        cls,
        reached: Floats,
        removal: Floats,
        shapley: Floats,
        inflow: Floats,
        through: Floats,
        direct: Floats,
    ) -> "ManyTransfers":
        """Return the numbers of paths that stand beside a direct tie.

        Parameters
        ----------
        reached, removal, shapley
            What holds of the paths alone.
        inflow, through
            One row an intermediary.
        direct
            Chance of the direct tie in each case, in [0, 1].

        Returns
        -------
        ManyTransfers
            The numbers; what rounding did to the laws between them is undone.
        """
        indirect = 1.0 - direct
        through = np.minimum(through, inflow)
        return cls(
            total=np.minimum(direct + indirect * reached, 1.0),
            removal=np.clip(indirect * removal, 0.0, through),
            shapley=np.clip(indirect * shapley, 0.0, through),
            inflow=inflow,
            through=through,
        )

    def exactly(self, case: int = 0) -> TransferNumbers:
        """Return the numbers of one case, which have no error."""
        each = (self.removal, self.shapley, self.inflow, self.through)
        return TransferNumbers.exactly(
            float(self.total[case]), *(numbers[:, case] for numbers in each)
        )
