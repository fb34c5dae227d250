"""The array form of a trust graph, and the internal form of every analysis."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Self

import numpy as np
import pandas as pd

from trustgraph._text import clean, fold, near
from trustgraph._typing import Bools, Floats, Graph, Ints, LongInts
from trustgraph.errors import AmbiguousPersonError, GraphContractError, UnknownPersonError
from trustgraph.graph._arrays import both_ways, bytes_held, check_single, in_order, narrowed
from trustgraph.graph._export import as_networkx
from trustgraph.graph._labels import Numbers, label_faults, number_ends
from trustgraph.graph._passing import Passing, Passings, Purpose, Variant
from trustgraph.graph._people import Nodes, People, people_of
from trustgraph.graph._records import RECORDS, FrameRecords, GraphRecords, Records, plain
from trustgraph.graph._values import NUMBERS, Columns, check_ranges, frame_columns, graph_ties
from trustgraph.graph.contract import sorted_labels, validate_graph
from trustgraph.trust.model import TrustModel

__all__ = ["Passing", "TrustIndex"]


@dataclass(frozen=True, eq=False, repr=False)
class TrustIndex:
    """A trust graph as arrays, compiled once for many questions.

    A *step* leads from an asker to the asked person. It exists where the asked person has trust
    in the asker, so the step i -> j stands on the trust edge j -> i. People are numbered in the
    order of their ids; steps are sorted by asker, then by asked person. Arrays are not to be
    changed.

    Attributes
    ----------
    labels
        Ids by number, shape (n,).
    nodes
        One row a person, by number: ``name`` (the id where none is known), ``organisation``,
        ``position``, ``do_not_ask``, ``also``, ``past``, ``schools``. Made at first use.
    out_start, out_asked
        Steps that leave a person: numbers ``out_start[i]`` to ``out_start[i + 1]`` lead from i to
        ``out_asked``; shapes (n + 1,) and (m,).
    in_start, in_asker, in_step
        The same steps by asked person, with their numbers.
    trust
        Trust of the asked person in the asker, per step, in [0, 1], float64.
    certainty, willingness, endorsed_trust, forwards, recall, response
        What else that person holds of the asker, and the chance of an answer, per step, in
        [0, 1]; NaN where the graph does not say (certainty, recall).
    observed
        Whether a record states the tie, per step.
    model
        The trust model that the graph was made with, or None.

    Notes
    -----
    From 65,536 steps on, what is only told of a step (all between ``trust`` and ``observed``) is
    held in single precision. Scores are made of ``trust`` and `passing`, which are not. A column
    that the graph nowhere gives takes no memory.

    Examples
    --------
    >>> G = nx.DiGraph()
    >>> G.add_edge("bo", "ana", trust=0.8)
    >>> index = tg.TrustIndex.from_graph(G)
    >>> index.n, index.m, index.labels[index.out_asked[0]]
    (2, 1, 'bo')
    """

    labels: tuple[Any, ...]
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
    nodes: Nodes = Nodes()  # noqa: RUF009 - a descriptor, not a default
    model: TrustModel | None = None
    as_of: str = ""
    owners: tuple[str, ...] = ()
    _silent: Mapping[str, Any] = field(default_factory=dict)
    _records: Records | None = None

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
        labels = [plain(label) for label in sorted_labels(list(G))]
        if faults := label_faults(labels):
            validate_graph(G)
            raise GraphContractError(faults)
        numbers = Numbers(labels)
        text = G.graph.get("model")
        try:
            ties = graph_ties(G, None if numbers.are_ids else numbers.by_label, len(labels))
            return cls._assemble(
                labels,
                People.from_graph(G, labels),
                ties.target,
                ties.source,
                ties.columns,
                model=TrustModel.model_validate_json(text) if text else None,
                as_of=str(G.graph.get("as_of", "")),
                owners=tuple(G.graph.get("owners", ())),
                records=lambda _: GraphRecords(G),
            )
        except (TypeError, ValueError):
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
            If a column is missing, a value lies outside its range, an id is missing or an edge
            stands twice.

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
        ends = number_ends(edges, people)
        told = edges[[name for name in RECORDS if name in edges.columns]]
        return cls._assemble(
            ends.labels,
            People.from_frame(people, ends.people, ends.labels),
            ends.target,
            ends.source,
            frame_columns(edges),
            model=model,
            as_of=as_of,
            owners=tuple(owners),
            records=lambda rows: FrameRecords(told, rows) if len(told.columns) else None,
        )

    @classmethod
    def _assemble(  # noqa: PLR0913 - the parts of an index
        cls,
        labels: Sequence[Any],
        people: People,
        asker: Ints,
        asked: Ints,
        columns: Columns,
        *,
        model: TrustModel | None,
        as_of: str,
        owners: tuple[str, ...],
        records: Callable[[Ints], Records | None],
    ) -> Self:
        rows = None
        if (asker == asked).any():  # nobody introduces themselves to themselves
            rows = np.flatnonzero(asker != asked)
            asker, asked = asker[rows], asked[rows]
            columns = {
                name: column if column is None else column[rows] for name, column in columns.items()
            }
        check_ranges(columns, asker, asked, labels)
        ways = both_ways(asker, asked, len(labels))
        check_single(ways, labels)
        told, silent = in_order(columns, ways.edge)
        cut = (model or TrustModel()).gate.min_willingness
        index = cls(
            labels=tuple(labels),
            nodes=people,
            out_start=ways.out_start,
            out_asked=ways.out_asked,
            in_start=ways.in_start,
            in_asker=ways.in_asker,
            in_step=ways.in_step,
            **narrowed(told, min_willingness=cut),
            model=model,
            as_of=as_of,
            owners=owners,
            _silent=silent,
            _records=records(ways.edge if rows is None else rows[ways.edge].astype(np.int32)),
        )
        index._passings.keep_own(told)
        return index

    def to_networkx(self) -> Graph:
        """Return the graph that the index stands for.

        Returns
        -------
        networkx.DiGraph
            A graph under the contract, people and edges in sorted order. It has every attribute
            that the index was given, what is held in single precision as such, and the records
            behind the ties where the index has them; what was not given is not invented.

        Examples
        --------
        >>> index = tg.TrustIndex.from_graph(nx.DiGraph([("bo", "ana", {"trust": 0.8})]))
        >>> index.to_networkx().edges["bo", "ana"]
        {'trust': 0.8}
        """
        return as_networkx(self)

    def passing(
        self,
        *,
        purpose: Purpose = "vouch",
        min_willingness: float,
        observed_only: bool,
        spare: bool = True,
    ) -> Passing:
        """Return the factor of every step as a step to an intermediary.

        Parameters
        ----------
        purpose
            ``"vouch"``: response x willingness x endorsed trust; ``"reach"``: response x forwards.
        min_willingness
            Willingness in [0, 1] under which nobody vouches; nothing to ``"reach"``.
        observed_only
            Whether steps on inferred ties count as 0.
        spare
            Whether steps to people who are not to be asked count as 0.

        Returns
        -------
        Passing
            The factors, kept for the next question of the same kind; not to be changed.

        Examples
        --------
        >>> index = tg.TrustIndex.from_graph(nx.DiGraph([("bo", "ana", {"trust": 0.8})]))
        >>> index.passing(purpose="reach", min_willingness=0.2, observed_only=True).out.tolist()
        [1.0]
        """
        wanted = Variant(purpose, min_willingness, observed_only, spare)
        return self._passings.get(wanted)

    @cached_property
    def _passings(self) -> Passings:
        return Passings(
            {name: getattr(self, name) for name in (*NUMBERS, "observed")},
            out_asked=self.out_asked,
            in_step=self.in_step,
            spared=self.spared,
            min_willingness=(self.model or TrustModel()).gate.min_willingness,
        )

    @property
    def _people(self) -> People:
        return people_of(self)

    @property
    def spared(self) -> Bools:
        """Who is not to be asked, by number, shape (n,)."""
        return self._people.spared

    @property
    def all_observed(self) -> bool:
        """Whether a record states every tie."""
        return self._passings.all_observed

    @property
    def names(self) -> list[str]:
        """Full names by number; the id where none is known."""
        return self._people.names

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
        """Bytes held by the arrays, shared ones once; without ids, names and records."""
        arrays = [value for value in vars(self).values() if isinstance(value, np.ndarray)]
        arrays += [self.spared, *self._silent.values()]
        arrays += [array for made in self._passings.held for array in (made.out, made.back)]
        return bytes_held(arrays)

    @cached_property
    def _numbers(self) -> Numbers:
        return Numbers(self.labels)

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
        known = self._numbers.find(person)
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

    def asker_of(self, steps: LongInts) -> LongInts:
        """Return the askers of steps given by number."""
        return np.searchsorted(self.out_start, steps, side="right") - 1

    def edge(self, asker: int, asked: int) -> dict[str, Any]:
        """Return all attributes of the trust edge that a step stands on, as the graph has them."""
        if self._records is None:
            return {}
        step, source, target = self.step(asker, asked), self.labels[asked], self.labels[asker]
        if step < 0:
            raise KeyError((source, target))
        return self._records.of(step, source, target)

    def __repr__(self) -> str:
        """Show the size, never the people."""
        return f"TrustIndex(people={self.n}, edges={self.m})"
