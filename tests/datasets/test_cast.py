import numpy as np
import pytest

from trustgraph.datasets._cast import draw_cast


@pytest.mark.parametrize(("share", "twice"), [(0.0, 0), (0.1, 60), (0.5, 300)])
def test_so_many_people_have_the_name_of_somebody_else(share, twice):
    rng = np.random.default_rng(5)
    cast = draw_cast(rng, 600, namesakes=share)
    assert cast["slug"].is_unique
    words = (
        cast["first"].str.cat(cast["last"], sep=" ").str.replace(r"\W|PhD|MBA|PMP", "", regex=True)
    )
    assert words.duplicated().sum() == twice


@pytest.mark.slow
def test_the_largest_cast_has_names_of_its_own():
    cast = draw_cast(np.random.default_rng(1), 31_500, namesakes=0.0)
    assert not cast.duplicated(["first", "last"]).any()
