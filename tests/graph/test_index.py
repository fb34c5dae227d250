import copy
import datetime as dt
import itertools
import pickle
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import trustgraph as tg
from trustgraph.graph import _arrays

from helpers.brute_paths import random_graph


@pytest.mark.parametrize("seed", range(20))
def test_steps_are_the_trust_edges_turned_round(seed: int) -> None:
    G = random_graph(np.random.default_rng(seed), n=9, density=0.4)
    index = tg.TrustIndex.from_graph(G)
    assert index.labels == tuple(sorted(G))
    assert (index.n, index.m) == (G.number_of_nodes(), G.number_of_edges())
    for asker in range(index.n):
        steps = range(index.out_start[asker], index.out_start[asker + 1])
        asked = [int(index.out_asked[step]) for step in steps]
        assert asked == sorted(asked)
        # who can be asked by a person: those who have trust in them
        assert {index.labels[one] for one in asked} == set(G.predecessors(index.labels[asker]))
        for step, one in zip(steps, asked, strict=True):
            tie = G.edges[index.labels[one], index.labels[asker]]
            assert index.trust[step] == tie["trust"]
            assert index.willingness[step] == tie.get("willingness", 1.0)
            assert index.endorsed_trust[step] == tie.get("endorsed_trust", tie["trust"])
            assert index.step(asker, one) == step
            assert index.asker_of(np.array([step])) == [asker]
            assert index.edge(asker, one) == tie
    for asked_one in range(index.n):
        into = slice(index.in_start[asked_one], index.in_start[asked_one + 1])
        askers = {index.labels[one] for one in index.in_asker[into]}
        assert askers == set(G.successors(index.labels[asked_one]))
        assert (index.out_asked[index.in_step[into]] == asked_one).all()


def test_a_frame_of_edges_gives_the_index_of_its_graph() -> None:
    G = random_graph(np.random.default_rng(3), n=8, density=0.5)
    edges = nx.to_pandas_edgelist(G).sample(frac=1, random_state=1)
    people = pd.DataFrame({"name": ["Peh Null"]}, index=["p00"])
    index = tg.TrustIndex.from_frame(edges, people)
    other = tg.TrustIndex.from_graph(G.subgraph([p for p in G if G.degree(p)]))
    for name in ("out_start", "out_asked", "in_start", "in_asker", "in_step", "trust", "response"):
        np.testing.assert_array_equal(getattr(index, name), getattr(other, name))
    assert index.nodes["name"].iloc[0] == "Peh Null"


def test_people_are_named_by_id_or_unique_full_name() -> None:
    G = nx.DiGraph()
    for person, name in (("a1", "Ana Lima"), ("a2", "Ana Lima"), ("b", "Bo Chen")):
        G.add_node(person, name=name)
    index = tg.TrustIndex.from_graph(G)
    assert index.number("b") == index.number("Bo Chen") == 2
    with pytest.raises(tg.errors.AmbiguousPersonError) as caught:
        index.number("Ana Lima")
    assert caught.value.candidates == ("a1", "a2")
    with pytest.raises(tg.errors.UnknownPersonError) as missing:
        index.number("Bo Chan")
    assert missing.value.near == ("Bo Chen",)


def test_faults_are_told_all_at_once() -> None:
    edges = pd.DataFrame({"source": ["a", "b"], "target": ["b", "a"], "trust": [1.2, -0.1]})
    with pytest.raises(tg.errors.GraphContractError) as caught:
        tg.TrustIndex.from_frame(edges)
    assert len(caught.value.faults) == 2
    with pytest.raises(tg.errors.GraphContractError, match="no column 'trust'"):
        tg.TrustIndex.from_frame(edges[["source", "target"]])
    twice = pd.DataFrame({"source": ["a", "a"], "target": ["b", "b"], "trust": [0.1, 0.2]})
    with pytest.raises(tg.errors.GraphContractError, match="stands twice"):
        tg.TrustIndex.from_frame(twice)
    G = nx.DiGraph()
    G.add_edge("a", "b")
    G.add_edge("b", "a", trust=3)
    with pytest.raises(tg.errors.GraphContractError) as found:
        tg.TrustIndex.from_graph(G)
    assert len(found.value.faults) == 2
    with pytest.raises(tg.errors.GraphContractError):
        tg.TrustIndex.from_graph(nx.Graph([("a", "b", {"trust": 0.5})]))


def test_the_index_shows_its_size_and_never_its_people() -> None:
    G = nx.DiGraph()
    G.add_edge("secret", "other", trust=0.5)
    assert repr(tg.TrustIndex.from_graph(G)) == "TrustIndex(people=2, edges=1)"
    assert tg.TrustIndex.from_graph(G).nbytes > 0


def test_a_graph_without_edges_has_an_index() -> None:
    G = nx.DiGraph()
    G.add_nodes_from("ab")
    assert tg.TrustIndex.from_graph(G).m == 0
    assert len(tg.find_introductions(G, "a", "b")) == 0


