"""Some seconds of every target, so that the harness itself stays sound."""

import random

import pytest
from fuzz.seeds import mutated, repacked, reworded, seeds_of
from fuzz.targets import FILES, TARGETS

ROUNDS = 10


@pytest.mark.parametrize("target", TARGETS)
def test_seeds_and_what_becomes_of_them_are_read_or_refused_in_words(target):
    draw = random.Random(7)
    seeds = seeds_of(target)
    for seed in draw.sample(seeds, min(len(seeds), ROUNDS)):
        TARGETS[target](seed)
    change = repacked if target == "archive" else reworded
    for _ in range(ROUNDS):
        TARGETS[target](mutated(draw.choice(seeds), seeds, draw))
        TARGETS[target](change(draw.choice(seeds), draw))


@pytest.mark.parametrize("content", [b"", b"\0", b"\xff\xfe", b"\n" * 500, b'"' * 501, b"," * 5000])
@pytest.mark.parametrize("target", TARGETS)
def test_bytes_that_mean_nothing_are_refused_in_words(target, content):
    TARGETS[target](content)


@pytest.mark.parametrize("number", range(len(FILES)))
def test_every_table_has_a_seed(number):
    assert any(seed[0] == number for seed in seeds_of("tables"))
