"""Currencies: codes of ISO 4217 with their English names, the signs and nouns that texts use for them."""

from diurna.enrich.quantities.words import word_set

__all__ = ["BARE", "CODES", "LOWER_CODES", "NOUNS", "PREFIXED", "SIGNS", "SUBUNITS"]

_CODES = """
AED UAE dirham;AFN Afghan afghani;ALL Albanian lek;AMD Armenian dram;AOA Angolan kwanza;ARS Argentine peso
AUD Australian dollar;AZN Azerbaijani manat;BAM Bosnian mark;BBD Barbadian dollar;BDT Bangladeshi taka
BGN Bulgarian lev;BHD Bahraini dinar;BIF Burundian franc;BND Brunei dollar;BOB Bolivian boliviano;BRL Brazilian real
BSD Bahamian dollar;BTN Bhutanese ngultrum;BWP Botswanan pula;BYN Belarusian rouble;BZD Belize dollar
CAD Canadian dollar;CDF Congolese franc;CHF Swiss franc;CLP Chilean peso;CNY Chinese yuan;COP Colombian peso
CRC Costa Rican colón;CUP Cuban peso;CZK Czech koruna;DJF Djiboutian franc;DKK Danish krone;DOP Dominican peso
DZD Algerian dinar;EGP Egyptian pound;ERN Eritrean nakfa;ETB Ethiopian birr;EUR euro;FJD Fijian dollar
GBP British pound;GEL Georgian lari;GHS Ghanaian cedi;GMD Gambian dalasi;GNF Guinean franc;GTQ Guatemalan quetzal
GYD Guyanese dollar;HKD Hong Kong dollar;HNL Honduran lempira;HTG Haitian gourde;HUF Hungarian forint
IDR Indonesian rupiah;ILS Israeli shekel;INR Indian rupee;IQD Iraqi dinar;IRR Iranian rial;ISK Icelandic króna
JMD Jamaican dollar;JOD Jordanian dinar;JPY Japanese yen;KES Kenyan shilling;KGS Kyrgyz som;KHR Cambodian riel
KPW North Korean won;KRW South Korean won;KWD Kuwaiti dinar;KZT Kazakh tenge;LAK Lao kip;LBP Lebanese pound
LKR Sri Lankan rupee;LRD Liberian dollar;LYD Libyan dinar;MAD Moroccan dirham;MDL Moldovan leu;MGA Malagasy ariary
MKD Macedonian denar;MMK Myanmar kyat;MNT Mongolian tugrik;MOP Macanese pataca;MRU Mauritanian ouguiya
MUR Mauritian rupee;MVR Maldivian rufiyaa;MWK Malawian kwacha;MXN Mexican peso;MYR Malaysian ringgit
MZN Mozambican metical;NAD Namibian dollar;NGN Nigerian naira;NIO Nicaraguan córdoba;NOK Norwegian krone
NPR Nepalese rupee;NZD New Zealand dollar;OMR Omani rial;PAB Panamanian balboa;PEN Peruvian sol
PGK Papua New Guinean kina;PHP Philippine peso;PKR Pakistani rupee;PLN Polish zloty;PYG Paraguayan guarani
QAR Qatari riyal;RON Romanian leu;RSD Serbian dinar;RUB Russian rouble;RWF Rwandan franc;SAR Saudi riyal
SBD Solomon Islands dollar;SCR Seychellois rupee;SDG Sudanese pound;SEK Swedish krona;SGD Singapore dollar
SLE Sierra Leonean leone;SOS Somali shilling;SRD Surinamese dollar;SSP South Sudanese pound;SYP Syrian pound
THB Thai baht;TJS Tajik somoni;TMT Turkmen manat;TND Tunisian dinar;TOP Tongan paʻanga;TRY Turkish lira
TTD Trinidad and Tobago dollar;TWD New Taiwan dollar;TZS Tanzanian shilling;UAH Ukrainian hryvnia
UGX Ugandan shilling;USD US dollar;UYU Uruguayan peso;UZS Uzbek som;VES Venezuelan bolívar;VND Vietnamese dong
VUV Vanuatu vatu;WST Samoan tala;XAF Central African CFA franc;XCD East Caribbean dollar;XOF West African CFA franc
XPF CFP franc;YER Yemeni rial;ZAR South African rand;ZMW Zambian kwacha;RMB Chinese yuan;BTC bitcoin;ETH ether
"""

