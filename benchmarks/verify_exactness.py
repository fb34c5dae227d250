"""Check introductions and transfer against brute force on many random small graphs.

Run with ``python benchmarks/verify_exactness.py [--searches 20000] [--paths 5000]
[--transfer 5000] [--seed 0]``. The brute force is that of the tests: all paths of a question on
arrays (dense, sparse, hubs, ties in score, factors of 0 and 1, loops, unreachable targets, sets of
targets; caps 0 to 5, several k, plain and compiled kernels), all simple paths from the frame of
step factors, all states of the steps. The last line says how many graphs agreed; any difference
ends the run.
"""

import argparse
import sys
from pathlib import Path

import numpy as np
from tqdm import tqdm

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

import trustgraph as tg

from helpers import brute_paths, brute_transfer, transfer_cases
from helpers.exact_paths import check_paths

MOST_UNCERTAIN = 11
"""Steps that are neither sure nor impossible, so that all their states can be listed."""


def same_paths(seed: int) -> None:
    """Compare the k best paths of one random graph, for 0 to 3 intermediaries."""
    rng = np.random.default_rng(seed)
    G = brute_paths.random_graph(rng, n=int(rng.integers(3, 9)), density=rng.uniform(0.2, 0.9))
    people = sorted(G)
    k = int(rng.choice([1, 2, 5, 30]))
    steps = tg.introductions.step_factors(G, people[0], people[-1])
    for most in range(4):
        found = tg.find_introductions(G, people[0], people[-1], k=k, max_intermediaries=most)
        every = brute_paths.all_paths(steps, people[0], most)
        wanted = sorted(every.values(), reverse=True)[:k]
        np.testing.assert_allclose([path.score for path in found], wanted, rtol=1e-12)
        np.testing.assert_allclose([every[path.path] for path in found], wanted, rtol=1e-12)


def same_transfer(seed: int) -> bool:
    """Compare the transfer of one random graph; False if it has too many states to list."""
    rng = np.random.default_rng(seed)
    most = seed % 4
    G = transfer_cases.random_graph(
        rng, people=int(rng.integers(2, 6)), density=rng.choice([0.2, 0.35, 0.5])
    )
    targets = [{"t0"}, {"t0", "t1"}][int(rng.integers(2))]
    steps = transfer_cases.steps_of(G, targets)
    chance = brute_transfer.factors(steps)
    paths = brute_transfer.all_paths(steps, most)
    used = {pair for path in paths for pair in brute_transfer.pairs_of(path)}
    if sum(chance[pair] < 1 for pair in used) > MOST_UNCERTAIN:
        return False
    moved = tg.reputation_transfer(G, "s", targets, max_intermediaries=most)
    wanted = brute_transfer.brute_transfer(steps, most)
    np.testing.assert_allclose(moved.total, wanted.total, atol=1e-12)
    frame = moved.to_frame()
    if set(frame.index) != set(wanted.people):
        message = f"seed {seed}: other intermediaries than by brute force"
        raise AssertionError(message)
    for person, quantities in wanted.people.items():
        for name, value in quantities.items():
            np.testing.assert_allclose(frame.loc[person, name], value, atol=1e-12)
    return True


def main() -> None:
    """Run all comparisons."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--searches", type=int, default=20_000)
    parser.add_argument("--paths", type=int, default=5000)
    parser.add_argument("--transfer", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()
    for seed in tqdm(range(chosen.seed, chosen.seed + chosen.searches), desc="Searches"):
        check_paths(seed, compiled=False)
        check_paths(seed, compiled=True)
    for seed in tqdm(range(chosen.seed, chosen.seed + chosen.paths), desc="Paths"):
        same_paths(seed)
    checked, seed = 0, chosen.seed
    with tqdm(total=chosen.transfer, desc="Transfer") as bar:
        while checked < chosen.transfer:
            if same_transfer(seed):
                checked += 1
                bar.update()
            seed += 1
    print(
        f"{chosen.searches} graphs agree on searches in both twins (caps 0 to 5), "
        f"{chosen.paths} on introductions (caps 0 to 3), {checked} on transfer"
    )


if __name__ == "__main__":
    main()
