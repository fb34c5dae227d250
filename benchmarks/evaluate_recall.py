"""How well recall foresees who turns to whom next, on any file of contacts.

    python benchmarks/evaluate_recall.py --contacts FILE.csv --horizon-days 7

The file has columns ``source,target,time`` (seconds since 1970) under these or other usual names,
or no titles at all, as CollegeMsg.txt has. Every act of everybody in it must be on record.

At a day T a row is an ordered pair (u, v) between whom there was contact, in either direction,
before T; it comes true if u turns to v within the horizon from T on. What is known at T is older
than T. Parameters are chosen on train days, whose windows are over at the first test day, and
frozen. The days follow from the span of the file alone (`days_of`). Rows of all test days are
pooled; intervals are those of the Poisson bootstrap over pairs of people, whatever their order.

``auc`` and the other figures without a suffix are those of `RecallModel.fit`: what a user gets who
has it learn at each test day from the windows that were over then. ``_fixed``: the formula of
`RecallModel.full_record`, of which only theta and slope are chosen on the train days. Beside them
recency (days since the last contact of the two), count (of contacts of u with v), exponential decay
(half-life chosen on the train days) and activation (the sum of 1 / (1 + age) over all contacts).
With ``--json`` the last line is one object. Progress and what was not read go to the standard
error.
"""

import argparse
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # judged is what lies beside

import numpy as np
import pandas as pd
from recall_bootstrap import LEVEL, METRICS, Judged, ends, number, poisson_draws

import trustgraph as tg
from trustgraph._text import counted
from trustgraph._typing import Bools, Floats, LongInts
from trustgraph.evaluation import _counted as weighted
from trustgraph.evaluation.logistic import Logistic
from trustgraph.trust import RecallModel
from trustgraph.trust.recall import contact_strength
from trustgraph.trust.recall_learn import changed, learn
from trustgraph.trust.recall_past import DAY, TODAY, ContactRecord, Window
from trustgraph.trust.recall_rows import Rows

MODELS = ("fitted", "fixed", "recency", "count", "exponential", "activation")
BASELINES = ("recency", "count", "exponential")
HALF_LIVES = (1, 2, 3, 5, 7, 10, 14, 20, 30, 45, 60)
INCOMING = 0.5
"""What a contact of the other counts in the baselines that sum up."""
AT_ONCE = 2_000_000
ROWS_TOLD = 10
TINY = 1e-300


def say(text: str) -> None:
    """Tell something that is no result."""
    print(text, file=sys.stderr)