CODES: dict[str, str] = {
    code: name
    for code, _, name in (pair.strip().partition(" ") for pair in _CODES.replace("\n", ";").split(";") if pair.strip())
}
"""Name of the currency of each code. Codes that are English words in capitals count only beside a number's digits."""

LOWER_CODES = word_set("usd eur gbp rmb inr jpy cny chf cad aud btc hkd sgd nzd krw mxn zar")
"""Codes that are taken in lower case too."""

SIGNS: dict[str, str] = {
    "$": "dollar",
    "€": "euro",
    "£": "British pound",
    "¥": "Japanese yen",
    "￥": "Japanese yen",
    "₹": "Indian rupee",
    "₨": "rupee",
    "₩": "South Korean won",
    "₽": "Russian rouble",
    "₺": "Turkish lira",
    "₪": "Israeli shekel",
    "₴": "Ukrainian hryvnia",
    "₦": "Nigerian naira",
    "₱": "Philippine peso",
    "₫": "Vietnamese dong",
    "฿": "Thai baht",
    "₡": "Costa Rican colón",
    "₭": "Lao kip",
    "₮": "Mongolian tugrik",
    "₸": "Kazakh tenge",
    "₲": "Paraguayan guarani",
    "₵": "Ghanaian cedi",
    "₼": "Azerbaijani manat",
    "₾": "Georgian lari",
    "৳": "Bangladeshi taka",
    "៛": "Cambodian riel",
    "₿": "bitcoin",
    "¢": "cent",
}

PREFIXED: dict[str, str] = {
    "us": "US dollar",
    "a": "Australian dollar",
    "au": "Australian dollar",
    "c": "Canadian dollar",
    "ca": "Canadian dollar",
    "can": "Canadian dollar",
    "hk": "Hong Kong dollar",
    "nz": "New Zealand dollar",
    "s": "Singapore dollar",
    "nt": "New Taiwan dollar",
    "r": "Brazilian real",
    "mex": "Mexican peso",
    "mx": "Mexican peso",
    "ec": "East Caribbean dollar",
    "fj": "Fijian dollar",
    "j": "Jamaican dollar",
    "tt": "Trinidad and Tobago dollar",
    "n": "Namibian dollar",
    "z": "Zimbabwean dollar",
}
"""What letters before a dollar sign make of it."""