@pytest.mark.parametrize("name", ["", " ", "\u3164", "\u200b\u2060", "\u2800 \u115f", "\u202e\x07"])
def test_a_name_that_cannot_be_seen_is_shown_as_the_id(name):
    G = nx.DiGraph([("a", "b", {"trust": 0.5})])
    G.nodes["a"]["name"], G.nodes["b"]["name"] = name, "Žofie"
    index = tg.TrustIndex.from_graph(G)
    assert index.names == ["a", "Žofie"]
    assert index.nodes["name"].tolist() == ["a", "Žofie"]


def test_names_are_compared_clean_and_without_case():
    G = nx.DiGraph()
    G.add_node("b", name="Bo  Li")
    G.add_node("z", name="Zoe\u0308 Ng")
    index = tg.TrustIndex.from_graph(G)
    assert index.number("Bo Li") == index.number("bo li") == index.number("Bo  Li") == 0
    assert index.number("Zo\u00eb Ng") == index.number("zoe ng") == 1


def test_missing_texts_are_empty_and_nobody_is_their_own_contact():
    G = nx.DiGraph()
    G.add_node("b", name=None, organisation=float("nan"))
    G.add_edge("b", "b", trust=0.5)
    G.add_edge("b", "a", trust=0.5)
    index = tg.TrustIndex.from_graph(G)
    assert (index.names, index.m) == (["a", "b"], 1)
    assert index.nodes["organisation"].tolist() == ["", ""]


def test_labels_that_could_be_mistaken_for_each_other_are_refused():
    G = nx.DiGraph()
    G.add_edge(1, "1", trust=0.5)
    with pytest.raises(tg.errors.GraphContractError, match="differ only in type"):
        tg.TrustIndex.from_graph(G)
    G = nx.DiGraph([("b", "a", {"trust": 0.5, "observed": float("nan")})])
    with pytest.raises(tg.errors.GraphContractError, match="observed"):
        tg.TrustIndex.from_graph(G)


def test_an_ask_names_people_by_number_too():
    G = nx.DiGraph([(1, 0, {"trust": 0.8}), (2, 1, {"trust": 0.5})])
    for ask in (tg.Ask(seeker=0, target=2), tg.Ask(seeker=0, target=[2])):
        assert tg.find_introductions(G, ask)[0].path == (0, 1, 2)
    numpy = nx.relabel_nodes(G, {number: np.int64(number) for number in G})
    paths = tg.find_introductions(numpy, 0, 2)
    assert tg.introductions.Introductions.from_dict(paths.to_dict()) == paths


def test_the_frames_of_a_graph_answer_and_explain_like_the_graph():
    G = tg.build_graph(tg.datasets.load_office())
    edges, people = tg.graph.edges_frame(G), tg.graph.nodes_frame(G)
    index = tg.TrustIndex.from_frame(edges, people, as_of=G.graph["as_of"])
    ask = tg.Ask(seeker="ana", target=tg.Organisation("Acme"))
    assert tg.find_introductions(index, ask) == tg.find_introductions(G, ask)


ARRAYS = (
    *("out_start", "out_asked", "in_start", "in_asker", "in_step", "trust", "certainty"),
    *("willingness", "endorsed_trust", "forwards", "recall", "response", "observed", "spared"),
)
ATTRIBUTES = ("certainty", "willingness", "endorsed_trust", "forwards", "recall", "response")


def assert_same(one, other):
    assert one.labels == other.labels
    for name in ARRAYS:
        left, right = getattr(one, name), getattr(other, name)
        assert left.dtype == right.dtype
        np.testing.assert_array_equal(left, right, err_msg=name)
    pd.testing.assert_frame_equal(one.nodes, other.nodes)
    assert (one.as_of, one.owners, one.model) == (other.as_of, other.owners, other.model)


def patchy_graph(seed, *, n=9, whole=False):
    """A graph whose edges say much or little, with people to be spared and inferred ties."""
    rng = np.random.default_rng(seed)
    G = random_graph(rng, n=n, density=0.5)
    for _, _, tie in G.edges(data=True):
        for name in ATTRIBUTES:
            if rng.random() < 0.5:
                tie[name] = float(rng.choice([0.0, 0.2, 1.0, rng.random()]))
        if rng.random() < 0.5:
            tie["observed"] = bool(rng.random() < 0.6)
        if rng.random() < 0.3:
            tie["last_contact"] = "2026-01-02"
    for person in G:
        if rng.random() < 0.3:
            G.nodes[person].update(do_not_ask=bool(rng.random() < 0.7), organisation="Acme")
            G.nodes[person].update(also=(("Oak", "cook"),), schools=("Elm",), kind="person")
    return nx.relabel_nodes(G, {person: int(person[1:]) for person in G}) if whole else G


def naive_passing(G, index, *, purpose, min_willingness, observed_only, spare):
    out = []
    for asker in index.labels:
        for asked in sorted(G.predecessors(asker)):
            tie = G.edges[asked, asker]
            willing = tie.get("willingness", 1.0)
            if purpose == "reach":
                factor = tie.get("response", 1.0) * tie.get("forwards", 1.0)
            else:
                endorsed = tie.get("endorsed_trust", tie["trust"])
                factor = tie.get("response", 1.0) * willing * endorsed
                factor = factor if willing >= min_willingness else 0.0
            if observed_only and not tie.get("observed", True):
                factor = 0.0
            if spare and G.nodes[asked].get("do_not_ask", False):
                factor = 0.0
            out.append(factor)
    return np.array(out)


