"""Names of types that are used in many rooms."""

from typing import TYPE_CHECKING, Any, TypeAlias

import networkx as nx
import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    Graph: TypeAlias = nx.DiGraph[str]
else:
    # networkx classes cannot be subscripted at run time.
    Graph = nx.DiGraph
Floats: TypeAlias = npt.NDArray[np.float64]
Singles: TypeAlias = npt.NDArray[np.float32]
Bools: TypeAlias = npt.NDArray[np.bool_]
Ints: TypeAlias = npt.NDArray[np.int32]
LongInts: TypeAlias = npt.NDArray[np.int64]
Bytes: TypeAlias = npt.NDArray[np.uint8]
Number: TypeAlias = int | np.integer[Any]
Words: TypeAlias = npt.NDArray[np.uint64]
Seed: TypeAlias = int | np.random.Generator | None
