"""Whether planning beats ranking: asks answered in invented worlds that the planner does not know.

    python benchmarks/evaluate_planning.py --worlds 200 --json

In each world somebody has 5 to 20 targets and as many asks. The true trust model is drawn from the
ranges of the literature, the planner has the defaults. Every policy plays every world with the same
lucks; intervals are of a bootstrap over worlds. With ``--json`` the last line is one object. What
``--keep`` writes, ``planning_page.py`` puts into ``docs/planning.md``. ``--full`` adds what each
part of the planner brings, other kinds of targets, and people who never think again.
"""

import argparse
import json
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # judged is what lies beside

import numpy as np
import pandas as pd
from planning_exact import compare_exactly
from planning_policies import ADAPTIVE, ONE_EACH, PLAN, play_all
from planning_worlds import SETTINGS, make_planning_world

STRATA = ("targets", "overlap", "network", "introducers")
RESAMPLES = 2000
FEW = 3
"""Lucks of what is no headline, for ten of it."""


def parser() -> argparse.ArgumentParser:
    """Return the options."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--worlds", type=int, default=200)
    options.add_argument("--lucks", type=int, default=10, help="with which each world is played")
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--jobs", type=int, default=2, help="processes")
    options.add_argument(
        "--setting", choices=SETTINGS, default=SETTINGS[0], help="who the targets are"
    )
    options.add_argument("--exact", type=int, default=20, help="small worlds solved exactly")
    options.add_argument(
        "--full", action="store_true", help="also parts, settings, no second thoughts"
    )
    options.add_argument("--json", action="store_true", help="the last line is one object")
    options.add_argument("--keep", type=Path, metavar="FILE", help="write all figures as JSON")
    options.add_argument("--quick", action="store_true", help="a few small worlds: does it run?")
    return options


def one_world(number: int, *, options: dict[str, Any]) -> dict[str, Any]:
    """Return what every policy reaches in one world, and its strata."""
    world = make_planning_world(number, seed=options["seed"], setting=options["setting"])
    reached = play_all(
        world,
        options["lucks"],
        seed=number + 1_000_000 * options["seed"],
        ablations=options["ablations"],
        thinks_again=options["thinks_again"],
    )
    return {"number": number, "asks": len(world.asks), "strata": world.strata, "reached": reached}


def played(jobs: int, worlds: int, **options: Any) -> list[dict[str, Any]]:
    """Return what was reached in every world."""
    work = partial(one_world, options=options)
    if jobs == 1:
        return [work(number) for number in range(worlds)]
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        return list(pool.map(work, range(worlds), chunksize=2))


def ratio(top: np.ndarray, bottom: np.ndarray, *, seed: int = 0) -> dict[str, float | int | None]:
    """Return a ratio of sums over worlds with its interval from resampled worlds."""
    drawn = np.random.default_rng(seed).integers(len(top), size=(RESAMPLES, len(top)))
    above, below = top[drawn].sum(axis=1), bottom[drawn].sum(axis=1)
    known = above[below > 0] / below[below > 0]
    if not bottom.sum() > 0 or not len(known):
        return {"ratio": None, "low": None, "high": None, "worlds": len(top)}
    low, high = np.percentile(known, [2.5, 97.5])
    return {
        "ratio": float(top.sum() / bottom.sum()),
        "low": float(low),
        "high": float(high),
        "worlds": len(top),
    }


def compared(found: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return the means of all policies, and how the plan compares with the stronger list."""
    reached = pd.DataFrame([one["reached"] for one in found])
    strata = pd.DataFrame([one["strata"] for one in found])
    lists = [ADAPTIVE, ADAPTIVE + ONE_EACH]
    base = max(lists, key=lambda name: float(reached[name].mean()))
    bottom = reached[base].to_numpy()
    each = {"top": reached[PLAN + ONE_EACH], "bottom": reached[ADAPTIVE + ONE_EACH]}
    return {
        "baseline": base,
        "asks": float(np.mean([one["asks"] for one in found])),
        "mean_reached": reached.mean().to_dict(),
        "against_baseline": {
            name: ratio(reached[name].to_numpy(), bottom) for name in reached.columns
        },
        "strata": by_stratum(reached[PLAN], reached[base], strata),
        "one_each": ratio(each["top"].to_numpy(), each["bottom"].to_numpy()),
        "one_each_strata": by_stratum(**each, strata=strata),
    }


