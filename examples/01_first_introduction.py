"""Your first introduction: from three archives to the people to ask.

Run with ``python examples/01_first_introduction.py``. It uses the bundled invented sample; put the
paths of your own archives in the place of ``sample_archives()``.
"""

import trustgraph as tg

net = tg.read_linkedin(tg.datasets.sample_archives())
print(net.report.groupby("level").size().to_dict(), "rows in the report")

G = tg.build_graph(net)
me = net.resolve("Mira Sandquill")

print("\nWhere can I get in at all?")
ranking = tg.rank_organisations(G, me, interest="data platform")
print(
    ranking.head(5)[["rank", "organisation", "score", "introducer", "insiders"]].to_string(
        index=False
    )
)

ask = tg.Ask(
    seeker=me,
    target=tg.Organisation("Tessaloom"),
    interest="leading a data platform",
    role="data platform lead",
    why_me="eight years of building data platforms",
)
print("\nWho can introduce me?")
paths = tg.find_introductions(G, ask, k=3)
print(paths.explain())

print("\nWhose reputation arrives?")
moved = tg.reputation_transfer(G, ask)
print(moved.to_frame()[["name", "shapley", "through", "retained"]].round(3))
print(moved.explain())
