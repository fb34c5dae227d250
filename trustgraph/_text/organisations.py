"""Whether two names mean the same organisation: never a substring, and how surely."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from trustgraph._text.letters import clean, fold, words

__all__ = [
    "MatchTier",
    "circle_key",
    "match_organisation",
    "match_organisations",
    "organisation_key",
]

MatchTier = Literal["exact", "strong", "weak"]

# Legal forms as folded words, abbreviations closed up: "S.A. de C.V." is "sa de cv".
# What is also a common word or a name ("ME", "PC", "SC", "IKE") is none, with dots or without.
_LEGAL_WORDS: Final = """
    inc incorporated corp corporation co company ltd limited llc llp lp plc pllc pbc ulc ltee
    limitee cic pty proprietary npc pvt pte bhd berhad opc dac clg teoranta pcl
    gmbh ggmbh gesmbh mbh ag kg kgaa ohg gbr ug se flexco partg mbb partgmbb sagl
    sa sas sasu sarl eurl snc sca scop cie bv nv vof bvba sprl asbl vzw ua sicav scsp
    sl slu sau slp sll lda unipessoal sgps spa srl srls unipersonale epe μικε ικε αε επε
    sac saa eirl ltda limitada eireli epp
    ab hb aktiebolag aktiebolaget as asa ans nuf aps ivs ks oy oyj ehf hf ou uab sia
    sro vos kft zrt nyrt bt doo jdoo dd ad ead eood ood оод еоод ад еад
    ooo oao zao pao ооо оао зао пао ао тов прат пат спд
    kk gk tbk persero jsc cjsc ojsc pjsc wll sae sal fze fzco dmcc kscp kscc qsc qpsc בעמ
    株 有 주 유
"""
_LEGAL_PHRASES: Final = """
    l l c, p ltd, p limited, opc private limited, smc pvt, smc private limited, private limited,
    m sdn bhd, sdn bhd, rf ltd, ltd gte, public limited company, public company limited,
    ges mbh, joint stock company, ug haftungsbeschrankt, ab publ, oy ab, sa rl, sas bic,
    sa esp, saesp, sasesp,
    s coop, soc coop, societa cooperativa, societa per azioni, societa benefit, cooperatief ua,
    single member pc, single member sa, sa de cv, sapi de cv, sab de cv, sas de cv, s de rl,
    s de rl de cv, sofom enr, sofom er, sp z oo, sp zoo, sp j, sp k, spolka z oo,
    spolka z ograniczona odpowiedzialnoscia, spol s ro, spolka akcyjna, ltd sti, limited sirketi,
    anonim sirketi, san tic, san ve tic, sanayi ticaret, sanayi ve ticaret, kabushiki kaisha,
    godo kaisha, fz llc, llc fz, בע מ
