"""The general graph libraries: how each holds a network, and its own way to each of our answers.

Peers get the *step graph*: an edge i -> j where i may ask j, with the trust of j in i. Names of
functions say peer and job. A library that is not installed is left out, with the reason.
"""

import warnings
from collections.abc import Callable, Iterator
from importlib import import_module
from itertools import pairwise
from typing import Any

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from sidebyside.graphs import Ties, contract_columns

NAMES = ("networkx", "igraph", "rustworkx", "networkit", "scipy", "numpy")
STEPS = 4
"""Most steps of a path: three intermediaries."""

RETENTION = 0.5
"""Every step between two intermediaries counts its trust times this."""


def missing() -> dict[str, str]:
    """Return why peers cannot run here, by name."""
    reasons = {}
    for name in NAMES:
        try:
            import_module(name)
        except ImportError as error:
            reasons[name] = f"{error}; the extra [bench] installs it"
    return reasons


# ------------------------------------------------------------------------------ graphs


def costs(ties: Ties) -> csr_array:
    """Return the steps with -ln trust, for shortest paths."""
    cost = ties.steps.copy()
    cost.data = -np.log(cost.data)
    return cost


def _rows(ties: Ties) -> Any:
    return np.repeat(np.arange(ties.people), np.diff(ties.steps.indptr))


def networkx_graph(ties: Ties) -> Any:
    import networkx as nx

    G = nx.DiGraph()
    G.add_nodes_from(range(ties.people))
    askers, asked = _rows(ties).tolist(), ties.steps.indices.tolist()
    G.add_edges_from(
        (one, other, {"trust": trust, "cost": cost})
        for one, other, trust, cost in zip(
            askers, asked, ties.steps.data.tolist(), costs(ties).data.tolist(), strict=True
        )
    )
    return G


def trust_graph(ties: Ties) -> Any:
    """Return the network as a user of networkx has it: an edge from who trusts to whom."""
    import networkx as nx

    G = nx.DiGraph()
    G.add_nodes_from(range(ties.people))
    columns = (ties.source.tolist(), ties.target.tolist(), ties.trust.tolist())
    G.add_edges_from((one, other, {"trust": t}) for one, other, t in zip(*columns, strict=True))
    return G


def contract_graph(ties: Ties) -> Any:
    """Return the same with every attribute of the graph's contract that an index holds."""
    import networkx as nx

    columns = {name: values.tolist() for name, values in contract_columns(ties).items()}
    data = (dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True))
    G = nx.DiGraph()
    G.add_nodes_from(range(ties.people))
    G.add_edges_from(zip(ties.source.tolist(), ties.target.tolist(), data, strict=True))
    return G


def igraph_construction(ties: Ties) -> Callable[[Any], Any]:
    """Return what builds the trust graph with its trust, from columns."""
    import igraph

    def call(_: Any) -> Any:
        pairs = np.column_stack([ties.source, ties.target])
        graph = igraph.Graph(n=ties.people, edges=pairs, directed=True)
        graph.es["trust"] = ties.trust
        return graph

    return call


def igraph_graph(ties: Ties) -> Any:
    import igraph

    pairs = np.column_stack([_rows(ties), ties.steps.indices])
    graph = igraph.Graph(n=ties.people, edges=pairs, directed=True)
    graph.es["cost"] = costs(ties).data
    return graph


def rustworkx_graph(ties: Ties) -> Any:
    import rustworkx

    graph = rustworkx.PyDiGraph(multigraph=False)
    graph.add_nodes_from(range(ties.people))
    askers, asked = _rows(ties).tolist(), ties.steps.indices.tolist()
    graph.add_edges_from(list(zip(askers, asked, costs(ties).data.tolist(), strict=True)))
    return graph


def networkit_graph(ties: Ties) -> Any:
    import networkit

    cost = costs(ties)
    triples = (cost.data, (_rows(ties), cost.indices.astype(np.int64)))
    networkit.setNumberOfThreads(1)
    return networkit.GraphFromCoo(triples, n=ties.people, weighted=True, directed=True)


def networkit_pattern(ties: Ties) -> Any:
    """Without trust: networkit enumerates paths of unweighted graphs only."""
    import networkit

    networkit.setNumberOfThreads(1)
    pattern = (_rows(ties), ties.steps.indices.astype(np.int64))
    return networkit.GraphFromCoo(pattern, n=ties.people, weighted=False, directed=True)


BUILDERS: dict[str, Callable[[Ties], Any]] = {
    "networkx": networkx_graph,
    "igraph": igraph_graph,
    "rustworkx": rustworkx_graph,
    "networkit": networkit_graph,
    "networkit pattern": networkit_pattern,
}


# ------------------------------------------------------------------------------ k best


class Scorer:
    """Scores of many paths at once: product of trust, halved per step between intermediaries."""

    def __init__(self, ties: Ties) -> None:
        self.people = ties.people
        self.keys = _rows(ties) * ties.people + ties.steps.indices
        self.trust = ties.steps.data

    def scores(self, paths: list[Any]) -> Any:
        """Return the score of each path, in the order of their lengths."""
        found = [np.empty(0)]
        for size in sorted({len(path) for path in paths}):
            rows = np.array([path for path in paths if len(path) == size], np.int64)
            wanted = rows[:, :-1] * self.people + rows[:, 1:]
            places = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
            if (self.keys[places] != wanted).any():
                message = "a path holds a step that the graph does not have"
                raise AssertionError(message)
            found.append(self.trust[places].prod(axis=1) * RETENTION ** max(0, size - 3))
        return np.concatenate(found)

    def best(self, paths: list[Any], k: int) -> Any:
        """Return the k highest scores, best first."""
        return np.sort(self.scores(paths))[::-1][:k]


