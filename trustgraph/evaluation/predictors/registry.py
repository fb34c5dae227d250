"""All predictors by name."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from trustgraph._text import near
from trustgraph.evaluation.predictors.base import Predictor
from trustgraph.evaluation.predictors.fair import FAIR
from trustgraph.evaluation.predictors.inferred import INFERRED
from trustgraph.evaluation.predictors.linear import LINEAR
from trustgraph.evaluation.predictors.local import LOCAL
from trustgraph.evaluation.predictors.models import MODELS

__all__ = ["PREDICTORS", "find_predictor"]

FAMILIES: Final[tuple[tuple[Predictor, ...], ...]] = (LOCAL, FAIR, MODELS, LINEAR, INFERRED)

PREDICTORS: Final[Mapping[str, Predictor]] = MappingProxyType(
    {predictor.name: predictor for family in FAMILIES for predictor in family}
)
"""Every predictor, in the order of tables."""


def find_predictor(name: str) -> Predictor:
    """Return the predictor of a name.

    Parameters
    ----------
    name
        Its name; hyphens count as underscores.

    Returns
    -------
    Predictor
        The predictor.

    Raises
    ------
    ValueError
        If there is none of that name; it lists all.

    Examples
    --------
    >>> tg.evaluation.find_predictor("target-mean").name
    'target_mean'
    """
    told = str(name).replace("-", "_")
    if told in PREDICTORS:
        return PREDICTORS[told]
    alike = near(told, list(PREDICTORS))[:1]
    meant = f"; did you mean {alike[0]!r}?" if alike else ";"
    message = f"there is no model {name!r}{meant} name one of {', '.join(PREDICTORS)}"
    raise ValueError(message)
