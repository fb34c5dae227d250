import networkx as nx
import numpy as np
import pytest

import trustgraph as tg
from trustgraph.introductions import step_factors
from trustgraph.steps.frame import STEP_COLUMNS


def tie(**more: float) -> dict[str, float]:
    return {
        "trust": 0.4,
        "willingness": 0.5,
        "endorsed_trust": 0.8,
        "forwards": 0.9,
        "response": 0.6,
        **more,
    }


def chain() -> nx.DiGraph:
    G = nx.DiGraph()
    for asked, asker in (("m1", "s"), ("m2", "m1"), ("t", "m2"), ("t", "s"), ("s", "m1")):
        G.add_edge(asked, asker, **tie())
    return G


def test_every_step_has_the_factor_of_its_place_by_hand() -> None:
    frame = step_factors(chain(), tg.Ask(seeker="s", target="t", clarity=0.0)).set_index(
        ["asker", "asked"]
    )
    kappa = 0.27 / 0.80
    assert frame.loc[("s", "m1"), "first"] == pytest.approx(0.6 * kappa * 0.5 * 0.8)
    assert frame.loc[("m1", "m2"), "further"] == pytest.approx(0.5 * 0.6 * kappa * 0.5 * 0.8)
    assert frame.loc[("m2", "t"), "last"] == pytest.approx(0.4)
    assert frame.loc[("s", "t"), "last"] == pytest.approx(0.6 * kappa * 0.4)
    assert frame[["first", "further", "last"]].notna().sum(axis=1).tolist() == [1] * 4
    assert ("m1", "s") not in frame.index  # nobody asks the seeker


def test_the_frame_has_the_declared_columns_even_when_empty() -> None:
    G = nx.DiGraph()
    G.add_nodes_from(["s", "t"])
    frame = step_factors(G, "s", "t")
    assert frame.empty
    assert tuple(frame.columns) == STEP_COLUMNS


def test_retention_and_cut_come_from_the_graph_the_call_or_the_default() -> None:
    G = chain()
    model = tg.TrustModel(paths=tg.trust.PathModel(retention=1.0))
    further = step_factors(G, "s", "t")["further"].max()
    assert step_factors(G, "s", "t", model=model)["further"].max() == pytest.approx(2 * further)
    G.graph["model"] = model.model_dump_json()
    assert step_factors(G, "s", "t")["further"].max() == pytest.approx(2 * further)
    strict = tg.TrustModel(gate=tg.trust.EndorsementGate(min_willingness=0.6))
    assert step_factors(G, "s", "t", model=strict)["first"].isna().all()


def test_what_is_offered_touches_the_first_step_alone() -> None:
    ask = tg.Ask(seeker="s", target="t", clarity=1.0)
    free = step_factors(chain(), ask)
    token = step_factors(chain(), ask.replace(incentive=tg.Incentive(kind="payment", size="token")))
    gift = step_factors(chain(), ask.replace(incentive=tg.Incentive(kind="gift")))
    told = step_factors(
        chain(), ask.replace(incentive=tg.Incentive(kind="payment", size="large", disclosed=True))
    )
    assert token["first"].max() == pytest.approx(0.64 * free["first"].max())
    assert gift["first"].max() == pytest.approx(1.17 * free["first"].max())
    assert told["first"].max() == pytest.approx(0.7 * free["first"].max())
    for other in (token, gift, told):
        np.testing.assert_array_equal(other[["further", "last"]], free[["further", "last"]])


def test_an_organisation_is_reached_by_standing() -> None:
    G = nx.DiGraph()
    held = {
        "a": ("Acme", "CTO", 1.0),
        "b": ("Acme Inc.", "Senior Buyer", 0.9 * 0.8),
        "c": ("Acme Robotics", "Buyer", 0.6 * 0.6),
        "d": ("Pacme", "CTO", None),
    }
    for person, (organisation, position, _) in held.items():
        G.add_node(person, organisation=organisation, position=position)
        G.add_edge(person, "s", **tie())
    G.add_node("e", organisation="Borealis", past=(("Acme", "Data lead"),))
    G.add_edge("e", "s", **tie())
    frame = step_factors(G, tg.Ask(seeker="s", target=tg.Organisation("Acme"), interest="data"))
    last = frame.dropna(subset="last").set_index("asker")["last"]
    wanted = {person: value for person, (*_, value) in held.items() if value is not None}
    wanted["e"] = 0.5  # past, own function
    assert last.to_dict() == pytest.approx(wanted)
    assert set(frame.dropna(subset="last")["asked"]) == {"Acme"}


def test_the_seeker_needs_no_introduction_to_their_own_organisation() -> None:
    G = nx.DiGraph()
    G.add_node("s", organisation="Acme", position="CEO")
    G.add_node("m", organisation="Acme", position="CEO")
    G.add_edge("m", "s", **tie())
    frame = step_factors(G, "s", tg.Organisation("Acme"))
    assert frame.dropna(subset="last")["asker"].tolist() == ["m"]


def test_a_prospect_is_reached_through_a_shared_circle() -> None:
    G = nx.DiGraph()
    G.add_node("m", organisation="Acme", position="Buyer")
    G.add_node("n", schools=("Northfield College",))
    G.add_edge("m", "s", **tie())
    G.add_edge("n", "s", **tie())
    prospect = tg.Prospect("Ines Roth", organisation="Acme", school="Northfield College")
    frame = step_factors(G, "s", prospect)
    last = frame.dropna(subset="last").set_index("asker")["last"]
    # one year at one employer: r = 1.2 (1 - exp(-.3 / 1.2)); trust (r + .2) / (r + 2)
    r = 1.2 * (1 - np.exp(-0.25))
    assert last["m"] == pytest.approx((r + 0.2) / (r + 2))
    # one shared school: r = .2 (1 - exp(-.1 / .2))
    r = 0.2 * (1 - np.exp(-0.5))
    assert last["n"] == pytest.approx((r + 0.2) / (r + 2))
    assert set(frame.dropna(subset="last")["asked"]) == {"Ines Roth"}


def test_a_name_that_is_an_organisation_is_explained() -> None:
    G = nx.DiGraph()
    G.add_node("m", organisation="Acme")
    G.add_edge("m", "s", **tie())
    with pytest.raises(tg.errors.UnknownPersonError, match="Organisation"):
        step_factors(G, "s", "Acme")
