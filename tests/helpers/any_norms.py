"""Hypothesis strategies for norms: both presets, and any that a user may construct."""

from hypothesis import strategies as st

from trustgraph.trust import Norms, Reaction

SHARES = st.floats(0, 1)


def _reactions(*, most_response: float) -> st.SearchStrategy[Reaction]:
    """Draw any reaction that norms may have to an offer."""
    return st.builds(
        Reaction,
        response=st.floats(0, most_response),
        endorsement=SHARES,
        forwards=SHARES,
        carried=SHARES,
        carried_disclosed=SHARES,
    )


_PAID = _reactions(most_response=1)
_GIVEN = _reactions(most_response=2)
_OWN = st.builds(
    Norms,
    name=st.just("own"),
    gift_token=_GIVEN,
    gift_modest=_GIVEN,
    gift_large=_GIVEN,
    payment_token=_PAID,
    payment_modest=_PAID,
    payment_large=_PAID,
)
PRESETS = st.sampled_from((Norms.literature(), Norms.essay()))
NORMS = PRESETS | _OWN
