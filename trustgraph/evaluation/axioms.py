"""Which properties a model of reputation has, and the smallest worlds in which it lacks them."""

from collections.abc import Iterable
from functools import partial
from typing import Any, Final

import numpy as np
import pandas as pd

from trustgraph.evaluation.axiom_cases import Broken, Case, shrink
from trustgraph.evaluation.axiom_checks import AXIOMS, Axiom, Viewer
from trustgraph.evaluation.axiom_results import AxiomReport, AxiomResult, Counterexample, SybilRun
from trustgraph.evaluation.axiom_sybils import sybil_runs
from trustgraph.evaluation.axiom_worlds import World, some_worlds
from trustgraph.reputation.compare import chosen_models
from trustgraph.reputation.model import ReputationModel
from trustgraph.reputation.registry import as_model
from trustgraph.steps.seed import is_whole

__all__ = ["STATEMENTS", "axiom_table", "check_axioms"]

WORLDS: Final = 40
SHRUNK: Final = 3
"""Counterexamples that are made smaller, to keep the smallest."""
SYBILS: Final = {
    "sybil_own": (
        "Fake identities behind one honest tie bring the attacker's own score a gain that levels "
        "off, or none (0 to 50 fakes in a star, a ring and a crowd; the worst attack counts)."
    ),
    "sybil_total": "The same for the scores of the attacker and all fakes together.",
    "sybil_unseeded": ("The same for the attacker's own score where nobody is trusted beforehand."),
}
STATEMENTS: Final = {axiom.name: axiom.statement for axiom in AXIOMS} | SYBILS
"""What each axiom says, and what exactly is compared, by name."""


def check_axioms(
    model: Any, *, axioms: Any = None, seed: int = 0, worlds: int = WORLDS
) -> AxiomReport:
    """Return which axioms a model keeps, and a small counterexample to each of the others.

    Parameters
    ----------
    model
        A name among `tg.reputation.reputation_models`, a `ReputationModel`, or a function of a
        graph (and ``seeds``) that returns people's scores in [0, 1].
    axioms
        The name of an axiom, or several: ``bounded``, ``monotone``, ``monotone_new``,
        ``attenuates``, ``distrust``, ``relabelling``, ``mass``, ``sybil_own``, ``sybil_total``,
        ``sybil_unseeded``; default: all.
    seed
        Of the worlds that are made up, a whole number from 0.
    worlds
        Number of random worlds of 3 to 7 people, from 0; some designed ones are always tried.

    Returns
    -------
    AxiomReport
        One result an axiom: holds (no counterexample was found in so many worlds, which proves
        nothing), fails (with the smallest world found that shows it), or not applicable (with the
        reason). Its ``statement`` tells what exactly is compared.

    Raises
    ------
    ValueError
        If there is no model or axiom of that name, or ``seed`` or ``worlds`` is no such number.
    TypeError
        If it is no model.

    Notes
    -----
    Scores that differ by less than a millionth of the largest one count as equal. No answer is
    lower than any score, and 0 where a score appears or sums are taken. Fake identities: see
    Cheng and Friedman (2005), https://doi.org/10.1145/1080192.1080202.

    Examples
    --------
    >>> def loved(G):
    ...     return dict(G.in_degree(weight="trust"))
    >>> report = tg.evaluation.check_axioms(loved, worlds=10)
    >>> report["bounded"].status, report["monotone"].status
    ('fails', 'holds')
    >>> print(report["bounded"].counterexample.explain())
    p1 -> p0 1, p2 -> p0 1; seen from p1: p0 has 2, outside 0 to 1.
    """
    _check_whole("seed", seed)
    _check_whole("worlds", worlds)
    viewer = Viewer(as_model(model))
    wanted = _wanted(axioms)
    made = some_worlds(np.random.default_rng(seed), worlds)
    results = [
        _result(axiom, viewer, made, np.random.default_rng([seed, place]))
        for place, axiom in enumerate(AXIOMS, start=1)
        if axiom.name in wanted
    ]
    return AxiomReport(
        model=viewer.model.name,
        results=(*results, *_sybil_results(viewer.model, seed, wanted)),
        seed=int(seed),
        random_worlds=int(worlds),
    )


