"""Words that tell what a name is: titles before people, the nouns that names of bodies, places and events end in."""

__all__ = [
    "BASED",
    "COMMON_OPENERS",
    "EVENT_HEADS",
    "FIRM_ENDINGS",
    "GIVEN_NAMES",
    "HEADS",
    "LAW_HEADS",
    "NOUNS",
    "OPENING_HEADS",
    "ORGANISATION_HEADS",
    "PARTICLES",
    "PERSON_ENDINGS",
    "PERSON_TAILS",
    "PLACE_ENDINGS",
    "PLACE_HEADS",
    "PLACE_PREPOSITIONS",
    "POSSESSED",
    "SPEAKING",
    "TITLES",
    "WORK_HEADS",
]


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _endings(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _by_kind(**words: str) -> dict[str, str]:
    return {word: kind for kind, text in words.items() for word in text.split()}


# Forms of address, offices and ranks that stand before a person's name and are no part of it.
TITLES = _set(
    """
    acp actor actress adm admiral advocate alhaji ambassador analyst archbishop attorney aunt auntie author ayatollah
    baron baroness barrister bishop brig brigadier brother capt captain cardinal ceo cfo chair chairman chairperson
    chairwoman chancellor chief cllr cmdr coach col colonel commander commissioner commodore comrade congressman
    congresswoman constable coo corporal councillor councilor counsel count countess cpl dame dcp dean defender deputy
    detective dg director director-general doctor dp dr dsp duchess duke economist emir emperor empress engineer engr
    envoy father fr gen general general-secretary goalkeeper gov governor grandfather grandmother hon igp imam
    inspector judge justice king lady lawyer leader lecturer lieutenant lord lt madam maj major manager marshal mayor
    midfielder minister miss monsignor mp mr mrs ms mufti mullah mx nurse officer pastor pm pope premier president
    president-elect prince princess principal private prof professor prosecutor pvt queen rabbi rector rep
    representative rev reverend secretary secretary-general sen senator sergeant sgt shah shaikh sheikh sheikha singer
    sir sister speaker spokesman spokesperson spokeswoman striker sultan superintendent supt taoiseach tsar uncle
    under-secretary undersecretary vice-president vp
    """
)
PERSON_TAILS = _set(
    """
    ii iii iv jr jr. sr sr.
    """
)
# Words in lower case within names of people and places.
PARTICLES = _set(
    """
    abu af al av ben bin bint da das de del della den der des di do dos du e el ibn la le ten ter und van von y zu
    """
)

# Last words of names that tell their kind.
ORGANISATION_HEADS = _set(
    """
    academy administration afc agency air airlines airways alliance archdiocese army assembly association assurance
    athletic authority ballet band bank battalion board brigade broadcasting brotherhood brothers bureau cabinet
    capital cartel center centre cf chamber channel choir chronicle church clinic club co-operative coalition college
    command commission committee communications company confederation congress consortium consulate cooperative corp
    corp. corporation corps council court daily delegation department diocese directorate directors division
    electronics embassy energy ensemble enterprises entertainment exchange f.c. faculty fc federation fleet force
    forces forum foundation front fund gang gas gazette group guard guardian guards herald holdings hospital inc inc.
    industries initiative institute institution insurance international investments journal lab laboratories
    laboratory league limited llc ltd ltd. mafia media militia mining ministry mission motors movement navy network
    news ngo observatory office oil opera orchestra organisation organization parliament partners party petroleum
    pharmaceuticals plc police post press programme radio railway railways records regiment rovers sc school scouts
    secretariat securities senate service services society software solutions sons squadron steel studios synod
    systems taskforce team technologies technology telecom television theater theatre times tribunal tribune trust tv
    union unions united university ventures wanderers watch wing
    """
)
FIRM_ENDINGS = _set(
    """
    a.f.c. afc ag bhd co co. corp corp. f.c. fc gmbh holdings inc inc. limited llc ltd ltd. nv plc pte pty s.a. sa
    """
)
PLACE_HEADS = _set(
    """
    airport archipelago arena avenue base basin bay beach border boulevard bridge building camp canal cape castle
    cathedral cemetery city coast continent county creek crossing dam delta desert district east emirate falls forest
    gallery garden gardens governorate gulf hall harbor harbour highway hill hills hotel house island islands isle
    isles jail junction kingdom lake lane library mall market mosque mount mountain mountains municipality museum
    north ocean palace park peninsula plateau plaza port prefecture prison province railroad reef region republic
    river road sea shrine south springs square stadium state states station strait straits street temple territories
    territory tower towers town tunnel valley village west zone
    """
)
EVENT_HEADS = _set(
    """
    battle biennale carnival championship championships christmas classic conference congress convention coup crisis
    cup cyclone day derby earthquake easter election elections eve expo fair festival final finals fire flood games
    genocide holocaust hurricane intifada marathon massacre month olympics open parade paralympics playoffs prix
    ramadan rebellion referendum revolt revolution series siege spring storm summit symposium tour tournament trophy
    tsunami typhoon uprising war wars week year
    """
)
WORK_HEADS = _set(
    """
    album award awards bible book gospel grammy index koran magazine medal oscar prize quran report review show song
    symphony
    """
)
LAW_HEADS = _set(
    """
    accord accords act agreement amendment bill charter code constitution convention covenant deal declaration decree
    directive framework law laws ordinance pact plan policy program programme project protocol regulation regulations
    resolution strategy treaty
    """
)

HEADS: dict[str, str] = (
    dict.fromkeys(ORGANISATION_HEADS, "organisation")
    | dict.fromkeys(LAW_HEADS - ORGANISATION_HEADS, "law")
    | dict.fromkeys(WORK_HEADS, "work")
    | dict.fromkeys(PLACE_HEADS, "place")
    | dict.fromkeys(EVENT_HEADS - ORGANISATION_HEADS, "event")
)

# Nouns that open a name and tell its kind: "University of …", "Lake …", "Battle of …".
OPENING_HEADS: dict[str, str] = _by_kind(
    organisation="""
        academy agency association authority bank board bureau center central centre chamber church club college
        commission committee confederation council court department directorate faculty federal federation house
        institute league ministry national office order organisation organization party radio royal school secretariat
        society team union university
    """,
    place="""
        bay cape city east eastern el fort greater gulf island isle kingdom la lake las los lower mount mt mt. new
        north northern port province republic rio river saint san santa sea south southern st st. state strait town
        upper west western
    """,
    event="""
        battle cyclone feast hurricane operation siege storm treaty typhoon
    """,
)

NOUNS: dict[str, str] = _by_kind(
    law="""
        accord act agreement bill constitution convention law legislation pact plan policy protocol treaty
    """,
    group="""
        aircraft breed car caste clan computer console currency dialect disease disorder drug faith genus language
        locomotive missile motorcycle people phone religion rocket satellite ship smartphone species submarine
        syndrome tablet tribe truck vaccine variety vessel virus
    """,
    organisation="""
        academy administration agency airline alliance army association authority band bank battalion bloc board body
        brand brigade brokerage carrier cartel chain channel charity choir church club coalition college commission
        committee companies company conglomerate consortium contractor corporation council court daily denomination
        department developer distributor division duo employees employer ensemble faction federation firm foundation
        franchise fraternity gang government group hospital institute institution insurer label league legislature
        lender maker manufacturer members militia ministry movement network newspaper ngo officials operator orchestra
        organisation organization parliament party platform police publisher quartet regiment regulator retailer
        school sect shares side society sorority squad squadron staff start-up startup store studio subsidiary
        supermarket supplier tabloid tank team think-tank tribunal trio union unit university utility watchdog weekly
    """,
    event="""
        battle campaign ceremony championship competition concert conference conflict congress coup crisis cup cyclone
        disaster earthquake election epidemic exhibition fair festival final flood forum holiday hurricane massacre
        match mission operation outbreak pandemic parade race rebellion referendum revolution storm summit tournament
        typhoon uprising war
    """,
    work="""
        album anime anthem app award ballet book comic documentary drama ep episode film game hymn journal magazine
        manga medal memoir movie musical novel opera painting play poem prize programme record sculpture sequel series
        show single sitcom soap software song symphony title track videogame
    """,
    place="""
        airfield airport archipelago area arena avenue base bay beach border borough bridge building camp canal canton
        canyon cape capital castle cathedral city coast commune constituency continent country county crater creek dam
        desert district enclave forest fort fortress gallery garden gulf hamlet harbor harbour highway hill hotel
        island islands islet jail jungle kingdom lagoon lake library line location mall market mine monastery moon
        mosque motorway mountain municipality museum nation neighborhood neighbourhood ocean palace parish park peak
        peninsula planet plant plateau pond port prefecture prison province railway range region republic reserve
        reservoir resort restaurant river road route sea shrine site skyscraper stadium star state station strait
        stream street suburb temple territory theater theatre tower town township tributary tunnel valley venue
        village volcano zone
    """,
    person="""
        activist actor actress advocate ambassador analyst anchor anthropologist archaeologist architect artist
        astronaut astronomer athlete attorney aunt author banker barrister bassist batsman billionaire biologist
        bishop bowler boxer boy broadcaster brother businessman businesswoman campaigner candidate captain cardinal
        catcher ceo chair chairman chairperson chairwoman champion chancellor chef chemist chief choreographer
        co-founder coach colonel columnist comedian commander commissioner composer conductor congressman cook cousin
        cricketer critic cyclist dancer daughter defendant defender dentist deputy designer detective diplomat
        director dissident doctor driver drummer economist editor emperor engineer entrepreneur envoy executive expert
        explorer farmer father filmmaker fisherman footballer forward founder general geologist girl goalkeeper golfer
        governor granddaughter grandfather grandmother grandson guitarist gunman gymnast headmaster hero herself
        himself historian host husband imam inspector inventor investor jockey journalist judge killer king lawmaker
        lawyer leader lecturer legend legislator linguist magistrate man manager mathematician mayor midfielder
        militant minister model monk mother murderer musician nephew niece nominee novelist nun nurse officer owner
        painter pastor person philosopher photographer physician physicist pianist pilot pitcher player playwright
        poet policeman politician premier presenter president priest prince princess principal producer professor
        prosecutor psychologist quarterback queen rabbi racer rapper rebel refugee reporter researcher resident runner
        scholar scientist screenwriter sculptor secretary senator sergeant singer sister skater skier sociologist
        soldier solicitor son songwriter spokesman spokesperson spokeswoman sprinter statesman striker student sultan
        surgeon suspect swimmer teacher terrorist theologian trader translator uncle victim violinist vocalist warlord
        who widow wife winger winner witness woman worker wrestler writer
    """,
)
"""Common nouns by the kind of what they call: "the village of X", "X is a singer", "the film X"."""

POSSESSED: dict[str, str] = _by_kind(
    place="""
        air airport ambassador army biggest border borders capital central citizens city coast defence defense eastern
        economy embassy finance foreign government historic interior king largest main military most national navy
        northern old opposition parliament people population president prime queen ruling second-largest southern
        streets supreme western
    """,
    person="""
        administration allies arrest attorney body brother campaign career comments daughter death debut family father
        first friend friends home house husband lawyer lawyers life mother office own predecessor remarks resignation
        sister son successor supporters trial visit wife words
    """,
    organisation="""
        annual board ceo chairman chief customers decision director directors employees executive fleet founder
        headquarters latest managing members network parent platform policy products profits report revenue shares
        staff statement stock users website
    """,
)
"""What people, bodies and places are said to have."""

PLACE_PREPOSITIONS = _set(
    """
    across around at from in inside into near outside through throughout to toward towards
    """
)
SPEAKING = _set(
    """
    added adds admitted announced argued asked believes born claimed declared died explained insisted joined lived
    married noted recalled replied said say says stated suggested thinks thought told tweeted warned writes wrote
    """
)
BASED = _set(
    """
    backed based born bound controlled funded held led listed made occupied owned run sponsored style wide
    """
)

# What names of places and of people often end in.
PLACE_ENDINGS = _endings(
    """
    abad ania berg bridge brook burg burgh bury by city dale field ford furt grad ham haven heim hill istan land mere
    minster mouth oslo polis pool pore port pur shire stad stadt stan ton town vale ville wick wood worth
    """
)
PERSON_ENDINGS = _endings(
    """
    akis ault berg chuk dze eau elli enko escu etti ev eva ez ian idis ina ini ić mann meyer oglu ov ova oğlu poulos
    sen shvili ska skaya ski sky son sson stein vic vich vić yan
    """
)

# Words that begin a sentence with a capital and are no names.
COMMON_OPENERS = _set(
    """
    a about above according across added after again against all almost along already also although always am amid
    among an and another any anyone anything apr april are around as asked at aug august authorities back based be
    because become been before behind being below besides between beyond born both but by called can cannot children
    could critics currently dear dec december despite did do does doing don done down during each earlier either else
    especially even eventually ever every everyone everything except experts feb february few finally first firstly
    five following for former formerly four friday from full further furthermore get given go good got government had
    has have having he hello hence her here hers herself him himself his how however i if in including indeed
    initially inside instead into is it its itself jan january jul july jun june just keep last lastly late later
    latest least less let like look made mainly make many mar march may maybe me meanwhile members men might mine
    monday more moreover most mostly much must my myself near nearly neither never nevertheless next nine no nobody
    none nor not notably nothing nov november now oct october of off officials often oh ok on once one only onto or
    originally other others otherwise our ours out outside over overall own people per perhaps please police possibly
    previously prior probably protesters put quite rather read really recent recently regarding researchers residents
    same saturday says scientists second secondly see seeing seen sep sept september seven several shall she should
    show similarly simply since six so some somebody someone something sometimes soon speaking still students such
    sunday take ten than thank thanks that the their theirs them themselves then there therefore these they thing
    things third this those though three through throughout thursday thus to today together tomorrow tonight too top
    toward towards tuesday twelve two under unless unlike until up upon us use used using usually various very via was
    watch we wednesday well were what whatever when whenever where whereas wherever whether which while who whoever
    whole whom whose why will with within without women workers would yes yesterday yet you young your yours
    """
)

# Common given names, from many languages.
GIVEN_NAMES = _set(
    """
    aaron abdallah abdul abdulaziz abdullah abigail abiy adam ahmad ahmed ahmet aisha akira alain alan albert alberto
    alejandra alejandro aleksandr alessandro alexander alexei alexey alexis ali alice amanda amber amina amir amit amy
    ana anastasia anatoly anders andrea andreas andrei andres andrew andrey andrzej andrés angela angelo anil anjali
    ann anna anne anthony antonio antónio anwar ariel arthur arturo arvind ashley ashok ashraf asif astrid austin
    avigdor ayman ayşe barack barbara bashar benazir benigno benjamin bernard betty beverly bilal bilawal bill billy
    bjorn björn bobby boris brandon brenda brian brittany bruce bruno bryan camille carl carlo carlos carmen carol
    carolyn catherine cesar chantal charles charlie charlotte chen cheryl chiara chinua christian christina christine
    christopher claire claude claudia colin corazon cristina cynthia cyril céline césar daniel danielle david deborah
    debra deepak deng denise dennis derek desmond diana diane didier diego dieter dilma dmitri dmitry domenico donald
    donna doris dorothy douglas dylan ebrahim eduardo edward ehud ekaterina elena elijah elizabeth ellen emily emine
    emma emmanuel emmerson enrique eric erik ernesto ethan eugene evelyn evgeny ewa faisal fatima fatma ferdinand
    ferenc fernanda fernando fiona frances francesca francesco francisco franco francois frank françois friedrich
    fritz fumio gabriel gabriela galina gary geoffrey george gerald gerhard giorgio giovanni giulia giuseppe gloria
    golda goodluck gordon gotabaya grace graham gregory gul gustavo györgy gábor günter haile hamad hamid hamza hannah
    hans harold harry haruki hasan hassan heather heinrich helen helmut henri henry hillary hiroshi hosni hossein hu
    huang hugh hugo hussain hussein ian ibrahim igor imran indira ingrid ion irina isabel isabella isabelle ismail
    ismet istván ivan jack jacob jacqueline jacques jair james jan jane janet janice jarosław jason javad javier jean
    jean-claude jeffrey jennifer jens jeremy jerry jerzy jesse jessica jiang jimmy jiří joan joao joe johan john
    john-paul johnny joko jomo jonathan jong jordan jorge jose joseph joshua josé joyce joão juan judith judy juergen
    julia julie julius jung junichiro justin jürgen karen karim karin karl katarzyna kate katherine kathleen kathryn
    kayla keiko keir keith kelly kemal kenji kenneth kevin khadija khaled khaleda khalid kim kimberly klaus kofi
    konstantin kristina krzysztof kwame kyle larry lars laura lauren laurent lawrence layla lech lee leila leo li
    linda lisa liu liz logan lorenzo louis louise lucia lucy lucía ludmila ludwig luigi luis luiz luke lula lászló
    madison magnus mahathir mahinda mahmoud mahmud malcolm manmohan mansour manuel marco marek margaret maria marie
    marilyn mario mark markus marta martha martin mary maryam matteo matthew matthias max maxim małgorzata megan mehdi
    mehmet meles melissa menachem mette michael michel michelle miguel mikhail miloš mohamad mohamed mohammad mohammed
    monika moon morgan moshe mostafa muhammad muhammadu mujibur mustafa mwai mónica naftali najib nancy naomi naoto
    narendra nasser natalia natalie natalya nathalie nathan nawaz neil nelson nguyen nicholas nicolae nicolas nicole
    nigel nikolai nils noah noor nour olaf oleg oleksandr olga oliver olivia olivier olof olusegun omar osama oscar
    otto pablo pamela paola paolo park patricia patrick paul paulo pavel paweł pedro peter petr petra petro philip
    philippe pierre pietro pilar piotr prayut priya qasem rachel rafael rahul raila rainer rajesh rajiv ralph ramesh
    rami ramón randy ranil rashid raul ravi raymond raúl rebecca recep reza ricardo richard rishi robert roberto
    rodrigo roger roman ronald rosa rose roy russell ruth ryan sabine sachin saddam saeed said sally salman salvatore
    samantha samir samora samuel sandra sanjay sara sarah scott sean sergei sergey sergio shah sharon sheikh shimon
    shinzo shirley silvia silvio simon sonia sophia sophie stanisław stefan stefano stephanie stephen steven stuart
    sultan sunil suresh susan susilo sven svetlana sylvie takashi tamim tariq taro tatiana tatyana teresa terry thabo
    thaksin theresa thierry thomas timothy toby tomasz tomáš tony traian trevor tyler tzipi uhuru ulrich umar ursula
    valery valérie victor victoria vijay viktor vincent vincenzo virat virginia vladimir volodymyr václav walid walter
    wang wayne wei werner william willie winnie winston wole wolfgang wu xi yair yang yasser yelena yevgeny yingluck
    yitzhak yoshihide yossi youssef yoweri yuki yukio yulia yuri yusuf zachary zainab zhang zhou ziad zoltán óscar
    """
)
