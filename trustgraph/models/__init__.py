"""Frozen records: people, what they did, and what is asked."""

from trustgraph.models.ask import CLARITY_WEIGHTS, Ask, Incentive, Organisation, Prospect
from trustgraph.models.base import FrozenModel
from trustgraph.models.columns import report_frame, utc_time
from trustgraph.models.evidence import Evidence
from trustgraph.models.facts import Fact, Text
from trustgraph.models.network import Network
from trustgraph.models.outcome import OUTCOME_EVENTS, AskState, Outcome
from trustgraph.models.outcomes import OUTCOME_COLUMNS, Outcomes
from trustgraph.models.people import Person, Position, person_id

__all__ = [
    "CLARITY_WEIGHTS",
    "OUTCOME_COLUMNS",
    "OUTCOME_EVENTS",
    "Ask",
    "AskState",
    "Evidence",
    "Fact",
    "FrozenModel",
    "Incentive",
    "Network",
    "Organisation",
    "Outcome",
    "Outcomes",
    "Person",
    "Position",
    "Prospect",
    "Text",
    "person_id",
    "report_frame",
    "utc_time",
]
