"""The page about evaluation is filled from what the command keeps."""

import json

import pandas as pd
import pytest

import trustgraph as tg
from trustgraph.evaluation.predictors.inferred import ABLATIONS, InferredPredictor

from helpers.programs import benchmark
from helpers.project import ROOT

command = benchmark("evaluate_trust")
made = benchmark("evaluation_page")
pages = benchmark("pages")

PAGE = (ROOT / "docs" / "evaluation.md").read_text(encoding="utf-8")


def test_only_the_parts_are_replaced():
    begin, end = pages.BEGIN.format("a", "x.py"), pages.END.format("a")
    page = f"before {begin}\n\nold\n\n{end} after"
    new = pages.page_with(page, {"a": "new"}, by="x.py")
    assert new == f"before {begin}\n\nnew\n\n{end} after"
    assert pages.page_with(new, {"a": "old"}, by="x.py") == page


def test_a_part_that_is_missing_is_named():
    with pytest.raises(ValueError, match="has no part 'table'"):
        pages.page_with("nothing", {"table": "new"}, by="x.py")


def test_what_is_kept_fills_every_place_of_the_page(tmp_path, monkeypatch):
    told = tg.datasets.make_ratings(30, 150, seed=1)
    quick = {"resamples": 10, "jobs": 1}
    evaluations = [
        tg.evaluation.evaluate(told, ["bias", "mean"], protocol=protocol, **quick)
        for protocol in command.PROTOCOLS
    ]
    parts = [
        tg.evaluation.evaluate(told, [InferredPredictor(), *ABLATIONS], protocol=name, **quick)
        for name in command.ABLATED
    ]
    names = [f"p{k}" for k in range(8)]
    ring = [(names[k], names[(k + step) % 8]) for k in range(8) for step in (1, 3)]
    tie = pd.DataFrame(ring, columns=["source", "target"])
    layers = tg.datasets.Layers(pd.DataFrame(index=names), {"advice": tie, "lunch": tie.iloc[::2]})
    ties = tg.evaluation.evaluate_ties(layers, folds=3, draws=20)
    kept = {
        "evaluations": [one.to_dict() | {"seconds": {}} for one in evaluations],
        "ablation": [one.to_dict() for one in parts],
        "ties": {"Eight": [ties.to_dict()]},
        "seconds": 60.0,
    }
    figures, page = tmp_path / "figures.json", tmp_path / "page.md"
    figures.write_text(json.dumps(kept), encoding="utf-8")
    page.write_text(PAGE, encoding="utf-8")
    made.main([str(figures), "--page", str(page)])
    filled = page.read_text(encoding="utf-8")
    assert "without paths" in filled
    assert f"{evaluations[1]['bias'].metric('rmse'):.3f} (" in filled
    assert "1 minutes" in filled
    assert PAGE.count("<!--") == filled.count("<!--") == 2 * len(made.parts(kept))
