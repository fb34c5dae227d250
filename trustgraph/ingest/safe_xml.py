"""XML files of strangers, looked through before any other reader sees them.

A document type or an entity can make a small file swell to any size, or read other files. None is
accepted, whatever the encoding: the look is taken by the parser that reads the file afterwards.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Final, NoReturn
from xml.parsers.expat import ExpatError, ParserCreate

from trustgraph.errors import ArchiveError

__all__ = ["Outline", "outline_of"]

DEEPEST: Final = 64
LONGEST: Final = 2**22
"""Most characters in the attributes of one element, in a comment or a processing instruction."""
MOST_DEFAULTS: Final = 2_000_000
"""Values that defaults may put on nodes and edges together."""
_ENCODINGS: Final = frozenset({"utf-8", "utf8", "utf-16", "us-ascii", "ascii", "iso-8859-1"})
_PLAIN: Final = "save the file again as plain GraphML or GEXF in UTF-8"


@dataclass
class Outline:
    """What an XML file holds, before it is believed.

    Attributes
    ----------
    counts
        Name of an element -> how many there are.
    mutual
        Number of edges that are said to go both ways.
    description
        What the element ``description`` says, if there is one.
    """

    counts: Counter[str] = field(default_factory=Counter)
    mutual: int = 0
    description: str = ""


class _Look:
    """Takes the look: the handlers of a parser."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.outline = Outline()
        self._depth = 0
        self._within: list[str] = []
        self._words: list[str] = []

    def refuse(self, reason: str, value: str = "") -> NoReturn:
        raise ArchiveError(reason, file=self.name, value=value[:60], mend=_PLAIN)

    def declared(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and encoding.lower() not in _ENCODINGS:
            self.refuse("an encoding that is not read", encoding)

    def doctype(self, name: str, *_more: object) -> None:
        self.refuse("it declares a document type, which can hide entities", name)

    def entity(self, name: str, *_more: object) -> NoReturn:
        self.refuse("it declares an entity", name)

    def outside(self, name: str, *_more: object) -> int:
        self.refuse("it refers to another file", name)

    def start(self, tag: str, attributes: list[str]) -> None:
        name = tag.rpartition(":")[2]
        self._within.append(name)
        if len(self._within) > DEEPEST:
            self.refuse(f"elements within elements, more than {DEEPEST} deep")
        if sum(map(len, attributes)) > LONGEST:
            self.refuse(f"an element with more than {LONGEST} characters of attributes", name)
        self.outline.counts[name] += 1
        is_mutual = name == "edge" and ("type", "mutual") in zip(
            attributes[::2], attributes[1::2], strict=True
        )
        self.outline.mutual += is_mutual

    def end(self, _tag: str) -> None:
        if self._within.pop() == "description":
            self.outline.description = "".join(self._words)
            self._words.clear()

    def text(self, text: str) -> None:
        if self._within[-1] == "description":
            self._words.append(text)

    def aside(self, *texts: str) -> None:
        if sum(map(len, texts)) > LONGEST:
            self.refuse(f"a comment or instruction of more than {LONGEST} characters")


def outline_of(content: bytes, name: str) -> Outline:
    """Return what an XML file holds; refuse one that could harm its reader.

    Parameters
    ----------
    content
        The file.
    name
        Its name, for messages.

    Returns
    -------
    Outline
        How many elements of each name there are.

    Raises
    ------
    ArchiveError
        If it is no XML, declares a document type or an entity, is nested too deeply or has an
        element that is too long.

    Examples
    --------
    >>> from trustgraph.ingest.safe_xml import outline_of
    >>> outline_of(b"<graphml><graph/></graphml>", "small.graphml").counts["graph"]
    1
    >>> outline_of(b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "bad.graphml")
    Traceback (most recent call last):
        ...
    trustgraph.errors.ArchiveError: bad.graphml: it declares a document type, ...
    """
    look, parser = _Look(name), ParserCreate()
    parser.ordered_attributes = True
    parser.buffer_text = True
    parser.XmlDeclHandler = look.declared
    parser.StartDoctypeDeclHandler = look.doctype
    parser.EntityDeclHandler = look.entity
    parser.ExternalEntityRefHandler = look.outside
    parser.StartElementHandler = look.start
    parser.EndElementHandler = look.end
    parser.CharacterDataHandler = look.text
    parser.CommentHandler = look.aside
    parser.ProcessingInstructionHandler = look.aside
    try:
        parser.Parse(content, True)  # noqa: FBT003 - it takes no keyword
    except (ExpatError, ValueError) as error:
        if isinstance(error, ArchiveError):
            raise
        raise ArchiveError(
            f"no XML ({error})",
            file=name,
            row=parser.CurrentLineNumber,
            mend="get the file again, or save it again",
        ) from error
    counts = look.outline.counts
    filled = counts["default"] * (counts["node"] + counts["edge"])
    if filled > MOST_DEFAULTS:
        look.refuse("values by default for too many nodes and edges", f"{filled:,}")
    return look.outline
