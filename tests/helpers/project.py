"""Where the project's files are, and which of them belong to it."""

import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

_NOT_OURS = {"__pycache__", "build", "dist", "htmlcov", "mutants"}


def tracked_files() -> list[str]:
    """Names of all files that belong to the project, relative to its root.

    In a clone git knows them; in a copy without git it is everything that no tool left behind.
    """
    if (ROOT / ".git").exists() and (git := shutil.which("git")):
        command = [git, "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others"]
        listed = subprocess.run(
            [*command, "--exclude-standard"], cwd=ROOT, check=True, capture_output=True
        ).stdout
        names = [name.decode() for name in listed.split(b"\0") if name]
    else:
        paths = (path.relative_to(ROOT) for path in ROOT.rglob("*"))
        names = [path.as_posix() for path in paths if not _left_behind(path)]
    return sorted(name for name in names if (ROOT / name).is_file())


def _left_behind(path: Path) -> bool:
    return any(
        part in _NOT_OURS or part.endswith(".egg-info") or (part.startswith(".") and part != ".ci")
        for part in path.parts[:-1]
    )
