"""What a run yields: rows of times, verdicts on numbers to reach, bounds, memory and checks."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from sidebyside.measure import Machine, Ratio, Times, ratio

OURS = "trustgraph"


@dataclass(frozen=True)
class Row:
    """One contender at one size in one job; seconds."""

    job: str
    edges: int
    who: str
    question: str
    median: float
    low: float
    high: float
    p95: float
    cases: int
    runs: int
    ratio: float | None = None
    ratio_low: float | None = None
    ratio_high: float | None = None


@dataclass(frozen=True)
class Verdict:
    """A number to reach: measured, needed to pass, and the goal."""

    job: str
    against: str
    value: float
    low: float
    high: float
    unit: str
    passing: float | None
    goal: float | None
    at_least: bool = True

    @property
    def word(self) -> str:
        if self.goal is not None and self._meets(self.goal):
            return "goal"
        if self.passing is None:
            return "below the goal" if self.goal is not None else "reported"
        return "pass" if self._meets(self.passing) else "missed"

    def _meets(self, limit: float) -> bool:
        return self.value >= limit if self.at_least else self.value <= limit


@dataclass(frozen=True)
class Bound:
    """The least time that the hardware allows for what one of our answers must read."""

    job: str
    edges: int
    reads: float
    read_ns: float
    megabytes: float
    bound: float
    measured: float


@dataclass(frozen=True)
class Memory:
    """Bytes an edge of one way to hold the network."""

    edges: int
    who: str
    bytes_an_edge: float
    holds: str


@dataclass
class Report:
    """Everything that one run found out."""

    machine: Machine | None = None
    about: dict[str, str] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)
    bounds: list[Bound] = field(default_factory=list)
    memory: list[Memory] = field(default_factory=list)
    checks: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, told: dict[str, Any]) -> "Report":
        kinds: dict[str, type] = {
            "rows": Row, "verdicts": Verdict, "bounds": Bound, "memory": Memory,
        }  # fmt: skip
        read = {name: [kind(**one) for one in told[name]] for name, kind in kinds.items()}
        machine = Machine(**told["machine"]) if told["machine"] else None
        plain = {name: told[name] for name in ("about", "checks", "skipped")}
        return cls(machine=machine, **plain, **read)

    def row(self, job: str, edges: int, who: str) -> Row | None:
        found = [row for row in self.rows if (row.job, row.edges, row.who) == (job, edges, who)]
        return found[0] if found else None


def row(
    job: str, edges: int, who: str, times: Times, *, question: str = "", ours: Times | None = None
) -> Row:
    """Return the row of a contender, with its ratio to ours."""
    against = ratio(times, ours) if ours is not None else None
    return Row(
        job=job,
        edges=edges,
        who=who,
        question=question,
        median=times.median,
        low=float(min(times.by_run)),
        high=float(max(times.by_run)),
        p95=times.p95,
        cases=times.cases,
        runs=times.runs,
        ratio=against.value if against else None,
        ratio_low=against.low if against else None,
        ratio_high=against.high if against else None,
    )


def verdict(
    job: str, against: str, found: Ratio, passing: float | None, goal: float | None
) -> Verdict:
    """Return the verdict on a ratio that must be at least so large."""
    return Verdict(job, against, found.value, found.low, found.high, "x", passing, goal)


def missed(verdicts: Iterable[Verdict]) -> list[Verdict]:
    return [one for one in verdicts if one.word == "missed"]