@pytest.mark.parametrize("seed", range(6))
def test_every_variant_of_passing_equals_the_plain_loop(seed):
    G = patchy_graph(seed)
    index = tg.TrustIndex.from_graph(G)
    for purpose, cut, observed_only, spare in itertools.product(
        ("vouch", "reach"), (0.0, 0.2, 0.5, 1.0), (False, True), (False, True)
    ):
        wanted = {"purpose": purpose, "min_willingness": cut, "observed_only": observed_only}
        passing = index.passing(**wanted, spare=spare)
        expected = naive_passing(G, index, **wanted, spare=spare)
        np.testing.assert_array_equal(passing.out, expected)
        assert_bounds(index, passing)


def assert_bounds(index, passing):
    assert (passing.out.dtype, passing.back.dtype) == (np.float64, np.float32)
    exact = passing.out[index.in_step]
    back = passing.back.astype(np.float64)
    assert (back >= exact).all()
    assert (back <= exact * (1 + 1.2e-7)).all()
    assert ((back == 0) == (exact == 0)).all()
    for array in (passing.out, passing.back):
        assert array.flags.c_contiguous
        assert array.flags.writeable


def test_variants_that_are_the_same_share_their_arrays():
    G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.4})])
    index = tg.TrustIndex.from_graph(G)
    own = index.passing(min_willingness=0.2, observed_only=True)
    assert own.out is index.trust is index.endorsed_trust
    assert index.passing(min_willingness=0.9, observed_only=False, spare=False) is own
    reach = index.passing(purpose="reach", min_willingness=0.2, observed_only=True)
    assert reach is not own
    assert reach is index.passing(purpose="reach", min_willingness=0.7, observed_only=False)
    G.nodes["bo"]["do_not_ask"] = True
    G["bo"]["ana"]["observed"] = False
    other = tg.TrustIndex.from_graph(G)
    spared = other.passing(min_willingness=0.2, observed_only=False)
    assert other.passing(min_willingness=0.2, observed_only=False) is spared
    assert spared is not other.passing(min_willingness=0.2, observed_only=False, spare=False)
    assert not other.all_observed
    assert index.all_observed


def test_only_a_few_variants_are_kept_and_the_index_s_own_always():
    index = tg.TrustIndex.from_graph(patchy_graph(1))
    cuts = np.linspace(0.01, 0.99, 30)
    for cut in cuts:
        index.passing(min_willingness=cut, observed_only=True)
    held = index._passings.held
    assert len(held) == 5
    assert index.passing(min_willingness=0.2, observed_only=True) in held


@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize("seed", range(6))
def test_an_index_gives_back_its_graph_and_invents_nothing(seed, whole):
    G = patchy_graph(seed, whole=whole)
    G.graph.update(model=tg.TrustModel().model_dump_json(), as_of="2026-02-03", owners=(7,))
    index = tg.TrustIndex.from_graph(G)
    H = index.to_networkx()
    tg.graph.validate_graph(H)
    assert dict(H.nodes(data=True)) == dict(G.nodes(data=True))
    assert list(H) == sorted(G)
    assert {(u, v): tie for u, v, tie in H.edges(data=True)} == {
        (u, v): tie for u, v, tie in G.edges(data=True)
    }
    assert H.graph == {**G.graph, "version": 1}
    assert_same(tg.TrustIndex.from_graph(H), index)


@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize("seed", range(6))
def test_frames_and_graph_give_the_same_index(seed, whole):
    G = patchy_graph(seed, whole=whole)
    people = pd.DataFrame.from_dict(dict(G.nodes(data=True)), orient="index")
    edges = nx.to_pandas_edgelist(G).sample(frac=1, random_state=seed)
    index = tg.TrustIndex.from_frame(edges, people.sample(frac=1, random_state=seed))
    assert_same(index, tg.TrustIndex.from_graph(G))
    H = index.to_networkx()
    assert dict(H.nodes(data=True)) == dict(G.nodes(data=True))
    assert {(u, v): tie for u, v, tie in H.edges(data=True)} == {
        (u, v): tie for u, v, tie in G.edges(data=True)
    }


PAIRS = st.lists(st.tuples(st.integers(-3, 5), st.integers(-3, 5)), unique=True, max_size=20)


@given(PAIRS, st.sampled_from([1, 7, 10**9, 10**15]), st.booleans())
def test_ids_may_be_any_whole_numbers_or_texts(pairs, gap, text):
    edges = [
        (str(a * gap) if text else a * gap, str(b * gap) if text else b * gap) for a, b in pairs
    ]
    G = nx.DiGraph()
    G.add_edges_from((a, b, {"trust": 0.5}) for a, b in edges if a != b)
    frame = pd.DataFrame(edges, columns=["source", "target"]).assign(trust=0.5)
    both = [tg.TrustIndex.from_frame(frame[frame["source"] != frame["target"]])]
    both.append(tg.TrustIndex.from_graph(G))
    assert_same(*both)
    assert both[0].labels == tuple(sorted(G))
    assert set(map(type, both[0].labels)) <= {str if text else int}
    for index in both:
        assert [index.number(label) for label in index.labels] == list(range(index.n))
        assert [index.number(str(label)) for label in index.labels] == list(range(index.n))


