"""What a question about the people on whom all goals depend returns."""

from typing import Any, Final, Literal

import pandas as pd

from trustgraph._html import card_html, shown, table_html
from trustgraph.models.ask import Ask
from trustgraph.models.base import FrozenModel
from trustgraph.models.result import SequenceResult
from trustgraph.planning import _key_people_lines as lines

__all__ = ["KeyGoal", "KeyPeople", "KeyPerson"]

COLUMNS: Final = {
    "name": "str",
    "targets": "int64",
    "unreachable": "int64",
    "removal": "float64",
    "lost": "float64",
    "shapley": "float64",
    "share": "float64",
}
GOAL_COLUMNS: Final = {
    "target": "object",
    "name": "str",
    "total": "float64",
    "direct": "float64",
    "standard_error": "float64",
    "exact": "bool",
    "carriers": "int64",
    "hangs_on": "object",
    "reason": "str",
}


class KeyGoal(FrozenModel):
    """One target, and how far it is within reach.

    Attributes
    ----------
    target
        Id of the person; name of the organisation or prospect, or of several people.
    name
        For reading.
    ask
        The question.
    total
        Chance that at least one admissible path works from end to end, in [0, 1].
    direct
        The part of it that needs nobody, in [0, 1].
    standard_error
        Of the total; 0 where it is exact.
    exact
        Whether the numbers of this target are exact up to rounding.
    truncated
        Whether only the steps on the best paths were kept, so that the total is a lower bound.
    carriers
        Number of people who stand on some admissible path.
    hangs_on
        Ids of those each of whom stands on every path: without one of them there is none.
    reason
        ``"no_path"`` or empty.

    Examples
    --------
    >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
    >>> tg.planning.key_people(G, "ana", ["cy"]).goals[0].hangs_on
    ('bo',)
    """

    target: Any
    name: str
    ask: Ask
    total: float
    direct: float
    standard_error: float = 0.0
    exact: bool = True
    truncated: bool = False
    carriers: int = 0
    hangs_on: tuple[Any, ...] = ()
    reason: Literal["", "no_path"] = ""

    @property
    def reachable(self) -> bool:
        """Whether there is a path at all."""
        return not self.reason


class KeyPerson(FrozenModel):
    """One person, and what the goals together owe to them.

    Attributes
    ----------
    person, name
        Who.
    targets
        Names of the targets that they are on the way to, in the order asked for.
    unreachable
        Names of the targets to which no admissible path is left without them.
    removal
        Expected number of targets lost if they leave: the sum over the targets of what each total
        loses; at least 0. Those of several people do not add up.
    lost
        ``removal`` as a share of the expected number of targets, in [0, 1].
    shapley
        Their fair share of the expected number, summed over the targets; at least 0. The shares
        of all people and the direct ties add up to the expected number.
    share
        ``shapley`` as a share of the expected number, in [0, 1].
    removal_error, shapley_error
        No more than so large is the standard error; 0 where the numbers are exact.

    Examples
    --------
    >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
    >>> bo = tg.planning.key_people(G, "ana", ["cy", "bo"])[0]
    >>> bo.targets, round(bo.removal, 3), round(bo.lost, 3)
    (('cy',), 0.4, 0.333)
    """

    person: Any
    name: str
    targets: tuple[str, ...]
    unreachable: tuple[str, ...] = ()
    removal: float
    lost: float
    shapley: float
    share: float
    removal_error: float = 0.0
    shapley_error: float = 0.0


