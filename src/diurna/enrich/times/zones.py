"""Time zones of places, for "local time" below a dateline and for "Seoul time": by country, else by city or state."""

import re
from datetime import tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from diurna.enrich.gazetteer import Listing, listings, titled

__all__ = ["zone_of_dateline", "zone_of_place"]

# Countries by their ISO 3166 code, each with the tz database's zone of its capital. Of countries that keep several
# times at once only cities and states tell the zone; islands far from the mainland are left out.
_COUNTRIES = {
    "Africa": """
        AO Luanda, BF Ouagadougou, BI Bujumbura, BJ Porto-Novo, BW Gaborone, CF Bangui, CG Brazzaville, CI
        Abidjan, CM Douala, DJ Djibouti, DZ Algiers, EG Cairo, EH El_Aaiun, ER Asmara, ET Addis_Ababa, GA
        Libreville, GH Accra, GM Banjul, GN Conakry, GQ Malabo, GW Bissau, KE Nairobi, LR Monrovia, LS Maseru,
        LY Tripoli, MA Casablanca, ML Bamako, MR Nouakchott, MW Blantyre, MZ Maputo, NA Windhoek, NE Niamey, NG
        Lagos, RW Kigali, SD Khartoum, SL Freetown, SN Dakar, SO Mogadishu, SS Juba, ST Sao_Tome, SZ Mbabane, TD
        Ndjamena, TG Lome, TN Tunis, TZ Dar_es_Salaam, UG Kampala, ZA Johannesburg, ZM Lusaka, ZW Harare
    """,
    "America": """
        AG Antigua, AI Anguilla, AR Argentina/Buenos_Aires, AW Aruba, BB Barbados, BL St_Barthelemy, BO La_Paz,
        BQ Kralendijk, BS Nassau, BZ Belize, CL Santiago, CO Bogota, CR Costa_Rica, CU Havana, CW Curacao, DM
        Dominica, DO Santo_Domingo, EC Guayaquil, GD Grenada, GF Cayenne, GP Guadeloupe, GT Guatemala, GY
        Guyana, HN Tegucigalpa, HT Port-au-Prince, JM Jamaica, KN St_Kitts, KY Cayman, LC St_Lucia, MF Marigot,
        MQ Martinique, MS Montserrat, NI Managua, PA Panama, PE Lima, PM Miquelon, PR Puerto_Rico, PY Asuncion,
        SR Paramaribo, SV El_Salvador, SX Lower_Princes, TC Grand_Turk, TT Port_of_Spain, UY Montevideo, VC
        St_Vincent, VE Caracas, VG Tortola, VI St_Thomas
    """,
    "Arctic": """
        SJ Longyearbyen
    """,
    "Asia": """
        AE Dubai, AF Kabul, AM Yerevan, AZ Baku, BD Dhaka, BH Bahrain, BN Brunei, BT Thimphu, CN Shanghai, CY
        Nicosia, GE Tbilisi, HK Hong_Kong, IL Jerusalem, IN Kolkata, IQ Baghdad, IR Tehran, JO Amman, JP Tokyo,
        KG Bishkek, KH Phnom_Penh, KP Pyongyang, KR Seoul, KW Kuwait, LA Vientiane, LB Beirut, LK Colombo, MM
        Yangon, MN Ulaanbaatar, MO Macau, MY Kuala_Lumpur, NP Kathmandu, OM Muscat, PH Manila, PK Karachi, PS
        Gaza, QA Qatar, SA Riyadh, SG Singapore, SY Damascus, TH Bangkok, TJ Dushanbe, TL Dili, TM Ashgabat, TW
        Taipei, UZ Tashkent, VN Ho_Chi_Minh, YE Aden
    """,
    "Atlantic": """
        BM Bermuda, CV Cape_Verde, FK Stanley, FO Faroe, IS Reykjavik, SH St_Helena
    """,
    "Europe": """
        AD Andorra, AL Tirane, AT Vienna, AX Mariehamn, BA Sarajevo, BE Brussels, BG Sofia, BY Minsk, CH Zurich,
        CZ Prague, DE Berlin, DK Copenhagen, EE Tallinn, ES Madrid, FI Helsinki, FR Paris, GB London, GG
        Guernsey, GI Gibraltar, GR Athens, HR Zagreb, HU Budapest, IE Dublin, IM Isle_of_Man, IT Rome, JE
        Jersey, LI Vaduz, LT Vilnius, LU Luxembourg, LV Riga, MC Monaco, MD Chisinau, ME Podgorica, MK Skopje,
        MT Malta, NL Amsterdam, NO Oslo, PL Warsaw, PT Lisbon, RO Bucharest, RS Belgrade, SE Stockholm, SI
        Ljubljana, SK Bratislava, SM San_Marino, TR Istanbul, UA Kyiv, VA Vatican, XK Belgrade
    """,
    "Indian": """
        CC Cocos, CX Christmas, KM Comoro, MG Antananarivo, MU Mauritius, MV Maldives, RE Reunion, SC Mahe, YT
        Mayotte
    """,
    "Pacific": """
        AS Pago_Pago, CK Rarotonga, FJ Fiji, GU Guam, MP Saipan, NC Noumea, NF Norfolk, NR Nauru, NU Niue, NZ
        Auckland, PG Port_Moresby, PN Pitcairn, PW Palau, SB Guadalcanal, TK Fakaofo, TO Tongatapu, TV Funafuti,
        VU Efate, WF Wallis, WS Apia
    """,
}
_CITIES = {
    "America/New_York": """
        Atlanta, Baltimore, Boston, Buffalo, Charlotte, Cincinnati, Cleveland, Columbus, Detroit, Indianapolis,
        Jacksonville, Louisville, Miami, New York City, Newark, Orlando, Philadelphia, Pittsburgh, Raleigh, Richmond,
        Tampa, Washington
    """,
    "America/Chicago": """
        Austin, Birmingham, Chicago, Dallas, Fort Worth, Houston, Kansas City, Memphis, Milwaukee, Minneapolis,
        Montgomery, Nashville, New Orleans, Oklahoma City, Omaha, San Antonio, St. Louis, Tulsa, Wichita
    """,
    "America/Denver": "Albuquerque, Boise, Colorado Springs, Denver, El Paso, Salt Lake City, Santa Fe",
    "America/Phoenix": "Phoenix, Tucson",
    "America/Los_Angeles": """
        Fresno, Las Vegas, Long Beach, Los Angeles, Oakland, Portland, Reno, Sacramento, San Diego, San Francisco,
        San Jose, Seattle, Spokane, Tacoma
    """,
    "America/Anchorage": "Anchorage, Fairbanks, Juneau",
    "Pacific/Honolulu": "Honolulu",
    "America/Toronto": "Hamilton, Laval, Montreal, Mississauga, Ottawa, Quebec City, Toronto",
    "America/Winnipeg": "Winnipeg",
    "America/Regina": "Regina, Saskatoon",
    "America/Edmonton": "Calgary, Edmonton",
    "America/Vancouver": "Vancouver, Victoria",
    "America/Halifax": "Halifax",
    "America/St_Johns": "St. John's",
    "America/Mexico_City": "Acapulco, Guadalajara, León, Mexico City, Morelia, Oaxaca, Puebla, Querétaro",
    "America/Monterrey": "Monterrey, Saltillo, San Luis Potosí, Torreón",
    "America/Tijuana": "Mexicali, Tijuana",
    "America/Ciudad_Juarez": "Ciudad Juárez",
    "America/Sao_Paulo": """
        Belo Horizonte, Brasília, Campinas, Curitiba, Goiânia, Porto Alegre, Rio de Janeiro, São Paulo
    """,
    "America/Recife": "Recife",
    "America/Bahia": "Salvador",
    "America/Fortaleza": "Fortaleza, Natal, São Luís",
    "America/Belem": "Belém",
    "America/Manaus": "Manaus",
    "Australia/Sydney": "Canberra, Newcastle, Sydney, Wollongong",
    "Australia/Melbourne": "Geelong, Melbourne",
    "Australia/Brisbane": "Brisbane, Cairns, Gold Coast, Townsville",
    "Australia/Adelaide": "Adelaide",
    "Australia/Perth": "Perth",
    "Australia/Hobart": "Hobart",
    "Australia/Darwin": "Alice Springs, Darwin",
    "Europe/Moscow": """
        Grozny, Kazan, Krasnodar, Makhachkala, Moscow, Nizhny Novgorod, Rostov-on-Don, Saint Petersburg, Sochi,
        Voronezh
    """,
    "Europe/Kaliningrad": "Kaliningrad",
    "Europe/Samara": "Samara",
    "Asia/Yekaterinburg": "Chelyabinsk, Perm, Ufa, Yekaterinburg",
    "Asia/Omsk": "Omsk",
    "Asia/Novosibirsk": "Novosibirsk",
    "Asia/Krasnoyarsk": "Krasnoyarsk",
    "Asia/Irkutsk": "Irkutsk",
    "Asia/Yakutsk": "Yakutsk",
    "Asia/Vladivostok": "Khabarovsk, Vladivostok",
    "Asia/Jakarta": "Bandung, Jakarta, Medan, Palembang, Semarang, Surabaya, Yogyakarta, Banda Aceh",
    "Asia/Makassar": "Denpasar, Makassar",
    "Asia/Jayapura": "Jayapura",
    "Asia/Almaty": "Almaty, Astana",
    "Africa/Kinshasa": "Kinshasa",
    "Africa/Lubumbashi": "Bukavu, Goma, Kisangani, Lubumbashi",
}
_STATES = {
    "America/New_York": """
        Connecticut, Delaware, Florida, Georgia, Maine, Maryland, Massachusetts, Michigan, New Hampshire, New Jersey,
        New York, North Carolina, Ohio, Pennsylvania, Rhode Island, South Carolina, Vermont, Virginia, West Virginia
    """,
    "America/Chicago": """
        Alabama, Arkansas, Illinois, Iowa, Louisiana, Minnesota, Mississippi, Missouri, Oklahoma, Wisconsin
    """,
    "America/Denver": "Colorado, Montana, New Mexico, Utah, Wyoming",
    "America/Los_Angeles": "California, Nevada, Washington",
}
_PLACES = frozenset(["capital", "city", "country", "territory", "region", "US state", "island"])
_WORD = r"[A-Z][\w.'’-]{0,20}"
_DATELINE = re.compile(
    rf"\s{{0,9}}(?P<place>{_WORD}(?:\s{_WORD}){{0,3}})(?:,\s(?P<within>{_WORD}(?:\s{_WORD}){{0,3}}))?"
    r"(?:,\s[A-Z][a-z]{2,8}\.?\s\d{1,2}(?:,\s\d{4})?)?\s?(?:\([^()\n]{1,40}\)\s?)?(?:--|[—–_]|\s-\s)"
)
_HEAD = 160