@pytest.mark.parametrize("kind", ["int8", "uint16", "uint64", "Int64", "object", "category"])
def test_ids_come_in_columns_of_many_types(kind):
    frame = pd.DataFrame({"source": [3, 1, 5], "target": [1, 5, 3], "trust": [0.1, 0.2, 0.3]})
    told = tg.TrustIndex.from_frame(frame.astype({"source": kind, "target": kind}))
    assert_same(told, tg.TrustIndex.from_frame(frame))
    assert told.labels == (1, 3, 5)
    assert [type(label) for label in told.labels] == [int] * 3
    low = frame.assign(source=[-100, 100, 5]).astype({"source": "int8"})
    assert tg.TrustIndex.from_frame(low).labels == (-100, 1, 3, 5, 100)
    assert tg.TrustIndex.from_frame(frame.head(0)).n == 0


def test_numbers_are_ids_only_where_they_are():
    G = nx.DiGraph()
    G.add_edge(1, 0, trust=0.5)
    index = tg.TrustIndex.from_graph(G)
    assert index.number(1) == index.number("1") == index.number(np.int64(1)) == 1
    for nobody in (2, -1, "01", "²", "-1", 0.5, "9" * 5000, True):
        with pytest.raises(tg.errors.UnknownPersonError):
            index.number(nobody)


PAIRED = (("a", "b"), ("b", "a"))
EDGES: Any = pd.DataFrame({"source": ["a", "b"], "target": ["b", "a"], "trust": [0.2, 0.1]})


@pytest.mark.parametrize(
    ("edges", "people", "told"),
    [
        (
            EDGES.assign(source=pd.Series(["a", np.nan])),
            None,
            r"source is missing in 1 row .*\(row 2\)",
        ),
        (EDGES.assign(target=[np.nan] * 2), None, r"target is missing in 2 rows .*\(row 1, 2\)"),
        (
            EDGES,
            pd.DataFrame({"id": ["a", None]}).set_index("id"),
            "id is missing in 1 row of the people",
        ),
        (EDGES, pd.DataFrame(index=["a", "a"]), "'a' stands twice among the people"),
        (EDGES.assign(source=[1, "1"]), None, "differ only in type"),
        (EDGES.assign(source=[1.0, 2.5]), None, "of type float"),
        (EDGES.assign(source=["a", " "]), None, "label is blank"),
        (EDGES.assign(trust=["much", "little"]), None, "'trust' of the edges must hold numbers"),
        (EDGES.assign(observed=["yes", "no"]), None, "'observed' of the edges must hold True"),
        (EDGES.assign(trust=[np.nan, 0.5]), None, "'a' -> 'b': trust is nan"),
        (pd.concat([EDGES, EDGES]), None, r"'a' stands twice; .* \(2 rows are too many\)"),
    ],
)
def test_what_is_wrong_with_frames_is_told(edges, people, told):
    with pytest.raises(tg.errors.GraphContractError, match=told):
        tg.TrustIndex.from_frame(edges, people)


PEOPLE: Any = pd.DataFrame({"name": ["Ana", "Bo"]}, index=["a", "b"])
FLOATS = {"source": [1.0, 2.0], "target": [2.0, 1.0]}


@pytest.mark.parametrize(
    ("edges", "people", "told"),
    [
        (EDGES.assign(source=[["a"], ["b"]]), None, r"\['a'\]: the label is of type list"),
        (EDGES.assign(source=[{}, "b"]), None, "the label is of type dict"),
        (EDGES.assign(source=[True, False], target=[2, 3]), None, "source is of type bool"),
        (EDGES.assign(source=np.array([True, 2], object)), None, "True: the label is of type bool"),
        (EDGES.assign(**FLOATS), None, r'target is of type float64; .* with .astype\("int64"\)'),
        (EDGES.assign(source=[1.0, 2.0], target=[2, 1]), None, "source is of type float64"),
        (
            EDGES.assign(source=pd.Categorical([1.0, 2.0]), target=[2, 1]),
            None,
            "source is of type float64",
        ),
        (
            EDGES.assign(source=np.array([1.0, 2], object), target=[2, 1]),
            None,
            "1.0: the label is of type float",
        ),
        (pd.concat([EDGES, EDGES["trust"]], axis=1), None, "edges has several columns 'trust'"),
        (pd.concat([EDGES, EDGES["source"]], axis=1), None, "edges has several columns 'source'"),
        (EDGES, pd.concat([PEOPLE, PEOPLE], axis=1), "people has several columns 'name'"),
        (EDGES, PEOPLE.assign(do_not_ask="False"), "'a': do_not_ask is 'False', it must be True"),
        (EDGES, PEOPLE.assign(do_not_ask=[1, 0]), "'a': do_not_ask is 1, it must be True"),
        (EDGES, PEOPLE.assign(also=["x", "y"]), "'a': also is 'x', it must be a tuple of"),
        (EDGES, PEOPLE.assign(past=[(), (("Oak",),)]), "'b': past is .* it must be a tuple of"),
        (EDGES, PEOPLE.assign(schools=["MIT", None]), "'a': schools is 'MIT', it must be a tuple"),
    ],
)
def test_what_frames_may_not_hold_is_told(edges, people, told):
    with pytest.raises(tg.errors.GraphContractError, match=told):
        tg.TrustIndex.from_frame(edges, people)


