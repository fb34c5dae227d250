"""Feed a reader with bytes that are drawn towards code not yet reached.

``python tests/fuzz/run.py TARGET [CORPUS] [-max_total_time=SECONDS] [other options of libFuzzer]``,
with the extra ``fuzz``. The corpus is a folder that keeps what reached new code; by default one
that is thrown away. A fault ends the run and leaves the bytes in a file ``crash-…``.
"""

import random
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import atheris

sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parents[2])]

LOOKED_AT = (
    "trustgraph.ingest",
    "trustgraph.models",
    "trustgraph.graph",
    "trustgraph._text",
    "networkx.readwrite.graphml",
    "networkx.readwrite.gexf",
)
with atheris.instrument_imports(include=list(LOOKED_AT)):
    from fuzz.seeds import repacked, reworded, seeds_of, words_of
    from fuzz.targets import TARGETS

AS_BYTES = 0.5


def mutated_for(target: str) -> Callable[[bytes, int, int], bytes]:
    """Return how inputs are changed: as bytes, or as words, which leaves most of the form whole."""
    change = repacked if target == "archive" else reworded

    def mutated(content: bytes, most: int, seed: int) -> bytes:
        draw = random.Random(seed)
        changed = content if draw.random() < AS_BYTES else change(content, draw)[:most]
        return changed if changed != content else atheris.Mutate(content, most)

    return mutated


def main() -> None:
    """Take the target and the options of libFuzzer from the command line."""
    target, options = sys.argv[1], sys.argv[2:]
    with tempfile.TemporaryDirectory() as folder:
        seeds, words = Path(folder, "seeds"), Path(folder, "words")
        seeds.mkdir()
        for number, seed in enumerate(seeds_of(target)):
            Path(seeds, f"seed-{number}").write_bytes(seed)
        lines = ["".join(f"\\x{byte:02x}" for byte in word) for word in words_of(target)]
        words.write_text("".join(f'"{line}"\n' for line in lines))
        options = [f"-dict={words}", *options, str(seeds)]
        mutate = mutated_for(target)
        atheris.Setup([sys.argv[0], *options], TARGETS[target], custom_mutator=mutate)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
