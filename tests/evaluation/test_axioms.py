import json

import networkx as nx
import numpy as np
import pytest

from trustgraph.evaluation.axiom_results import AxiomReport, Counterexample
from trustgraph.evaluation.axioms import STATEMENTS, axiom_table, check_axioms
from trustgraph.reputation.registry import as_model, reputation_models

from helpers.axiom_graphs import loved

PLAIN = [name for name in STATEMENTS if not name.startswith("sybil")]
REPORT = check_axioms(loved, worlds=5)


def angled(G):
    return dict.fromkeys(G, 2.0)


angled.__name__ = "<b>angled</b>"


@pytest.mark.parametrize("name", reputation_models())
def test_every_model_keeps_to_its_span_whatever_people_are_called(name):
    report = check_axioms(name, axioms=["bounded", "relabelling"], worlds=15)
    assert [result.status for result in report] == ["holds", "holds"]


def test_what_is_known_of_models_is_found():
    table = axiom_table(["moletrust", "tidaltrust", "best_path"], axioms=PLAIN, worlds=15)
    assert table["monotone_new"].tolist() == ["fails", "fails", "holds"]
    assert table["attenuates"].tolist() == ["fails", "fails", "holds"]
    assert table["mass"].tolist() == ["n/a"] * 3
    table = axiom_table(["eigentrust", "appleseed"], axioms=["mass"], worlds=15)
    assert table["mass"].tolist() == ["holds", "fails"]


def test_the_table_has_a_row_a_model_and_a_column_an_axiom():
    table = axiom_table({"mine": loved}, worlds=2)
    assert table.index.tolist() == ["mine"]
    assert (table.index.name, list(table.columns)) == ("model", list(STATEMENTS))
    assert table.loc["mine", "bounded"] == "fails"
    assert table.loc["mine", "sybil_own"] == "grows"


def test_a_report_is_a_mapping_from_axioms_to_results():
    assert len(REPORT) == len(STATEMENTS)
    assert [result.axiom for result in REPORT] == list(STATEMENTS)
    assert REPORT["bounded"].statement == STATEMENTS["bounded"]
    with pytest.raises(ValueError, match="there is no axiom 'bound'; name one of bounded"):
        REPORT["bound"]


def test_the_same_seed_gives_the_same_report():
    assert check_axioms(loved, worlds=5) == REPORT
    other = check_axioms(loved, axioms="bounded", worlds=5, seed=np.int64(3))
    assert (other.seed, other.model) == (3, "loved")


def test_an_axiom_by_itself_gives_what_it_gives_among_all():
    for name in ("bounded", "monotone", "sybil_total"):
        assert check_axioms(loved, axioms=name, worlds=5).results == (REPORT[name],)


def test_it_is_written_down_and_read_back():
    data = json.loads(json.dumps(REPORT.to_dict()))
    assert AxiomReport.from_dict(data) == REPORT


def test_the_frame_and_the_sentences_say_the_same():
    frame = REPORT.to_frame()
    assert frame.index.tolist() == list(STATEMENTS)
    assert frame["finding"].tolist() == REPORT.explain().splitlines()[1:]
    assert REPORT.explain().startswith("loved, tried in 5 random worlds and the designed ones.\n")
    assert "prove" not in REPORT.explain()


def test_the_card_is_escaped():
    card = check_axioms(angled, axioms="bounded", worlds=0)._repr_html_()
    assert "&lt;b&gt;angled" in card
    assert "<b>" not in card


def test_a_counterexample_is_a_graph_before_and_after():
    case = Counterexample(
        people=("a", "b", "c"),
        edges=(("a", "b", 0.5),),
        seed="a",
        change=("a", "b", 0.5, -1.0),
        claim="b has more.",
    )
    assert case.graph().edges["a", "b"] == {"trust": 0.5, "rating": 0.5}
    assert case.graph(changed=True).edges["a", "b"] == {"trust": 0.0, "rating": -1.0}
    assert case.explain() == "a -> b 0.5, without ratings: c; seen from a: b has more."
    nobody = case.replace(seed=None, change=None, people=("a", "b"))
    assert nobody.explain() == "a -> b 0.5; trusting nobody beforehand: b has more."
    assert nx.utils.graphs_equal(nobody.graph(changed=True), nobody.graph())
    lost = case.replace(change=("a", "b", 0.5, None))
    assert list(lost.graph(changed=True).edges) == []


def test_bad_input_is_named():
    with pytest.raises(ValueError, match="there is no model 'best_pth'"):
        check_axioms("best_pth")
    with pytest.raises(TypeError, match="is no model"):
        check_axioms(None)
    with pytest.raises(ValueError, match="worlds is -1; give a whole number from 0"):
        check_axioms(loved, worlds=-1)
    with pytest.raises(ValueError, match=r"seed is 0\.5"):
        check_axioms(loved, seed=0.5)
    with pytest.raises(ValueError, match="there is no axiom 'fair'; name some of bounded"):
        check_axioms(loved, axioms=["bounded", "fair"])
    with pytest.raises(ValueError, match="no axiom is named"):
        check_axioms(loved, axioms=[])
    with pytest.raises(ValueError, match="no model is named"):
        axiom_table([])


def test_what_a_model_raises_is_not_swallowed():
    def broken(G):
        message = "too many people"
        raise RuntimeError(message)

    with pytest.raises(RuntimeError, match="too many people"):
        check_axioms(as_model(broken), worlds=0)