def by_stratum(top: pd.Series, bottom: pd.Series, strata: pd.DataFrame) -> dict[str, Any]:
    """Return the ratio in every kind of world."""
    found = {}
    for kind in STRATA:
        for name in sorted(strata[kind].unique()):
            here = (strata[kind] == name).to_numpy()
            found[f"{kind}: {name}"] = ratio(top.to_numpy()[here], bottom.to_numpy()[here])
    return found


def told(name: str, one: dict[str, Any]) -> str:
    """Return one line about a ratio."""
    if one["ratio"] is None:
        return f"{name:48s} nothing was reached"
    return f"{name:48s} {one['ratio']:.3f} ({one['low']:.3f} to {one['high']:.3f})"


def show(title: str, found: dict[str, Any]) -> None:
    """Print the figures of one comparison."""
    print(f"\n{title}; targets reached, over those of: {found['baseline']}")
    for name, one in found["against_baseline"].items():
        print(told(f"{name} [{found['mean_reached'][name]:.3f}]", one))
    for name, one in found["strata"].items():
        print(told(f"  {name} ({one['worlds']} worlds)", one))
    print(told(f"{PLAN + ONE_EACH}, over the list with that limit", found["one_each"]))
    for name, one in found["one_each_strata"].items():
        print(told(f"  {name} ({one['worlds']} worlds)", one))


def main(given: Sequence[str] | None = None) -> dict[str, Any]:
    """Play, compare, print."""
    chosen = parser().parse_args(given)
    if chosen.quick:
        chosen.worlds, chosen.lucks, chosen.jobs, chosen.exact = 2, 2, 1, 1
    for name in ("worlds", "lucks", "jobs"):
        if getattr(chosen, name) < 1:
            parser().error(f"--{name} must be 1 or more")
    began = time.monotonic()
    usual = {
        "lucks": chosen.lucks,
        "seed": chosen.seed,
        "setting": chosen.setting,
        "ablations": False,
        "thinks_again": 1.0,
    }
    more = {"lucks": max(1, chosen.lucks * FEW // 10)}
    runs = {"headline": usual}
    if chosen.full:
        runs["parts"] = usual | more | {"ablations": True}
        runs |= {one: usual | more | {"setting": one} for one in SETTINGS if one != chosen.setting}
        runs["half second thoughts"] = usual | more | {"thinks_again": 0.5}
        runs["no second thoughts"] = usual | more | {"thinks_again": 0.0}
    kept: dict[str, Any] = {"worlds": chosen.worlds, "seed": chosen.seed, "setting": chosen.setting}
    for name, options in runs.items():
        start = time.monotonic()
        kept[name] = compared(played(chosen.jobs, chosen.worlds, **options))
        kept[name] |= {"lucks": options["lucks"], "seconds": time.monotonic() - start}
        show(name, kept[name])
    if chosen.exact:
        kept["exact"] = compare_exactly(chosen.exact, seed=chosen.seed)
        print(f"\nshare of the exact optimum: {kept['exact']}")
    kept["seconds"] = time.monotonic() - began
    if chosen.keep:
        chosen.keep.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    last = last_line(kept)
    if chosen.json:
        print(json.dumps(last))
    return last


def last_line(kept: dict[str, Any]) -> dict[str, Any]:
    """Return the figures that matter, flat."""
    headline = kept["headline"]
    plan = headline["against_baseline"][PLAN]
    strata = headline["strata"]
    known = {name: one["ratio"] for name, one in strata.items() if one["ratio"] is not None}
    return {
        "worlds": kept["worlds"],
        "lucks": headline["lucks"],
        "baseline": headline["baseline"],
        "reached": headline["mean_reached"][PLAN],
        "reached_baseline": headline["mean_reached"][headline["baseline"]],
        "ratio": plan["ratio"],
        "low": plan["low"],
        "high": plan["high"],
        "worst_stratum": min(known.values(), default=None),
        "strata": strata,
        "one_each": headline["one_each"],
        "exact": kept.get("exact"),
        "seconds": kept["seconds"],
    }


if __name__ == "__main__":
    main()
