"""Names as people write them: cleaned, folded, cut into words, and matched as organisations.

Everything that decides whether two texts mean the same is here, so that files, graphs and questions
decide alike.
"""

from trustgraph._text.letters import clean, fold, near, nfc, words
from trustgraph._text.numbers import counted, listed, percent
from trustgraph._text.organisations import (
    MatchTier,
    circle_key,
    match_organisation,
    match_organisations,
    organisation_key,
)
from trustgraph._text.slugs import slug_of
from trustgraph._text.titles import DECIDES, SENIOR, rank_in, spelled

__all__ = [
    "DECIDES",
    "SENIOR",
    "MatchTier",
    "circle_key",
    "clean",
    "counted",
    "fold",
    "listed",
    "match_organisation",
    "match_organisations",
    "near",
    "nfc",
    "organisation_key",
    "percent",
    "rank_in",
    "slug_of",
    "spelled",
    "words",
]
