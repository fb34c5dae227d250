"""An evaluation in plain sentences."""

from typing import TYPE_CHECKING, Final

from trustgraph._text import percent

if TYPE_CHECKING:
    from trustgraph.evaluation.results import Evaluation, ModelFigures

__all__ = ["lines"]

WANTED: Final = 0.9
NEAR: Final = 0.04
"""Distance of a share covered from the wanted one that is no fault."""
ASKED: Final = {
    "leave-one-out": "Each of {n} ratings among {people} people was predicted from all others.",
    "kfold": (
        "{n} ratings among {people} people were drawn into {folds} parts; each part was predicted "
        "from the others."
    ),
    "hold-out": (
        "Of {n} ratings among {people} people a tenth, drawn at random, was predicted from the "
        "rest, several times over."
    ),
    "chronological": (
        "The newest fifth of {n} ratings among {people} people was predicted from those before."
    ),
    "prequential": (
        "Of {n} ratings among {people} people the newest four fifths were predicted, each from "
        "those strictly before it."
    ),
}


def lines(found: "Evaluation") -> list[str]:
    """Return the whole answer, line by line."""
    asked = ASKED[found.protocol]
    told = [asked.format(n=f"{found.n:,}", people=f"{found.people:,}", folds=found.folds)]
    ranked = sorted(
        (model for model in found.models if model["rmse"].value is not None),
        key=lambda model: (model["rmse"].value or 0.0, model.model),
    )
    if not ranked:
        return [*told, "There is nothing to judge models by."]
    told.append(_best(ranked[0], found))
    if len(ranked) > 1:
        told.append(_next(ranked[0], ranked[1]))
    told += [*_covered(ranked[0]), *_caveats(found)]
    return told


def _best(model: "ModelFigures", found: "Evaluation") -> str:
    error, order = model["rmse"], model["pcc"].value
    band = "" if error.low is None else f" ({error.low:.3f} to {error.high:.3f})"
    follows = (
        "whether it follows the ratings cannot be said"
        if order is None
        else f"its correlation with them is {order:.2f}"
    )
    where = ""
    if found.lowest is not None and found.highest is not None:
        where = f", where weights lie between {found.lowest:.3g} and {found.highest:.3g}"
    return (
        f"{model.model} errs least: by {error.value:.3f}{band} as a root mean square{where}; "
        f"{follows}."
    )


def _next(best: "ModelFigures", second: "ModelFigures") -> str:
    error = second["rmse"]
    if error.value == best["rmse"].value:
        return f"{second.model} errs just as much."
    apart = f"Next is {second.model} with {error.value:.3f}."
    if error.low is None or best["rmse"].high is None or best["rmse"].high < error.low:
        return apart
    return f"{apart} Their intervals overlap: compare() tells whether the difference is chance."


def _covered(model: "ModelFigures") -> list[str]:
    coverage, width = model["coverage"].value, model["width"].value
    if coverage is None or width is None:
        return []
    told = f"Its 90 % intervals, {width:.2f} wide on average, held {percent(coverage)} of ratings"
    if abs(coverage - WANTED) <= NEAR:
        return [f"{told}."]
    too = "narrow" if coverage < WANTED else "wide"
    return [f"{told}: they are too {too}."]


def _caveats(found: "Evaluation") -> list[str]:
    told = []
    for how, words in (
        ("sampled", "had to learn anew for each rating and predicted a sample of {n:,}"),
        ("blocks", "learned anew only at the beginning of each block of time"),
    ):
        models = [model for model in found.models if model.how == how]
        if models:
            names = ", ".join(model.model for model in models)
            told.append(f"{names} {words.format(n=models[0].n)}.")
    undefined = [model.model for model in found.models if model["pcc"].value is None]
    if undefined:
        whose = "its values are" if len(undefined) == 1 else "the values of each are"
        told.append(f"Correlations of {', '.join(undefined)} are undefined: {whose} alike.")
    return told
