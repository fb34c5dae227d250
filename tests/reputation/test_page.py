"""The page on reputation names every model, and its table says what they say."""

from pathlib import Path

import networkx as nx
import numpy as np
import pytest

import trustgraph as tg

PAGE = (Path(__file__).parents[2] / "docs" / "reputation.md").read_text(encoding="utf-8")
MODELS = tg.reputation.reputation_models()
ROWS = {
    cells[0].strip("`"): cells
    for line in PAGE.partition("## Whom to trust")[2].splitlines()
    if line.startswith("| `")
    for cells in [[cell.strip() for cell in line.strip("| ").split("|")]]
}
G = nx.DiGraph()
G.add_edge("ana", "bo", trust=0.8)
G.add_edge("bo", "cy", trust=0.5)
G.add_edge("cy", "bo", trust=0.4)
G.add_edge("eve", "bo", trust=0.9)
G.add_edge("ana", "dee", trust=0.0)
G.add_node("zed")
TOLD = {"0": 0.0, "1": 1.0, "NaN": np.nan, "base rate (0.1)": 0.1}


def test_every_public_name_but_those_of_results_is_on_the_page():
    functions = [name for name in tg.reputation.__all__ if name.islower()]
    missing = [name for name in functions if f"`{name}" not in PAGE]
    assert missing == []
    assert list(ROWS) == list(MODELS)


@pytest.mark.parametrize("name", MODELS)
def test_the_table_says_what_the_model_says(name):
    model, row = MODELS[name], ROWS[name]
    assert row[1] == model.kind
    pairs = {3: ("ana", "zed"), 4: ("ana", "dee"), 5: ("ana", "ana")}
    said = model.pairs(G, list(pairs.values())).to_numpy()
    for column, found in zip(pairs, said, strict=True):
        cell = row[column].partition(";")[2] or row[column].partition(",")[0]
        cell = cell.strip().partition(" if ")[0]
        if cell in TOLD:
            assert found == pytest.approx(TOLD[cell], nan_ok=True)
        else:
            assert found > 0 or np.isnan(found)


@pytest.mark.parametrize("name", MODELS)
def test_the_table_says_what_is_said_without_seeds(name):
    model, cell = MODELS[name], ROWS[name][6]
    if cell == "refused":
        with pytest.raises(ValueError, match="name some: seeds"):
            model.standing(G)
        return
    alone = model.standing(G)
    everybody = model.standing(G, sorted(G))
    np.testing.assert_allclose(alone, everybody, equal_nan=True)
    assert (cell == "mean over everybody") == (model.kind == "pairwise")
