"""Feed a reader with bytes that are drawn towards code not yet reached.

``python tests/fuzz/run.py TARGET [CORPUS] [-max_total_time=SECONDS] [other options of libFuzzer]``,
with the extra ``fuzz``. The corpus is a folder that keeps what reached new code; by default one
that is thrown away. A fault ends the run and leaves the bytes in a file ``crash-…``.
"""

import sys
import tempfile
from pathlib import Path

import atheris

sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parents[2])]

with atheris.instrument_imports(include=["trustgraph.ingest", "trustgraph._text"]):
    from fuzz.seeds import seeds_of
    from fuzz.targets import TARGETS


def main() -> None:
    """Take the target and the options of libFuzzer from the command line."""
    target, options = sys.argv[1], sys.argv[2:]
    with tempfile.TemporaryDirectory() as folder:
        for number, seed in enumerate(seeds_of(target)):
            Path(folder, f"seed-{number}").write_bytes(seed)
        atheris.Setup([sys.argv[0], *options, folder], TARGETS[target])
        atheris.Fuzz()


if __name__ == "__main__":
    main()