"""
_LEGAL_HEAD_PHRASES: Final = "cong ty tnhh, cong ty co phan, ctcp"
_LEGAL_AFFIXES: Final = (
    "股份有限公司",
    "有限责任公司",
    "有限公司",
    "株式会社",
    "有限会社",
    "合同会社",
    "주식회사",
    "유한회사",
)


def _phrases(texts: str) -> set[tuple[str, ...]]:
    return {tuple(text.split()) for text in texts.split(",")}


_LEGAL_TAILS: Final = frozenset(
    {(word,) for word in (*_LEGAL_WORDS.split(), *_LEGAL_AFFIXES)} | _phrases(_LEGAL_PHRASES)
)
_LEGAL_HEADS: Final = frozenset(
    {(word,) for word in "the pt oy ab aktiebolaget uab sia ooo oao zao pao".split()}
    | {(word,) for word in "ооо оао зао пао ао тов прат пат ип фоп 株 有 주 유".split()}
    | {(word,) for word in _LEGAL_AFFIXES}
    | _phrases(_LEGAL_HEAD_PHRASES)
)
# Only as they are written can "e.V." and "eG" be told from "EV" and "EG".
_GERMAN_FORM: Final = re.compile(r"(?<=\w)[\s,]+e\.?\s?[VKGU]\b\.?(?=\s|$)")
_LONGEST_HEAD: Final = max(map(len, _LEGAL_HEADS))
_LONGEST_TAIL: Final = max(map(len, _LEGAL_TAILS))
_GENERIC: Final = frozenset(
    """
    group groupe gruppe grupo gruppo holding holdings technologies technology tech labs lab
    laboratories international global worldwide solutions services consulting ventures partners
    software systems digital studio studios industries enterprises bank university school
    college africa america americas asia europe oceania pacific emea apac latam dach nordics
    benelux mena north south east west latin eu uk us usa uae argentina australia austria
    osterreich belgium belgique brasil brazil canada chile china colombia czechia denmark
    danmark deutschland egypt espana finland france germany greece hungary iceland india
    indonesia ireland israel italia italy japan kenya korea luxembourg malaysia mexico morocco
    nederland netherlands nigeria norge norway pakistan peru philippines poland polska portugal
    romania russia schweiz singapore spain suisse sverige sweden switzerland taiwan thailand
    turkey turkiye ukraine uruguay vietnam
    """.split()
)
_EMPTY_WORDS: Final = frozenset("the a an of and for in at de la le el der die das".split())
_AND: Final = frozenset({"and", "und", "et", "y"})
_TAGLINE: Final = re.compile(r"[|｜]|\s[•·‒–—-]+\s")
_CLOSE_UP: Final = re.compile(r"\b(\w)[./]\s?(?=\w\b)")
_MARKS: Final = str.maketrans({"™": " ", "®": " ", "©": " ", "℠": " ", "&": " and "})


@dataclass(frozen=True, slots=True)
class _Organisation:
    """A name of an organisation at the three depths at which it is compared."""

    whole: str
    core: tuple[str, ...]
    stem: tuple[str, ...]

    @property
    def joined(self) -> str:
        return "".join(self.core)


def _without_tails(parts: list[str]) -> list[str]:
    while True:
        for length in range(min(_LONGEST_TAIL, len(parts) - 1), 0, -1):
            if tuple(parts[-length:]) in _LEGAL_TAILS:
                del parts[-length:]
                break
        else:
            if len(parts) > 1 and parts[-1] == "and":
                parts.pop()
                continue
            return parts


def _without_heads(parts: list[str]) -> list[str]:
    while True:
        for length in range(min(_LONGEST_HEAD, len(parts) - 1), 0, -1):
            if tuple(parts[:length]) in _LEGAL_HEADS:
                parts = parts[length:]
                break
        else:
            return parts


def _without_affix(word: str) -> str:
    for affix in _LEGAL_AFFIXES:
        bare = word.removesuffix(affix).removeprefix(affix)
        if bare and bare != word:
            return bare
    return word


def _core(name: str) -> list[str]:
    parts = [part for part in _TAGLINE.split(name.translate(_MARKS)) if words(part)]
    parts = [_GERMAN_FORM.sub("", part.strip()) for part in parts[:1]]
    text = _CLOSE_UP.sub(r"\1", fold(parts[0])) if parts else ""
    tokens = ["and" if word in _AND else word for word in words(text)]
    tokens = _without_tails([_without_affix(word) for word in tokens])
    return _without_tails(_without_heads(tokens))


def _says_something(parts: Sequence[str]) -> bool:
    """Tell whether words name an organisation; "Group" alone does not, "Bank of America" does."""
    full = [word for word in parts if word not in _EMPTY_WORDS]
    return len(full) > 1 or any(
        word not in _GENERIC and (word,) not in _LEGAL_TAILS for word in full
    )


@lru_cache(maxsize=50_000)  # the names of one network are looked at again and again
def _organisation(name: str) -> _Organisation:
    name = clean(name)
    core = _core(name)
    stem = list(core)
    while len(stem) > 1 and stem[-1] in _GENERIC:
        stem.pop()
    if not _says_something(stem):
        stem = core
    whole = "".join(words(name.replace("™", "").replace("℠", "")))
    return _Organisation(whole, tuple(core), tuple(stem))


def _tier(wanted: _Organisation, other: _Organisation) -> MatchTier | None:
    if not wanted.whole or not other.whole:
        return None
    if wanted.whole == other.whole:
        return "exact"
    if wanted.joined == other.joined:
        return "strong"
    shorter, longer = sorted((wanted.core, other.core), key=len)
    leads = longer[: len(shorter)] == shorter and _says_something(shorter)
    return "weak" if leads or wanted.stem == other.stem else None


def match_organisation(wanted: str, name: str) -> MatchTier | None:
    """Return how surely two names mean the same organisation.

    Parameters
    ----------
    wanted, name
        Two names. The order does not matter.

    Returns
    -------
    "exact", "strong", "weak" or None
        *exact*: the same but for case, accents, punctuation and spaces; *strong*: the same but for
        legal forms, a leading "the", ``&`` for "and", and a tagline after ``|`` or `` - ``; *weak*:
        one is the other and further words, or they differ in a general last word ("Group",
        "Germany"); never a part of a word.

    Examples
    --------
    >>> from trustgraph._text import match_organisation
    >>> match_organisation("Acme", "ACME!"), match_organisation("Acme", "Acme S.A. de C.V.")
    ('exact', 'strong')
    >>> match_organisation("Acme", "Acme Robotics"), match_organisation("Acme", "Acmeology")
    ('weak', None)
    """
    return _tier(_organisation(wanted), _organisation(name))


def match_organisations(wanted: str, names: Sequence[str]) -> list[MatchTier | None]:
    """Return the tier of each of many names; each distinct name is looked at once.

    Parameters
    ----------
    wanted
        Name of the organisation.
    names
        Names to compare with it.

    Returns
    -------
    list of "exact", "strong", "weak" or None
        As `match_organisation`, in the order of ``names``.

    Examples
    --------
    >>> from trustgraph._text import match_organisations
    >>> match_organisations("Acme", ["Acme Inc", "Pacme", "acme"])
    ['strong', None, 'exact']
    """
    sought = _organisation(wanted)
    tiers = {name: _tier(sought, _organisation(name)) for name in dict.fromkeys(names)}
    return [tiers[name] for name in names]


def organisation_key(name: str) -> str:
    """Return a text that is the same for names of one organisation (a strong match).

    Parameters
    ----------
    name
        Name of an organisation.

    Returns
    -------
    str
        The name without legal form, tagline, case, accents, punctuation and spaces; empty if it has
        no word. Names of which nothing would be left keep what they have.

    Examples
    --------
    >>> from trustgraph._text import organisation_key
    >>> organisation_key("The Acme Co., Ltd. | We build") == organisation_key("ACME GmbH & Co. KG")
    True
    """
    return _organisation(name).joined


NO_PLACE: Final = frozenset(
    """
    autoentrepreneur autonoma autonomo available careerbreak confidential confidentialcompany
    freelance freelancer freelancing
    freiberuflich home homemaker independant independent independentconsultant independentcontractor
    lookingforajob lookingforopportunities lookingforwork na none opentowork opportunities
    parttime private retired seeking selbstandig selbststandig selfemployed
    stealth stealthmode stealthmodestartup stealthstartup student unemployed undisclosed various
    """.split()
)
"""Keys of what people write where an employer should stand; it makes nobody a colleague."""
_NO_PLACE_STARTS: Final = ("lookingfor", "opento", "seekingnew", "seekingopportunit")


def circle_key(name: str) -> str:
    """Return the key of an organisation whose people can know each other there.

    Parameters
    ----------
    name
        What somebody wrote where an employer should stand.

    Returns
    -------
    str
        As `organisation_key`; empty for what is no place ("Self-employed", "Retired", …).

    Examples
    --------
    >>> from trustgraph._text import circle_key
    >>> circle_key("Self-Employed"), circle_key("Acme Inc.")
    ('', 'acme')
    """
    key = organisation_key(name)
    return "" if key in NO_PLACE or key.startswith(_NO_PLACE_STARTS) else key
