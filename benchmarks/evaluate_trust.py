"""How well models of trust predict ratings that they have not seen.

One model on any file of ratings:

    python benchmarks/evaluate_trust.py --ratings FILE.csv --protocol chronological --model bias

The file has columns ``source,target,rating`` and perhaps ``time``, under these or other usual names
(``from,to,feature,time``), or no titles at all; ratings may be signed, on any scale, and errors are
on weights, rating / scale. With ``--json`` the last line is one object. Without arguments it prints
the whole table of Bitcoin OTC (every model, three protocols), what each component of `infer_trust`
brings, and how well advice is predicted among the people of two offices; this needs the files: see
``TRUSTGRAPH_DATA``. Reports and progress go to the standard error. What ``--keep`` writes,
``evaluation_page.py`` puts into ``docs/evaluation.md``.
"""

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # judged is what lies beside

import pandas as pd

import trustgraph as tg
from trustgraph._text import counted
from trustgraph.evaluation.evaluate import protocol_name
from trustgraph.evaluation.predictors import PREDICTORS
from trustgraph.evaluation.predictors.inferred import ABLATIONS, InferredPredictor
from trustgraph.evaluation.results import Evaluation, ModelFigures
from trustgraph.evaluation.tie_results import TieEvaluation
from trustgraph.graph.ratings import usual_scale

ABLATED = ("kfold", "chronological")
"""Protocols by which components are switched off."""
TIES = {"Krackhardt": tg.datasets.load_krackhardt, "Lazega": tg.datasets.load_lazega}
TIE_PROTOCOLS = ("pairs", "dyads", "people")
PROTOCOLS = ("leave-one-out", "chronological", "prequential")
"""What the whole table holds."""
SCALES = (1, 5, 10, 100)
"""The usual ones."""
TIMED = {"chronological", "prequential"}
SHOWN = ("rmse", "pcc", "spearman", "auc", "brier", "ece", "coverage", "width", "answered")
DRAWN = {
    "both": "raters and rated people",
    "target": "rated people",
    "source": "raters",
    "rating": "single ratings",
}
BANDED = ("rmse", "pcc")
"""Shown with their intervals."""
WIDE, NARROW = 25, 9
ROWS_TOLD = 10


def say(text: str) -> None:
    """Tell something that is no result."""
    print(text, file=sys.stderr)


def parser() -> argparse.ArgumentParser:
    """Return the options."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--ratings", metavar="FILE", help="default: Bitcoin OTC")
    options.add_argument(
        "--protocol",
        help="leave-one-out, kfold, hold-out, chronological or prequential; default: "
        "leave-one-out, and chronological and prequential where there are times",
    )
    options.add_argument("--model", metavar="NAME", help=f"one of {', '.join(PREDICTORS)}; or all")
    options.add_argument("--json", action="store_true", help="the last line is one object")
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--folds", type=int, default=10, help="of kfold")
    options.add_argument(
        "--scale",
        type=float,
        help="largest rating that can be given; default: the smallest of 1, 5, 10 or 100 that has "
        "room for all; beyond these the largest rating",
    )
    options.add_argument(
        "--sample", type=int, help="ratings left out where a model learns anew; default: 2000"
    )
    options.add_argument("--resamples", type=int, default=1000, help="of the bootstrap")
    options.add_argument("--jobs", type=int, help="processes; default: one a processor")
    options.add_argument("--keep", type=Path, metavar="FILE", help="write all figures as JSON")
    return options


def read(path: str | None) -> pd.DataFrame:
    """Return the ratings of a file, and tell what was not used and why."""
    frame = tg.datasets.load_bitcoin_otc() if path is None else tg.datasets.load_ratings(path)
    told = [row for row in frame.attrs.get("report", []) if row["level"] != "info"]
    for reason, count in Counter(row["reason"] for row in told).items():
        say(f"{counted(count, 'row')} {reason}")
    for row in told[:ROWS_TOLD]:
        mend = f"; {row['mend']}" if row["mend"] else ""
        say(f"  row {row['row']}: {row['value']!r}: {row['reason']}{mend}")
    if len(told) > ROWS_TOLD:
        say(f"  and {len(told) - ROWS_TOLD:,} more")
    return frame


def tell_scale(frame: pd.DataFrame, given: float | None) -> None:
    """Tell by what ratings are divided, and where an odd scale comes from."""
    if given is not None:
        say(f"ratings are divided by {given:g}, as --scale names it")
        return
    largest = frame["rating"].abs()
    scale = usual_scale(frame["rating"].to_numpy(float))
    if scale in SCALES:
        say(f"ratings are divided by {scale:g}, the scale; --scale names another")
        return
    row = frame.loc[largest.idxmax()]
    say(
        f"ratings are divided by {scale:g}, which is no usual scale: {row['source']} rated "
        f"{row['target']} {row['rating']:g}, the largest rating of all; if it is wrong, leave it "
        "out; --scale names another scale"
    )


def timed(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the ratings that have a time, and tell how many have none."""
    if "time" not in frame.columns:
        return frame
    known = frame["time"].notna()
    if not known.all():
        number = counted(int((~known).sum()), "rating")
        say(f"{number} not used: no time is known")
    return frame[known]


