"""The array form of a trust graph, and the internal form of every analysis."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Self

import numpy as np
import pandas as pd

from trustgraph._text import clean, fold, near
from trustgraph._typing import Bools, Floats, Graph, Ints, LongInts, Singles
from trustgraph.engine.workspace import Workspaces
from trustgraph.errors import AmbiguousPersonError, GraphContractError, UnknownPersonError
from trustgraph.graph._values import NUMBERS, TieRecords, check_ranges, flag
from trustgraph.graph.contract import is_label, sorted_labels, validate_graph
from trustgraph.trust.model import TrustModel

__all__ = ["Passing", "TrustIndex"]

ABSENT = {"willingness": 1.0, "forwards": 1.0, "response": 1.0}
NODE_DEFAULTS: dict[str, Any] = {
    "name": "",
    "organisation": "",
    "position": "",
    "do_not_ask": False,
    "also": (),
    "past": (),
    "schools": (),
}


@dataclass(frozen=True, eq=False)
class Passing:
    """What every step is worth as a step to an intermediary, before clarity and retention."""

    out: Floats
    back: Singles


@dataclass(frozen=True, eq=False, repr=False)
class TrustIndex:
    """A trust graph as arrays, compiled once for many questions.

    A *step* leads from an asker to the asked person. It exists where the asked person has trust
    in the asker, so the step i -> j stands on the trust edge j -> i. People are numbered in the
    order of their ids; steps are sorted by asker, then by asked person.

    Attributes
    ----------
    labels
        Ids by number, shape (n,).
    out_start, out_asked
        Steps that leave a person: numbers ``out_start[i]`` to ``out_start[i + 1]`` lead from i to
        ``out_asked``; shapes (n + 1,) and (m,).
    in_start, in_asker, in_step
        The same steps by asked person, with their numbers.
    trust, certainty, willingness, endorsed_trust, forwards, recall, response
        Opinion of the asked person about the asker, and the chance of an answer, per step, in
        [0, 1]; NaN where the graph does not say (certainty, recall).
    observed
        Whether a record states the tie, per step.
    model
        The trust model that the graph was made with, or None.

    Examples
    --------
    >>> G = nx.DiGraph()
    >>> G.add_edge("bo", "ana", trust=0.8)
    >>> index = tg.TrustIndex.from_graph(G)
    >>> index.n, index.m, index.labels[index.out_asked[0]]
    (2, 1, 'bo')
    """

    labels: tuple[Any, ...]
    nodes: pd.DataFrame
    out_start: LongInts
    out_asked: Ints
    in_start: LongInts
    in_asker: Ints
    in_step: Ints
    trust: Floats
    certainty: Floats
    willingness: Floats
    endorsed_trust: Floats
    forwards: Floats
    recall: Floats
    response: Floats
    observed: Bools
    model: TrustModel | None = None
    as_of: str = ""
    owners: tuple[str, ...] = ()
    _numbers: Mapping[Any, int] = field(default_factory=dict)
    _edges: Any = None

    @classmethod
    def from_graph(cls, G: Graph) -> Self:
        """Compile a graph.

        Parameters
        ----------
        G
            A graph under the contract: ``trust`` in [0, 1] on every edge.

        Returns
        -------
        TrustIndex
            Its array form.

        Raises
        ------
        GraphContractError
            If the graph breaks the contract; it lists all faults.

        Examples
        --------
        >>> tg.TrustIndex.from_graph(nx.DiGraph([("bo", "ana", {"trust": 0.8})])).trust.tolist()
        [0.8]
        """
        if not getattr(G, "is_directed", bool)() or G.is_multigraph():
            validate_graph(G)
        labels = sorted_labels(list(G))
        if len({str(label) for label in labels}) < len(labels) or not all(map(is_label, labels)):
            validate_graph(G)
            faults = ["some labels differ only in type (1 and '1'); name everybody by text"]
            raise GraphContractError(faults)
        numbers = {label: number for number, label in enumerate(labels)}
        asked, asker, data = [], [], []
        for source, target, attributes in G.edges(data=True):
            asked.append(numbers[source])
            asker.append(numbers[target])
            data.append(attributes)
        columns: dict[str, Any] = {}
        try:
            for name in NUMBERS:
                columns[name] = np.array(
                    [attributes.get(name, np.nan) for attributes in data], dtype=np.float64
                )
            columns["observed"] = np.array(
                [flag(attributes.get("observed", True)) for attributes in data], dtype=bool
            )
        except (TypeError, ValueError):
            validate_graph(G)
            raise
        nodes = pd.DataFrame(
            {
                name: [G.nodes[label].get(name, default) for label in labels]
                for name, default in NODE_DEFAULTS.items()
            }
        )
        text = G.graph.get("model")
        try:
            return cls._assemble(
                labels,
                nodes,
                np.array(asker, dtype=np.int64),
                np.array(asked, dtype=np.int64),
                columns,
                model=TrustModel.model_validate_json(text) if text else None,
                as_of=str(G.graph.get("as_of", "")),
                owners=tuple(G.graph.get("owners", ())),
                edges=G,
            )
        except ValueError:
            validate_graph(G)
            raise

    @classmethod
    def from_frame(
        cls,
        edges: pd.DataFrame,
        people: pd.DataFrame | None = None,
        *,
        model: TrustModel | None = None,
        as_of: str = "",
        owners: Iterable[Any] = (),
    ) -> Self:
        """Build the index from a frame of trust edges, without a graph object.

        Parameters
        ----------
        edges
            One row a trust edge: ``source`` (who trusts), ``target`` (whom) and ``trust`` in
            [0, 1]; optionally all other columns of `edges_frame`.
        people
            Indexed by id, with some of the columns of `nodes_frame`; optional.
        model
            Trust model for questions; default: the default model.
        as_of, owners
            Date of the ties in ISO form, and whose archives they come from; only told.

        Returns
        -------
        TrustIndex
            The array form.

        Raises
        ------
        GraphContractError
            If a column is missing, a value lies outside its range or an edge stands twice.

        Examples
        --------
        >>> edges = pd.DataFrame({"source": ["bo"], "target": ["ana"], "trust": [0.8]})
        >>> tg.TrustIndex.from_frame(edges).m
        1
        """
        lacking = [name for name in ("source", "target", "trust") if name not in edges.columns]
        if lacking:
            raise GraphContractError(
                [f"the frame of edges has no column {name!r}" for name in lacking]
            )
        known = set(edges["source"]) | set(edges["target"])
        known |= set(people.index) if people is not None else set()
        labels = sorted_labels(list(known))
        lookup = pd.Index(labels)
        nodes = pd.DataFrame(
            {name: [default] * len(labels) for name, default in NODE_DEFAULTS.items()}
        )
        if people is not None:
            for name in nodes.columns.intersection(people.columns):
                given = people[name].reindex(labels)
                nodes[name] = given.where(given.notna(), nodes[name].set_axis(labels)).to_numpy()
        columns = {
            name: edges[name].to_numpy(np.float64)
            if name in edges.columns
            else np.full(len(edges), np.nan)
            for name in NUMBERS
        }
        columns["observed"] = (
            edges["observed"].to_numpy(bool)
            if "observed" in edges.columns
            else np.ones(len(edges), bool)
        )
        return cls._assemble(
            labels,
            nodes,
            lookup.get_indexer(edges["target"]).astype(np.int64),
            lookup.get_indexer(edges["source"]).astype(np.int64),
            columns,
            model=model,
            as_of=as_of,
            owners=tuple(owners),
            edges=TieRecords(edges) if set(TieRecords.columns) & set(edges.columns) else None,
        )

    @classmethod
    def _assemble(  # noqa: PLR0913 - the parts of an index
        cls,
        labels: Sequence[Any],
        nodes: pd.DataFrame,
        asker: LongInts,
        asked: LongInts,
        columns: dict[str, Any],
        *,
        model: TrustModel | None = None,
        as_of: str = "",
        owners: tuple[str, ...] = (),
        edges: Any = None,
    ) -> Self:
        n = len(labels)
        for name in ("name", "organisation", "position"):
            nodes[name] = [value if isinstance(value, str) else "" for value in nodes[name]]
        nodes["name"] = [
            name or str(label) for name, label in zip(nodes["name"], labels, strict=True)
        ]
        others = asker != asked  # nobody introduces themselves to themselves
        asker, asked = asker[others], asked[others]
        columns = {name: column[others] for name, column in columns.items()}
        check_ranges(columns, asker, asked, labels)
        for name, value in ABSENT.items():
            columns[name] = np.where(np.isnan(columns[name]), value, columns[name])
        columns["endorsed_trust"] = np.where(
            np.isnan(columns["endorsed_trust"]), columns["trust"], columns["endorsed_trust"]
        )
        order = np.argsort(asker * n + asked, kind="stable")
        asker, asked = asker[order], asked[order]
        twice = (np.diff(asker) == 0) & (np.diff(asked) == 0)
        if twice.any():
            step = int(np.flatnonzero(twice)[0])
            pair = f"{labels[asked[step]]!r} -> {labels[asker[step]]!r}"
            raise GraphContractError([f"the edge {pair} stands twice; keep one row per edge"])
        back = np.argsort(asked, kind="stable")
        return cls(
            labels=tuple(
                label.item() if isinstance(label, np.generic) else label for label in labels
            ),
            nodes=nodes,
            out_start=np.searchsorted(asker, np.arange(n + 1)).astype(np.int64),
            out_asked=asked.astype(np.int32),
            in_start=np.searchsorted(asked[back], np.arange(n + 1)).astype(np.int64),
            in_asker=asker[back].astype(np.int32),
            in_step=back.astype(np.int32),
            **{name: column[order] for name, column in columns.items()},
            model=model,
            as_of=as_of,
            owners=owners,
            _numbers={label: number for number, label in enumerate(labels)},
            _edges=edges,
        )

    @cached_property
    def _variants(self) -> dict[tuple[Any, ...], Passing]:
        return {}

    @cached_property
    def spared(self) -> Bools:
        """Who is not to be asked, by number."""
        return self.nodes["do_not_ask"].to_numpy(bool)

    @cached_property
    def inferred(self) -> Bools:
        """Whether each tie is only guessed."""
        return ~self.observed

    @cached_property
    def all_observed(self) -> bool:
        """Whether every tie is on record."""
        return bool(self.observed.all())

    def passing(
        self, *, purpose: str, min_willingness: float, observed_only: bool, spare: bool = True
    ) -> Passing:
        """Return what every step is worth as a step to an intermediary."""
        key = (purpose, min_willingness, observed_only, spare)
        if key not in self._variants:
            if purpose == "reach":
                out = self.response * self.forwards
            else:
                out = self.response * self.willingness * self.endorsed_trust
                out = np.where(self.willingness >= min_willingness, out, 0.0)
            if observed_only:
                out = np.where(self.observed, out, 0.0)
            if spare:
                out = np.where(self.spared[self.out_asked], 0.0, out)
            exact = out[self.in_step]
            back = exact.astype(np.float32)
            back = np.where(back < exact, np.nextafter(back, np.float32(2)), back)
            self._variants[key] = Passing(out, back)
        return self._variants[key]

    @cached_property
    def rooms(self) -> Workspaces:
        """Workspaces for searches."""
        return Workspaces(self.n)

    @cached_property
    def names(self) -> list[str]:
        """Full names by number."""
        return [str(name) for name in self.nodes["name"]]

    @property
    def n(self) -> int:
        """Number of people."""
        return len(self.labels)

    @property
    def m(self) -> int:
        """Number of steps, which is the number of trust edges."""
        return len(self.out_asked)

    @property
    def nbytes(self) -> int:
        """Bytes held by the arrays over steps."""
        return sum(value.nbytes for value in vars(self).values() if isinstance(value, np.ndarray))

    @cached_property
    def _numbers_by_text(self) -> dict[str, int]:
        """Numbers by the text of ids that are not text themselves (an ask holds text)."""
        return {
            str(label): number
            for number, label in enumerate(self.labels)
            if not isinstance(label, str)
        }

    @cached_property
    def _numbers_by_name(self) -> dict[str, list[int]]:
        """Numbers by full name, as written and without case and accents."""
        numbers: dict[str, list[int]] = {}
        for number, name in enumerate(self.names):
            for form in {clean(name), fold(name)}:
                numbers.setdefault(form, []).append(number)
        return numbers

    def number(self, person: Any) -> int:
        """Return the number of a person named by id or by a full name that is unique.

        Parameters
        ----------
        person
            Id or full name.

        Returns
        -------
        int
            The number, from 0.

        Raises
        ------
        UnknownPersonError
            If nobody has that id or name; it holds the nearest names.
        AmbiguousPersonError
            If several people have that name; it holds their ids.

        Examples
        --------
        >>> index = tg.TrustIndex.from_graph(tg.build_graph(tg.datasets.load_office()))
        >>> index.labels[index.number(index.labels[0])] == index.labels[0]
        True
        """
        known = self._numbers.get(person, self._numbers_by_text.get(person))
        if known is not None:
            return known
        numbers = self._numbers_by_name.get(clean(str(person)), [])
        numbers = numbers or self._numbers_by_name.get(fold(str(person)), [])
        if len(numbers) == 1:
            return numbers[0]
        if numbers:
            raise AmbiguousPersonError(str(person), [str(self.labels[i]) for i in numbers])
        raise UnknownPersonError(str(person), near(str(person), self.names))

    def step(self, asker: int, asked: int) -> int:
        """Return the number of the step between two people given by number, -1 if there is none."""
        low, high = int(self.out_start[asker]), int(self.out_start[asker + 1])
        place = low + int(np.searchsorted(self.out_asked[low:high], asked))
        return place if place < high and self.out_asked[place] == asked else -1

    def asker_of(self, steps: Ints | LongInts) -> LongInts:
        """Return the askers of steps given by number."""
        return np.searchsorted(self.out_start, steps, side="right") - 1

    def edge(self, asker: int, asked: int) -> dict[str, Any]:
        """Return all attributes of the trust edge that a step stands on, as the graph has them."""
        if self._edges is None:
            return {}
        return dict(self._edges.edges[self.labels[asked], self.labels[asker]])

    def __repr__(self) -> str:
        """Show the size, never the people."""
        return f"TrustIndex(people={self.n}, edges={self.m})"
