"""Put the figures that ``evaluate_trust.py --keep FILE`` wrote into ``docs/evaluation.md``.

Run ``python benchmarks/evaluate_trust.py --keep figures.json`` and then
``python benchmarks/evaluation_page.py figures.json``.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # judged is what lies beside

from pages import page_with

import trustgraph as tg
from trustgraph.evaluation.results import Evaluation, ModelFigures
from trustgraph.evaluation.tie_results import TieEvaluation

PAGE = Path(__file__).resolve().parents[1] / "docs" / "evaluation.md"
METRICS = ("rmse", "pcc", "spearman", "auc", "brier", "ece", "coverage", "width", "answered")
BANDED = ("rmse", "pcc")


def figure(model: ModelFigures, metric: str) -> str:
    """Return one figure, with its interval where there is one."""
    found = model[metric]
    if found.value is None:
        return "–"
    told = f"{found.value:.3f}"
    if metric in BANDED and found.low is not None and found.high is not None:
        told += f" ({found.low:.3f} to {found.high:.3f})"
    return told


def markdown(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def models_table(found: Evaluation) -> str:
    """Return the figures of all models, the best first."""
    by_name = {model.model: model for model in found.models}
    names = found.table().sort_values("rmse", kind="stable").index
    rows = [
        [
            str(name),
            *(figure(by_name[name], metric) for metric in METRICS),
            f"{by_name[name].n:,}{'' if by_name[name].how == 'exact' else ' ' + by_name[name].how}",
        ]
        for name in names
    ]
    return markdown(["model", *METRICS, "ratings"], rows)


def ablation_table(found: Sequence[Evaluation]) -> str:
    """Return what is left of `infer_trust` without each component."""
    head = ["model", *(f"{each.protocol} {metric}" for each in found for metric in BANDED)]
    rows = []
    for place, model in enumerate(found[0].models):
        figures = [figure(each.models[place], metric) for each in found for metric in BANDED]
        rows.append([model.model, *figures])
    return markdown(head, rows)


def ties_table(found: Mapping[str, Sequence[TieEvaluation]]) -> str:
    """Return the areas under the curve of all models of ties."""
    head = ["model", *(f"{name}, {each.protocol}" for name in found for each in found[name])]
    frames = [each.to_frame() for name in found for each in found[name]]
    rows = [
        [
            f"{model}",
            *(
                f"{frame.loc[model, 'auc']:.3f} ({frame.loc[model, 'low']:.3f} to "
                f"{frame.loc[model, 'high']:.3f})"
                for frame in frames
            ),
        ]
        for model in frames[0].index
    ]
    return markdown(head, rows)


def differences_table(found: Mapping[str, Sequence[TieEvaluation]]) -> str:
    """Return by how much our models of ties exceed plain logistic regression."""
    rows = []
    for name, each in found.items():
        for one in each:
            frame = one.differences_frame()
            rows += [
                [
                    f"{name}, {one.protocol}",
                    " - ".join(map(str, pair)) if isinstance(pair, tuple) else str(pair),
                    f"{row['difference']:+.3f} ({row['low']:+.3f} to {row['high']:+.3f})",
                ]
                for pair, row in frame.iterrows()
            ]
    return markdown(["data", "models", "difference of AUC"], rows)


def parts(kept: Mapping[str, Any]) -> dict[str, str]:
    """Return the tables by name."""
    evaluations = [Evaluation.from_dict(one) for one in _without_seconds(kept["evaluations"])]
    made = {found.protocol: models_table(found) for found in evaluations}
    if kept["ablation"]:
        made["ablation"] = ablation_table([Evaluation.from_dict(one) for one in kept["ablation"]])
    if kept["ties"]:
        told = {
            name: [TieEvaluation.from_dict(one) for one in each]
            for name, each in kept["ties"].items()
        }
        made["ties"] = ties_table(told)
        made["differences"] = differences_table(told)
    made["effort"] = (
        f"Made with trustgraph {tg.__version__}; all tables of this page took "
        f"{kept['seconds'] / 60:.0f} minutes on two processors."
    )
    return made


def _without_seconds(told: Iterable[Mapping[str, Any]]) -> Iterable[dict[str, Any]]:
    for one in told:
        yield {name: value for name, value in one.items() if name != "seconds"}


def main(given: Sequence[str] | None = None) -> None:
    """Read the figures, write the page."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("figures", type=Path)
    options.add_argument("--page", type=Path, default=PAGE)
    chosen = options.parse_args(given)
    kept = json.loads(chosen.figures.read_text(encoding="utf-8"))
    page = chosen.page.read_text(encoding="utf-8")
    chosen.page.write_text(page_with(page, parts(kept), by=Path(__file__).name), encoding="utf-8")


if __name__ == "__main__":
    main()
