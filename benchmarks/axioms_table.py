"""Which model of reputation keeps which axiom: writes the tables of `docs/axioms.md`.

Run with ``python benchmarks/axioms_table.py`` (about a minute); ``--check`` only says whether the
page is what the code gives, and ends with 1 if it is not.
"""

import argparse
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # judged is what lies beside

from trustgraph.evaluation.axiom_results import AxiomReport, SybilPoint
from trustgraph.evaluation.axioms import STATEMENTS, check_axioms, table_of
from trustgraph.reputation.advogato import advogato
from trustgraph.reputation.model import ReputationModel
from trustgraph.reputation.registry import reputation_models

PAGE = Path(__file__).resolve().parents[1] / "docs" / "axioms.md"
BEGIN = "<!-- {}: made by benchmarks/axioms_table.py -->"
END = "<!-- end of {} -->"
CELLS = {"fails": "**fails**", "grows": "**grows**", "n/a": "–"}
CAPACITIES = ((20, 7, 3, 2, 1), (4, 3, 2, 1))
"""Of Advogato for dozens of people and for a few; its own are for thousands."""


def models() -> dict[str, ReputationModel]:
    """Return all models, and Advogato with capacities that are short in worlds of this size."""
    found = reputation_models()
    for capacities in CAPACITIES:
        name = f"advogato {capacities}"
        score = partial(advogato, capacities=capacities)
        reference = "the same with these capacities"
        found[name] = ReputationModel(
            name, "standing", score, needs_seeds=True, reference=reference
        )
    return dict(sorted(found.items()))


def reports(names: Sequence[str] | None = None) -> list[AxiomReport]:
    """Return the report of each model."""
    return [check_axioms(one) for name, one in models().items() if not names or name in names]


def parts(made: Sequence[AxiomReport]) -> dict[str, str]:
    """Return the generated parts of the page by name."""
    return {
        "models": model_lines(),
        "axioms": axiom_lines(),
        "table": markdown_table(made),
        "fakes": fakes_table(made),
        "counterexamples": "\n\n".join(map(counterexamples, made)),
        "effort": effort(made),
    }


def model_lines() -> str:
    """Return what the models are."""
    rows = [
        f"| {name} | {one.kind} | {'yes' if one.signed else 'no'} | "
        f"{one.span[0]:g} to {one.span[1]:g} | {one.reference} |"
        for name, one in models().items()
    ]
    head = "| model | kind | learns from distrust | scores | from |\n|---|---|---|---|---|"
    return "\n".join([head, *rows])


def axiom_lines() -> str:
    """Return what the axioms say."""
    return "\n".join(f"- **{name}**: {told}" for name, told in STATEMENTS.items())


def markdown_table(made: Sequence[AxiomReport]) -> str:
    """Return models x axioms; what fails stands out."""
    table = table_of(made)
    lines = [f"| model | {' | '.join(table.columns)} |", "|---" * (len(table.columns) + 1) + "|"]
    for name, row in table.iterrows():
        lines.append(f"| {name} | {' | '.join(CELLS.get(cell, cell) for cell in row)} |")
    return "\n".join(lines)


def fakes_table(made: Sequence[AxiomReport]) -> str:
    """Return what the worst attack brings."""
    head = (
        "| model | question | attack | own score, 0 fakes | 50 fakes | rank | all their scores, "
        "0 fakes | 50 fakes |\n|---|---|---|---|---|---|---|---|"
    )
    return "\n".join([head, *(line for report in made for line in _fakes_lines(report))])


def _fakes_lines(report: AxiomReport) -> list[str]:
    lines = []
    for result in report:
        if result.sybils is None:
            continue
        run = result.sybils
        first: SybilPoint = run.curve[0]
        last: SybilPoint = run.curve[-1]
        lines.append(
            f"| {report.model} | {result.axiom} | {run.shape} | {first.own:.3g} | {last.own:.3g} | "
            f"{first.rank} → {last.rank} | {first.total:.3g} | {last.total:.3g} |"
        )
    return lines


def counterexamples(report: AxiomReport) -> str:
    """Return the counterexamples to what a model breaks."""
    found = [result for result in report if result.counterexample is not None]
    lines = [f"- {result.axiom}: {result.counterexample.explain()}" for result in found]
    return "\n".join([f"**{report.model}**\n", *(lines or ["- none found"])])


def effort(made: Sequence[AxiomReport]) -> str:
    """Return how much was tried where nothing was found."""
    tried = [one for report in made for one in report if one.status == "holds" and not one.sybils]
    least = min(one.comparisons for one in tried)
    most = max(one.comparisons for one in tried)
    worlds = made[0].random_worlds
    return (
        f'"Holds" means that no counterexample was found among {least} to {most} comparisons in '
        f"{worlds} random worlds and the designed ones. It is no proof."
    )


def page_with(page: str, made: dict[str, str]) -> str:
    """Return the page with its generated parts replaced."""
    for name, text in made.items():
        begin, end = BEGIN.format(name), END.format(name)
        before, found, rest = page.partition(begin)
        _, closed, after = rest.partition(end)
        if not found or not closed:
            message = f"{PAGE.name} has no part {name!r} between {begin!r} and {end!r}"
            raise ValueError(message)
        page = f"{before}{begin}\n\n{text}\n\n{end}{after}"
    return page


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the page, or say whether it is up to date."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing")
    options = parser.parse_args(arguments)
    old = PAGE.read_text(encoding="utf-8")
    new = page_with(old, parts(reports()))
    if options.check:
        print("up to date" if new == old else f"{PAGE.name} is not what the code gives")
        return int(new != old)
    PAGE.write_text(new, encoding="utf-8")
    print(f"written: {PAGE.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
