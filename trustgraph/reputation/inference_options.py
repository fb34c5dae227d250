"""Which components an inferred trust is made of."""

from pydantic import Field

from trustgraph.models.base import FrozenModel

__all__ = ["Components"]


class Components(FrozenModel):
    """Which components `infer_trust` uses, and how; every one can be switched off.

    Attributes
    ----------
    target
        How the others rate the target: their mean, the share of bad ratings, and their number.
    source
        How the source rates others: by how much higher than they are, and how many.
    paths
        What those say of the target whom the source trusts, weighted by that trust.
    reciprocity
        How the target rated the source.
    bias
        Whether ratings are corrected for how their raters rate everybody.
    shrinkage
        Whether what few ratings say is drawn to what is usual.
    prior_ratings
        By so many ratings of the average, from 0 (judgement).
    path_prior
        Trust, as a sum over raters, at which what the trusted say counts half, from 0 (judgement).
    penalty
        Ratings of the average that hold the weights of the components back, from 0 (judgement).
    rounds
        How often biases and levels are told from each other, 1 to 20 (judgement).

    Examples
    --------
    >>> tg.reputation.Components(paths=False)
    Components(paths=False)
    """

    target: bool = True
    source: bool = True
    paths: bool = True
    reciprocity: bool = True
    bias: bool = True
    shrinkage: bool = True
    prior_ratings: float = Field(2.0, ge=0.0, le=1e6, allow_inf_nan=False)
    path_prior: float = Field(0.3, ge=0.0, le=1e6, allow_inf_nan=False)
    penalty: float = Field(10.0, ge=0.0, le=1e6, allow_inf_nan=False)
    rounds: int = Field(3, ge=1, le=20)
