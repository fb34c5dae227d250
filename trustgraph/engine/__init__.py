"""Kernels on arrays: they know numbers, not people."""

__all__: list[str] = []