def test_what_frames_may_hold_of_people_passes():
    people = PEOPLE.assign(
        do_not_ask=[True, None],
        also=[[("Oak", "cook")], None],
        past=[(), np.nan],
        schools=[None, ("Elm",)],
    )
    index = tg.TrustIndex.from_frame(EDGES, people)
    assert index.spared.tolist() == [True, False]
    nullable = PEOPLE.assign(do_not_ask=pd.array([True, None], "boolean"))
    assert tg.TrustIndex.from_frame(EDGES, nullable).spared.tolist() == [True, False]


def test_of_many_wrong_values_of_people_the_first_are_told():
    people = pd.DataFrame({"do_not_ask": ["no"] * 50}, index=range(50))
    with pytest.raises(tg.errors.GraphContractError, match="50 values of people") as caught:
        tg.TrustIndex.from_frame(pd.DataFrame({"source": [0], "target": [1], "trust": 0.5}), people)
    assert len(caught.value.faults) == 21


@pytest.mark.parametrize("given", [None, [], {"source": [1]}, nx.DiGraph()])
def test_what_is_no_frame_is_refused(given):
    with pytest.raises(TypeError, match=f"edges is of type {type(given).__name__}; give a Data"):
        tg.TrustIndex.from_frame(given)
    if given is not None:
        with pytest.raises(TypeError, match="people is of type"):
            tg.TrustIndex.from_frame(EDGES, given)
    with pytest.raises(TypeError, match="model is of type str; give a TrustModel"):
        tg.TrustIndex.from_frame(EDGES, model=tg.TrustModel().model_dump_json())


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (dt.date(2024, 1, 31), "2024-01-31"),
        (dt.datetime(2024, 1, 31, 12, tzinfo=dt.UTC), "2024-01-31T12:00:00+00:00"),
        (pd.Timestamp("2024-01-31"), "2024-01-31T00:00:00"),
        ("2024-01-31", "2024-01-31"),
        ("", ""),
    ],
)
def test_the_day_of_the_ties_is_told_as_text(tmp_path, day, text):
    index = tg.TrustIndex.from_frame(EDGES, as_of=day)
    assert index.as_of == text
    index.save(tmp_path / "ties.trust")
    assert tg.TrustIndex.load(tmp_path / "ties.trust").as_of == text


@pytest.mark.parametrize("day", [None, 3, "yesterday", pd.NaT])
def test_a_day_that_is_none_is_refused(day):
    with pytest.raises(tg.errors.GraphContractError, match="as_of is .* it must be a date"):
        tg.TrustIndex.from_frame(EDGES, as_of=day)


@pytest.mark.parametrize(
    ("owners", "wanted"),
    [
        ("ana", ("ana",)),
        (5, (5,)),
        (np.array([1, 2]), (1, 2)),
        (pd.Index(["ana", "bo"]), ("ana", "bo")),
        ((), ()),
    ],
)
def test_one_owner_may_be_named_alone(owners, wanted):
    index = tg.TrustIndex.from_frame(EDGES, owners=owners)
    assert index.owners == wanted
    assert set(map(type, index.owners)) <= {int, str}


@pytest.mark.parametrize("owners", [[None], [pd.Timestamp("2024-01-31")], 2.5, None])
def test_owners_that_are_nobody_are_refused(owners):
    with pytest.raises(tg.errors.GraphContractError, match="owners is .* labels of people"):
        tg.TrustIndex.from_frame(EDGES, owners=owners)


@pytest.mark.parametrize("nullable", [False, True])
def test_large_ids_of_different_types_stay_what_they_are(nullable):
    low, high = [-5, 2**53 + 1], [2**63 + 1, 2**63 + 3]
    kinds = ("Int64", "UInt64") if nullable else ("int64", "uint64")
    edges = EDGES.assign(source=pd.array(low, kinds[0]), target=pd.array(high, kinds[1]))
    assert tg.TrustIndex.from_frame(edges).labels == tuple(sorted(low + high))


def test_a_graph_that_tells_by_text_whom_not_to_ask_is_refused():
    G = nx.DiGraph([("b", "a", {"trust": 0.5})])
    for value in ("False", 1, float("nan")):
        G.nodes["b"]["do_not_ask"] = value
        with pytest.raises(tg.errors.GraphContractError, match="do_not_ask is"):
            tg.TrustIndex.from_graph(G)
    G.nodes["b"]["do_not_ask"] = np.True_
    assert tg.TrustIndex.from_graph(G).spared.tolist() == [False, True]


