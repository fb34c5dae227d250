"""What makes up a score in plain sentences."""

from typing import TYPE_CHECKING, Final

from trustgraph._text import counted, percent

if TYPE_CHECKING:
    from trustgraph.reputation.decomposition import Decomposition

__all__ = ["MODELS", "lines", "summary"]

MODELS: Final = {"eigentrust": "EigenTrust", "personalised_pagerank": "Personalised PageRank"}
MOST_TOLD: Final = 10
AGAIN: Final = (
    "A way may meet the same person again. What comes back from people who trust nobody starts"
)
REMARK: Final = (
    "Scores compare the people of one network; they are not calibrated and promise nothing."
)


def lines(parts: "Decomposition") -> list[str]:
    """Return the whole answer, line by line."""
    told = summary(parts)
    if parts.score == 0:
        return told
    giving = [edge for edge in parts.incoming if edge.part > 0]
    if giving:
        share = percent(parts.share(sum(edge.part for edge in giving)))
        people = "person who trusts" if len(giving) == 1 else "people who trust"
        told.append(f"{share} of it comes from {len(giving):,} {people} {parts.name}:")
        told += [
            f"- {edge.name}: {percent(parts.share(edge.part))} ({edge.part:.3g}), "
            f"with a trust of {edge.trust:.2f}."
            for edge in giving[:MOST_TOLD]
        ]
        if rest := giving[MOST_TOLD:]:
            part = sum(edge.part for edge in rest)
            told.append(
                f"- The other {len(rest):,} together: {percent(parts.share(part))} ({part:.3g})."
            )
    return told + _ways(parts)


def summary(parts: "Decomposition") -> list[str]:
    """Return the score, and what of it nobody's trust in the person gives."""
    model, name = MODELS[parts.model], parts.name
    if parts.score == 0:
        return [f"{model} of {name} is 0: no trust flows from the seeds to {name}."]
    average = f"{parts.score * parts.people:.3g} times the average"
    people = counted(parts.people, "person", "people")
    told = [f"{model} of {name} is {parts.score:.3g}, {average} of {people}."]
    if parts.seed > 0:
        why = "everybody is given the same" if parts.seeds is None else f"{name} is a seed"
        told.append(
            f"{percent(parts.share(parts.seed))} of it ({parts.seed:.3g}) is given beforehand: "
            f"{why}."
        )
    if parts.returned > 0:
        trusting = "1 person who trusts" if parts.inactive == 1 else "people who trust"
        role = "as to everybody" if parts.seeds is None else "as a seed"
        told.append(
            f"{percent(parts.share(parts.returned))} of it ({parts.returned:.3g}) goes back to "
            f"{name} {role} from {trusting} nobody."
        )
    return told


def _ways(parts: "Decomposition") -> list[str]:
    told = []
    if parts.walks:
        start = "from anybody" if parts.seeds is None else "from a seed"
        told.append(f"The strongest ways on which trust flows {start} to {parts.name}:")
    for place, walk in enumerate(parts.walks[:MOST_TOLD], start=1):
        own = "from the start" if parts.seeds is None else "as a seed"
        way = " → ".join(walk.names) if len(walk.names) > 1 else f"{parts.name} {own}"
        told.append(f"{place}. {way}: {percent(parts.share(walk.part))} ({walk.part:.3g}).")
    smaller = parts.smaller + sum(walk.part for walk in parts.walks[MOST_TOLD:])
    steps = counted(parts.max_steps, "step")
    others, longer = percent(parts.share(smaller)), percent(parts.share(parts.longer))
    again = "with everybody" if parts.seeds is None else "at the seeds"
    return [
        *told,
        f"All other ways of at most {steps} bring {others} together, longer ones {longer}.",
        f"{AGAIN} {again} anew and is in the ways from there.",
        REMARK,
    ]