def _inverted(table: dict[str, str]) -> dict[str, str]:
    return {name.strip(): zone for zone, names in table.items() for name in names.split(",")}


_ZONE_OF_COUNTRY = {
    code: f"{area}/{city}"
    for area, rows in _COUNTRIES.items()
    for code, city in (row.split() for row in rows.split(","))
}
_ZONE_OF_CITY = _inverted(_CITIES)
_ZONE_OF_STATE = _inverted(_STATES)


def zone_of_dateline(text: str) -> tzinfo | None:
    """Time zone of the place that a story's dateline names: "SEOUL, South Korea (AP) --"."""
    found = _DATELINE.match(text[:_HEAD])
    return zone_of_place(found["place"], found["within"] or "") if found else None


@lru_cache(maxsize=1024)
def zone_of_place(name: str, within: str = "") -> tzinfo | None:
    """Time zone kept in a place, which `within` (a country or state) tells from its namesakes; None if unknown."""
    places = [place for place in listings(name) if place.kind == "place" and place.role in _PLACES]
    around = [place for place in listings(within) if place.kind == "place"] if within else []
    if around:
        if around[0].role == "US state" and (key := _zone_name(around[0])):
            return _zone(key)
        places = [place for place in places if place.country == around[0].country] or around
    return _zone(_zone_name(places[0])) if places else None


def _zone_name(place: Listing) -> str:
    country = titled(place.country)
    code = next((id.removeprefix("iso3166:") for id in country.ids if id.startswith("iso3166:")), "") if country else ""
    if code in _ZONE_OF_COUNTRY:
        return _ZONE_OF_COUNTRY[code]
    town, _, state = place.name.partition(", ")
    if place.role == "US state":
        return _ZONE_OF_STATE.get(town.partition(" (")[0], "")
    return _ZONE_OF_STATE.get(state) or ("" if place.role == "country" else _ZONE_OF_CITY.get(town, ""))


def _zone(key: str) -> tzinfo | None:
    try:
        return ZoneInfo(key) if key else None
    except (ZoneInfoNotFoundError, ValueError):
        return None  # a system without the tz database
