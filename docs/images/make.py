"""Draw the pictures of the README and the documentation from the bundled sample.

Run with ``python docs/images/make.py``.
"""

from pathlib import Path

import matplotlib as mpl

import trustgraph as tg

mpl.use("Agg")
here = Path(__file__).parent
net = tg.datasets.load_sample()
G = tg.build_graph(net)
ask = tg.Ask(
    seeker=net.resolve("Mira Sandquill"),
    target=tg.Organisation("Tessaloom"),
    interest="data platform",
    role="lead",
)
pictures = {
    "introductions": tg.plot.plot_introductions(tg.find_introductions(G, ask)),
    "transfer": tg.plot.plot_transfer(tg.reputation_transfer(G, ask)),
    "network": tg.plot.plot_network(G, seeker=ask.seeker),
}
for name, axes in pictures.items():
    axes.get_figure(root=True).savefig(here / f"{name}.png", dpi=110, metadata={"Software": None})
