"""Networks that exist already, from whatever files, as one."""

from trustgraph.ingest.identity import UNKNOWN_OWNER
from trustgraph.ingest.pooling import pool
from trustgraph.ingest.told import Told
from trustgraph.models.network import Network

__all__ = ["pool_networks", "told_by"]


def told_by(net: Network, name: str = "") -> Told:
    """Return what a network says, in the form in which it is pooled.

    Parameters
    ----------
    net
        The network.
    name
        What to call it.

    Returns
    -------
    Told
        Its tables as they were told, and what was merged.
    """
    apart = net.replace(merged=None)
    return Told(
        name=name,
        is_archive=False,
        owners=apart.owners,
        unknown=tuple(owner for owner in apart.owners if owner == UNKNOWN_OWNER),
        as_of=net.as_of,
        people=apart.people.reset_index(),
        evidence=apart.evidence,
        facts=apart.facts,
        texts=apart.texts,
        positions=apart.positions,
        judgements=apart.judgements,
        merged=net.merged,
        report=net.report,
    )


def pool_networks(*nets: Network) -> Network:
    """Return what several networks say together, as `read_linkedin` pools several archives.

    People with the same id are the same person. Somebody known by name only is the one person of
    that full name and organisation elsewhere; where that is not clear people stay apart, and the
    report lists their names. An act that several tell counts once and keeps all its origins. Of
    facts that differ those of the network with the newer ``as_of`` count; the others are kept as
    facts, with that date.

    Parameters
    ----------
    *nets
        Networks; neither their order nor one given twice matters.

    Returns
    -------
    Network
        All people, acts, positions, facts, texts, judgements and reports. Of judgements of the
        same tie the newer network's counts; who was merged in one is merged in all.

    Raises
    ------
    ValueError
        If there is no network.
    TypeError
        If one of them is something else.

    See Also
    --------
    trustgraph.ingest.merge_people : Joins people whom pooling kept apart.

    Examples
    --------
    >>> from trustgraph.ingest.networks import pool_networks
    >>> tie = {"kind": "connection", "source": "ana", "target": "bo"}
    >>> ana = tg.Network.from_records(evidence=[{**tie, "origin": "ana"}], owners=["ana"])
    >>> bo = tg.Network.from_records(evidence=[{**tie, "origin": "bo"}], owners=["bo"])
    >>> both = pool_networks(ana, bo)
    >>> both.owners, [act.origins for act in both.iter_evidence()]
    (('ana', 'bo'), [('ana', 'bo')])
    """
    if not nets:
        message = "there is no network to pool"
        raise ValueError(message)
    wrong = [type(net).__name__ for net in nets if not hasattr(net, "evidence")]
    if wrong:
        message = f"a {wrong[0]} is no network; give networks one by one: pool_networks(*nets)"
        raise TypeError(message)
    different = [net for number, net in enumerate(nets) if net not in nets[:number]]
    if len(different) == 1:
        return different[0]
    pooled = pool([told_by(net) for net in different])
    return pooled.replace(report=pooled.report.drop_duplicates(ignore_index=True))