def axiom_table(
    models: Any = None, *, axioms: Any = None, seed: int = 0, worlds: int = WORLDS
) -> pd.DataFrame:
    """Return which models keep which axioms.

    Parameters
    ----------
    models
        As for `tg.reputation.compare_reputation`; default: all.
    axioms, seed, worlds
        As for `check_axioms`.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``model``, a column an axiom: ``holds``, ``fails`` or ``n/a``; for the axioms of
        fake identities how the gain grows: ``none``, ``bounded`` or ``grows``.

    Raises
    ------
    ValueError
        If a model or an axiom is not known, or ``seed`` or ``worlds`` is out of range.
    TypeError
        If something given is no model.

    Examples
    --------
    >>> table = tg.evaluation.axiom_table(["best_path"], worlds=5)
    >>> table.loc["best_path", ["attenuates", "mass", "sybil_own"]].tolist()
    ['holds', 'n/a', 'none']
    """
    asked = chosen_models(models)
    return table_of(check_axioms(one, axioms=axioms, seed=seed, worlds=worlds) for one in asked)


def table_of(reports: Iterable[AxiomReport]) -> pd.DataFrame:
    """Return the table that reports make together."""
    rows = {report.model: {one.axiom: one.cell for one in report} for report in reports}
    index = pd.Index(list(rows), name="model")
    return pd.DataFrame(list(rows.values()), index, dtype="str")


def _wanted(axioms: Any) -> set[str]:
    if axioms is None:
        return set(STATEMENTS)
    named = {axioms} if isinstance(axioms, str) else set(axioms)
    if unknown := named - set(STATEMENTS):
        message = f"there is no axiom {min(unknown)!r}; name some of {', '.join(STATEMENTS)}"
        raise ValueError(message)
    if not named:
        message = "no axiom is named; name some, or None for all"
        raise ValueError(message)
    return named


def _check_whole(name: str, value: Any) -> None:
    if not is_whole(value) or value < 0:
        message = f"{name} is {value!r}; give a whole number from 0"
        raise ValueError(message)


def _result(
    axiom: Axiom, viewer: Viewer, worlds: list[World], rng: np.random.Generator
) -> AxiomResult:
    told = {"axiom": axiom.name, "statement": axiom.statement}
    if reason := axiom.excused(viewer.model):
        return AxiomResult(**told, status="not_applicable", reason=reason)
    breaks = partial(axiom.broken, viewer)
    tried = compared = 0
    wrong: list[Case] = []
    for world in worlds:
        cases = list(axiom.cases(world, rng))
        tried += bool(cases)
        compared += len(cases)
        wrong += [case for case in cases if breaks(case)][:1]
        if len(wrong) == SHRUNK:
            break
    found = min((shrink(case, breaks) for case in wrong), key=_length, default=None)
    if not found and compared and not viewer.has_answers:
        reason = "it has no answer in any world that was tried"
        return AxiomResult(**told, status="not_applicable", reason=reason)
    return AxiomResult(
        **told,
        status="fails" if found else "holds",
        worlds=tried,
        comparisons=compared,
        counterexample=found and _counterexample(*found),
    )


def _length(found: tuple[Case, Broken]) -> tuple[int, int, int]:
    """Return how much there is to read; equal lengths keep the order of the worlds."""
    world = found[0].world
    digits = sum(len(f"{rating:g}") for _, _, rating in world.edges)
    return len(world.people), len(world.edges), digits


def _counterexample(case: Case, broken: Broken) -> Counterexample:
    change = case.change
    return Counterexample(
        people=case.world.people,
        edges=case.world.edges,
        seed=case.world.seed,
        change=change and (change.source, change.target, change.before, change.after),
        claim=broken.claim,
        person=broken.person,
        before=None if np.isnan(broken.before) else broken.before,
        after=None if np.isnan(broken.after) else broken.after,
    )


def _sybil_results(model: ReputationModel, seed: int, wanted: set[str]) -> list[AxiomResult]:
    results = []
    if wanted & {"sybil_own", "sybil_total"}:
        runs = sybil_runs(model, np.random.default_rng([seed, 0]), seeded=True)
        results = [
            _sybil_result("sybil_own", runs["own"]),
            _sybil_result("sybil_total", runs["total"]),
        ]
    if "sybil_unseeded" in wanted:
        results.append(_unseeded(model, seed))
    return [result for result in results if result.axiom in wanted]


def _unseeded(model: ReputationModel, seed: int) -> AxiomResult:
    name, reason = "sybil_unseeded", ""
    if model.needs_seeds:
        reason = "somebody is always trusted beforehand"
    elif model.kind == "pairwise":
        reason = "it is always the view of somebody"
    elif not model.personal:
        reason = "it looks at no seed: see sybil_own"
    if reason:
        told = SYBILS[name]
        return AxiomResult(axiom=name, statement=told, status="not_applicable", reason=reason)
    runs = sybil_runs(model, np.random.default_rng([seed, 0]), seeded=False)
    return _sybil_result(name, runs["own"])


def _sybil_result(name: str, run: SybilRun) -> AxiomResult:
    return AxiomResult(
        axiom=name,
        statement=SYBILS[name],
        status="fails" if run.growth == "grows" else "holds",
        sybils=run,
    )
