"""The errors of trustgraph: one tree, each also a builtin, each carrying its facts.

::

    TrustGraphError
    ├── RecordError (ValueError)            a record that cannot be used: file, row, value, mend
    │   └── ArchiveError                    a whole file or archive that cannot be used
    ├── GraphContractError (ValueError)     a graph that breaks the contract: all faults at once
    ├── IndexFileError (ValueError)         a saved index that cannot be used: file, reason, mend
    ├── UnknownPersonError (KeyError)       no such person: the nearest names
    ├── AmbiguousPersonError (KeyError)     several people of that name: the candidates
    ├── SeveralOwnersError (ValueError)     a pooled network has no single owner: all of them
    └── ConvergenceError (RuntimeError)     an iteration that did not settle: iterations, residual
"""

from collections.abc import Sequence

__all__ = [
    "AmbiguousPersonError",
    "ArchiveError",
    "ConvergenceError",
    "GraphContractError",
    "IndexFileError",
    "RecordError",
    "SeveralOwnersError",
    "TrustGraphError",
    "UnknownPersonError",
]


class TrustGraphError(Exception):
    """Base of every error that trustgraph raises on purpose.

    Examples
    --------
    >>> try:
    ...     tg.datasets.load_office().resolve("nobody at all")
    ... except tg.errors.TrustGraphError as error:
    ...     print(type(error).__name__)
    UnknownPersonError
    """


class RecordError(TrustGraphError, ValueError):
    """A record that cannot be used.

    Parameters
    ----------
    reason
        What is wrong, in plain words.
    file
        Name of the file or table, empty when the record came from memory.
    row
        Line or position of the record, counted from 1; 0 for the file as a whole.
    value
        The offending value, as short as can be.
    mend
        What the user can do about it.

    Examples
    --------
    >>> print(
    ...     tg.errors.RecordError(
    ...         "no such kind", file="ties.csv", row=3, value="lunch", mend="use meeting_day"
    ...     )
    ... )
    ties.csv, row 3: no such kind: 'lunch'; mend: use meeting_day
    """

    def __init__(
        self, reason: str, *, file: str = "", row: int = 0, value: str = "", mend: str = ""
    ) -> None:
        self.reason = reason
        self.file = file
        self.row = row
        self.value = value
        self.mend = mend
        super().__init__(str(self))

    def __str__(self) -> str:
        """Tell where, what, the value and the mend in one line."""
        where = ", ".join(
            part for part in (self.file, f"row {self.row}" if self.row else "") if part
        )
        text = f"{where}: {self.reason}" if where else self.reason
        if self.value:
            text += f": {self.value!r}"
        if self.mend:
            text += f"; mend: {self.mend}"
        return text


class ArchiveError(RecordError):
    """A whole file or archive that cannot be used.

    Examples
    --------
    >>> tg.read_linkedin("missing.zip")
    Traceback (most recent call last):
        ...
    trustgraph.errors.ArchiveError: missing.zip: ...
    """


class GraphContractError(TrustGraphError, ValueError):
    """A graph that breaks the contract; ``faults`` lists every fault found.

    Parameters
    ----------
    faults
        One sentence a fault.

    Examples
    --------
    >>> G = nx.DiGraph([("ana", "bo")])
    >>> tg.graph.validate_graph(G)
    Traceback (most recent call last):
        ...
    trustgraph.errors.GraphContractError: 1 fault: edge 'ana' -> 'bo' has no trust; give it a number
    in [0, 1]
    """

    shown = 10

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        super().__init__(str(self))

    def __str__(self) -> str:
        """List the first faults and count the rest."""
        number = len(self.faults)
        text = f"{number} fault{'' if number == 1 else 's'}: " + "; ".join(
            self.faults[: self.shown]
        )
        return text if number <= self.shown else f"{text}; and {number - self.shown} more"