BARE: dict[str, str] = {
    "dollar": "dollar",
    "buck": "dollar",
    "greenback": "US dollar",
    "euro": "euro",
    "quid": "British pound",
    "yen": "Japanese yen",
    "yuan": "Chinese yuan",
    "renminbi": "Chinese yuan",
    "kuai": "Chinese yuan",
    "won": "South Korean won",
    "rupee": "rupee",
    "rouble": "Russian rouble",
    "ruble": "Russian rouble",
    "rand": "South African rand",
    "real": "Brazilian real",
    "reais": "Brazilian real",
    "zloty": "Polish zloty",
    "złoty": "Polish zloty",
    "forint": "Hungarian forint",
    "baht": "Thai baht",
    "dong": "Vietnamese dong",
    "ringgit": "Malaysian ringgit",
    "rupiah": "Indonesian rupiah",
    "shekel": "Israeli shekel",
    "naira": "Nigerian naira",
    "cedi": "Ghanaian cedi",
    "taka": "Bangladeshi taka",
    "hryvnia": "Ukrainian hryvnia",
    "hryvnya": "Ukrainian hryvnia",
    "kyat": "Myanmar kyat",
    "tenge": "Kazakh tenge",
    "birr": "Ethiopian birr",
    "kip": "Lao kip",
    "riel": "Cambodian riel",
    "bitcoin": "bitcoin",
    "satoshi": "satoshi",
    "peso": "peso",
    "lira": "lira",
    "franc": "franc",
    "dinar": "dinar",
    "dirham": "dirham",
    "riyal": "riyal",
    "rial": "rial",
    "krona": "krona",
    "kronor": "krona",
    "krone": "krone",
    "kroner": "krone",
    "koruna": "Czech koruna",
    "shilling": "shilling",
    "deutschmark": "German mark",
    "deutschemark": "German mark",
    "mark": "mark",
    "guilder": "guilder",
    "drachma": "drachma",
    "escudo": "escudo",
    "kwacha": "kwacha",
    "leu": "leu",
    "lei": "leu",
    "lev": "lev",
    "leva": "lev",
    "pula": "Botswanan pula",
    "afghani": "Afghan afghani",
    "bolivar": "Venezuelan bolívar",
    "bolívar": "Venezuelan bolívar",
    "peseta": "peseta",
    "markka": "Finnish markka",
    "schilling": "schilling",
    "punt": "Irish pound",
    "cruzeiro": "cruzeiro",
    "元": "Chinese yuan",
    "円": "Japanese yen",
    "원": "South Korean won",
    "sterling": "British pound",
}
"""Nouns in the singular (a plural in s is added). Those that several countries share keep their plain name."""

SUBUNITS: dict[str, str] = {
    "cent": "cent",
    "penny": "penny",
    "pence": "penny",
    "pennies": "penny",
    "kopeck": "kopeck",
    "kopek": "kopeck",
    "paise": "paisa",
    "paisa": "paisa",
    "jiao": "jiao",
    "mao": "jiao",
    "sen": "sen",
    "centavo": "centavo",
    "centime": "centime",
    "pfennig": "pfennig",
}

_LONG_ADJECTIVES = {
    "us dollar": "US dollar",
    "american dollar": "US dollar",
    "u.s. dollar": "US dollar",
    "united states dollar": "US dollar",
    "aussie dollar": "Australian dollar",
    "hong kong dollar": "Hong Kong dollar",
    "new zealand dollar": "New Zealand dollar",
    "taiwan dollar": "New Taiwan dollar",
    "pound sterling": "British pound",
    "pounds sterling": "British pound",
    "uk pound": "British pound",
    "english pound": "British pound",
    "irish pound": "Irish pound",
    "korean won": "South Korean won",
    "russian ruble": "Russian rouble",
    "ukrainian hryvnya": "Ukrainian hryvnia",
    "swedish krona": "Swedish krona",
    "swedish kronor": "Swedish krona",
    "norwegian kroner": "Norwegian krone",
    "danish kroner": "Danish krone",
    "french franc": "French franc",
    "belgian franc": "Belgian franc",
    "cfa franc": "CFA franc",
    "german mark": "German mark",
    "deutsche mark": "German mark",
    "italian lira": "Italian lira",
    "spanish peseta": "Spanish peseta",
    "finnish markka": "Finnish markka",
    "austrian schilling": "Austrian schilling",
    "dutch guilder": "Dutch guilder",
    "portuguese escudo": "Portuguese escudo",
    "greek drachma": "Greek drachma",
    "zimbabwe dollar": "Zimbabwean dollar",
    "zimbabwean dollar": "Zimbabwean dollar",
    "us cent": "US cent",
    "u.s. cent": "US cent",
}


def _all_nouns() -> dict[str, str]:
    nouns: dict[str, str] = {}
    for table in (BARE, SUBUNITS, _LONG_ADJECTIVES, {name.lower(): name for name in CODES.values()}):
        for noun, name in table.items():
            nouns[noun] = name
            if not noun.endswith("s"):
                nouns.setdefault(noun + "s", name)
    return nouns


NOUNS: dict[str, str] = _all_nouns()
"""Every name that may follow a number, in lower case, singular and plural; `pound` alone is told from the mass."""
