"""Where the files of published data are, and what to do where they are not."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from trustgraph._text import counted, listed
from trustgraph.errors import ArchiveError

__all__ = ["VARIABLE", "Home", "Published"]

VARIABLE: Final = "TRUSTGRAPH_DATA"
"""Environment variable that names the folder."""

Home = str | os.PathLike[str] | None


@dataclass(frozen=True)
class Published:
    """A published data set: its files, where they come from, and what is in them.

    Attributes
    ----------
    title
        What it is called.
    folder
        Its folder in the folder of data.
    origin
        Where to get it.
    terms
        Under which licence or terms.
    counts
        What is in it: word for one thing -> how many there are.
    """

    title: str
    folder: str
    origin: str
    terms: str
    counts: Mapping[str, int]

    def find(self, name: str, data_home: Home) -> Path:
        """Return the path of one of its files, or of that file packed as a gzip.

        Parameters
        ----------
        name
            Name of the file.
        data_home
            The folder of data; None for the one that the environment variable names.

        Returns
        -------
        Path
            Of a file that is there.

        Raises
        ------
        ArchiveError
            If no folder is named, or the file is not in it.
        """
        home = self._home(name, data_home)
        places = [home / self.folder / name, home / name]
        for place in (*places, *(place.with_name(f"{name}.gz") for place in places)):
            if place.is_file():
                return place
        reason = f"the file of {self.title} is not there"
        where = f"{self.folder}/{name}"
        mend = f"put it at {where} in {home}, or name another folder with data_home="
        raise ArchiveError(reason, file=where, mend=f"{mend}; {self._source()}")

    def check(self, file: str, found: Mapping[str, int]) -> None:
        """Raise an `ArchiveError` unless what was found is what is known to be in the data.

        Parameters
        ----------
        file
            Name of the file, for the message.
        found
            Counts, in the words of ``counts``.
        """
        known = {word: self.counts[word] for word in found}
        if known == dict(found):
            return
        raise ArchiveError(
            f"not {self.title} as it was published: expected {_told(known)}, found {_told(found)}",
            file=file,
            mend=f"get the file again ({self._source()}), or pass verify=False to take it as it is",
        )

    def _home(self, name: str, data_home: Home) -> Path:
        named = data_home if data_home is not None else os.environ.get(VARIABLE, "").strip()
        if not named:
            mend = f"pass data_home=, or set {VARIABLE}; put {self.folder}/{name} there"
            raise ArchiveError(
                f"no folder of data is named, and {self.title} is not part of this package",
                mend=f"{mend}; {self._source()}",
            )
        try:
            home = Path(named).expanduser()
        except TypeError as error:
            message = f"data_home is {named!r}; name the folder that holds the data"
            raise TypeError(message) from error
        if not home.is_dir():
            whose = "data_home" if data_home is not None else VARIABLE
            reason = f"{whose} names no folder that is there"
            raise ArchiveError(reason, value=str(home), mend="name the folder that holds the data")
        return home

    def _source(self) -> str:
        return f"nothing is downloaded: get it from {self.origin} ({self.terms})"


def _told(counts: Mapping[str, int]) -> str:
    words = {"person": "people"}
    return listed([counted(number, word, words.get(word, "")) for word, number in counts.items()])
