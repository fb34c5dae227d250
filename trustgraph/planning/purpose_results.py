"""Which of the two jobs an ask needs, and who does each best."""

from typing import Any, Final, Literal

import pandas as pd

from trustgraph._html import card_html, shown, table_html
from trustgraph._text import listed
from trustgraph.models.ask import Ask
from trustgraph.models.base import FrozenModel
from trustgraph.models.result import ResultModel

__all__ = ["JobView", "Opening", "Purpose", "PurposeAdvice"]

SCHEMA_VERSION: Final = 1
Purpose = Literal["vouch", "reach"]
COLUMNS: Final = ("purpose", "rank", "introducer", "name", "score", "trust", "hops")
JOBS: Final = {
    "vouch": "to be vouched for, so that somebody's reputation arrives",
    "reach": "to get a question or message through, with nobody's name behind it",
}
MEANT: Final = (
    "Vouch is for a job, an investment, a contract: somebody decides about you, and believes those "
    "who know and trust you. Reach is for information, a question, news: weak ties know other "
    "things than you do, and nobody puts their name at stake."
)
GROUNDS: Final = {
    "words": "by what it says",
    "stated": "as the ask itself states; its words do not decide it",
    "default": "for want of any sign: whoever is vouched for is also heard",
}


class Opening(FrozenModel):
    """One introducer for one of the jobs.

    Attributes
    ----------
    introducer, name
        Who; empty for a direct tie.
    score
        Of the best path through them, in [0, 1].
    trust
        Their trust in the seeker, in [0, 1].
    hops
        Steps of that path.

    Examples
    --------
    >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
    >>> tg.planning.advise_purpose(G, "ana", "cy").vouch.openings[0].introducer
    'bo'
    """

    introducer: Any
    name: str
    score: float
    trust: float
    hops: int


class JobView(FrozenModel):
    """How well a network does one of the two jobs for an ask.

    Attributes
    ----------
    purpose
        ``"vouch"`` or ``"reach"``.
    score
        Of the best path, in [0, 1]; 0 if there is none.
    reliability
        Chance that at least one path works, in [0, 1].
    openings
        The best introducers, each with the best path through them; the best first.
    reason
        Why there is no path, else empty; as in `Introductions`.

    Examples
    --------
    >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
    >>> advice = tg.planning.advise_purpose(G, "ana", "cy")
    >>> advice.vouch.score, advice.reach.score
    (0.4, 1.0)
    """

    purpose: Purpose
    score: float
    reliability: float
    openings: tuple[Opening, ...]
    reason: str = ""

    @property
    def best(self) -> Opening | None:
        """The best introducer, None where there is no path."""
        return self.openings[0] if self.openings else None