def parser() -> argparse.ArgumentParser:
    """Return the options."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--contacts", metavar="FILE", required=True)
    options.add_argument("--horizon-days", type=float, default=7.0, help="default: 7")
    options.add_argument("--json", action="store_true", help="the last line is one object")
    options.add_argument("--seed", type=int, default=0, help="of the bootstrap")
    options.add_argument("--resamples", type=int, default=200, help="of the bootstrap; 0: none")
    return options


def read(path: str) -> pd.DataFrame:
    """Return the contacts of a file without exact repeats, and tell what was not used and why."""
    frame = tg.datasets.load_contacts(path)
    told = [row for row in frame.attrs.get("report", []) if row["level"] != "info"]
    for row in told[:ROWS_TOLD]:
        mend = f"; {row['mend']}" if row["mend"] else ""
        say(f"row {row['row']} not used: {row['value']!r}: {row['reason']}{mend}")
    if len(told) > ROWS_TOLD:
        say(f"and {len(told) - ROWS_TOLD:,} more rows not used")
    once = frame.drop_duplicates(["source", "target", "time"])
    if repeated := len(frame) - len(once):
        say(f"{counted(repeated, 'exact repeat')} left out")
    return once


def days_of(span: float, horizon: float) -> tuple[list[int], list[int]]:
    """Return the train days and the test days of a record of so many days.

    The first test day lies a quarter into the record, and at least 18 % and a window. Up to four
    train days lie a 27th of the record apart, the last one a window before the first test day, the
    first one at least three such steps into the record. Twelve test days: the first four one unit
    apart, the rest two, where such a unit is half a window at least; in shorter records one every
    half a window, and the last possible day. On the 194 days of CollegeMsg these are the days on
    which its published baselines were measured.
    """
    first = int(np.ceil(max(span / 4, 0.18 * span + horizon)))
    last = int(span - horizon)
    step = max(1, int(span / 27))
    train = [int(first - horizon) - place * step for place in range(4)]
    train = sorted(day for day in train if day >= 3 * step)
    if last < first or not train:
        least = next(days for days in range(1, 100_000) if fits(days, horizon))
        message = (
            f"the contacts span {span:.1f} days; a horizon of {horizon:g} days needs {least} at "
            "least; choose a smaller --horizon-days"
        )
        raise ValueError(message)
    unit = (last - first) // 19
    if 2 * unit >= horizon:
        gaps = [0, *[unit] * 3, *[2 * unit] * 8]
        return train, [first + int(gap) for gap in np.cumsum(gaps)]
    test = list(range(first, last + 1, int(np.ceil(horizon / 2))))
    return train, test if test[-1] == last else [*test, last]


def fits(span: float, horizon: float) -> bool:
    """Whether a record of so many days has train days and test days."""
    first = int(np.ceil(max(span / 4, 0.18 * span + horizon)))
    return int(span - horizon) >= first and int(first - horizon) >= 3 * max(1, int(span / 27))


@dataclass
class Snapshot:
    """The rows of one day, and what the baselines say of them."""

    at: float
    window: Window
    said: dict[str, Floats]


def snapshot(record: ContactRecord, day: float, horizon: float) -> Snapshot:
    """Return the rows of one day; values of the baselines rise with the chance."""
    at = record.first + day * DAY
    window = record.window(at, horizon)
    pairs = window.pairs
    known = slice(0, int(np.searchsorted(record.time, at)))
    place = pairs.locate(record.source[known], record.target[known])[0]
    age = (at - record.time[known]) / DAY
    newest = np.full(len(pairs), np.inf)
    np.minimum.at(newest, place, age)
    newest = np.minimum(newest, newest[pairs.reverse])

    def summed(value: Floats) -> Floats:
        own = np.bincount(place, value, len(pairs))
        return np.log(np.maximum(own + INCOMING * own[pairs.reverse], TINY))

    said = {
        "recency": -np.log1p(newest),
        "count": np.log1p(np.bincount(place, minlength=len(pairs))),
        "activation": summed(1 / (1 + age)),
        **{half_life_name(days): summed(0.5 ** (age / days)) for days in HALF_LIVES},
    }
    return Snapshot(at, window, said)


def half_life_name(days: float) -> str:
    """Return the name of exponential decay with a half-life."""
    return f"half-life {days:g}"


def came(snapshots: Sequence[Snapshot]) -> Bools:
    """Return what came true, of all rows."""
    return np.concatenate([one.window.again for one in snapshots])


def pooled(snapshots: Sequence[Snapshot], name: str) -> Floats:
    """Return the values of a baseline, of all rows."""
    return np.concatenate([one.said[name] for one in snapshots])


def all_alike(true: Bools) -> str:
    """Return which pairs came true if that is all or none of them, else nothing."""
    if len(true) and not true.all() and true.any():
        return ""
    which = "every pair" if len(true) and true.all() else "no pair"
    return f"{which} of {len(true)}"


def chance_of(train: Sequence[Snapshot], name: str) -> tuple[float, Logistic]:
    """Return the log loss on the train days of a baseline as a logistic, and that."""
    value, true = pooled(train, name), came(train)
    curve = Logistic.fit(value, true)
    return float(weighted.log_losses(true, curve.chance(value)).mean()), curve


def told_by(model: RecallModel, one: Snapshot) -> Floats:
    """Return what recall says of the rows of a day."""
    days, pairs = one.window.days, one.window.pairs
    return model.recall(contact_strength(days, pairs, model, today=TODAY))


@dataclass
class Found:
    """Predictions on the test days, by model, beside what came true."""

    true: Bools
    people: LongInts
    chance: dict[str, Floats]
    order: dict[str, Floats]
    about: dict[str, Any]


def predicted(contacts: pd.DataFrame, horizon: float) -> Found:
    """Foresee the test days."""
    record = ContactRecord.from_frame(contacts)
    span = (record.time[-1] - record.first) / DAY
    train_days, test_days = days_of(span, horizon)
    train = [snapshot(record, day, horizon) for day in train_days]
    test = [snapshot(record, day, horizon) for day in test_days]
    if alike := all_alike(came(train)):
        say(f"on the train days {alike} had contact again: nothing is learnt there but that")
    if alike := all_alike(came(test)):
        message = (
            f"on the test days {alike} had contact again within {horizon:g} days: there is nothing "
            "to foresee; use a longer record or another --horizon-days"
        )
        raise ValueError(message)
    chance, order = {}, {}
    half_life = min(HALF_LIVES, key=lambda days: chance_of(train, half_life_name(days))[0])
    names = {one: one for one in ("recency", "count", "activation")}
    for model, name in {**names, "exponential": half_life_name(half_life)}.items():
        order[model] = pooled(test, name)
        chance[model] = chance_of(train, name)[1].chance(order[model])
    usual = RecallModel.full_record(horizon_days=horizon)
    rows = Rows.of([one.window for one in train], usual)
    fixed = changed(usual, learn(rows, usual, ("theta", "slope")).values)
    learnt, refused = [], 0
    for one in test:
        try:
            model = RecallModel.fit(record, horizon_days=horizon, as_of=one.at)
            learnt.append(model.replace(horizon_days=horizon))
        except ValueError:
            refused += 1
            learnt.append(fixed)
    for name, models in (("fixed", [fixed] * len(test)), ("fitted", learnt)):
        told = [told_by(model, one) for model, one in zip(models, test, strict=True)]
        chance[name] = order[name] = np.concatenate(told)
    if refused:
        say(f"too little to learn from on {counted(refused, 'test day')}: as fixed there")
    pairs = [one.window.pairs for one in test]
    low_high = [np.minimum(p.source, p.target) * p.people + np.maximum(p.source, p.target)
                for p in pairs]  # fmt: skip
    about = {
        "contacts": len(contacts),
        "people": record.people,
        "span_days": float(span),
        "horizon_days": horizon,
        "train_days": train_days,
        "test_days": test_days,
        "half_life_days": half_life,
        "refused_days": refused,
        "last_model": numbers_of(learnt[-1]),
        "fixed_model": numbers_of(fixed),
    }
    people = np.unique(np.concatenate(low_high), return_inverse=True)[1].astype(np.int64)
    return Found(came(test), people, chance, order, about)


def numbers_of(model: RecallModel) -> dict[str, float]:
    """Return the numbers of a model at its horizon."""
    return {
        "theta": model.theta,
        "slope": model.slope,
        "decay": model.decay,
        "silence": model.silence,
        "loss_per_day": model.loss_per_day,
        "incoming_weight": model.incoming_weight,
    }


def figures(found: Found, resamples: int, seed: int) -> dict[str, Any]:
    """Return every figure, under the names of the JSON object."""
    judged = {
        model: Judged.of(found.true, found.chance[model], found.order[model], found.people)
        for model in MODELS
    }
    value = {model: one.figures() for model, one in judged.items()}
    drawn = {model: np.full((resamples, len(METRICS)), np.nan) for model in MODELS}
    pairs = int(found.people.max()) + 1
    block, rng = max(1, AT_ONCE // pairs), np.random.default_rng(seed)
    for start in range(0, resamples, block):
        rows = slice(start, min(start + block, resamples))
        draws = poisson_draws(pairs, rows.stop - start, rng)
        for model, one in judged.items():
            drawn[model][rows] = one.resampled(draws)
    told: dict[str, Any] = {}
    intervals: dict[str, list[float | None]] = {}
    for model in MODELS:
        for place, metric in enumerate(METRICS):
            for name in names_of(metric, model):
                told[name] = number(value[model][place])
                intervals[name] = ends(drawn[model][:, place])
    best = max(BASELINES, key=lambda model: value[model][0])
    told["best_baseline"] = best
    for model, name in (("fitted", "auc_over_best"), ("fixed", "auc_fixed_over_best")):
        told[name] = number(value[model][0] - value[best][0])
        intervals[name] = ends(drawn[model][:, 0] - drawn[best][:, 0])
    return {
        **{name: told[name] for name in ("auc", *names_of_baselines())},
        **told,
        "n": len(found.true),
        "base_rate": float(found.true.mean()),
        **found.about,
        "intervals": intervals,
        "level": LEVEL,
        "unit": "pair",
        "resamples": resamples,
        "seed": seed,
    }


def names_of(metric: str, model: str) -> tuple[str, ...]:
    """Return the names of a figure: the one that counts has no suffix."""
    return (metric, f"{metric}_fitted") if model == "fitted" else (f"{metric}_{model}",)


def names_of_baselines() -> tuple[str, ...]:
    """Return the names of what must be beaten."""
    return tuple(f"auc_{model}" for model in BASELINES)


def table(told: dict[str, Any]) -> str:
    """Return the figures as text."""
    days = " ".join(map(str, told["test_days"]))
    lines = [
        (
            f"{told['contacts']:,} contacts of {told['people']:,} people in "
            f"{told['span_days']:.1f} days; horizon {told['horizon_days']:g} days"
        ),
        f"{told['n']:,} rows on days {days}; {told['base_rate']:.2%} came true",
        "",
        f"{'model':<12}" + "".join(f"{metric:>24}" for metric in METRICS),
    ]
    for model in MODELS:
        cells = [cell(told, names_of(metric, model)[0]) for metric in METRICS]
        lines.append(f"{model:<12}{''.join(cells)}")
    best = told["best_baseline"]
    for name, model in (("auc_over_best", "fitted"), ("auc_fixed_over_best", "fixed")):
        lines.append(f"\n{model} over {best} (auc):{cell(told, name, sign='+')}")
    lines.append(f"\nhalf-life of exponential decay: {told['half_life_days']:g} days")
    shape = ", ".join(f"{name} {value:.3g}" for name, value in told["last_model"].items())
    lines.append(f"fitted on the last test day: {shape}")
    return "\n".join(lines)


def cell(told: dict[str, Any], name: str, sign: str = "") -> str:
    """Return one figure with its interval."""
    value = told[name]
    if value is None:
        return f"{'undefined':>24}"
    text = f"{value:{sign}.4f}"
    if None not in (found := told["intervals"].get(name, [None])):
        text += f" [{found[0]:{sign}.3f}, {found[1]:{sign}.3f}]"
    return f"{text:>24}"


def run(chosen: argparse.Namespace) -> dict[str, Any]:
    """Judge and print."""
    start = time.perf_counter()
    if chosen.resamples < 0:
        raise ValueError(f"--resamples is {chosen.resamples}; give a whole number from 0")
    if not 1 <= chosen.horizon_days <= 3650:
        raise ValueError(f"--horizon-days is {chosen.horizon_days:g}; give 1 to 3650 days")
    found = predicted(read(chosen.contacts), chosen.horizon_days)
    told = figures(found, chosen.resamples, chosen.seed)
    told["seconds"] = round(time.perf_counter() - start, 1)
    print(table(told))
    if chosen.json:
        print(json.dumps(told, allow_nan=False))
    return told


def main(given: Sequence[str] | None = None) -> dict[str, Any]:
    """Read the options; whatever is wrong with them or the file is told in one line."""
    options = parser()
    chosen = options.parse_args(given)
    try:
        return run(chosen)
    except (tg.errors.TrustGraphError, ValueError) as error:
        options.exit(2, f"{options.prog}: {error}\n")


if __name__ == "__main__":
    main()
