"""The array form of a trust graph, and the internal form of every analysis."""

import datetime as dt
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import pandas as pd

from trustgraph._typing import Graph, Ints
from trustgraph.errors import GraphContractError
from trustgraph.graph._arrays import both_ways, check_single, in_order, narrowed
from trustgraph.graph._export import as_networkx
from trustgraph.graph._given import check_frames, day_of, owners_of
from trustgraph.graph._labels import Numbers, label_faults, number_ends
from trustgraph.graph._lookup import IndexArrays
from trustgraph.graph._passing import Passing
from trustgraph.graph._people import People
from trustgraph.graph._records import RECORDS, FrameRecords, GraphRecords, Records, plain
from trustgraph.graph._storage import read_index, write_index
from trustgraph.graph._values import Columns, check_ranges, frame_columns, graph_ties
from trustgraph.graph.contract import sorted_labels, validate_graph
from trustgraph.trust.model import TrustModel

__all__ = ["Passing", "TrustIndex"]


@dataclass(frozen=True, eq=False, repr=False)
class TrustIndex(IndexArrays):
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
    From a million steps on, what is told of a step besides its trust (all between ``trust`` and
    ``observed``) is held in single precision, to a relative error of 6e-8. What scores take from
    it directly is as precise as that: the response of a direct tie, ``purpose="reach"``, offers,
    and what `passing` gives on steps that the index's own model closes. Scores that would be
    equal may be told apart there. All else is double precision. A column that the graph nowhere
    gives, and an endorsed trust that is the trust everywhere, takes no memory.

    Examples
    --------
    >>> G = nx.DiGraph()
    >>> G.add_edge("bo", "ana", trust=0.8)
    >>> index = tg.TrustIndex.from_graph(G)
    >>> index.n, index.m, index.labels[index.out_asked[0]]
    (2, 1, 'bo')
    """

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
            Its array form. Later changes of the graph do not reach it, but for what `edge` tells of
            a tie: attributes are read when they are asked for, and those that no edge had need
            not be seen.

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
                owners=owners_of(G.graph.get("owners", ())),
                records=lambda rows: GraphRecords(ties.edges, rows, ties.names),
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
        as_of: str | dt.date = "",
        owners: Any = (),
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
            Date of the ties, and the ids, or the one id, of those whose archives they come from;
            only told.

        Returns
        -------
        TrustIndex
            The array form.

        Raises
        ------
        GraphContractError
            If a column is missing or stands twice, a value lies outside its range, an id is
            missing or none, or an edge stands twice.
        TypeError
            If something given is no frame, or no model.

        Examples
        --------
        >>> edges = pd.DataFrame({"source": ["bo"], "target": ["ana"], "trust": [0.8]})
        >>> tg.TrustIndex.from_frame(edges).m
        1
        """
        check_frames(edges, people, model)
        ends = number_ends(edges, people)
        told = edges[[name for name in RECORDS if name in edges.columns]]
        return cls._assemble(
            ends.labels,
            People.from_frame(people, ends.people, ends.labels),
            ends.target,
            ends.source,
            frame_columns(edges),
            model=model,
            as_of=day_of(as_of),
            owners=owners_of(owners),
            records=lambda rows: FrameRecords(told, rows) if len(told.columns) else None,
        )

    @classmethod
    def _assemble(  # noqa: PLR0913 - the parts of an index
        cls,
        labels: Sequence[Any],
        people: Any,
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
            _people=people,
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
        return as_networkx(self, people=self._people, silent=self._silent, records=self._records)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the index to one file, whole or not at all.

        Parameters
        ----------
        path
            The file; one of that name is replaced, or the one that a link of that name leads to.
            It holds ids, names and the records behind the ties: keep it as you keep the archives.
            Only its owner may read it, where the system knows owners.

        Raises
        ------
        IndexFileError
            If it is a folder, or a file that may not be replaced: Windows allows that only when
            no index loaded from it is in use.

        Examples
        --------
        >>> import pathlib, tempfile
        >>> index = tg.TrustIndex.from_graph(nx.DiGraph([("bo", "ana", {"trust": 0.8})]))
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     index.save(pathlib.Path(folder, "ties.trust"))
        ...     print(tg.TrustIndex.load(pathlib.Path(folder, "ties.trust")))
        TrustIndex(people=2, edges=1)
        """
        write_index(
            self,
            path,
            people=self._people,
            silent=self._silent,
            records=self._records,
            known=self._passings.known,
        )

    @classmethod
    def load(cls, path: str | os.PathLike[str], *, verify: bool = True) -> Self:
        """Return the index in a file that `save` wrote; its arrays stay there until used.

        Parameters
        ----------
        path
            The file. It must not be changed while the index is in use; it may be replaced.
        verify
            Whether every byte is held against its checksum, and every value and step must make
            sense. Without, a file of any size opens at once, and a damaged one may give wrong
            answers or end the program.

        Returns
        -------
        TrustIndex
            The index; a change to its arrays never reaches the file.

        Raises
        ------
        IndexFileError
            If it is no such file, of a newer version, cut off, changed or senseless.

        Examples
        --------
        >>> tg.TrustIndex.load("nowhere.trust")
        Traceback (most recent call last):
            ...
        trustgraph.errors.IndexFileError: nowhere.trust: there is no such file; ...
        """
        fields, known = read_index(path, verify=verify)
        index = cls(**fields)
        index._passings.settle(**known)
        return index
