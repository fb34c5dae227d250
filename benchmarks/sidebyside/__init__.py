"""Ours beside the general graph libraries: same graphs, same questions, one run."""

import os

# Before numpy is loaded: its linear algebra is to use one thread, as everything else does.
for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(threads, "1")
