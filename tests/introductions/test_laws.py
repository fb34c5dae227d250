"""The laws of the paths, from records to answers."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import trustgraph as tg
from trustgraph.introductions import Introductions, step_factors

from helpers.strategies import AS_OF, BAD, GOOD, PEOPLE, Act, acts, evidence


def network(records: list[Act], names: dict[str, str] | None = None) -> tg.Network:
    named = names or {person: person for person in PEOPLE}
    people = [tg.Person(id=named[person]) for person in PEOPLE]
    told = [
        {**record, "source": named[record["source"]], "target": named[record["target"]]}
        for record in records
    ]
    return tg.Network.from_records(people, told, as_of=AS_OF)


def answer(net: tg.Network, seeker: str = "ana", target: str = "fay") -> Introductions:
    return tg.find_introductions(tg.build_graph(net), seeker, target, k=8)


def best(net: tg.Network) -> float:
    paths = answer(net)
    return paths[0].score if len(paths) else 0.0


@settings(max_examples=60, deadline=None)
@given(evidence())
def test_what_every_path_obeys(records: list[Act]) -> None:
    for path in answer(network(records)):
        assert 0 < path.score <= path.weakest.factor + 1e-15
        assert path.score == pytest.approx(path.delivery * path.carried)
        assert 0 <= path.carried <= 1
        assert path.forward_only >= 0
        assert path.delivery + path.forward_only <= 1 + 1e-12
        assert path.trust_interval is not None
        assert 0 <= path.trust_interval.low <= path.trust_interval.high <= 1
        assert all(step.willingness >= 0.2 for step in path.steps[:-1])
        assert path.hops == len(path.intermediaries) + 1


@settings(max_examples=60, deadline=None)
@given(evidence(), st.lists(acts(GOOD), min_size=1, max_size=3))
def test_good_evidence_never_lowers_a_factor_nor_the_best_score(
    records: list[Act], more: list[Act]
) -> None:
    before, after = network(records), network(records + more)
    assert best(after) >= best(before) - 1e-12
    old, new = factors(before), factors(after)
    for step, value in old.items():
        assert new.get(step, 0.0) >= value - 1e-12


@settings(max_examples=60, deadline=None)
@given(evidence(), st.lists(acts(BAD), min_size=1, max_size=3))
def test_bad_evidence_never_raises_a_factor_nor_the_best_score(
    records: list[Act], more: list[Act]
) -> None:
    before, after = network(records), network(records + more)
    assert best(after) <= best(before) + 1e-12
    old, new = factors(before), factors(after)
    for step, value in new.items():
        assert old.get(step, 0.0) >= value - 1e-12


def factors(net: tg.Network) -> dict[tuple[str, str, str], float]:
    frame = step_factors(tg.build_graph(net), "ana", "fay")
    return {
        (row.asker, row.asked, place): float(getattr(row, place))
        for row in frame.itertuples(index=False)
        for place in ("first", "further", "last")
        if getattr(row, place) > 0
    }


@settings(max_examples=40, deadline=None)
@given(evidence(), st.permutations(PEOPLE), st.randoms(use_true_random=False))
def test_renaming_and_reordering_change_nothing(records: list[Act], new: list[str], random) -> None:  # type: ignore[no-untyped-def]
    names = dict(zip(PEOPLE, (f"x-{name}" for name in new), strict=True))
    mixed = list(records)
    random.shuffle(mixed)
    plain = answer(network(records))
    other = answer(network(mixed, names), names["ana"], names["fay"])
    assert [path.score for path in other] == pytest.approx([path.score for path in plain])
    # Where scores are equal the order of the rows goes by id, so only their set is the same.
    renamed = {tuple(names[person] for person in path.path) for path in plain}
    if len(plain) < 8:
        assert {path.path for path in other} == renamed


@settings(max_examples=40, deadline=None)
@given(evidence())
def test_more_intermediaries_never_lower_the_best_score(records: list[Act]) -> None:
    G = tg.build_graph(network(records))
    scores = []
    for most in range(5):
        paths = tg.find_introductions(G, "ana", "fay", k=1, max_intermediaries=most)
        scores.append(paths[0].score if len(paths) else 0.0)
    assert scores == sorted(scores)


@settings(max_examples=40, deadline=None)
@given(evidence(), st.floats(0, 1), st.floats(0, 1))
def test_a_clearer_ask_is_never_worse(records: list[Act], one: float, other: float) -> None:
    G = tg.build_graph(network(records))
    low, high = sorted((one, other))
    scores = []
    for clarity in (low, high):
        paths = tg.find_introductions(G, tg.Ask(seeker="ana", target="fay", clarity=clarity), k=1)
        scores.append(paths[0].score if len(paths) else 0.0)
    assert scores[1] >= scores[0]


@settings(max_examples=40, deadline=None)
@given(evidence(), st.sampled_from(["gift", "payment"]), st.sampled_from(["token", "large"]))
def test_no_offer_opens_the_gate(records: list[Act], kind: str, size: str) -> None:
    G = tg.build_graph(network(records))
    offer = tg.Incentive(kind=kind, size=size)  # type: ignore[arg-type]
    for norms in (tg.trust.Norms.literature(), tg.trust.Norms.essay()):
        model = tg.TrustModel(norms=norms)
        free = step_factors(G, tg.Ask(seeker="ana", target="fay"), model=model)
        paid = step_factors(G, tg.Ask(seeker="ana", target="fay", incentive=offer), model=model)
        assert set(paid.loc[paid["first"] > 0, "asked"]) <= set(
            free.loc[free["first"] > 0, "asked"]
        )


@settings(max_examples=30, deadline=None)
@given(evidence())
def test_people_not_to_be_asked_are_on_no_path(records: list[Act]) -> None:
    net = network(records).without_asking("bo", "cy")
    for path in answer(net):
        assert not {"bo", "cy"} & set(path.intermediaries)