def evaluated(
    frame: pd.DataFrame, protocol: str, chosen: argparse.Namespace, models: Any = None
) -> Evaluation:
    """Judge models, the model that was chosen, or all by one protocol."""
    frame = timed(frame) if protocol in TIMED else frame
    ratings = tg.graph.Ratings.from_frame(frame, scale=chosen.scale)
    return tg.evaluation.evaluate(
        ratings,
        models or (None if chosen.model in (None, "all") else [chosen.model]),
        protocol=protocol,
        folds=chosen.folds,
        sample=chosen.sample,
        resamples=chosen.resamples,
        seed=chosen.seed,
        jobs=chosen.jobs,
        progress=True,
    )


def figures_of(found: Evaluation, model: ModelFigures, **more: Any) -> dict[str, Any]:
    """Return everything about one model, without NaN."""
    return {
        "model": model.model,
        "protocol": found.protocol,
        **{figure.metric: figure.value for figure in model.figures},
        "n": model.n,
        "ratings": found.n,
        "people": found.people,
        "exact": model.how == "exact",
        "how": model.how,
        "intervals": {figure.metric: [figure.low, figure.high] for figure in model.figures},
        "level": found.level,
        "unit": found.unit,
        "resamples": found.resamples,
        "scale": found.scale,
        "seed": found.seed,
        **more,
    }


def table(found: Evaluation) -> str:
    """Return the figures of all models as text, the best first."""
    frame = found.table().sort_values("rmse", kind="stable")
    wide = max(map(len, ["model", *frame.index]))
    title = (
        f"\n{found.protocol}: {found.n:,} ratings of {found.people:,} people, on weights "
        f"rating/{found.scale:g}; rmse and pcc with 95 % intervals of the bootstrap over "
        f"{DRAWN[found.unit]}\n"
    )
    head = [f"{name:>{WIDE if name in BANDED else NARROW}}" for name in SHOWN]
    lines = [title, f"{'model':<{wide}}{''.join(head)}{'n':>8}{'how':>9}{'seconds':>9}"]
    by_name = {model.model: model for model in found.models}
    for name, row in frame.iterrows():
        cells = [cell(by_name[str(name)], metric) for metric in SHOWN]
        took = f"{found.seconds.get(str(name), 0.0):9.1f}"
        lines.append(f"{name:<{wide}}{''.join(cells)}{row['n']:>8}{row['how']:>9}{took}")
    return "\n".join(lines)