class KeyPeople(SequenceResult[KeyPerson]):
    """On whom the goals of one seeker depend.

    A sequence of `KeyPerson`, the largest fair share first. Empty is an answer: then no target can
    be reached, or each only directly.

    Attributes
    ----------
    seeker, seeker_name
        Whose goals.
    goals
        The targets, in the order asked for.
    people
        Everybody who is on the way to at least one of them.
    max_intermediaries, observed_only
        What was asked for.
    as_of
        Date of the graph.
    seed
        Of the random draws, where there were any.
    schema_version
        Version of the dictionary form.

    Examples
    --------
    >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
    >>> found = tg.planning.key_people(G, "ana", ["cy", "bo"])
    >>> round(found.expected, 3), found.effective_number
    (1.2, 1.0)
    """

    seeker: Any
    seeker_name: str
    goals: tuple[KeyGoal, ...]
    people: tuple[KeyPerson, ...]
    max_intermediaries: int = 3
    observed_only: bool = True
    as_of: str = ""
    seed: int | None = 0
    schema_version: Literal[1] = 1

    def held(self) -> tuple[KeyPerson, ...]:
        """Return the people, the largest fair share first."""
        return self.people

    @property
    def reachable(self) -> int:
        """Number of targets to which there is a path at all."""
        return sum(goal.reachable for goal in self.goals)

    @property
    def expected(self) -> float:
        """Expected number of targets reached if each were asked for by itself; at least 0."""
        return sum(goal.total for goal in self.goals)

    @property
    def direct_share(self) -> float:
        """Share of the expected number that needs nobody, in [0, 1]; 0 if nothing is expected."""
        return _ratio(sum(goal.direct for goal in self.goals), self.expected)

    @property
    def largest_share(self) -> float:
        """Largest fair share that one person has in the expected number, in [0, 1]."""
        return max((one.share for one in self.people), default=0.0)

    @property
    def hangs_on_one(self) -> float:
        """Largest share of the reachable targets that cannot be reached without one person."""
        most = max((len(one.unreachable) for one in self.people), default=0)
        return _ratio(most, self.reachable)

    @property
    def single_points(self) -> float:
        """Share of the reachable targets for which somebody stands on every path, in [0, 1]."""
        return _ratio(sum(bool(goal.hangs_on) for goal in self.goals), self.reachable)

    @property
    def concentration(self) -> float:
        """Herfindahl index: sum of squared fair shares among the people, in [0, 1]; 0 if nobody."""
        carried = sum(one.shapley for one in self.people)
        return sum(_ratio(one.shapley, carried) ** 2 for one in self.people)

    @property
    def effective_number(self) -> float:
        """Number of equally important people with this concentration: its inverse; 0 if nobody."""
        return _ratio(1.0, self.concentration)

    @property
    def exact(self) -> bool:
        """Whether all numbers are exact up to rounding."""
        return all(goal.exact for goal in self.goals)

    def to_frame(self) -> pd.DataFrame:
        """Return one row a person.

        Returns
        -------
        pandas.DataFrame
            Indexed by ``person``; columns ``name``; ``targets`` and ``unreachable`` (how many);
            ``removal``, ``lost``, ``shapley`` and ``share`` as in `KeyPerson`; the largest fair
            share first, then by id.

        Examples
        --------
        >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
        >>> frame = tg.planning.key_people(G, "ana", ["cy", "bo"]).to_frame()
        >>> frame[["targets", "unreachable", "removal"]]
                targets  unreachable  removal
        person
        bo            1            1      0.4
        """
        index = pd.Index([one.person for one in self.people], name="person", tupleize_cols=False)
        rows = {
            name: [
                len(value) if isinstance(value, tuple) else value
                for value in (getattr(one, name) for one in self.people)
            ]
            for name in COLUMNS
        }
        return pd.DataFrame(
            {name: pd.Series(rows[name], index, kind) for name, kind in COLUMNS.items()},
            index=index,
        )

    def goals_frame(self) -> pd.DataFrame:
        """Return one row a target.

        Returns
        -------
        pandas.DataFrame
            Columns ``target, name, total, direct, standard_error, exact, carriers, hangs_on``
            (tuple of ids) and ``reason``, in the order asked for; the index counts from 0.

        Examples
        --------
        >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
        >>> frame = tg.planning.key_people(G, "ana", ["cy", "bo"]).goals_frame()
        >>> frame[["target", "total", "hangs_on"]].values.tolist()
        [['cy', 0.4, ('bo',)], ['bo', 0.8, ()]]
        """
        return pd.DataFrame(
            {
                name: pd.Series([getattr(goal, name) for goal in self.goals], dtype=kind)
                for name, kind in GOAL_COLUMNS.items()
            }
        )

    def explain(self) -> str:
        """Return the answer in plain sentences.

        Returns
        -------
        str
            What can be reached, what is lost if somebody leaves, who carries how much, and how
            far all of it hangs on few people.

        Examples
        --------
        >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
        >>> print(tg.planning.key_people(G, "ana", ["cy", "bo"]).explain().splitlines()[1])
        If bo left, 1 of your 2 goals could no longer be reached: cy.
        """
        return "\n".join(map(shown, lines.lines(self)))

    def _repr_html_(self) -> str:
        title = f"Key people for the goals of {self.seeker_name}"
        body = table_html(self.to_frame()) if self.people else ""
        return card_html(title, body, lines=lines.summary(self))


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole > 0 else 0.0
