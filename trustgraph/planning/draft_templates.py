"""Texts from templates: in a sandbox, from plain words, and what they are given is never compiled.

A template is written by us or by the user; names and words from archives only ever fill it in.
"""

import os
import re
import traceback
from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Final

from trustgraph.errors import ArchiveError, RecordError
from trustgraph.ingest.whole_files import read_bounded

__all__ = ["TEMPLATES", "Templates", "closed", "filled", "gathered_templates"]

TEMPLATES: Final = ("direct", "forwardable", "introducer", "target", "thanks")
"""Names of the templates."""
Templates = Mapping[str, str] | str | os.PathLike[str]
_END: Final = ".jinja"
_SUBJECT: Final = re.compile(r"Subject:[ \t]*([^\n]*)(?:\n|\Z)")
_GAPS: Final = re.compile(r"\n{3,}")
_MOST_BYTES: Final = 1 << 20


def closed(text: str) -> str:
    """Return a text that ends as a sentence does.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    str
        With a full stop, unless it ends in another sign that closes a sentence.

    Examples
    --------
    >>> from trustgraph.planning.draft_templates import closed
    >>> closed("data lead"), closed("Really?"), closed("at once; ")
    ('data lead.', 'Really?', 'at once.')
    """
    bare = str(text).rstrip(" ,;:")
    return bare if bare.endswith((".", "!", "?", "…", "。")) else f"{bare}."


def gathered_templates(templates: Any) -> dict[str, tuple[str, str]]:
    """Return source and origin of every template: the user's own, and ours for the others.

    Parameters
    ----------
    templates
        Name -> text, or a folder of files ``NAME.jinja``; None for ours.

    Returns
    -------
    dict
        Name -> text and what to call it in messages.

    Raises
    ------
    ArchiveError
        If the folder is not there, holds no template or one that cannot be read.
    ValueError, TypeError
        If a name is none, or a template is no text.
    """
    texts = {name: (_ours(name), f"{name}{_END}") for name in TEMPLATES}
    if templates is None:
        return texts
    if isinstance(templates, Mapping):
        _check_names(map(str, templates), "templates")
        for name, text in templates.items():
            if not isinstance(text, str):
                message = f"templates[{name!r}] is a {type(text).__name__}; give its text"
                raise TypeError(message)
            texts[name] = (text, f"templates[{name!r}]")
        return texts
    if isinstance(templates, str | os.PathLike):
        return texts | _of_folder(Path(templates).expanduser())
    message = f"templates is a {type(templates).__name__}; give a folder, or name -> text"
    raise TypeError(message)


@cache
def _ours(name: str) -> str:
    folder = resources.files("trustgraph.planning") / "templates"
    return (folder / f"{name}{_END}").read_text(encoding="utf-8")


def _check_names(names: Any, where: str) -> None:
    unknown = sorted(set(names) - set(TEMPLATES))
    if unknown:
        message = f"{where}: no template is called {', '.join(unknown)}; the names are "
        raise ValueError(message + ", ".join(TEMPLATES))


def _of_folder(folder: Path) -> dict[str, tuple[str, str]]:
    if not folder.is_dir():
        mend = "give the path of a folder, or a dictionary of name -> text"
        raise ArchiveError("there is no such folder", file=folder.name, mend=mend)
    files = sorted(file for file in folder.iterdir() if file.suffix == _END)
    if not files:
        mend = f"name them {', '.join(name + _END for name in TEMPLATES)}"
        raise ArchiveError("there is no template in this folder", file=folder.name, mend=mend)
    _check_names((file.stem for file in files), folder.name)
    texts: dict[str, tuple[str, str]] = {}
    for file in files:
        try:
            text = read_bounded(file, _MOST_BYTES).decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise ArchiveError("not UTF-8", file=file.name, mend="save it as UTF-8") from error
        texts[file.stem] = (text.replace("\r\n", "\n"), file.name)
    return texts


def filled(source: str, origin: str, words: Mapping[str, Any]) -> tuple[str, str]:
    """Return subject and text of a template filled in.

    Parameters
    ----------
    source
        The template; its first line may be ``Subject: …``.
    origin
        What to call it in messages.
    words
        Name -> word, for the template; these are shown as they are and never compiled.

    Returns
    -------
    tuple of str
        The subject in one line, empty if there is none, and the text without gaps of more than
        one line.

    Raises
    ------
    RecordError
        If the template is not well formed, uses a name that there is not, or what the sandbox
        forbids; with the line.
    """
    head = _SUBJECT.match(source)
    # A line stands for the subject, so that the lines are counted as in the file.
    body = "\n" + source[head.end() :] if head else source
    subject = _filled(head[1], origin, words) if head else ""
    lines = [" ".join(line.split()) for line in _filled(body, origin, words).split("\n")]
    return " ".join(subject.split()), _GAPS.sub("\n\n", "\n".join(lines)).strip()


def _filled(source: str, origin: str, words: Mapping[str, Any]) -> str:
    from jinja2 import TemplateError, TemplateSyntaxError

    environment = _sandbox()
    try:
        return str(environment.from_string(source).render(words))
    except TemplateSyntaxError as error:
        raise _fault(str(error.message), origin, error.lineno, words) from error
    except (
        TemplateError,
        ArithmeticError,
        AttributeError,
        LookupError,
        MemoryError,
        RecursionError,
        TypeError,
        ValueError,
    ) as error:
        raise _fault(
            str(error) or "it needs too much memory", origin, _line(error), words
        ) from error


def _line(error: BaseException) -> int:
    """Return the line of a template in which something went wrong; 0 if nothing says so."""
    frames = traceback.extract_tb(error.__traceback__)
    return next((one.lineno or 0 for one in reversed(frames) if one.filename == "<template>"), 0)


def _fault(reason: str, origin: str, line: int, words: Mapping[str, Any]) -> RecordError:
    mend = f"the names are {', '.join(sorted(words))}; beside Jinja's filters there is closed"
    return RecordError(
        f"the template cannot be filled in: {reason}", file=origin, row=line, mend=mend
    )


@cache
def _sandbox() -> Any:
    """Return the sandbox: no files, no functions, nothing that is not given is passed over."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    sandbox = ImmutableSandboxedEnvironment(
        # These are letters in plain text: escaping is the business of whoever shows them.
        autoescape=False,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    sandbox.globals.clear()
    sandbox.filters["closed"] = closed
    return sandbox
