"""Hypothesis strategies for norms: both presets, and any that a user may construct."""

from hypothesis import strategies as st

from trustgraph.trust import Norms, Reaction

SHARES = st.floats(0, 1)


def _reactions(*, most_response: float, least: float = 0.0) -> st.SearchStrategy[Reaction]:
    """Draw any reaction that norms may have to an offer."""
    factor = st.floats(least, 1)
    return st.builds(
        Reaction,
        response=st.floats(least, most_response),
        endorsement=factor,
        forwards=SHARES,
        carried=factor,
        carried_disclosed=factor,
    )


_PAID = _reactions(most_response=1)
_WELCOME = _reactions(most_response=2, least=1)
_OWN = st.builds(
    Norms,
    name=st.just("own"),
    gift_token=_WELCOME,
    gift_modest=_WELCOME,
    gift_large=_reactions(most_response=2),
    payment_token=_PAID,
    payment_modest=_PAID,
    payment_large=_PAID,
)
NORMS = st.sampled_from((Norms.literature(), Norms.essay())) | _OWN