def test_a_graph_names_its_owners_as_a_frame_does():
    G = nx.DiGraph([("b", "a", {"trust": 0.5})], owners="ana")
    assert tg.TrustIndex.from_graph(G).owners == ("ana",)
    G.graph["owners"] = [2.5]
    with pytest.raises(tg.errors.GraphContractError, match="owners is"):
        tg.TrustIndex.from_graph(G)


def test_truth_values_are_no_ids():
    index = tg.TrustIndex.from_frame(EDGES.assign(source=[1, 7], target=[7, 1]))
    with pytest.raises(tg.errors.UnknownPersonError):
        index.number(True)
    G = nx.DiGraph([(True, 2, {"trust": 0.5})])
    with pytest.raises(tg.errors.GraphContractError, match="the label is of type bool"):
        tg.TrustIndex.from_graph(G)


def test_of_many_faults_the_first_are_told_and_the_rest_counted():
    m = 500
    edges = pd.DataFrame({"source": range(m), "target": range(1, m + 1), "trust": 1.5})
    with pytest.raises(tg.errors.GraphContractError) as caught:
        tg.TrustIndex.from_frame(edges)
    assert caught.value.faults[0] == "500 values lie outside [0, 1], the first 20 are told"
    assert caught.value.faults[1] == "edge 0 -> 1: trust is 1.5, it must lie in [0, 1]"
    assert len(caught.value.faults) == 21


def test_gaps_in_nullable_columns_are_gaps():
    edges = EDGES.assign(
        willingness=pd.array([0.5, None], "Float64"), observed=pd.array([False, None], "boolean")
    )
    index = tg.TrustIndex.from_frame(edges)
    tie = {label: index.step(index.number(other), index.number(label)) for label, other in PAIRED}
    assert [index.willingness[tie[label]] for label in "ab"] == [0.5, 1.0]
    assert [index.observed[tie[label]] for label in "ab"] == [False, True]