class IndexFileError(TrustGraphError, ValueError):
    """A file of a saved index that cannot be used.

    Parameters
    ----------
    file
        The file.
    reason
        What is wrong with it, in plain words.
    mend
        What the user can do about it.

    Examples
    --------
    >>> tg.TrustIndex.load("missing.trust")
    Traceback (most recent call last):
        ...
    trustgraph.errors.IndexFileError: missing.trust: there is no such file; mend: ...
    """

    def __init__(self, file: str, reason: str, *, mend: str) -> None:
        self.file = file
        self.reason = reason
        self.mend = mend
        super().__init__(f"{file}: {reason}; mend: {mend}")


class _KeyedError(TrustGraphError, KeyError):
    """A `KeyError` whose text reads as a sentence and not as a repr."""

    def __str__(self) -> str:
        """Return the sentence itself."""
        return str(self.args[0])


class UnknownPersonError(_KeyedError):
    """Nobody of that id or full name; ``near`` holds the nearest known names.

    Parameters
    ----------
    person
        What was asked for.
    near
        Known ids or names that are spelt alike.

    Examples
    --------
    >>> str(tg.errors.UnknownPersonError("Anna", near=["Ana Lima"]))
    "nobody is known as 'Anna'; did you mean 'Ana Lima'?"
    """

    def __init__(self, person: str, near: Sequence[str] = ()) -> None:
        self.person = person
        self.near = tuple(near)
        text = f"nobody is known as {person!r}"
        if self.near:
            text += "; did you mean " + " or ".join(repr(name) for name in self.near) + "?"
        super().__init__(text)


class AmbiguousPersonError(_KeyedError):
    """Several people share the name; ``candidates`` holds their ids.

    Parameters
    ----------
    person
        The name asked for.
    candidates
        Ids of the people who bear it.

    Examples
    --------
    >>> str(tg.errors.AmbiguousPersonError("Ana Lima", ["ana-1", "ana-2"]))
    "2 people are called 'Ana Lima'; name one by id: 'ana-1', 'ana-2'"
    """

    shown = 10

    def __init__(self, person: str, candidates: Sequence[str]) -> None:
        self.person = person
        self.candidates = tuple(candidates)
        listed = ", ".join(repr(one) for one in self.candidates[: self.shown])
        more = len(self.candidates) - self.shown
        text = f"{len(self.candidates)} people are called {person!r}; name one by id: {listed}"
        super().__init__(text if more <= 0 else f"{text} and {more} more")


class SeveralOwnersError(TrustGraphError, ValueError):
    """A pooled network was asked for its one owner; ``owners`` holds all ids.

    Parameters
    ----------
    owners
        Ids of the owners of the pooled archives; empty when none is known.

    Examples
    --------
    >>> str(tg.errors.SeveralOwnersError(["ana", "bo"]))
    "the network has 2 owners, name the one you mean: 'ana', 'bo'"
    """

    def __init__(self, owners: Sequence[str]) -> None:
        self.owners = tuple(owners)
        if self.owners:
            listed = ", ".join(repr(owner) for owner in self.owners)
            text = f"the network has {len(self.owners)} owners, name the one you mean: {listed}"
        else:
            text = "the network has no owner; name the seeker yourself, by id or full name"
        super().__init__(text)


class ConvergenceError(TrustGraphError, RuntimeError):
    """An iteration that did not settle.

    Parameters
    ----------
    iterations
        Iterations done.
    residual
        Residual reached.
    tol
        Residual asked for.

    Examples
    --------
    >>> str(tg.errors.ConvergenceError(100, 1e-3, 1e-9))
    'no convergence after 100 iterations: residual 0.001, asked for 1e-09'
    """

    def __init__(self, iterations: int, residual: float, tol: float) -> None:
        self.iterations = iterations
        self.residual = residual
        self.tol = tol
        super().__init__(
            f"no convergence after {iterations} iterations: residual {residual:g}, "
            f"asked for {tol:g}"
        )
