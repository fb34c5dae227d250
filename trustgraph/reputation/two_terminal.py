"""The chance that reputation arrives at all, without asking who carries it."""

from typing import Any, Final, Literal

import numpy as np

from trustgraph._typing import Graph, Seed
from trustgraph.engine.reliability_total import (
    BEGINNING,
    Sampled,
    exact_total_within,
    forced_exact_total,
    sampled_total,
    sampling_time,
)
from trustgraph.graph.index import TrustIndex
from trustgraph.models.ask import Ask
from trustgraph.reputation._given import check_trust_model
from trustgraph.reputation.results import Reliability
from trustgraph.reputation.transfer import check_draws
from trustgraph.steps.question import ask_question
from trustgraph.steps.seed import number_of_seed
from trustgraph.steps.subgraph import (
    StepGraph,
    check_max_intermediaries,
    is_large,
    short_walks,
)
from trustgraph.trust.model import TrustModel

__all__ = ["reliability"]

SAMPLES: Final = 10_000


def reliability(  # noqa: PLR0913 - the question, and how to answer it
    G: Graph | TrustIndex,
    ask: Ask | str,
    target: Any = None,
    *,
    max_intermediaries: int = 3,
    model: TrustModel | None = None,
    observed_only: bool = True,
    samples: int | None = None,
    precision: float | None = None,
    exact: bool | None = None,
    seed: Seed = 0,
) -> Reliability:
    """Return the chance that at least one whole path from the seeker to the target works.

    The total of `trustgraph.reputation_transfer` alone, in a fraction of its time.

    Parameters
    ----------
    G
        The graph, or its index (compile it once for many questions). An edge u -> v is u's trust
        in v, so a path uses the trust of each asked person in the asker.
    ask, target
        An `Ask`, or a seeker and a target: a person (id or unique full name), several people, an
        `Organisation` or a `Prospect`. Two names make an ask of clarity 1; an `Ask` has the
        clarity of its fields.
    max_intermediaries
        Largest number of intermediaries on a path, 0 to 5.
    model
        Trust model; default: the one of the graph, else the default model.
    observed_only
        Whether to leave out inferred ties.
    samples
        Number of random draws if the answer is sampled, at least 1; default 10,000. With
        ``precision`` the largest number; default 4,194,304.
    precision
        Standard error at which to stop drawing, above 0; default: make all draws. The result
        tells how many were made and the error that was reached.
    exact
        True: exactly; False: by sampling, where there is anything to sample; default: exactly
        where that is expected to take less time.
    seed
        Of the draws; None: a number left to chance, which the result tells.

    Returns
    -------
    Reliability
        The chance, in [0, 1], and how it was found.

    Raises
    ------
    UnknownPersonError, AmbiguousPersonError
        If a person is not known, or not by that name alone.
    TypeError
        If ``model`` is no trust model.
    ValueError
        If the seeker is a target, an option is out of range, or an exact answer is asked for
        that would take too long.
    GraphContractError
        If the graph breaks the contract.

    Notes
    -----
    Each step on some admissible path works independently with the chance that is its factor
    (`step_factors`): a two-terminal reliability [1]_ with a limit on path length. To compute it
    exactly is #P-hard already without the limit [2]_, so the exact answer, a decision diagram of
    the paths, is for small networks. Sampled states are drawn 64 at a time with xoshiro256++ [3]_;
    a step is drawn only where the request gets as far as its asker. Standard errors are binomial,
    with two hits and two misses added [4]_, so that they are not 0 where no draw hit.

    References
    ----------
    .. [1] Colbourn, C. J. (1987). The Combinatorics of Network Reliability. Oxford University
       Press.
    .. [2] Ball, M. O. (1986). Computational complexity of network reliability analysis: an
       overview. IEEE Transactions on Reliability 35(3), 230-239.
       https://doi.org/10.1109/TR.1986.4335422
    .. [3] Blackman, D., Vigna, S. (2021). Scrambled linear pseudorandom number generators. ACM
       Transactions on Mathematical Software 47(4), 36. https://doi.org/10.1145/3460772
    .. [4] Agresti, A., Coull, B. A. (1998). Approximate is better than "exact" for interval
       estimation of binomial proportions. The American Statistician 52(2), 119-126.
       https://doi.org/10.1080/00031305.1998.10480550

    Examples
    --------
    >>> G = nx.DiGraph()
    >>> G.add_edge("bo", "ana", trust=0.8)
    >>> G.add_edge("cy", "ana", trust=0.5)
    >>> G.add_edge("dee", "bo", trust=0.5)
    >>> G.add_edge("dee", "cy", trust=0.6)
    >>> found = tg.reputation.reliability(G, "ana", "dee")
    >>> round(found.value, 3), found.exact
    (0.58, True)
    >>> found = tg.reputation.reliability(G, "ana", "dee", exact=False, precision=0.01)
    >>> abs(found.value - 0.58) < 0.04, found.standard_error <= 0.01
    (True, True)
    """
    most = check_max_intermediaries(max_intermediaries)
    seed = number_of_seed(None) if seed is None else seed
    draws = check_draws(samples, precision, usual=SAMPLES)
    check_trust_model(model)
    question = ask_question(G, ask, target, model=model, observed_only=observed_only)
    steps = short_walks(question, most)
    direct = steps.direct
    value = _exact_value(
        steps,
        direct,
        draws=draws,
        precision=precision,
        exact=exact,
        large=is_large(question.index),
    )
    found = Sampled(value or 0.0, 0.0, 0)
    method: Literal["decision_diagram", "monte_carlo"] = "decision_diagram"
    if value is None:
        method = "monte_carlo"
        found = sampled_total(
            steps.tail,
            steps.head,
            steps.probability,
            sink=steps.people + 1,
            most=most,
            direct=direct,
            samples=draws,
            precision=precision,
            rng=np.random.default_rng(seed),
            large=is_large(question.index),
        )
    return Reliability(
        ask=question.ask,
        seeker_name=question.seeker_name,
        target_name=question.target_name,
        value=found.value,
        direct=direct,
        standard_error=found.error,
        exact=value is not None,
        method=method,
        samples=found.samples,
        reason="" if len(steps.tail) else "no_path",
        max_intermediaries=most,
        observed_only=observed_only,
        precision=precision,
        as_of=question.index.as_of,
        seed=None if isinstance(seed, np.random.Generator) else seed,
    )


def _exact_value(
    steps: StepGraph,
    direct: float,
    *,
    draws: int,
    precision: float | None,
    exact: bool | None,
    large: bool,
) -> float | None:
    """Return the exact value, or None if it is to be sampled."""
    if steps.people == 0 or direct >= 1.0:
        return direct
    if exact is None:
        time = sampling_time(len(steps.tail), samples=draws, precision=precision, large=large)
        return exact_total_within(steps.network(), time) if time > BEGINNING else None
    if not exact:
        return None
    value = forced_exact_total(steps.network())
    if value is None:
        message = (
            f"the exact value would take too long: the paths run over {len(steps.tail):,} steps; "
            "leave out exact=True to sample, or ask with fewer max_intermediaries"
        )
        raise ValueError(message)
    return value
