import networkx as nx
import numpy as np
import pytest
from tqdm import tqdm

import trustgraph as tg
from trustgraph.engine import batches
from trustgraph.errors import AmbiguousPersonError, UnknownPersonError
from trustgraph.introductions import batch, best_introductions, step_factors

from helpers.brute_paths import all_paths, random_graph

COLUMNS = ["seeker", "target", "rank", "score", "hops", "introducer", "path", "inferred"]
NOTHING = (0, 0.0, 0, "", (), False)


def random_index(generator, *, n):
    """A graph with ties, zeros, loops, factors that fit badly, guessed ties, places and roles."""
    G = random_graph(generator, n=n, density=generator.uniform(0.2, 0.9))
    loose = generator.random() < 0.4
    for _, _, tie in G.edges(data=True):
        tie["observed"] = bool(generator.random() < 0.7)
        if loose:
            tie["endorsed_trust"] = float(generator.choice([0.25, 0.5, 1.0]))
    for person in list(G):
        G.nodes[person]["do_not_ask"] = bool(generator.random() < 0.15)
        G.nodes[person]["organisation"] = str(generator.choice(["Acme", "Acme Inc.", "Globex", ""]))
        G.nodes[person]["position"] = str(generator.choice(["CTO", "Buyer"]))
        if generator.random() < 0.2:
            G.add_edge(person, person, trust=0.9)
    return tg.TrustIndex.from_graph(G)


def label(target):
    role = getattr(target, "role", "")
    name = target if isinstance(target, str) else target.name
    return f"{name} ({role})" if role else name


def one_by_one(index, seekers, targets, *, k, **options):
    """The rows that single questions give."""
    rows = []
    for seeker in seekers:
        for target in targets:
            if seeker == target:
                continue
            paths = tg.find_introductions(index, seeker, target, k=k, **options)[:k]
            rows += [
                (
                    seeker,
                    label(target),
                    *(one.rank, one.score, one.hops, one.introducer, one.path),
                    one.block == "inferred",
                )
                for one in paths
            ] or [(seeker, label(target), *NOTHING)]
    return rows


def rows_of(frame):
    assert list(frame.columns) == COLUMNS
    return list(frame.itertuples(index=False, name=None))


def check(seed):
    generator = np.random.default_rng(seed)
    index = random_index(generator, n=int(generator.integers(2, 8)))
    people = generator.permutation(index.labels).tolist()
    seekers = people[: int(generator.integers(1, len(people) + 1))]
    targets = [
        *generator.permutation(people).tolist(),
        tg.Organisation("Acme"),
        tg.Organisation("Acme", role="CTO"),
        tg.Prospect("Zed", organisation="Globex"),
    ]
    k = int(generator.choice([1, 1, 2, 6]))
    options = {
        "max_intermediaries": int(generator.integers(6)),
        "observed_only": bool(generator.random() < 0.6),
        "model": tg.TrustModel(paths={"retention": float(generator.choice([0.5, 1.0]))}),
    }
    frame = best_introductions(index, seekers, targets, k=k, **options)
    assert rows_of(frame) == one_by_one(index, seekers, targets, k=k, **options)


@pytest.mark.parametrize("seed", range(120))
def test_every_pair_has_the_rows_of_its_own_question(seed):
    check(seed)


@pytest.mark.parametrize("seed", range(120, 150))
def test_compiled_kernels_and_threads_change_nothing(seed, monkeypatch):
    monkeypatch.setattr(batches, "WORTH", 0)
    check(seed)


@pytest.mark.parametrize("seed", range(60))
def test_the_best_path_of_each_pair_equals_brute_force(seed):
    generator = np.random.default_rng(1_000 + seed)
    G = random_graph(generator, n=6, density=generator.uniform(0.2, 0.9))
    most = int(generator.integers(4))
    frame = best_introductions(G, list(G), list(G), max_intermediaries=most)
    assert len(frame) == 30
    for row in frame.itertuples(index=False):
        ways = all_paths(step_factors(G, row.seeker, row.target), row.seeker, most)
        if not ways:
            assert row[2:] == NOTHING
            continue
        top = max(ways.values())
        equal = [way for way, score in ways.items() if score >= top * (1 - 1e-12)]
        assert row.path == min(equal, key=lambda way: (len(way), way))
        assert row.score == pytest.approx(top, rel=1e-12)
        assert (row.rank, row.hops) == (1, len(row.path) - 1)
        assert row.introducer == (row.path[1] if row.hops > 1 else "")


def test_threads_and_the_size_of_chunks_change_nothing(monkeypatch):
    monkeypatch.setattr(batches, "WORTH", 0)
    index = random_index(np.random.default_rng(5), n=14)
    people = list(index.labels)
    for k in (1, 3):
        alone = rows_of(best_introductions(index, people, people, k=k, threads=1))
        assert rows_of(best_introductions(index, people, people, k=k, threads=4)) == alone
        with monkeypatch.context() as patch:
            patch.setattr("trustgraph.introductions._search.PAIRS_AT_ONCE", 3)
            patch.setattr("trustgraph.introductions._search.GOALS_AT_ONCE", 4)
            assert rows_of(best_introductions(index, people, people, k=k, threads=2)) == alone
            # Where labelling would read too much, every pair has a search of its own.
            patch.setattr("trustgraph.introductions._search.READ_A_TARGET", 0)
            assert rows_of(best_introductions(index, people, people, k=k)) == alone


