"""The archetypes of the design: what somebody did, and what it must be worth.

Each is told from the side of the introducer ("them"): their opinion of the seeker. All but the
stranger are connected. Regular contact falls in the middle of its intervals: one conversation a
year was half a year ago, one and a half years ago, and so on.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from trustgraph.models import Evidence, Network

AS_OF = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
THEM, SEEKER = "them", "seeker"
YEAR = 365.25


@dataclass(frozen=True)
class Archetype:
    """A relation and its row in the table of the design.

    ``expected``: trust, certainty, willingness, forwards, recall and response to two digits, and
    the factor of the first step to three, as printed there.
    """

    name: str
    evidence: tuple[Evidence, ...]
    expected: tuple[str, ...]

    @property
    def network(self) -> Network:
        """The two people and what happened; strangers know nothing of each other."""
        people = [{"id": THEM, "name": "Them"}, {"id": SEEKER, "name": "Seeker"}]
        net = Network.from_records(people, self.evidence, as_of=AS_OF)
        # The seeker's own judgement gives a stranger a row without telling anything about "them".
        return net if self.evidence else net.with_judgement(SEEKER, THEM, trust=0.5)


def every(interval: float, times: int, *, since: float = 0.0) -> list[int]:
    """Return ages in days: the middles of equal intervals, newest first."""
    return [int(since + (number + 0.5) * interval) for number in range(times)]


def years_before(years: float, times: int) -> list[int]:
    """Return ages in days: so many years ago, and each of the years before."""
    return [int(YEAR * (years + number)) for number in range(times)]


def done(kind: str, ages: Sequence[int], *, by: str = THEM) -> tuple[Evidence, ...]:
    """Return one act of a kind for each age in days."""
    other = SEEKER if by == THEM else THEM
    return tuple(
        Evidence(kind=kind, source=by, target=other, at=AS_OF - dt.timedelta(days=age))
        for age in ages
    )


CONNECTED = done("connection", [5 * 365])
QUARTERLY = every(YEAR / 4, 7)

ARCHETYPES = (
    Archetype("stranger", (), (".10", ".00", ".04", ".20", ".00", ".12", ".003")),
    Archetype(
        "bare connection, 5 y", CONNECTED, (".14", ".05", ".06", ".29", ".00", ".14", ".006")
    ),
    Archetype(
        "one conversation-day a year, 6 y",
        CONNECTED + done("conversation_day", every(YEAR, 6)),
        (".40", ".33", ".25", ".74", ".42", ".58", ".101"),
    ),
    Archetype(
        "two a year, 5 y",
        CONNECTED + done("conversation_day", every(184, 10)),
        (".49", ".44", ".36", ".86", ".56", ".70", ".179"),
    ),
    Archetype(
        "monthly, 2 y",
        CONNECTED + done("conversation_day", every(31, 24)),
        (".64", ".60", ".58", ".96", ".83", ".90", ".392"),
    ),
    Archetype(
        "ex-colleague 3 y, recommended the seeker 6 y ago, no chat",
        CONNECTED
        + done("recommendation", years_before(6, 1))
        + done("same_employer_year", years_before(6, 3)),
        (".75", ".72", ".76", ".99", ".06", ".48", ".292"),
    ),
    Archetype(
        "teammate 2 y, weekly chat now",
        CONNECTED
        + done("conversation_day", every(7, 104, since=1))
        + done("same_team_year", years_before(0.5, 2)),
        (".77", ".75", ".80", "1.00", ".94", ".97", ".631"),
    ),
    Archetype(
        "mass networker: 20 unanswered messages to the seeker, 5 skill endorsements",
        CONNECTED
        + done("message_unanswered", every(40, 20))
        + done("skill_endorsement", [365] * 5),
        (".30", ".22", ".16", ".59", ".55", ".65", ".072"),
    ),
    Archetype(
        "the seeker wrote 10 times this year, no answer",
        CONNECTED + done("message_unanswered", every(YEAR / 10, 10), by=SEEKER),
        (".14", ".05", ".06", ".29", ".00", ".05", ".002"),
    ),
    Archetype(
        "dormant close tie: team 3 y, 100 conversation-days, silent 5 y",
        CONNECTED
        + done("conversation_day", every(3 * YEAR / 100, 100, since=5 * YEAR))
        + done("same_team_year", years_before(5.1, 3)),
        (".77", ".74", ".79", "1.00", ".66", ".82", ".523"),
    ),
    Archetype(
        "the seeker helped them 3 times, quarterly talks",
        CONNECTED
        + done("conversation_day", QUARTERLY)
        + done("help_given", [QUARTERLY[talk] for talk in (1, 3, 4)], by=SEEKER),
        (".68", ".64", ".64", ".98", ".66", ".80", ".395"),
    ),
    Archetype(
        "high-status: met once, one exchange, 1 y ago",
        CONNECTED + done("meeting_day", [368]) + done("conversation_day", [368]),
        (".32", ".24", ".18", ".62", ".22", ".40", ".048"),
    ),
)
