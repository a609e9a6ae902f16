"""Words of dates: months and half-days in the languages of news, and the zones that papers name by letters."""

from datetime import date, timedelta

__all__ = ["MONTHS", "half_of_day", "home_minutes", "zone_minutes"]

# The twelve months, parted by `|`: names, forms of declension and abbreviations, case-folded, without full stops.
# Of two months that two languages give one word (`lis`: October in Croatian, November in Polish) the first line wins.
_MONTHS_WORDS = """
    january jan januar jänner jän jaenner januari janvier janv enero ene janeiro gennaio gen stycznia styczeń sty
    ledna leden led januára január januara siječnja sij января январь янв січня січень січ януари jaanuar janvāris
    janvārī saus sausio tammikuu tammikuuta tammi ianuarie ian ocak oca ιανουαρίου ιαν gener urtarrila janúar ม.ค
    มกราคม يناير كانون_الثاني ژانویه ינואר जनवरी জানুয়ারি |
    february feb februar feber feb februari février févr fév fevrier febrero fevereiro fev febbraio febb lutego luty
    lut února únor februára február februara veljače velj февраля февраль фев февр лютого лютий лют февруари
    veebruar veebr februāris februārī vas vasario helmikuu helmikuuta helmi februarie şubat şub φεβρουαρίου φεβ
    febrer otsailaren febrúar ก.พ กุมภาพันธ์ فبراير شباط فوریه פברואר फरवरी ফেব্রুয়ারি |
    march mar märz mrz mär maerz marts mars maart mrt marzo março marca marzec března březen bře marec ožujka ožu
    марта март мар березня березень бер märts martā kovo kov maaliskuu maaliskuuta maalis martie mart μαρτίου μαρ
    març martxoaren มี.ค มีนาคม مارس آذار מרץ मार्च মার্চ március márc marz marta |
    april apr avril avr abril abr aprile kwietnia kwiecień kwi dubna duben dub apríla apríl aprila travnja tra
    апреля апрель апр квітня квітень кві април aprill aprīlis aprīlī bal balandžio huhtikuu huhtikuuta huhti aprilie
    nisan nis απριλίου απρ apirilaren เม.ย เมษายน أبريل نيسان آوریل אפריל अप्रैल এপ্রিল április ápr |
    may mai maj mei mayo maio maggio mag maja května květen kvě mája máj svibnja svi мая май травня травень тра mai
    maijs maijā geg gegužės toukokuu toukokuuta touko mayıs μαΐου μάιος μαϊ maig maiatzaren maí พ.ค พฤษภาคม مايو
    أيار مه מאי मई মে május máj maí |
    june jun juni juin junio junho giugno giu czerwca czerwiec cze června červen čvn júna jún juna lipnja lip июня
    июнь июн червня червень чер юни juuni jūnijs jūnijā birž birželio kesäkuu kesäkuuta kesä iunie iun haziran haz
    ιουνίου ιουν juny ekainaren júní มิ.ย มิถุนายน يونيو حزيران ژوئن יוני जून জুন június jún |
    july jul juli juil juillet julio julho luglio lug lipca lipiec července červenec čvc júla júl jula srpnja srp
    июля июль июл липня липень лип юли juuli jūlijs jūlijā liep liepos heinäkuu heinäkuuta heinä iulie iul temmuz
    tem ιουλίου ιουλ juliol uztailaren júlí ก.ค กรกฎาคม يوليو تموز ژوئیه יולי जुलाई জুলাই július júl |
    august aug août aout agosto ago sierpnia sierpień sie srpna srpen augusta kolovoza kol augustus августа август
    авг серпня серпень сер август augusts augustā rugp rugpjūčio elokuu elokuuta elo ağustos ağu αυγούστου αυγ agost
    abuztuaren ágúst ส.ค สิงหาคม أغسطس آب اوت אוגוסט अगस्त আগস্ট augusztus agustus agu agt augusti avgust avgusta |
    september sep sept septembre septiembre setiembre setembro set settembre sett września wrzesień wrz září zář
    septembra rujna ruj сентября сентябрь сен сент вересня вересень вер септември septembris septembrī rugs rugsėjo
    syyskuu syyskuuta syys septembrie eylül eyl σεπτεμβρίου σεπ setembre irailaren ก.ย กันยายน سبتمبر أيلول سپتامبر
    ספטמבר सितंबर সেপ্টেম্বর szeptember szept |
    october oct oktober okt octobre octubre outubro out ottobre ott października październik paź října říjen říj
    októbra október oktobra listopada_hr октября октябрь окт жовтня жовтень жов октомври oktoober oktobris oktobrī
    spal spalio lokakuu lokakuuta loka octombrie ekim eki οκτωβρίου οκτ octubre urriaren ต.ค ตุลาคม أكتوبر
    تشرين_الأول اکتبر אוקטובר अक्टूबर অক্টোবর október okt |
    november nov novembre noviembre novembro listopada listopad lis novembra studenoga studenog stu ноября ноябрь
    ноя нояб листопада листопад лис ноември novembris novembrī lapkr lapkričio marraskuu marraskuuta marras
    noiembrie noi kasım kas νοεμβρίου νοε azaroaren พ.ย พฤศจิกายน نوفمبر تشرين_الثاني نوامبر נובמבר नवंबर নভেম্বর
    nóvember |
    december dec dezember dez décembre déc decembre diciembre dic dezembro dicembre grudnia grudzień gru prosince
    prosinec pro decembra prosinca декабря декабрь дек грудня грудень гру декември detsember dets decembris decembrī
    gruod gruodžio joulukuu joulukuuta joulu decembrie aralık ara δεκεμβρίου δεκ desembre abenduaren desember des
    ธ.ค ธันวาคม ديسمبر كانون_الأول دسامبر דצמבר दिसंबर ডিসেম্বর dezembra
"""
MONTHS: dict[str, int] = {}
for _number, _line in enumerate(_MONTHS_WORDS.split("|"), 1):
    for _name in _line.split():
        MONTHS.setdefault(_name.replace("_", " ").casefold(), _number)

