"""Invented names, organisations and words; every full name is put together from parts."""

import re
import unicodedata
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from trustgraph._typing import LongInts

__all__ = ["ORGANISATIONS", "SKILLS", "TITLES", "draw_cast", "slug_text"]


class _Culture(NamedTuple):
    given: tuple[str, ...]
    fore: tuple[str, ...]
    aft: tuple[str, ...]
    share: float


def _culture(share: float, given: str, fore: str, aft: str) -> _Culture:
    return _Culture(tuple(given.split()), tuple(fore.split()), tuple(aft.split()), share)


CULTURES: Final = (
    _culture(
        14,
        "Maren Tobias Wiebke Jonte Freya Anders Signe Hanno Åsa Björn Søren Maiken",
        "Lund Ek Sand Vester Norr Rav Dal Grön Øster Brink",
        "mark holt vall fjord stedt gren løkke qvill haug dorp",
    ),
    _culture(
        14,
        "Olive Hugh Maeve Rowan Tamsin Callum Edith Piers Nell Gareth Bronwen Jude",
        "Har Wyn Ash Thorn Kes Bram Penn Ock Merri Stan",
        "combe worthy dale stow hollow ridge field thwaite wick ford",
    ),
    _culture(
        12,
        "João Beatriz Thiago Inês Caetano Luzia Otávio Marisol Álvaro Ximena Joaquín Pilar",
        "Val Mont Cast Rib Sol Fuen Cam Alv Per Quint",
        "ejosa arinho elhares ançuela enteira aríz ondeiro orreal ueiro ilhosa",
    ),
    _culture(
        9,
        "Théo Maëlle Gaspard Noémie Bastien Oriane Livia Fabrizio Ginevra Tullio Ilaria Corrado",
        "Beau Mar Ros Dels Font Cor Gran Lav Tor Vign",
        "champier ellini ouvray anneau ietti essard ardini olier uzzati andel",
    ),
    _culture(
        10,
        "Ananya Rohan Kavya Ishaan Meera Vikram Nandini Farhan Zainab Arjun Sana Devika",
        "Kri Cha Bha Sen Rao Mal Vid Nar Dev Pra",
        "shnavar ndrani ttikar gupal varaju hotari yanesh malik dasani pandi",
    ),
    _culture(
        9,
        "Ngozi Kwabena Zuri Tendai Amaka Sipho Lerato Obinna Wanjiru Kofi Thandeka Abena",
        "Oke Ada Mbo Nku Asa Chi Dla Kam Owu Tsha",
        "lundu wande koro nyama suwa rimba femi tomba ngola beni",
    ),
    _culture(
        8,
        "Zofia Bogdan Milena Kazimir Łucja Vlad Iskra Jiří Danica Mirko Żaneta Ondřej",
        "Brzo Kov Gor Mal Zel Dob Rad Sta Vel Tich",
        "wiak alenko insky ovčík enko imirov eszko anović arczyk opol",
    ),
    _culture(
        7,
        "Layla Karim Yasmin Idris Noor Samir Rania Tariq Hala Bilal Dunya Omar",
        "Al-Zah Ben-Sah Al-Nur Haz Mans Bar Ghar Qas Khal Tal",
        "rawi adin ouri imani akeh souni alani mizadeh ezzin abari",
    ),
    _culture(
        6,
        "Elif Baran Defne Kaan Şirin Çağla Umut Zeynep Ilgaz Öykü Tuna Işıl",
        "Kara Ak Demir Yıldı Taş Gün Öz Çelik Sarı Boz",
        "soylu tepeli ören kuşlu doğmuş beyli gölcük vardar ırmak taylı",
    ),
    _culture(
        5,
        "Linh Minh Thảo Quân Mei Jian Xiulan Wenjie Haruto Sakura Jiho Seoyeon",
        "Tr Ngu L Ph Ch Zh Ts Ok M Yam",
        "ường ien inh ao en ouwei umari abe atsuno iraku",
    ),
    _culture(2, "Дарина Савелий Мирослава Тимур", "Бере Зим Ясн Гор", "зенко овский анова елин"),
    _culture(2, "Ελένη Στέφανος Δάφνη Ορέστης", "Καλο Παπα Χρυσ", "γιάλης δήμας ανθίδης"),
    _culture(1, "美月 健太郎 陽菜 大和", "藤 北 白 森", "沢 原 崎 宮"),
    _culture(1, "서윤 도현 하은 지우", "남 선 황 도", "보라 가람 누리 한결"),
)  # fmt: skip