class PurposeAdvice(ResultModel):
    """Which of the two jobs an ask needs, why, and who does each best.

    Attributes
    ----------
    ask
        The ask.
    seeker_name, target_name
        For reading.
    needs
        ``"vouch"`` or ``"reach"``.
    ground
        ``"words"``: what the ask says; ``"stated"``: its own purpose; ``"default"``: no sign.
    signs
        What speaks for either: pairs of the job and the sign.
    vouch, reach
        How well the network does each. Scores compare paths for the same job; between the two
        they mean different things.
    access
        Whether what contacts give access to counts for reach (`ReachModel`).
    max_intermediaries, observed_only
        What was asked for.
    as_of
        Date of the graph.
    schema_version
        Version of the dictionary form.

    Examples
    --------
    >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
    >>> ask = tg.Ask(seeker="ana", target="cy", interest="a question on ledgers")
    >>> tg.planning.advise_purpose(G, ask).needs
    'reach'
    """

    ask: Ask
    seeker_name: str
    target_name: str
    needs: Purpose
    ground: Literal["words", "stated", "default"]
    signs: tuple[tuple[Purpose, str], ...] = ()
    vouch: JobView
    reach: JobView
    access: bool = False
    max_intermediaries: int = 3
    observed_only: bool = True
    as_of: str = ""
    schema_version: Literal[1] = SCHEMA_VERSION

    @property
    def needed(self) -> JobView:
        """How well the network does the job that the ask needs."""
        return self.vouch if self.needs == "vouch" else self.reach

    @property
    def differs(self) -> bool:
        """Whether another introducer is best for the other job."""
        best = [job.best.introducer if job.best else None for job in (self.vouch, self.reach)]
        return best[0] != best[1]

    def to_frame(self) -> pd.DataFrame:
        """Return one row for each job and introducer.

        Returns
        -------
        pandas.DataFrame
            ``purpose, rank, introducer, name`` (objects but for the int64 rank), ``score, trust``
            (float64) and ``hops`` (int64).

        Examples
        --------
        >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
        >>> tg.planning.advise_purpose(G, "ana", "cy").to_frame()
          purpose  rank introducer name  score  trust  hops
        0   vouch     1         bo   bo    0.4    0.8     2
        1   reach     1         bo   bo    1.0    0.8     2
        """
        rows = [
            (job.purpose, rank, one.introducer, one.name, one.score, one.trust, one.hops)
            for job in (self.vouch, self.reach)
            for rank, one in enumerate(job.openings, start=1)
        ]
        frame = pd.DataFrame(rows, columns=list(COLUMNS))
        types = dict.fromkeys(COLUMNS, object) | {"rank": "int64", "hops": "int64"}
        return frame.astype({**types, "score": "float64", "trust": "float64"})

    def explain(self) -> str:
        """Return which job the ask needs and why, in plain sentences.

        Returns
        -------
        str
            The advice, its grounds, whom to ask for each job and where they differ.

        Examples
        --------
        >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
        >>> ask = tg.Ask(seeker="ana", target="cy", role="data lead")
        >>> print(tg.planning.advise_purpose(G, ask).explain().splitlines()[0])
        The ask of ana to cy is one to be vouched for, so that somebody's reputation arrives.
        """
        return "\n".join(map(shown, _lines(self)))

    def _repr_html_(self) -> str:
        title = f"What {self.seeker_name} needs on the way to {self.target_name}: {self.needs}"
        return card_html(title, table_html(self.to_frame()), lines=_lines(self)[:2])


def _lines(found: PurposeAdvice) -> list[str]:
    told = [
        f"The ask of {found.seeker_name} to {found.target_name} is one {JOBS[found.needs]}.",
        f"That is so {GROUNDS[found.ground]}.",
    ]
    for purpose in ("vouch", "reach"):
        signs = [sign for job, sign in found.signs if job == purpose]
        if signs:
            told.append(f"For {purpose} speaks that {listed(signs)}.")
    if (found.ask.purpose, found.needs) == ("reach", "vouch"):
        told.append("The ask itself states reach; look which of the two you mean.")
    told += [MEANT, _job(found.vouch), _job(found.reach)]
    told += _difference(found)
    told.append(
        "The two scores mean different things: an endorsement that is believed, and a message that "
        "gets there. Modelled, not calibrated."
    )
    return told


def _job(job: JobView) -> str:
    best = job.best
    if best is None:
        return f"For {job.purpose} there is no path."
    who = f"ask {best.name} first" if best.name else "write to them directly"
    return (
        f"For {job.purpose} {who}: the best path has a score of {best.score:.3f}, and all paths "
        f"together one of {job.reliability:.3f}."
    )


def _difference(found: PurposeAdvice) -> list[str]:
    vouch, reach = found.vouch.best, found.reach.best
    if vouch is None and reach is None:
        return ["Neither job can be done by this network; tg.find_introductions says why."]
    if vouch is None:
        told = ["Nobody on the way would put their name behind the seeker, whatever is asked."]
        if found.needs == "vouch":
            told.append(
                "What the network can do today is get a question through: ask for information "
                "first, and give those on the way a reason to know and trust you."
            )
        return told
    if reach is None or not found.differs:
        return ["The same person is best for both."]
    text = (
        f"They differ: {vouch.name or 'the direct tie'} trusts {found.seeker_name} with "
        f"{vouch.trust:.2f}, {reach.name or 'the direct tie'} with {reach.trust:.2f}"
    )
    if found.access:
        return [f"{text}; contacts of moderate closeness count as the better access."]
    return [f"{text}; to hand something over takes less trust than to vouch."]
