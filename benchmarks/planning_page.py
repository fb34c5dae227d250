"""Put the figures that ``evaluate_planning.py --full --keep FILE`` wrote into ``docs/planning.md``.

Run ``python benchmarks/evaluate_planning.py --full --keep figures.json`` and then
``python benchmarks/planning_page.py figures.json``.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # judged is what lies beside

from pages import page_with
from planning_policies import CAREFUL, PLAN

import trustgraph as tg

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "planning.md"
KEPT = ROOT / "benchmarks" / "planning_figures.json"
TARGETS = {
    "second": "contacts of contacts",
    "anyone": "anybody within reach",
    "organisations": "organisations",
    "half second thoughts": "contacts of contacts; every other silence lasts",
    "no second thoughts": "contacts of contacts; who kept silent stays silent",
}


def markdown(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def against(one: Mapping[str, Any]) -> str:
    """Return a ratio with its interval."""
    if one["ratio"] is None:
        return "–"
    return f"{one['ratio']:.3f} ({one['low']:.3f} to {one['high']:.3f})"


def policies(found: Mapping[str, Any]) -> str:
    """Return what every policy reaches."""
    rows = [
        [name, f"{found['mean_reached'][name]:.3f}", against(one)]
        for name, one in found["against_baseline"].items()
    ]
    return markdown(["policy", "targets reached", f"over: {found['baseline']}"], rows)


def strata(found: Mapping[str, Any]) -> str:
    """Return how the plan compares in every kind of world."""
    rows = [["all", str(found["one_each"]["worlds"]), against(found["against_baseline"][PLAN])]]
    rows += [[name, str(one["worlds"]), against(one)] for name, one in found["strata"].items()]
    each = [found["one_each"], *found["one_each_strata"].values()]
    head = [
        "worlds",
        "number",
        "no limit, over the stronger list",
        "one ask a person, over that list",
    ]
    return markdown(head, [[*row, against(one)] for row, one in zip(rows, each, strict=True)])


def settings(kept: Mapping[str, Any]) -> str:
    """Return how the plan compares with other kinds of targets."""
    runs = {kept["setting"]: kept["headline"]} | {
        name: kept[name] for name in TARGETS if name in kept
    }
    rows = []
    for name, found in runs.items():
        plan = found["against_baseline"][PLAN]
        careful = found["against_baseline"][CAREFUL]
        rows.append(
            [
                TARGETS[name],
                f"{found['asks']:.1f}",
                found["baseline"],
                against(plan),
                against(careful),
            ]
        )
    head = ["targets", "asks a world", "stronger list", "plan, made anew", "careful list"]
    return markdown(head, rows)


def parts(kept: Mapping[str, Any]) -> dict[str, str]:
    """Return the tables by name."""
    headline, exact = kept["headline"], kept["exact"]
    return {
        "headline": policies(headline),
        "strata": strata(headline),
        "parts": policies(kept["parts"]),
        "settings": settings(kept),
        "exact": (
            f"On {exact['worlds']} worlds the plan, made anew, reaches {exact['share']:.1%} of "
            f"what the best policy reaches, {exact['least']:.1%} in the worst of them. The best "
            f"policy reaches {exact['best_over_list']:.3f} times what the adaptive list does. With "
            f"one ask a person the plan reaches {exact['share_one_each']:.1%} of the best "
            f"({exact['least_one_each']:.1%} in the worst world), and the best only "
            f"{exact['best_over_list_one_each']:.3f} times the list: where nobody may be asked "
            "again, nothing that is learned of a person can be used, and there is next to nothing "
            "to plan."
        ),
        "effort": (
            f"Made with trustgraph {tg.__version__}: {kept['worlds']} worlds, "
            f"{headline['lucks']} lucks each, in {headline['seconds'] / 60:.0f} minutes on two "
            f"processors; all tables of this page took {kept['seconds'] / 60:.0f}."
        ),
    }


def main(given: Sequence[str] | None = None) -> None:
    """Read the figures, write the page."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("figures", type=Path, nargs="?", default=KEPT)
    options.add_argument("--page", type=Path, default=PAGE)
    chosen = options.parse_args(given)
    kept = json.loads(chosen.figures.read_text(encoding="utf-8"))
    page = chosen.page.read_text(encoding="utf-8")
    chosen.page.write_text(page_with(page, parts(kept), by=Path(__file__).name), encoding="utf-8")


if __name__ == "__main__":
    main()
