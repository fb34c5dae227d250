"""Ours beside the general graph libraries: same graphs, same questions, one run."""