def test_people_are_named_in_any_form_and_keep_the_order_given():
    G = nx.DiGraph()
    G.add_node(7, name="Ana Lima")
    G.add_edge(8, 7, trust=0.5)
    G.add_edge(9, 8, trust=0.5)
    person = tg.Person(id="9", name="9")
    frame = best_introductions(G, "Ana Lima", (one for one in [person, 8, "9", np.int64(8)]))
    assert frame["seeker"].tolist() == [7, 7]
    assert frame["target"].tolist() == [9, 8]
    assert frame["path"].tolist() == [(7, 8, 9), (7, 8)]
    assert rows_of(best_introductions(G, [7, 7], 9)) == rows_of(best_introductions(G, 7, [9]))


def test_a_pair_without_a_path_has_one_empty_row_and_nobody_meets_themselves():
    G = nx.DiGraph([("b", "a", {"trust": 0.5})])
    G.add_node("c")
    frame = best_introductions(G, ["a", "c"], ["c", "a", "b"])
    assert rows_of(frame) == [
        ("a", "c", *NOTHING),
        ("a", "b", 1, 0.5, 1, "", ("a", "b"), False),
        ("c", "a", *NOTHING),
        ("c", "b", *NOTHING),
    ]
    assert frame.dtypes.astype(str).tolist() == [
        *("object", "object", "int64", "float64", "int64", "object", "object", "bool")
    ]


def test_nobody_to_ask_or_to_reach_gives_an_empty_frame():
    G = nx.DiGraph([("b", "a", {"trust": 0.5})])
    for seekers, targets in (([], ["a"]), (["a"], []), (["a"], ["a"]), ([], tg.Organisation("X"))):
        frame = best_introductions(G, seekers, targets)
        assert rows_of(frame) == []
        assert frame["score"].dtype == np.float64


def test_all_unknown_people_are_named_at_once():
    G = nx.DiGraph([("bo", "ana", {"trust": 0.5})])
    G.nodes["bo"]["organisation"] = "Acme"
    with pytest.raises(UnknownPersonError, match="'anna, boo, Acme'.*'ana'") as caught:
        best_introductions(G, ["ana", "anna"], ["boo", "bo", "Acme"])
    assert "tg.Organisation('Acme')" in caught.value.near
    crowd = [f"nobody {number}" for number in range(50)]
    with pytest.raises(UnknownPersonError) as caught:
        best_introductions(G, "ana", crowd)
    assert caught.value.person == ", ".join(crowd[:20])


def test_what_cannot_be_asked_is_refused():
    G = nx.DiGraph([("b", "a", {"trust": 0.5}), ("c", "a", {"trust": 0.5})])
    G.nodes["b"]["name"] = G.nodes["c"]["name"] = "Ana Lima"
    with pytest.raises(AmbiguousPersonError):
        best_introductions(G, "a", "Ana Lima")
    with pytest.raises(TypeError, match="a seeker is a person"):
        best_introductions(G, tg.Organisation("Acme"), "a")
    for name, value in (("k", 0), ("max_intermediaries", 6), ("threads", 0), ("threads", True)):
        with pytest.raises(ValueError, match=name):
            best_introductions(G, "a", "b", **{name: value})


def test_the_progress_bar_counts_the_pairs_and_is_shown_only_if_wanted(monkeypatch):
    bars = []

    class Bar(tqdm):
        def __init__(self, **options):
            super().__init__(**options | {"disable": False, "file": open_sink()})
            self.asked = options["disable"], options["delay"]
            bars.append(self)

    def open_sink():
        import io

        return io.StringIO()

    monkeypatch.setattr(batch, "tqdm", Bar)
    index = random_index(np.random.default_rng(2), n=6)
    people = list(index.labels)
    for progress in (None, False, True):
        for k in (1, 3):
            best_introductions(index, people, people, k=k, progress=progress, observed_only=k == 1)
    assert {bar.n for bar in bars} == {bar.total for bar in bars} == {30}
    assert [bar.asked for bar in bars[::2]] == [(None, 1.0), (True, 0.0), (False, 0.0)]


def test_an_error_in_a_thread_ends_the_search(monkeypatch):
    monkeypatch.setattr(batches, "WORTH", 0)

    def fail(*_, **__):
        raise MemoryError

    monkeypatch.setattr(batches, "best_of_pairs", fail)
    monkeypatch.setattr("trustgraph.introductions._search.PAIRS_AT_ONCE", 1)
    index = random_index(np.random.default_rng(2), n=6)
    with pytest.raises(MemoryError):
        best_introductions(index, list(index.labels), list(index.labels), k=2, threads=2)
