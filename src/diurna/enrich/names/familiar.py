"""Names that news readers know beyond the gazetteer: firms, events and feasts, works, products, diseases.

They have no ids and are nobody's canonical names: here they only tell what kind of name their words are.
"""

__all__ = ["FAMILIAR"]

_FIRMS = """
Twitter, Facebook, Google, Apple, Microsoft, Amazon.com, Netflix, Samsung, Samsung Electronics, Sony, Nintendo,
Huawei, Xiaomi, Oppo, Vivo, Realme, Lenovo, Tencent, Alibaba, Baidu, ByteDance, JD.com, Weibo, Douyin, Meituan, Didi,
Foxconn, TSMC, Intel, AMD, Nvidia, Qualcomm, IBM, Oracle, Cisco, Dell, HP, Hewlett-Packard, Yahoo, eBay, PayPal, Uber,
Lyft, Airbnb, Spotify, Snapchat, Pinterest, LinkedIn, Reddit, Tesla, SpaceX, Blue Origin, OpenAI, Anthropic, DeepMind,
Meta, Toyota, Honda, Nissan, Mazda, Mitsubishi, Subaru, Suzuki, Hyundai, Kia, Ford, General Motors, Chrysler,
Volkswagen, Audi, BMW, Mercedes-Benz, Daimler, Porsche, Renault, Peugeot, Citroën, Fiat, Ferrari, Volvo, Saab, Jaguar,
Land Rover, Tata Motors, BYD, Geely, Boeing, Airbus, Lockheed Martin, Raytheon, Northrop Grumman, General Dynamics,
BAE Systems, Rolls-Royce, Embraer, Bombardier, Siemens, Bosch, Philips, Nokia, Ericsson, General Electric, Hitachi,
Toshiba, Panasonic, Fujitsu, Sharp, Canon, Nikon, LG, LG Electronics, SoftBank, Rakuten, Tepco, Exxon, ExxonMobil,
Chevron, BP, Shell, Royal Dutch Shell, TotalEnergies, Eni, Equinor, Statoil, Gazprom, Rosneft, Lukoil, Aramco, Saudi
Aramco, Petrobras, Pemex, PDVSA, CNOOC, Sinopec, PetroChina, Petronas, Glencore, BHP, Rio Tinto, Vale, ArcelorMittal,
Rusal, Goldman Sachs, Morgan Stanley, JPMorgan, JPMorgan Chase, Citigroup, Citibank, Bank of America, Wells Fargo,
HSBC, Barclays, Lloyds, Standard Chartered, UBS, Credit Suisse, Deutsche Bank, Commerzbank, BNP Paribas, Santander,
BlackRock, Berkshire Hathaway, Visa, Mastercard, American Express, Moody's, Standard & Poor's, Fitch, Nasdaq, Lehman
Brothers, Walmart, Tesco, Carrefour, Ikea, Starbucks, McDonald's, Coca-Cola, Pepsi, PepsiCo, Nestlé, Unilever, Procter
& Gamble, Nike, Adidas, Puma, Zara, H&M, Gucci, Prada, Louis Vuitton, LVMH, Chanel, Disney, Warner Bros., Pixar, HBO,
Paramount, Marvel, Sotheby's, Christie's, Pfizer, Moderna, AstraZeneca, Novartis, Roche, Bayer, BioNTech, Sinovac,
Sinopharm, Johnson & Johnson, Merck, GlaxoSmithKline, Sanofi, Monsanto, Cargill, FedEx, UPS, DHL, Maersk, Lufthansa,
Emirates, Qantas, Ryanair, EasyJet, KLM, Aeroflot, Vodafone, Telefónica, Verizon, AT&T, T-Mobile, China Mobile, MTN,
Safaricom, Cambridge Analytica, Wagner Group, Evergrande, Tata, Reliance, Infosys, Wipro, Adani, KPMG, Deloitte, PwC,
McKinsey, NBA, NFL, NHL, MLB, WWE, UFC, ATP, WTA, NASA, ESA, CERN, FBI, CIA, NSA, MI5, MI6, KGB, FSB, GRU, Mossad
"""
_EVENTS = """
World War I, World War II, World War One, World War Two, First World War, Second World War, Cold War, Gulf War,
Vietnam War, Korean War, Falklands War, Iraq War, Holocaust, Arab Spring, Great Depression, Industrial Revolution,
Renaissance, Enlightenment, Brexit, Olympics, Olympic Games, Winter Olympics, Summer Olympics, Paralympics, World Cup,
Asian Games, Commonwealth Games, Super Bowl, World Series, Stanley Cup, Ryder Cup, Davis Cup, Champions League, Europa
League, Copa América, Copa Libertadores, Euro 2016, Euro 2020, Tour de France, Giro d'Italia, Grand Prix, Grand Slam,
US Open, U.S. Open, Australian Open, French Open, British Open, Roland Garros, Kentucky Derby, Formula 1, Formula One,
Christmas, Easter, Thanksgiving, Halloween, Ramadan, Eid, Eid al-Fitr, Eid al-Adha, Hajj, Umrah, Diwali, Hanukkah,
Passover, Yom Kippur, Lunar New Year, Nowruz, New Year's Eve, New Year's Day, Independence Day, May Day, Armistice
Day, Remembrance Day, Memorial Day, Veterans Day, Labor Day, Valentine's Day, Mother's Day, Black Friday, Middle Ages,
Eurovision, Oktoberfest, Comic-Con, Sundance, Hurricane Katrina, Chernobyl disaster, Watergate, 9/11
"""
_WORKS = """
Bible, Koran, Quran, Qur'an, Torah, Talmud, Oscar, Oscars, Academy Award, Academy Awards, Golden Globe, Golden Globes,
Emmy, Emmys, Emmy Award, Grammy, Grammys, Grammy Award, Grammy Awards, BAFTA, Palme d'Or, Golden Lion, Golden Bear,
Nobel Prize, Nobel Peace Prize, Pulitzer Prize, Booker Prize, Turner Prize, Ballon d'Or, Victoria Cross, Purple Heart,
Mona Lisa, Doctor Who, Star Wars, Star Trek, Harry Potter, Game of Thrones, Saturday Night Live, Squid Game, The
Simpsons, Sesame Street, The Lord of the Rings, Black Panther, Mein Kampf, Das Kapital, Rolling Stone, Vogue
"""
_PRODUCTS = """
Covid, Covid-19, COVID-19, SARS-CoV-2, SARS, MERS, Ebola, Zika, HIV, AIDS, HIV/AIDS, Omicron, iPhone, iPad, iOS,
Android, Windows, WhatsApp, WeChat, YouTube, TikTok, Instagram, Telegram, Wikipedia, Bitcoin, Ethereum, Dogecoin,
ChatGPT, Siri, Alexa, PlayStation, Xbox, Kalashnikov, AK-47, F-16, F-35, Su-35, MiG-29, S-300, S-400, Patriot,
Tomahawk, Scud, Hellfire, Titanic, Sputnik V, CoronaVac, Hubble, Voyager, Apollo 11, Viagra, Kevlar, Lego, Barbie, Dow
Jones, FTSE, Nikkei, Hang Seng, NFT, NFTs, GDP, DNA, PCR, K-pop, Wi-Fi, Bluetooth, Linux, Pegasus
"""
_LAWS = """
Magna Carta, Bill of Rights, First Amendment, Second Amendment, Fifth Amendment, Geneva Convention, Geneva
Conventions, Treaty of Versailles, Paris Agreement, Kyoto Protocol, Good Friday Agreement, Affordable Care Act,
Obamacare, Medicare, Medicaid, Belt and Road, Belt and Road Initiative, Green New Deal, Marshall Plan, New START,
Brexit deal, JCPOA, NAFTA, USMCA, RCEP, Sharia, Maastricht Treaty, Lisbon Treaty, Minsk agreements, Dayton Accords,
Oslo Accords, Roe v. Wade
"""


def _listed(text: str, kind: str) -> dict[str, str]:
    return {" ".join(name.split()).lower(): kind for name in text.split(",")}


FAMILIAR: dict[str, str] = {
    **_listed(_LAWS, "law"),
    **_listed(_PRODUCTS, "product"),
    **_listed(_WORKS, "work"),
    **_listed(_EVENTS, "event"),
    **_listed(_FIRMS, "organisation"),
}
"""Kind by name in lower case."""
