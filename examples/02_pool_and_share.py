"""Several people's archives: pool them, or send only what one question needs.

Run with ``python examples/02_pool_and_share.py``. It uses the bundled invented sample; put the
paths of your own archives in the place of ``sample_archives()``.
"""

import tempfile
from pathlib import Path

import trustgraph as tg

mine, colleagues, _ = tg.datasets.sample_archives()

print(tg.ingest.inspect_archive(mine).explain())

# The colleague writes a small file: their ties to the people at Tessaloom and to whoever asks.
with tempfile.TemporaryDirectory() as folder:
    small = Path(folder, "small.zip")
    sent = tg.ingest.share(colleagues, to="Tessaloom", also=["mira-sandquill"], out=small)
    print(f"\nThe colleague sends {len(sent.people)} people, nobody's words:")
    print(sent.people[["name", "organisation"]].to_string(index=False))

    net = tg.read_linkedin([mine, small])  # pooled like any other archive

print("\nWhat can this pool see?")
print(tg.ingest.coverage(net).explain())

twice = tg.ingest.possible_duplicates(net)
print(f"\n{len(twice)} pairs of ids may be one person: see merge_people")

print("\nWho can introduce me?")
ask = tg.Ask(seeker="mira-sandquill", target=tg.Organisation("Tessaloom"), interest="data platform")
print(tg.find_introductions(tg.build_graph(net), ask, k=2).explain())