_STEMS: Final = (
    "Brackwater Pinegate Harrowfield Lumenhaug Solvane Kitewell Orrinvale Tidemoor Quillmere "
    "Fennbrook Glassloom Ironpetal Marrowby Northquill Ostrafjell Plumevale Rookhaven Saltmarrow "
    "Thistleden Umberline Vossgate Willowmark Yarrowfen Zephyrloom Amberwick Blythecroft "
    "Corvenna Dapplestone Emberfold Foxglen"
).split()
_FIELDS: Final = "Foods;Systems;Bank;Energy;Mobility;Health;Logistics;Labs".split(";")
ORGANISATIONS: Final = tuple(
    f"{stem} {_FIELDS[number % len(_FIELDS)]}" for number, stem in enumerate(_STEMS)
) + tuple(f"{stem} {form}" for stem, form in zip(_STEMS, ("GmbH", "Inc.", "Ltd"), strict=False))
TITLES: Final = tuple(
    "Data Engineer;Senior Data Engineer;Data Analyst;Head of Data;Product Manager;Product Designer;"
    "Software Engineer;Engineering Manager;Chief Technology Officer;Founder;Consultant;"
    "Talent Partner;Recruiter;Sales Director;Account Manager;Marketing Lead;Research Scientist;"
    "Finance Manager;Operations Lead;Chief Executive Officer;Teacher;Nurse Manager;"
    "Legal Counsel;Student;Freelance, translation and editing".split(";")
)
SKILLS: Final = tuple(
    "Python;SQL;Data Modeling;Leadership;Public Speaking;Project Management;Statistics;"
    "Data Warehousing;Mentoring;Négociation;Machine Learning;Teaching".split(";")
)
_FOLD: Final = str.maketrans("øØłŁıßæðđ", "oOlLisadd")
_MORE_NAMES: Final = 5
_ADORNED: Final = (
    (", PhD", ""),
    (", MBA, PMP", ""),
    (" ", " "),
    ("", "🚀 "),
    (" ✨", ""),
    ("\xa0", ""),
)


def slug_text(name: str, *, raw: bool) -> str:
    """Return the words of a name as a lower-case slug, in ASCII unless ``raw``."""
    if not raw:
        plain = unicodedata.normalize("NFKD", name.translate(_FOLD))
        plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
        if plain.isascii():
            name = plain
    words = re.split(r"[^\w]+", unicodedata.normalize("NFC", name.lower()))
    return "-".join(word for word in words if word)


Words = npt.NDArray[np.object_]


def _numbers(rng: np.random.Generator, most: int, count: int) -> LongInts:
    return rng.integers(0, most, count, dtype=np.int64)


def _told_apart(
    rng: np.random.Generator, first: Words, last: Words, origin: LongInts, namesakes: int
) -> None:
    """Give all people different full names, but for so many who get that of somebody else."""
    for _ in range(_MORE_NAMES):
        twice = pd.Series(first + " " + last).duplicated().to_numpy().nonzero()[0]
        for number, culture in enumerate(CULTURES):
            mine = twice[origin[twice] == number]
            more = np.array(culture.given, dtype=object)
            first[mine] = first[mine] + " " + more[_numbers(rng, more.size, mine.size)]
    order = rng.permutation(first.size)
    called, others = order[:namesakes], order[namesakes : 2 * namesakes]
    first[called], last[called] = first[others], last[others]


def draw_cast(
    rng: np.random.Generator, count: int, *, namesakes: float | None = None
) -> pd.DataFrame:
    """Return invented people: how files spell them, and who they are.

    Parameters
    ----------
    rng
        Source of randomness.
    count
        How many.
    namesakes
        Share of them, at most a half, who have the full name of somebody else; all others differ,
        some by a second first name. Default: as it comes.

    Returns
    -------
    pandas.DataFrame
        ``slug`` (unique), ``first`` and ``last`` as the files spell them, ``organisation`` and
        ``position`` (sometimes empty).
    """
    shares = np.array([culture.share for culture in CULTURES])
    origin = rng.choice(len(CULTURES), count, p=shares / shares.sum())
    first = np.full(count, "", dtype=object)
    last = np.full(count, "", dtype=object)
    for number, culture in enumerate(CULTURES):
        mine = np.flatnonzero(origin == number)
        parts = [
            np.array(words, dtype=object)[_numbers(rng, len(words), mine.size)]
            for words in culture[:3]
        ]
        first[mine] = parts[0]
        last[mine] = parts[1] + parts[2]
    if namesakes is not None:
        _told_apart(rng, first, last, origin, int(namesakes * count))
    # An odd multiplier permutes the 32-bit numbers, so no slug comes twice.
    tails = (np.arange(count) * 2654435761 + rng.integers(2**32)) % 2**32
    raw = rng.random(count) < 0.3  # noqa: PLR2004 - few members keep accents in their address
    slug = [
        f"{slug_text(f'{given} {family}', raw=keep)}-{tail:08x}"
        for given, family, keep, tail in zip(first, last, raw.tolist(), tails.tolist(), strict=True)
    ]
    adorned = np.flatnonzero(rng.random(count) < 0.05)  # noqa: PLR2004 - titles, emoji, stray spaces
    for person, choice in zip(
        adorned.tolist(), _numbers(rng, len(_ADORNED), adorned.size).tolist(), strict=True
    ):
        after, before = _ADORNED[choice]
        first[person] = before + first[person]
        last[person] = last[person] + after
    popular = 1.0 / np.arange(2, len(ORGANISATIONS) + 2)
    work = rng.choice(len(ORGANISATIONS), count, p=popular / popular.sum())
    silent = rng.random(count) < 0.06  # noqa: PLR2004 - members who name no employer
    return pd.DataFrame(
        {
            "slug": slug,
            "first": first,
            "last": last,
            "organisation": np.where(silent, "", np.array(ORGANISATIONS, dtype=object)[work]),
            "position": np.where(
                silent, "", np.array(TITLES, dtype=object)[_numbers(rng, len(TITLES), count)]
            ),
        }
    )
