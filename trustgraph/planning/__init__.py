"""From scores to decisions: what to do first, whom to ask, and what for."""

__all__: list[str] = []
