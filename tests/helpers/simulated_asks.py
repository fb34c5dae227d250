"""Asks whose endings are drawn from known parameters, by rules written down a second time."""

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pandas as pd

import trustgraph as tg

SEEKER = "me"
FIRST = dt.date(2024, 3, 1)
AS_OF = dt.date(2026, 6, 1)


@dataclass(frozen=True)
class Truth:
    """The parameters that asks are drawn from."""

    cold: float = 0.12
    friend: float = 0.58
    patience: float = 5.0
    endorse_at: float = 6.0
    forward_at: float = 2.0
    trials: int = 9
    retention: float = 0.5


def binomial_tail_draw(rng, truth, trust):
    """Two thresholds on one draw: whether trust passes each, with the chances of the gate."""
    # P(Y <= x) = I_x(k, n - k + 1) for Y ~ Beta(k, n - k + 1). One uniform draw serves both.
    from scipy.stats import beta

    luck = rng.random(len(trust))
    upper, lower = (
        beta(k, truth.trials - k + 1).cdf(trust) for k in (truth.endorse_at, truth.forward_at)
    )
    return luck < upper, luck < lower


def simulated(
    truth: Truth, *, asks: int, seed: int, behind: bool = True, clarity: float = 1.0
) -> tuple[tg.Network, list[tg.Outcome]]:
    """Return a network and what became of asks in it.

    Everybody is asked once. Ties are stated judgements, so that opinions follow by a formula of
    one line; nobody ever wrote to the seeker, so that recall is 0.
    """
    rng = np.random.default_rng(seed)
    trust = rng.uniform(0.1, 0.97, asks)
    certainty = rng.uniform(0.3, 0.95, asks)
    silent_days = rng.choice([0, 0, 0, 2, 6, 15], asks)
    further = rng.random(asks) < 0.6 if behind else np.zeros(asks, bool)
    onward = rng.uniform(0.75, 0.97, asks)
    last = rng.uniform(0.7, 0.97, asks)
    people = [SEEKER, *(f"i{n}" for n in range(asks)), *(f"t{n}" for n in range(asks))]
    people += [f"m{n}" for n in range(asks)]
    judged = [(f"i{n}", SEEKER, trust[n], certainty[n]) for n in range(asks)]
    for n in range(asks):
        through = f"m{n}" if further[n] else f"i{n}"
        judged.append((f"t{n}", through, last[n], 0.95))
        if further[n]:
            judged.append((f"m{n}", f"i{n}", onward[n], 0.95))
    written = [
        {
            "kind": "message_day",
            "source": SEEKER,
            "target": f"i{n}",
            "at": FIRST - dt.timedelta(days=60 + 3 * day),
        }
        for n in range(asks)
        for day in range(silent_days[n])
    ]
    net = tg.Network.from_records(
        [{"id": one} for one in people], written, owners=[SEEKER]
    ).replace(
        judgements=pd.DataFrame(judged, columns=["source", "target", "trust", "certainty"]),
        as_of=dt.datetime.combine(AS_OF, dt.time(), dt.UTC),
    )

    kappa = (0.27 + clarity * (0.80 - 0.27)) / 0.80

    def drawn(mean, sure):
        total = 2 / (1 - sure)
        return rng.beta(mean * total, (1 - mean) * total)

    def base(mean, sure):
        belief = np.clip(mean - 0.1 * (1 - sure), 0, sure)
        return truth.cold + (truth.friend - truth.cold) * belief

    answers = rng.random(asks) < kappa * base(trust, certainty) * truth.patience / (
        truth.patience + silent_days
    )
    level = drawn(trust, certainty)
    endorses, passes = binomial_tail_draw(rng, truth, level)
    second = drawn(onward, 0.95)
    vouched, _ = binomial_tail_draw(rng, truth, second)
    # The last one believes with chance X of their own opinion, whose mean is what is judged; what
    # an endorser passes on is believed with the chance of their own level.
    believed = (rng.random(asks) < level) & (rng.random(asks) < last)
    went_on = rng.random(asks) < kappa * base(onward, 0.95)
    kept = rng.random(asks) < truth.retention
    behind_them = ~further | (went_on & vouched & (rng.random(asks) < second) & kept)
    outcomes = []
    for n in range(asks):
        asked = FIRST + dt.timedelta(days=int(n % 2))
        after = asked + dt.timedelta(days=4)
        events = {}
        if not answers[n]:
            events["silent"] = asked + dt.timedelta(days=30)
        elif endorses[n]:
            events["endorsed"] = after
            if believed[n] and behind_them[n]:
                events["met"] = after + dt.timedelta(days=10)
        else:
            events["forwarded" if passes[n] else "declined"] = after
        outcomes.append(
            tg.Outcome(introducer=f"i{n}", target=f"t{n}", asked=asked, clarity=clarity, **events)
        )
    return net, outcomes