# Minutes east of Greenwich. Letters that name several zones have the one that news names most (IST: India).
ZONES = {
    **dict.fromkeys(("z", "utc", "gmt", "ut", "wet", "uhr gmt"), 0),
    **dict.fromkeys(("bst", "cet", "mez", "wat", "west"), 60),
    **dict.fromkeys(("cest", "mesz", "eet", "sast", "cat"), 120),
    **dict.fromkeys(("eest", "msk", "мск", "eat", "trt"), 180),
    **dict.fromkeys(("ist",), 330),
    **dict.fromkeys(("pkt",), 300),
    **dict.fromkeys(("wib", "ict"), 420),
    **dict.fromkeys(("hkt", "sgt", "myt", "pht", "awst", "wita"), 480),
    **dict.fromkeys(("kst", "jst", "wit"), 540),
    **dict.fromkeys(("acst",), 570),
    **dict.fromkeys(("aest",), 600),
    **dict.fromkeys(("aedt",), 660),
    **dict.fromkeys(("nzst",), 720),
    **dict.fromkeys(("nzdt",), 780),
    **dict.fromkeys(("brt", "art", "adt"), -180),
    **dict.fromkeys(("ast", "edt"), -240),
    **dict.fromkeys(("est", "cdt"), -300),
    **dict.fromkeys(("cst", "mdt"), -360),
    **dict.fromkeys(("mst", "pdt"), -420),
    **dict.fromkeys(("pst", "akdt"), -480),
}
_AMERICAN = {"et": -300, "ct": -360, "mt": -420, "pt": -480}  # standard time; summer time by the day

_AFTERNOON = frozenset(("pm", "nachm", "下午", "晚上", "午後", "오후", "μμ", "п п"))
_MORNING = frozenset(("am", "vorm", "上午", "早上", "凌晨", "午前", "오전", "πμ"))


def half_of_day(word: str) -> str:
    """`am` or `pm` for a word that says which half of the day is meant, else empty."""
    plain = word.casefold().replace(".", "").replace(" ", "")
    return "pm" if plain in _AFTERNOON else "am" if plain in _MORNING else ""


def zone_minutes(name: str, day: date) -> int | None:
    """Minutes east of Greenwich of a zone named by letters on a day, None for letters that name none.

    `ET` and its like are in summer time as American law has it since 2007 (second Sunday of March to the first of
    November).
    """
    plain = name.casefold().rstrip(".")
    if plain in _AMERICAN:
        return _AMERICAN[plain] + 60 * eastern_summer(day)
    return ZONES.get(plain)


def eastern_summer(day: date) -> bool:
    """Whether American summer time is kept on a day."""
    march, november = date(day.year, 3, 1), date(day.year, 11, 1)
    first = march + timedelta(days=(6 - march.weekday()) % 7 + 7)
    last = november + timedelta(days=(6 - november.weekday()) % 7)
    return first <= day < last


# Standard time of countries, in minutes east of Greenwich, by top-level domain; countries of many zones are left out.
_HOME_WORDS = """
    0 uk ie pt is gh|60 de at ch fr it es nl be lu pl cz sk hu dk se no hr si rs ba mk al me mt li|120 fi ee lv lt gr ro
    bg ua cy md il|180 ru by tr sa iq ke qa kw|210 ir|240 ae ge am az|300 pk uz|330 in lk|345 np|360 bd|420 th vn id kh
    |480 cn hk tw sg my ph mo|540 jp kr kp|720 nz|-180 ar br uy|-300 co pe ec pa|-240 bo ve do pr
"""
_HOME = {name: int(line.split()[0]) for line in _HOME_WORDS.split("|") for name in line.split()[1:]}
_EUROPEAN_WORDS = """
    uk ie pt de at ch fr it es nl be lu pl cz sk hu dk se no hr si rs ba mk al me mt li fi ee lv lt gr ro bg ua cy md
"""
_EUROPEAN = frozenset(_EUROPEAN_WORDS.split())
_SPOKEN_IN = {
    "cs": "cz",
    "da": "dk",
    "ja": "jp",
    "ko": "kr",
    "sv": "se",
    "el": "gr",
    "uk": "ua",
    "vi": "vn",
    "nb": "no",
}
_AT_HOME = frozenset(("de", "it", "pl", "hu", "nl", "fi", "no", "hr", "ro", "bg", "tr", "th"))


def home_minutes(host: str, language: str, day: date) -> int | None:
    """Minutes east of Greenwich where a publisher is, by its host's domain, else by its language; None if unknown."""
    place = host.rpartition(".")[2].lower()
    if place not in _HOME:
        primary, _, rest = language.lower().replace("_", "-").partition("-")
        region = rest.rpartition("-")[2]
        place = region if region in _HOME else _SPOKEN_IN.get(primary, primary if primary in _AT_HOME else "")
    if place not in _HOME:
        return None
    return _HOME[place] + 60 * (place in _EUROPEAN and european_summer(day))


def european_summer(day: date) -> bool:
    """Whether European summer time is kept on a day: from the last Sunday of March to the last of October."""
    march, october = date(day.year, 3, 31), date(day.year, 10, 31)
    return (
        march - timedelta(days=(march.weekday() + 1) % 7) <= day < october - timedelta(days=(october.weekday() + 1) % 7)
    )
