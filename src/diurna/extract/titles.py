"""Titles of encyclopedia pages as links write them: `[[A_b#C|d]]`, `[[:fr:X]]`, `[[File:…]]`."""

import html
import re
import unicodedata
from functools import lru_cache
from urllib.parse import unquote

from msgspec import Struct

__all__ = ["PageName", "page_title", "read_page_name", "shown_of"]

# Prefixes of Wikipedia's language editions (meta: List of Wikipedias).
_LANGUAGES_WORDS = """
    aa ab ace ady af ak als alt am ami an ang ann anp ar arc ary arz as ast atj av avk awa ay az azb ba ban bar
    bat-smg bcl bdr be be-tarask be-x-old bew bg bh bi bjn blk bm bn bo bpy br bs btm bug bxr ca cbk-zam cdo ce ceb ch
    cho chr chy ckb co cr crh cs csb cu cv cy da dag de dga din diq dsb dtp dty dv dz ee el eml en eo es et eu ext fa
    fat ff fi fiu-vro fj fo fon fr frp frr fur fy ga gag gan gcr gd gl glk gn gom gor got gpe gsw gu guc gur guw gv ha
    hak haw he hi hif ho hr hsb ht hu hy hyw hz ia iba id ie ig igl ii ik ilo inh io is it iu ja jam jbo jv ka kaa kab
    kaj kbd kbp kcg kg kge ki kj kk kl km kn knc ko koi kr krc ks ksh ku kus kv kw ky la lad lb lbe lez lfn lg li lij
    lld lmo ln lo lrc lt ltg lv lzh mad mai map-bms mdf mg mh mhr mi min mk ml mn mni mnw mo mos mr mrj ms mt mus mwl
    my myv mzn na nah nan nap nds nds-nl ne new ng nia nl nn no nov nqo nr nrm nso nup nv ny oc olo om or os pa pag
    pam pap pcd pcm pdc pfl pi pih pl pms pnb pnt ps pt pwn qu rki rm rmy rn ro roa-rup roa-tara rsk ru rue rup rw sa
    sah sat sc scn sco sd se sg sgs sh shi shn shy si simple sk skr sl sm smn sn so sq sr srn ss st stq su sv sw syl
    szl szy ta tay tcy tdd te tet tg th ti tig tk tl tly tn to tpi tr trv ts tt tum tw ty tyv udm ug uk ur uz ve vec
    vep vi vls vo vro wa war wo wuu xal xh xmf yi yo yue za zea zgh zh zh-classical zh-min-nan zh-yue zu
"""
_LANGUAGES = frozenset(_LANGUAGES_WORDS.split())
# Prefixes of sister projects; their first letter's case is their own affair.
_PROJECTS_WORDS = """
    b c commons d foundation incubator m mediazilla meta metawikimedia mw n outreach phab q s species v voy w
    wikibooks wikidata wikinews wikiquote wikisource wikispecies wikiversity wikivoyage wikt wiktionary wmf
"""
_PROJECTS = frozenset(_PROJECTS_WORDS.split())
_FILES_WORDS = """
    file image archivo imagen datei bild fichier ficheiro imagem immagine plik bestand afbeelding fil файл изображение
    ファイル 画像 文件 圖像 图像 檔案 파일 그림 ملف dosya berkas קובץ soubor fájl
"""
_FILES = frozenset(_FILES_WORDS.split())
_CATEGORIES_WORDS = """
    category categoría categoria kategorie catégorie kategoria categorie kategori категория категорія カテゴリ 分类
    分類 분류 تصنيف קטגוריה kategória
"""
_CATEGORIES = frozenset(_CATEGORIES_WORDS.split())
_NAMESPACES_WORDS = """
    book category draft file help image media mediawiki module portal project special talk template timedtext user
    wikipedia
"""
_NAMESPACES = frozenset(_NAMESPACES_WORDS.split())
_SPACE = re.compile(r"[\s_\u200b\u200e\u200f\ufeff]+")
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")  # MediaWiki takes these out of titles too
_FORBIDDEN = re.compile(r"[<>\[\]{}|\x00-\x1f\x7f-\x9f\ufffd-\uffff]")
_LONGEST = 255  # bytes of a title in MediaWiki


class PageName(Struct, frozen=True):
    """Where a link leads. `kind` is `page`, `section`, `file`, `category`, `language`, `media` or `none`."""

    kind: str
    title: str = ""
    section: str = ""
    site: str = ""


@lru_cache(maxsize=16384)
def page_title(raw: str, *, capital: bool = True) -> str:
    """Give a title the form MediaWiki stores: entities and percent signs decoded, single spaces, a capital first."""
    text = html.unescape(raw) if "&" in raw else raw
    text = unquote(text, errors="replace") if "%" in text else text
    text = _SPACE.sub(" ", _DIRECTIONS.sub("", unicodedata.normalize("NFC", text))).strip()
    return _capital(text) if capital else text


def _capital(text: str) -> str:
    # MediaWiki does not use the capitals that Georgian has since Unicode 11; ß and ligatures have none of one letter.
    first = text[:1].upper()
    return first + text[1:] if len(first) == 1 and not "\u10d0" <= text[:1] <= "\u10ff" else text


@lru_cache(maxsize=16384)
def read_page_name(raw: str) -> PageName:
    """Read a link's target: `Kim_Jong-un#Early_life`, `:fr:Paris`, `Category:…`, `#History`."""
    text = page_title(raw, capital=False)
    explicit = text.startswith(":")
    text = text.lstrip(": ") if explicit else text
    sites: list[str] = []
    while ":" in text and len(sites) < 2:
        prefix = text.partition(":")[0].strip().lower()
        if prefix not in _LANGUAGES and prefix not in _PROJECTS:
            break
        if prefix in _LANGUAGES and not explicit and not sites:
            return PageName("language")
        sites.append(prefix)
        text = text.partition(":")[2].strip(": ")
    title, _, section = text.partition("#")
    title, section = title.strip(), section.strip()
    prefix = title.partition(":")[0].strip().lower() if ":" in title else ""
    if not explicit and not sites:
        if prefix in _FILES:
            return PageName("file")
        if prefix in _CATEGORIES:
            return PageName("category")
        if prefix == "media":
            return PageName("media")
        if not title:
            return PageName("section" if section else "none")
    if not title or title.startswith(("/", "../")) or _FORBIDDEN.search(title + section):
        return PageName("none")
    if len(title.encode("utf-8", "replace")) > _LONGEST:
        return PageName("none")
    if prefix in _NAMESPACES:
        title = f"{_capital(title.partition(':')[0].strip())}:{_capital(title.partition(':')[2].strip())}"
    if not sites or sites[-1] in _LANGUAGES:
        title = _capital(title)
    return PageName("page", title, section, ":".join(sites))


def shown_of(raw: str, label: str | None) -> str:
    """Words that a link without mark-up in its label shows; an empty label is filled in as the pipe trick would."""
    words = page_title(raw, capital=False).removeprefix(":")
    if label is None:
        return words
    if label.strip():
        return label
    words = words.partition("#")[0]
    words = re.sub(r"^[^:()]{1,40}:", "", words)
    shorter = re.sub(r"\s*[(（][^()（）]*[)）]$", "", words)
    return (shorter if shorter != words else words.split(", ")[0]).strip()
