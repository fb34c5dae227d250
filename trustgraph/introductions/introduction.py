"""One path from the seeker to a target, with everything there is to tell about it."""

from typing import Any, Literal

from trustgraph._html import shown
from trustgraph.introductions import explain
from trustgraph.introductions.step import Step
from trustgraph.models.base import FrozenModel

__all__ = ["Introduction", "TrustInterval"]


class TrustInterval(FrozenModel):
    """Mean and 5 to 95 % range of a score when only the trust is uncertain.

    Examples
    --------
    >>> tg.introductions.TrustInterval(low=0.1, mean=0.2, high=0.4).high
    0.4
    """

    low: float
    mean: float
    high: float


class Introduction(FrozenModel):
    """One path from the seeker to a target.

    Attributes
    ----------
    path, names
        Ids and names from the seeker to the target.
    steps
        The steps in order.
    rank
        Place among the paths of its block, from 1; equal scores share a rank.
    score
        Modelled probability that the request is answered, endorsed at every hop and believed;
        it compares paths and promises nothing. In [0, 1]; ``delivery * carried``.
    delivery
        Probability that the request arrives endorsed (for a direct tie: is answered).
    carried
        Trust that is believed at the far end, given that it arrives.
    forward_only
        Probability that it arrives as a mere forward, which carries no reputation.
    lift
        Chance of success relative to a cold application, 1 = the same; None where nobody vouches
        (``purpose="reach"``).
    trust_interval, share_first
        Uncertainty about trust: range of the score, and the share of draws in which the path is
        the best of those found in its block; None where the graph has no certainty.
    block
        ``"observed"``: every tie is on record; ``"inferred"``: at least one is guessed.

    Examples
    --------
    >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
    >>> path = tg.find_introductions(G, "ana", "cy")[0]
    >>> path.introducer, path.hops, path.weakest.asked
    ('bo', 2, 'cy')
    """

    path: tuple[Any, ...]
    names: tuple[str, ...]
    steps: tuple[Step, ...]
    rank: int
    score: float
    delivery: float
    carried: float
    forward_only: float
    lift: float | None
    trust_interval: TrustInterval | None = None
    share_first: float | None = None
    block: Literal["observed", "inferred"] = "observed"

    @property
    def hops(self) -> int:
        """Number of steps; a direct tie has 1."""
        return len(self.steps)

    @property
    def introducer(self) -> Any:
        """Id of the first intermediary, empty for a direct tie."""
        return self.path[1] if len(self.path) > 2 else ""  # noqa: PLR2004 - seeker and target

    @property
    def intermediaries(self) -> tuple[Any, ...]:
        """Ids of the people between seeker and target."""
        return self.path[1:-1]

    @property
    def nothing(self) -> float:
        """Probability that nothing arrives: 1 - delivery - forward_only."""
        return max(0.0, 1.0 - self.delivery - self.forward_only)

    @property
    def weakest(self) -> Step:
        """The step with the smallest factor."""
        return min(self.steps, key=lambda step: step.factor)

    @property
    def observed_steps(self) -> int:
        """Number of steps that a record states; neither inferred nor assumed."""
        return sum(step.observed and not step.assumed for step in self.steps)

    def explain(self) -> str:
        """Return the path in plain sentences.

        Returns
        -------
        str
            Who asks whom, why they would vouch, the weakest step and what would mend it.

        Examples
        --------
        >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
        >>> print(tg.find_introductions(G, "ana", "cy")[0].explain().splitlines()[0])
        ana asks bo, who passes it on to cy. Score 0.40.
        """
        return "\n".join(map(shown, explain.path_lines(self)))

    def to_row(self) -> dict[str, Any]:
        """Return the path as one row of the frame of its result."""
        interval, nan = self.trust_interval, float("nan")
        return {
            "rank": self.rank,
            "score": self.score,
            "delivery": self.delivery,
            "carried": self.carried,
            "hops": self.hops,
            "path": self.path,
            "introducer": self.introducer,
            "target": self.path[-1],
            "forward_only": self.forward_only,
            "nothing": self.nothing,
            "lift": nan if self.lift is None else self.lift,
            "weakest": f"{self.weakest.asker} → {self.weakest.asked}",
            "observed_steps": self.observed_steps,
            "trust_low": interval.low if interval else nan,
            "trust_mean": interval.mean if interval else nan,
            "trust_high": interval.high if interval else nan,
            "share_first": nan if self.share_first is None else self.share_first,
            "block": self.block,
        }