def large_frame(m=70_000, n=7_000):
    """Every attribute of the contract, ten edges a person."""
    rng = np.random.default_rng(5)
    key = rng.permutation(np.unique(rng.integers(0, n * n, m + m // 5)))
    source, target = key // n, key % n
    other = source != target
    source, target = source[other][:m], target[other][:m]
    values = {name: rng.random(m) for name in ("trust", *ATTRIBUTES)}
    # Willingness as near to the cut as can be: no rounding may carry it across.
    values["willingness"][: m // 2] = np.nextafter(0.2, rng.choice([0.0, 1.0], m // 2))
    return pd.DataFrame({"source": source, "target": target, **values, "observed": True})


@pytest.fixture
def soon_large(monkeypatch):
    monkeypatch.setattr(_arrays, "SINGLE_FROM_STEPS", 65_536)


def test_what_is_told_is_rounded_from_a_million_steps_on():
    assert _arrays.SINGLE_FROM_STEPS == 1_000_000
    index = tg.TrustIndex.from_frame(large_frame())
    assert {getattr(index, name).dtype for name in ATTRIBUTES} == {np.dtype(np.float64)}


def test_a_cut_that_equals_a_willingness_is_reached_in_an_index_of_any_size(monkeypatch):
    rng = np.random.default_rng(8)
    edges = large_frame(m=3_000, n=600)
    cuts = (0.1, 0.2, 0.3, 0.7, 0.9, 1 / 3)
    edges["willingness"] = rng.choice([0.0, *cuts, 1.0], len(edges))
    small = tg.TrustIndex.from_frame(edges)
    monkeypatch.setattr(_arrays, "SINGLE_FROM_STEPS", 1)
    large = tg.TrustIndex.from_frame(edges)
    assert large.willingness.dtype == np.float32
    some = rng.integers(0, small.m, 50)
    for cut in cuts:
        want = small.willingness >= cut
        for index in (small, large):
            np.testing.assert_array_equal(index.willing(slice(None), cut), want)
            np.testing.assert_array_equal(index.willing(some, cut), want[some])
            passing = index.passing(min_willingness=cut, observed_only=True)
            np.testing.assert_array_equal(passing.out > 0, want)


def test_a_lowest_willingness_that_is_the_cut_closes_nothing(monkeypatch):
    monkeypatch.setattr(_arrays, "SINGLE_FROM_STEPS", 1)
    edges = EDGES.assign(willingness=[0.7, 0.9])
    index = tg.TrustIndex.from_frame(edges)
    loose = index.passing(min_willingness=0.1, observed_only=True)
    assert index.passing(min_willingness=0.7, observed_only=True) is loose


@pytest.mark.parametrize("cut", [np.nan, -0.1, 1.1, np.inf])
def test_a_willingness_that_is_none_is_refused(cut):
    index = tg.TrustIndex.from_frame(EDGES)
    with pytest.raises(ValueError, match="min_willingness"):
        index.passing(min_willingness=cut, observed_only=True)
    with pytest.raises(ValueError, match="min_willingness"):
        index.willing(slice(None), cut)


def test_a_purpose_that_is_none_is_refused():
    index = tg.TrustIndex.from_frame(EDGES)
    with pytest.raises(ValueError, match="no purpose 'vuoch'; name one of vouch, reach"):
        index.passing(purpose="vuoch", min_willingness=0.2, observed_only=True)


@pytest.mark.parametrize("gap", [False, True])
def test_an_endorsed_trust_that_is_the_trust_takes_no_memory_and_is_given_back(tmp_path, gap):
    edges = large_frame(m=100, n=40)[["source", "target", "trust"]]
    given = edges.assign(endorsed_trust=edges["trust"])
    if gap:
        given.loc[7, "endorsed_trust"] = np.nan
    plain, index = tg.TrustIndex.from_frame(edges), tg.TrustIndex.from_frame(given)
    assert index.endorsed_trust is index.trust
    assert index.passing(min_willingness=0.2, observed_only=True).out is index.trust
    assert index.nbytes <= plain.nbytes + 13
    index.save(tmp_path / "ties.trust")
    for one in (index, tg.TrustIndex.load(tmp_path / "ties.trust")):
        assert one.nbytes == index.nbytes
        ties = list(one.to_networkx().edges(data=True))
        assert sum("endorsed_trust" in tie for *_, tie in ties) == index.m - gap
        assert all(tie.get("endorsed_trust", tie["trust"]) == tie["trust"] for *_, tie in ties)
    assert not any("endorsed_trust" in tie for *_, tie in plain.to_networkx().edges(data=True))


@pytest.mark.usefixtures("soon_large")
def test_a_large_index_takes_at_most_sixty_bytes_an_edge_and_scores_in_full_precision():
    edges = large_frame()
    index = tg.TrustIndex.from_frame(edges)
    assert index.m == 70_000
    assert index.nbytes <= 60 * index.m
    assert index.trust.dtype == np.float64
    assert all(getattr(index, name).dtype == np.float32 for name in ATTRIBUTES)
    asker, asked = edges["target"].to_numpy(), edges["source"].to_numpy()
    given = edges.iloc[np.lexsort((asked, asker))]
    willing = given["willingness"].to_numpy()
    product = (given["response"] * willing * given["endorsed_trust"]).to_numpy()
    own = index.passing(min_willingness=0.2, observed_only=True)
    np.testing.assert_array_equal(own.out, np.where(willing >= 0.2, product, 0.0))
    assert_bounds(index, own)
    np.testing.assert_array_equal(index.willing(slice(None), 0.2), willing >= 0.2)
    np.testing.assert_allclose(index.willingness, willing, rtol=2e-7)
    every = index.passing(min_willingness=0.0, observed_only=True)
    np.testing.assert_allclose(every.out, product, rtol=3e-7)
    open_ = willing >= 0.2
    np.testing.assert_array_equal(every.out[open_], product[open_])


def test_what_is_not_given_takes_no_memory():
    edges = large_frame()[["source", "target", "trust"]]
    index = tg.TrustIndex.from_frame(edges)
    # numbers of three kinds, trust and its bound, where people's steps begin, whom to spare
    least = index.m * (4 + 4 + 4 + 8 + 4) + 2 * 8 * (index.n + 1) + index.n
    assert least <= index.nbytes <= least + 100
    assert index.endorsed_trust is index.trust
    before = edges.copy()
    index.trust[:] = 0.0
    pd.testing.assert_frame_equal(edges, before)


def test_kernels_get_arrays_that_lie_together_and_may_be_written():
    for index in (tg.TrustIndex.from_graph(patchy_graph(2)), tg.TrustIndex.from_frame(EDGES)):
        own = index.passing(min_willingness=0.2, observed_only=True)
        steps = [getattr(index, name) for name in ARRAYS[:6]]
        for array in (*steps, own.out, own.back, index.spared):
            assert array.flags.c_contiguous
            assert array.flags.writeable


def test_the_records_behind_a_tie_are_looked_up_by_step():
    G = tg.build_graph(tg.datasets.load_office())
    edges = tg.graph.edges_frame(G).sample(frac=1, random_state=2)
    edges = pd.concat([edges, edges.head(1).assign(target=edges["source"].iloc[0])])
    index = tg.TrustIndex.from_frame(edges)
    for asked, asker, tie in G.edges(data=True):
        told = index.edge(index.number(asker), index.number(asked))
        assert told["kinds"] == tie["kinds"]
        assert told["last_contact"] == tie["last_contact"]
    nobody = next(i for i in range(index.n) if index.step(0, i) < 0)
    for one in (index, tg.TrustIndex.from_graph(G), tg.TrustIndex.from_frame(EDGES)):
        assert one.edge(0, nobody) == {}
    assert tg.TrustIndex.from_frame(EDGES).edge(0, 1) == {}


def test_an_edge_that_leaves_the_graph_stays_in_the_index(tmp_path):
    G = tg.build_graph(tg.datasets.load_office())
    whole = tg.TrustIndex.from_graph(G.copy())
    ask = tg.Ask(seeker="ana", target=tg.Organisation("Acme"))
    removed, cleared = G.copy(), G.copy()
    indices = [tg.TrustIndex.from_graph(removed), tg.TrustIndex.from_graph(cleared)]
    removed.remove_edges_from(list(removed.edges)[::2])
    cleared.clear()
    for index in indices:
        assert tg.find_introductions(index, ask) == tg.find_introductions(whole, ask)
        for source, target, tie in G.edges(data=True):
            assert index.edge(index.number(target), index.number(source)) == tie
        index.save(tmp_path / "ties.trust")
        loaded = tg.TrustIndex.load(tmp_path / "ties.trust")
        for one in (index, loaded):
            assert nx.utils.graphs_equal(one.to_networkx(), whole.to_networkx())


@pytest.mark.parametrize(
    ("attributes", "told"),
    [
        ({}, False),
        ({"evidence": 2, "mine": 1}, False),
        ({"last_contact": "2026-01-02"}, True),
        ({"kinds": {}}, True),
    ],
)
def test_an_index_knows_whether_there_may_be_records_to_tell_of(tmp_path, attributes, told):
    G = nx.DiGraph([("b", "a", {"trust": 0.5}), ("a", "b", {"trust": 0.5, **attributes})])
    index = tg.TrustIndex.from_graph(G)
    index.save(tmp_path / "ties.trust")
    framed = tg.TrustIndex.from_frame(nx.to_pandas_edgelist(G))
    for one in (index, framed, tg.TrustIndex.load(tmp_path / "ties.trust")):
        assert one.has_records == told
    assert index.edge(1, 0) == G.edges["a", "b"]


@pytest.mark.parametrize(
    ("ids", "wanted"),
    [
        ([0, 1], pd.RangeIndex(2, name="person")),
        ([0, 2], pd.Index([0, 2], name="person")),
        (["a", "b"], pd.Index(["a", "b"], name="person")),
        ([2**70, 1], pd.Index([1, 2**70], dtype=object, name="person")),
    ],
)
def test_ids_make_the_index_of_a_frame_once(ids, wanted):
    G = nx.DiGraph([(*ids, {"trust": 0.5})])
    index = tg.TrustIndex.from_graph(G)
    pd.testing.assert_index_equal(index.ids, wanted, exact=True)
    assert index.ids is index.ids


def origins(tmp_path):
    G = tg.build_graph(tg.datasets.load_office())
    G.nodes["ben"]["do_not_ask"] = True
    edges, people = tg.graph.edges_frame(G), tg.graph.nodes_frame(G)
    model = tg.TrustModel.model_validate_json(G.graph["model"])
    index = tg.TrustIndex.from_graph(G)
    index.save(tmp_path / "ties.trust")
    return {
        "graph": index,
        "frame": tg.TrustIndex.from_frame(edges, people, model=model, as_of=G.graph["as_of"]),
        "file": tg.TrustIndex.load(tmp_path / "ties.trust"),
    }


COPIES = {
    "pickle": lambda index: pickle.loads(pickle.dumps(index)),
    "deep copy": copy.deepcopy,
    "copy": copy.copy,
}


@pytest.mark.parametrize("asked", [False, True])
@pytest.mark.parametrize("way", COPIES)
@pytest.mark.parametrize("origin", ["graph", "frame", "file"])
def test_a_copy_answers_as_the_index_does(tmp_path, origin, way, asked):
    index = origins(tmp_path)[origin]
    ask = tg.Ask(seeker="ana", target=tg.Organisation("Acme"))
    if asked:
        tg.find_introductions(index, ask).explain()
    copied = COPIES[way](index)
    assert_same(copied, index)
    assert_same(COPIES[way](copied), index)
    assert copied.nbytes == COPIES[way](copied).nbytes
    assert tg.find_introductions(copied, ask) == tg.find_introductions(index, ask)
    found, wanted = tg.find_introductions(copied, ask), tg.find_introductions(index, ask)
    assert found.explain() == wanted.explain()
    assert nx.utils.graphs_equal(copied.to_networkx(), index.to_networkx())
    for step in range(index.m):
        asker, asked_one = int(index.asker_of(np.array([step]))[0]), int(index.out_asked[step])
        assert copied.edge(asker, asked_one) == index.edge(asker, asked_one)


def test_a_copy_keeps_what_takes_no_memory_and_full_precision(monkeypatch):
    monkeypatch.setattr(_arrays, "SINGLE_FROM_STEPS", 1)
    for edges in (large_frame(m=1_000, n=200), large_frame(m=1_000, n=200).iloc[:, :3]):
        index = tg.TrustIndex.from_frame(edges)
        own = index.passing(min_willingness=0.2, observed_only=True)
        for way in COPIES.values():
            copied = way(index)
            assert copied.nbytes == index.nbytes
            assert (copied.endorsed_trust is copied.trust) == (index.endorsed_trust is index.trust)
            kept = copied.passing(min_willingness=0.2, observed_only=True)
            np.testing.assert_array_equal(kept.out, own.out)
            np.testing.assert_array_equal(kept.back, own.back)


def test_an_index_does_not_change_with_its_graph():
    G = patchy_graph(3)
    index, other = tg.TrustIndex.from_graph(G), tg.TrustIndex.from_graph(G)
    frame = other.nodes
    for person in G:
        G.nodes[person].update(name="changed", do_not_ask=True)
    pd.testing.assert_frame_equal(index.nodes, frame)
    assert index.names == list(index.labels)