def networkx_best(G: Any, scorer: Scorer, k: int) -> Callable[[Any], Any]:
    import networkx as nx

    def call(pair: tuple[int, int]) -> Any:
        return scorer.best(list(nx.all_simple_paths(G, *pair, cutoff=STEPS)), k)

    return call


def igraph_best(graph: Any, scorer: Scorer, k: int) -> Callable[[Any], Any]:
    def call(pair: tuple[int, int]) -> Any:
        seeker, target = pair
        paths = graph.get_all_simple_paths(seeker, to=target, maxlen=STEPS, mode="out")
        return scorer.best(paths, k)

    return call


def rustworkx_best(graph: Any, scorer: Scorer, k: int) -> Callable[[Any], Any]:
    import rustworkx

    people = STEPS + 1  # this library's cutoff counts the people of a path

    def call(pair: tuple[int, int]) -> Any:
        return scorer.best(list(rustworkx.all_simple_paths(graph, *pair, cutoff=people)), k)

    return call


def networkit_count(graph: Any) -> Callable[[Any], int]:
    """Enumerate only: networkit gives the paths, without scores."""
    import networkit

    def call(pair: tuple[int, int]) -> int:
        found = networkit.reachability.AllSimplePaths(graph, *pair, STEPS)
        found.run()
        return int(found.numberOfSimplePaths())

    return call


# ------------------------------------------------------------------------------ one to all


def numpy_reach(ties: Ties) -> Callable[[int], Any]:
    """Best score to everybody under the same cap and factors: a pass over all steps per layer."""
    matrix = ties.askers
    filled = np.flatnonzero(np.diff(matrix.indptr) > 0)
    starts = matrix.indptr[filled]

    def layer(score: Any) -> Any:
        onward = np.zeros(ties.people)
        onward[filled] = np.maximum.reduceat(score[matrix.indices] * matrix.data, starts)
        return onward

    def call(seeker: int) -> Any:
        start = np.zeros(ties.people)
        start[seeker] = 1.0
        reached = layer(start)
        best, between = reached.copy(), reached
        for _ in range(STEPS - 1):
            between[seeker] = 0.0
            onward = layer(between)
            best = np.maximum(best, onward)
            between = np.maximum(reached, RETENTION * onward)
        best[seeker] = np.nan
        return best

    return call


def scipy_reach(cost: csr_array) -> Callable[[int], Any]:
    def call(seeker: int) -> Any:
        return np.exp(-dijkstra(cost, indices=seeker))

    return call


def scipy_batch(cost: csr_array) -> Callable[[Any], Any]:
    def call(case: tuple[int, Any]) -> Any:
        seeker, targets = case
        distance, before = dijkstra(cost, indices=seeker, return_predecessors=True)
        return np.exp(-distance[targets]), list(_traced(before, seeker, targets))

    return call


def _traced(before: Any, seeker: int, targets: Any) -> Iterator[list[int]]:
    """Follow predecessors back from each target."""
    for target in targets.tolist():
        path = [target]
        while path[-1] != seeker and path[-1] >= 0:
            path.append(int(before[path[-1]]))
        yield path[::-1] if path[-1] == seeker else []


def networkx_batch(G: Any) -> Callable[[Any], Any]:
    import networkx as nx

    def call(case: tuple[int, Any]) -> Any:
        seeker, targets = case
        distance, paths = nx.single_source_dijkstra(G, seeker, weight="cost")
        wanted = targets.tolist()
        far = np.array([distance.get(target, np.inf) for target in wanted])
        return np.exp(-far), [paths.get(target, []) for target in wanted]

    return call


def igraph_batch(graph: Any, cost: csr_array) -> Callable[[Any], Any]:
    def call(case: tuple[int, Any]) -> Any:
        seeker, targets = case
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "Couldn't reach some vertices")
            steps = graph.get_shortest_paths(
                seeker, to=targets.tolist(), weights="cost", output="epath"
            )
        return np.exp([-cost.data[path].sum() if path else -np.inf for path in steps]), steps

    return call


def rustworkx_batch(graph: Any, cost: csr_array) -> Callable[[Any], Any]:
    import rustworkx

    def call(case: tuple[int, Any]) -> Any:
        seeker, targets = case
        paths = rustworkx.dijkstra_shortest_paths(graph, seeker, weight_fn=float)
        found = [list(paths[target]) if target in paths else [] for target in targets.tolist()]
        return np.exp([-_length(cost, path) for path in found]), found

    return call


def _length(cost: csr_array, path: list[int]) -> float:
    if not path:
        return np.inf
    return float(sum(cost[one, other] for one, other in pairwise(path)))


def networkit_batch(graph: Any) -> Callable[[Any], Any]:
    import networkit

    def call(case: tuple[int, Any]) -> Any:
        seeker, targets = case
        search = networkit.distance.Dijkstra(graph, seeker, storePaths=True)
        search.run()
        wanted = targets.tolist()
        far = np.array([search.distance(target) for target in wanted])
        score = np.where(far > 1e300, 0.0, np.exp(-np.minimum(far, 700.0)))  # its infinity
        return score, [search.getPath(target) for target in wanted]

    return call


def networkit_reach(graph: Any) -> Callable[[int], Any]:
    import networkit

    def call(seeker: int) -> Any:
        search = networkit.distance.Dijkstra(graph, seeker, storePaths=False)
        search.run()
        far = np.array(search.getDistances())
        return np.where(far > 1e300, 0.0, np.exp(-np.minimum(far, 700.0)))

    return call