def cell(model: ModelFigures, metric: str) -> str:
    """Return one figure, with its interval where there is room for it."""
    figure = model[metric]
    wide = WIDE if metric in BANDED else NARROW
    if figure.value is None:
        return f"{'undefined' if metric in BANDED else '-':>{wide}}"
    told = f"{figure.value:.3f}"
    if metric in BANDED and figure.low is not None:
        told += f" [{figure.low:.3f}, {figure.high:.3f}]"
    return f"{told:>{wide}}"


def ablation(frame: pd.DataFrame, chosen: argparse.Namespace) -> list[Evaluation]:
    """Judge `infer_trust` with each component switched off, and print what that costs."""
    found = []
    for protocol in ABLATED:
        each = evaluated(frame, protocol, chosen, [InferredPredictor(), *ABLATIONS])
        found.append(each)
        print("\nComponents of infer_trust", table(each), sep="", flush=True)
    return found


def ties(chosen: argparse.Namespace) -> dict[str, list[TieEvaluation]]:
    """Predict who asks whom for advice from other ties, and print how well."""
    found: dict[str, list[TieEvaluation]] = {}
    for name, load in TIES.items():
        layers = load()
        each = [
            tg.evaluation.evaluate_ties(
                layers, protocol=protocol, draws=chosen.resamples, seed=chosen.seed
            )
            for protocol in TIE_PROTOCOLS
        ]
        found[name] = each
        print(f"\n{name}\n" + "\n\n".join(one.explain() for one in each), flush=True)
    return found


def run(chosen: argparse.Namespace) -> list[Evaluation]:
    """Judge and print."""
    start = time.perf_counter()
    frame = read(chosen.ratings)
    tell_scale(frame, chosen.scale)
    whole = chosen.ratings is None and chosen.protocol is None and chosen.model in (None, "all")
    if chosen.protocol:
        protocols: Sequence[str] = (protocol_name(chosen.protocol),)
    else:
        has_times = "time" in frame.columns and frame["time"].notna().any()
        protocols = [name for name in PROTOCOLS if has_times or name not in TIMED]
    found = []
    for protocol in protocols:
        found.append(evaluated(frame, protocol, chosen))
        print(table(found[-1]), flush=True)
        print("\n" + found[-1].explain(), flush=True)
    parts = ablation(frame, chosen) if whole else []
    advice = ties(chosen) if whole else {}
    seconds = round(time.perf_counter() - start, 1)
    say(f"{seconds:,.0f} s in all")
    if chosen.keep:
        kept = {
            "evaluations": [one.to_dict() | {"seconds": dict(one.seconds)} for one in found],
            "ablation": [one.to_dict() for one in parts],
            "ties": {name: [one.to_dict() for one in each] for name, each in advice.items()},
            "seconds": seconds,
        }
        chosen.keep.write_text(json.dumps(kept, allow_nan=False) + "\n", encoding="utf-8")
    if chosen.json:
        each = [figures_of(one, model, seconds=seconds) for one in found for model in one.models]
        last = each[0] if len(each) == 1 else {"evaluations": each, "seconds": seconds}
        print(json.dumps(last, allow_nan=False))
    return found


def main(given: Sequence[str] | None = None) -> list[Evaluation]:
    """Read the options; whatever is wrong with them or the file is told in one line."""
    options = parser()
    chosen = options.parse_args(given)
    if chosen.json and chosen.protocol is None:
        options.error("--json is about one protocol; name it with --protocol")
    if chosen.keep and not chosen.keep.absolute().parent.is_dir():
        options.error(f"--keep: there is no folder {str(chosen.keep.parent)!r}; make it first")
    if chosen.keep and chosen.keep.is_dir():
        options.error(f"--keep: {str(chosen.keep)!r} is a folder; name a file")
    try:
        return run(chosen)
    except (tg.errors.TrustGraphError, ValueError) as error:
        options.exit(2, f"{options.prog}: {error}\n")


if __name__ == "__main__":
    main()
