"""What a file of an archive is, by its name.

Names have changed over the years (``Recommendations Received``, ``Recommendations_Received``),
since 2026 some end in the member's number (``Shares_1234567``), long tables come in parts
(``_1``).
"""

import re
from typing import Final

__all__ = ["DECOYS", "KNOWN", "file_key"]

DECOYS: Final = frozenset(
    """
    guidemessages coachmessages learningcoachmessages learningroleplaymessages
    """.split()
)
"""Files in the form of messages that hold talks with an assistant."""

KNOWN: Final = frozenset(
    """
    adsclicked adtargeting articles causesyoucareabout courses emailaddresses engagements events
    hashtagfollows honors inferencesaboutyou instantreposts jobapplicantsavedanswers
    jobapplicantsavedscreeningquestionresponses jobseekerpreferences lanadsengagement languages
    learning logins memberhashtags onlinejobpostings opportunities opprtunities patents
    phonenumbers privateidentityasset profilesummary providers publications receipts receiptsv2
    recommendationspending registration richmedia savedarticles saveditems savedjobalerts
    searchqueries securitychallenges testscores verifiedexternalcapability verifications votes
    whatsappphonenumbers
    """.split()
)
"""Files that say nothing about ties between people, nor what an analysis could use."""

_SUFFIX: Final = re.compile(r"(?:[ _]?\(\d{1,2}\)|_\d{1,3}|_\d{5,})$")
_NOT_A_KEY: Final = re.compile(r"[^a-z0-9]")


def file_key(name: str) -> str:
    """Return the name of a file as it is compared.

    Parameters
    ----------
    name
        Name of the file, without folder.

    Returns
    -------
    str
        Lower-case letters and digits, without ending, member number and part number.

    Examples
    --------
    >>> from trustgraph.ingest.linkedin.names import file_key
    >>> file_key("Endorsement_Received_Info.csv"), file_key("Shares_12345678_1.csv")
    ('endorsementreceivedinfo', 'shares')
    >>> file_key("Receipts_v2.csv"), file_key("Connections (1).csv")
    ('receiptsv2', 'connections')
    """
    stem = name.lower()
    while stem.endswith((".csv", ".txt", ".tsv")):
        stem = stem[:-4]
    while bare := _SUFFIX.sub("", stem):
        if bare == stem:
            break
        stem = bare
    return _NOT_A_KEY.sub("", stem)
