"""The trust model: every default of the library, in one frozen tree."""

from collections.abc import Mapping
from typing import Self

import pandas as pd

from trustgraph.models.base import FrozenModel
from trustgraph.trust.evidence_table import EvidenceTable
from trustgraph.trust.gate import EndorsementGate
from trustgraph.trust.goodwill import GoodwillModel
from trustgraph.trust.incentives import Norms
from trustgraph.trust.opinion import OpinionModel
from trustgraph.trust.parameters import changed_parameters, parameters_frame
from trustgraph.trust.paths import ClarityModel, LiftModel, PathModel, StandingModel
from trustgraph.trust.proximity import ProximityModel
from trustgraph.trust.reach import ReachModel
from trustgraph.trust.recall import RecallModel
from trustgraph.trust.response import ResponseModel

__all__ = ["TrustModel"]


class TrustModel(FrozenModel):
    """How records become trust, and what a question makes of it.

    Parameters
    ----------
    evidence
        What each kind of evidence says.
    opinion
        From evidence to opinions.
    gate
        From opinions to endorsements.
    recall
        Who comes to mind.
    response
        Who answers.
    proximity
        How close two circles are.
    clarity
        What a clear ask is worth.
    paths
        What is left of a request that travels.
    lift
        What arriving endorsed is worth.
    norms
        How an offer is taken.
    goodwill
        What repeated asks cost.
    standing
        What the word of an insider is worth.
    reach
        Whom a question gets somewhere new through; switched off.

    Notes
    -----
    The model travels with the graph, as JSON in ``G.graph["model"]``.

    Examples
    --------
    >>> model = tg.TrustModel(paths=tg.trust.PathModel(retention=0.7))
    >>> model
    TrustModel(paths=PathModel(retention=0.7))
    >>> tg.TrustModel.model_validate_json(model.model_dump_json()) == model
    True
    """

    evidence: EvidenceTable = EvidenceTable()
    opinion: OpinionModel = OpinionModel()
    gate: EndorsementGate = EndorsementGate()
    recall: RecallModel = RecallModel()
    response: ResponseModel = ResponseModel()
    proximity: ProximityModel = ProximityModel()
    clarity: ClarityModel = ClarityModel()
    paths: PathModel = PathModel()
    lift: LiftModel = LiftModel()
    norms: Norms = Norms()
    goodwill: GoodwillModel = GoodwillModel()
    standing: StandingModel = StandingModel()
    reach: ReachModel = ReachModel()

    def parameters(self) -> pd.DataFrame:
        """Return every number of the model, with unit, range, source and confidence.

        Returns
        -------
        pandas.DataFrame
            Indexed by dotted ``name``; columns ``value`` (infinity: no limit), ``unit``, ``low``
            and ``high`` (the range to sweep), ``source``, ``confidence``, ``meaning``.
            Confidence: V stated by the source, V2 by a secondary source, D derived from these,
            M from memory, J a judgement, to be swept and never reported as a finding. Masses of
            evidence and reactions to offers, for which no source gives a range, have half and
            double their effect, within what is allowed.

        Examples
        --------
        >>> frame = tg.TrustModel().parameters()
        >>> frame.loc[["paths.retention"], ["value", "low", "high", "confidence"]]
                         value   low  high confidence
        name
        paths.retention    0.5  0.25   1.0          J
        >>> float(frame.loc["evidence.recommendation.forward", "value"])
        8.0
        """
        return parameters_frame(self)

    def with_parameters(self, values: Mapping[str, float]) -> Self:
        """Return a model with some numbers changed.

        Parameters
        ----------
        values
            New values by name, as in `parameters`. In a mutual kind of evidence, such as
            `conversation_day`, both directions change together.

        Returns
        -------
        TrustModel
            The changed model, validated.

        Raises
        ------
        ValueError
            If there is no such parameter, or the value is not allowed.

        Examples
        --------
        >>> tg.TrustModel().with_parameters({"gate.min_willingness": 0.3}).gate
        EndorsementGate(min_willingness=0.3)
        """
        return type(self).model_validate(changed_parameters(self, values))
