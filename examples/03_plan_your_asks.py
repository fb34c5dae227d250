"""Plan your asks: whom to ask for what, what to say, and what to do after an answer.

Run with ``python examples/03_plan_your_asks.py``. It uses the bundled invented sample; put the
paths of your own archives in the place of ``sample_archives()``.
"""

import trustgraph as tg

net = tg.read_linkedin(tg.datasets.sample_archives())
G = tg.TrustIndex.from_graph(tg.build_graph(net))
me = net.resolve("Mira Sandquill")

asks = {
    name: tg.Ask(
        seeker=me,
        target=tg.Organisation(name),
        interest="leading a data platform",
        role="data platform lead",
        why_me="eight years of building data platforms",
    )
    for name in ("Tessaloom", "Kitewell Health", "Harrowfield Bank", "Solvane Mobility")
}

print("Whom to ask?")
plan = tg.plan_asks(G, list(asks.values()), budget=4)
print(plan.explain())

first = plan[0]
print(f"\nWhat to write to {first.name}?")
ask = asks[first.target]
print(tg.draft_request(plan.introduction(first), ask))

print("\nAnd if they decline?")
no = tg.Outcome(
    introducer=first.introducer, target=first.target, asked="2026-11-23", declined="2026-11-25"
)
print(plan.update(no).explain())

print("\nShould I pay?")
print(tg.compare_incentives(G, ask).verdict)
