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


# Forms of address, offices and ranks that stand before a person's name and are no part of it.
TITLES = _set(
    """mr mrs ms miss mx dr prof professor doctor sir dame madam lord lady hon rev reverend fr father sister brother
    president vice-president premier chancellor minister secretary senator sen representative rep congressman
    congresswoman deputy mp governor gov mayor councillor councilor cllr ambassador envoy commissioner chairman
    chairwoman chairperson chair chief speaker judge justice attorney prosecutor pm dp dg vp igp acp dcp dsp uncle auntie grandfather grandmother aunt counsel advocate barrister director
    director-general secretary-general general-secretary ceo cfo coo president-elect spokesman spokeswoman spokesperson
    leader general gen lieutenant lt colonel col major maj captain capt sergeant sgt corporal cpl private pvt admiral
    adm commander cmdr commodore brigadier brig marshal inspector superintendent supt constable officer detective
    king queen prince princess emperor empress sultan emir sheikh sheikha shaikh shah tsar duke duchess count countess
    baron baroness pope cardinal archbishop bishop pastor imam ayatollah rabbi mufti mullah monsignor
    coach manager captain striker midfielder defender goalkeeper actor actress singer author
    analyst economist professor lecturer dean rector principal
    undersecretary under-secretary taoiseach lawyer engineer engr alhaji chief justice comrade justice nurse""".replace(
        "\n", " "
    )
)
# Of these, the ones that make a title of several words when other capitalised words stand before them: "Foreign
# Minister", "Deputy Prime Minister", "Chief Executive Officer".
PERSON_TAILS = _set("jr jr. sr sr. ii iii iv")

PARTICLES = _set(
    "de del della di da das do dos du des la le el al van von der den ter ten bin bint ibn ben abu af av zu y e und"
)

ORGANISATION_HEADS = _set(
    """ministry department agency authority commission committee council board bureau office service services
    administration directorate secretariat parliament congress senate assembly cabinet court tribunal police army navy
    force forces guard guards brigade battalion regiment division command corps squadron wing fleet militia
    party union unions alliance coalition league movement front federation confederation association society
    organisation organization foundation trust fund institute institution university college school academy faculty
    hospital clinic bank company corporation corp corp. inc inc. ltd ltd. llc plc limited group holdings partners
    ventures capital enterprises industries international media news times post herald tribune gazette journal daily
    chronicle guardian press radio television tv channel network broadcasting studios records entertainment
    airlines airways air motors technologies technology systems solutions software pharmaceuticals energy petroleum oil
    gas mining steel railways railway
    club fc f.c. afc cf sc united rovers wanderers athletic team
    band orchestra choir ensemble theatre theater ballet opera
    church diocese archdiocese synod
    centre center chamber forum taskforce watch initiative programme network consortium cooperative co-operative
    embassy consulate mission delegation directors ngo laboratory laboratories lab observatory
    exchange insurance assurance securities investments telecom communications electronics
    brotherhood brothers sons scouts gang cartel mafia""".replace("\n", " ")
)
FIRM_ENDINGS = _set(
    "corp corp. inc inc. ltd ltd. llc plc limited co co. gmbh ag sa s.a. nv bhd pty pte holdings fc f.c. afc a.f.c."
)
PLACE_HEADS = _set(
    """city town village county province district region state states prefecture governorate municipality island islands
    isle isles peninsula river lake sea ocean bay gulf strait straits mountain mountains mount hills hill valley desert
    forest coast beach cape park street road avenue boulevard square lane highway bridge tunnel dam canal airport
    station port harbour harbor stadium arena palace castle tower towers cathedral mosque temple shrine museum library
    gallery building house hall hotel garden gardens cemetery prison jail camp base border republic kingdom emirate
    territory territories basin delta plateau falls springs creek reef archipelago continent crossing
    railroad junction plaza mall market zone east west north south""".replace("\n", " ")
)
EVENT_HEADS = _set(
    """cup games olympics paralympics championship championships tournament open prix marathon derby classic trophy
    festival fair expo biennale carnival parade summit conference congress convention symposium
    war wars battle revolution uprising rebellion revolt coup siege massacre genocide holocaust crisis spring intifada
    day week month year eve christmas ramadan easter election elections referendum
    earthquake hurricane typhoon cyclone storm flood fire tsunami tour final finals series playoffs""".replace("\n", " ")
)
WORK_HEADS = _set(
    """award awards prize medal oscar grammy song album symphony book report review show magazine index
    bible koran quran gospel""".replace("\n", " ")
)
LAW_HEADS = _set(
    """act law laws treaty agreement accord accords convention constitution code bill protocol resolution charter pact
    decree ordinance amendment plan programme program project strategy policy deal framework declaration
    covenant regulation regulations directive""".replace("\n", " ")
)

HEADS: dict[str, str] = (
    dict.fromkeys(ORGANISATION_HEADS, "organisation")
    | dict.fromkeys(LAW_HEADS - ORGANISATION_HEADS, "law")
    | dict.fromkeys(WORK_HEADS, "work")
    | dict.fromkeys(PLACE_HEADS, "place")
    | dict.fromkeys(EVENT_HEADS - ORGANISATION_HEADS, "event")
)

# Nouns that open a name and tell its kind: "University of …", "Lake …", "Battle of …".
OPENING_HEADS: dict[str, str] = (
    dict.fromkeys(_set("""ministry department university bank institute college school faculty academy council board bureau office\n            court house federation confederation association union society organisation organization league party\n            church order bank chamber committee commission authority agency directorate secretariat team centre center\n            radio club royal national federal central"""), "organisation")
    | dict.fromkeys(_set("""lake mount mt mt. cape port fort gulf bay strait sea river isle island republic province city town\n            kingdom state st st. saint san santa los las north south east west northern southern eastern western upper\n            lower new greater rio el la"""), "place")
    | dict.fromkeys(_set("battle siege operation hurricane typhoon cyclone storm treaty feast"), "event")
)

PLACE_PREPOSITIONS = _set("in at from near to across into around outside inside through throughout towards toward")
SPEAKING = _set(
    """said says say told added explained noted stated argued claimed insisted warned wrote writes tweeted recalled
    replied asked suggested admitted declared announced believes thinks thought died lived born married
    joined recalled adds""".replace("\n", " ")
)
_NOUNS_BY_KIND = {
    "person": """man woman boy girl person actor actress singer songwriter rapper musician composer conductor pianist guitarist
    drummer bassist vocalist violinist dancer choreographer artist painter sculptor photographer architect designer
    writer author novelist poet playwright journalist reporter columnist editor broadcaster presenter host anchor
    director producer filmmaker screenwriter comedian model player footballer goalkeeper defender midfielder forward
    striker winger captain coach manager batsman bowler cricketer golfer boxer wrestler swimmer sprinter runner athlete
    cyclist driver racer jockey skier skater gymnast pitcher catcher quarterback politician statesman diplomat minister
    president premier senator congressman lawmaker legislator deputy mayor governor chancellor ambassador envoy
    secretary commissioner spokesman spokeswoman spokesperson leader chairman chairwoman chairperson chair chief
    executive ceo founder co-founder entrepreneur businessman businesswoman billionaire investor banker trader lawyer
    attorney judge prosecutor barrister solicitor magistrate officer general colonel commander soldier pilot astronaut
    detective inspector sergeant policeman scientist physicist chemist biologist mathematician astronomer geologist
    economist historian philosopher psychologist sociologist anthropologist archaeologist linguist professor lecturer
    teacher principal headmaster student researcher analyst expert engineer inventor doctor physician surgeon nurse
    dentist priest bishop pastor cardinal monk nun imam rabbi activist campaigner advocate dissident refugee victim
    suspect witness defendant farmer fisherman worker resident owner son daughter father mother brother sister wife
    husband widow uncle aunt cousin nephew niece grandson granddaughter grandfather grandmother king queen prince
    princess emperor sultan warlord gunman killer murderer terrorist militant rebel hero legend winner champion
    candidate nominee chef cook explorer translator critic scholar theologian who herself himself""",
    "organisation": """company companies firm manufacturer maker producer retailer operator carrier airline bank lender
    insurer publisher broadcaster newspaper daily weekly tabloid network channel agency organisation organization group
    ngo charity foundation institute institution university college school academy hospital club team squad side
    franchise band duo trio quartet orchestra choir ensemble party movement faction coalition alliance union federation
    association league committee commission council board ministry department authority regulator watchdog parliament
    legislature court tribunal police army militia brigade regiment battalion division squadron corporation subsidiary
    unit conglomerate startup start-up developer platform brand label studio developer consortium bloc body government
    administration cartel gang sect church denomination society fraternity sorority think-tank tank brokerage utility
    supermarket chain store manufacturer distributor supplier contractor employer staff employees shares members
    officials""",
    "place": """city town village hamlet suburb neighbourhood neighborhood borough district county province region state
    territory prefecture municipality commune parish township canton department country nation republic kingdom island
    islands islet archipelago peninsula continent river stream creek tributary lake pond reservoir lagoon sea ocean bay
    gulf strait mountain peak volcano hill range valley canyon plateau desert forest jungle park reserve garden beach
    coast cape street road avenue highway route motorway bridge tunnel dam canal port harbour harbor airport airfield
    station railway line stadium arena venue palace castle fort fortress tower skyscraper building cathedral mosque
    temple monastery shrine museum gallery theatre theater library hotel resort restaurant mall market prison jail
    camp base border capital area zone location constituency enclave site mine plant crater moon planet star""",
    "event": """tournament championship competition cup race match game final festival concert parade ceremony
    conference summit congress forum exhibition fair war battle conflict uprising revolution rebellion coup massacre
    earthquake hurricane typhoon cyclone storm flood disaster crisis pandemic epidemic outbreak election referendum
    campaign operation mission holiday""",
    "work": """film movie documentary sequel novel book memoir poem play musical opera ballet symphony song single
    track album record ep show series sitcom drama soap episode programme magazine journal painting sculpture comic
    manga anime videogame game app software song anthem hymn award prize medal title""",
    "group": """people tribe clan caste language dialect religion faith disease virus disorder syndrome drug vaccine
    breed species genus variety currency aircraft missile rocket satellite ship vessel submarine tank car truck
    motorcycle locomotive smartphone phone tablet computer console""",
    "law": "law act bill treaty agreement accord pact convention protocol constitution legislation plan policy",
}

NOUNS: dict[str, str] = {
    noun: kind for kind in ("law", "group", "event", "work", "place", "organisation", "person")
    for noun in _NOUNS_BY_KIND[kind].split()
}
"""Common nouns by the kind of what they call: "the village of X", "X is a singer", "the film X"."""

POSSESSED: dict[str, str] = (
    {
        word: "place"
        for word in _set(
            """government parliament president prime foreign defence defense interior finance capital economy border
            borders coast army military navy air population people citizens largest biggest northern southern eastern
            western central supreme national ambassador embassy king queen ruling opposition biggest second-largest
            first most main old historic city streets airport"""
        )
    }
    | {
        word: "organisation"
        for word in _set(
            """ceo chairman chief board headquarters shares stock products founder managing executive director directors
            members website statement report users customers employees staff profits revenue parent decision policy
            latest annual fleet network platform"""
        )
    }
    | {
        word: "person"
        for word in _set(
            """wife husband son daughter father mother brother sister family lawyer lawyers attorney death career life body
            house home office remarks comments words visit arrest trial resignation supporters campaign successor
            predecessor administration allies friend friends death debut first own"""
        )
    }
)
"""What people, bodies and places are said to have, each the last to claim a word."""

PLACE_ENDINGS = tuple(
    "ville burg burgh berg ton stan land shire ford ham wick worth bury mouth port pool grad abad pur pore stad stadt "
    "polis city town vale brook field wood hill dale bridge mere ham minster by oslo heim haven furt istan ania".split()
)
PERSON_ENDINGS = tuple(
    "son sen sson sky ski ska skaya enko chuk ova eva ina ov ev vich vic vić ić escu ian yan oglu oğlu dze shvili poulos "
    "idis akis mann meyer stein ez berg ault eau elli ini etti".split()
)

GIVEN_NAMES = _set(
    """james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony mark donald
    steven paul andrew joshua kenneth kevin brian george edward ronald timothy jason jeffrey ryan jacob gary nicholas
    eric jonathan stephen larry justin scott brandon benjamin samuel gregory frank alexander raymond patrick jack dennis
    jerry tyler aaron jose adam henry nathan douglas zachary peter kyle walter ethan jeremy harold keith christian roger
    noah gerald carl terry sean austin arthur lawrence jesse dylan bryan joe jordan billy bruce albert willie gabriel
    logan alan juan wayne roy ralph randy eugene vincent russell elijah louis bobby philip johnny mary patricia jennifer
    linda elizabeth barbara susan jessica sarah karen nancy lisa betty margaret sandra ashley kimberly emily donna
    michelle dorothy carol amanda melissa deborah stephanie rebecca sharon laura cynthia kathleen amy shirley angela
    helen anna brenda pamela nicole emma samantha katherine christine debra rachel catherine carolyn janet ruth maria
    heather diane virginia julie joyce victoria olivia kelly christina lauren joan evelyn judith megan cheryl andrea
    hannah martha jacqueline frances gloria ann teresa kathryn sara janice jean alice madison doris abigail julia judy
    grace denise amber marilyn beverly danielle theresa sophia marie diana brittany natalie isabella charlotte rose
    alexis kayla simon martin ian neil graham stuart nigel trevor colin derek geoffrey malcolm gordon hugh oliver harry
    charlie leo max luke toby fiona claire louise lucy kate jane anne sally
    jean-claude pierre jacques françois francois michel philippe alain bernard claude henri laurent nicolas olivier
    emmanuel thierry didier sophie isabelle nathalie sylvie valérie céline chantal camille
    hans karl heinrich wolfgang klaus jürgen juergen günter dieter helmut otto friedrich fritz ludwig stefan andreas
    matthias markus ulrich rainer werner angela ursula monika petra sabine gerhard olaf
    giovanni giuseppe antonio mario luigi francesco angelo vincenzo pietro salvatore carlo franco domenico bruno paolo
    giorgio marco matteo silvio giulia chiara francesca paola alessandro roberto stefano andrea lorenzo
    carlos luis jorge miguel pedro manuel francisco alejandro fernando ricardo eduardo javier rafael sergio raúl raul
    andrés andres roberto alberto enrique pablo diego gustavo hugo ramón óscar oscar josé césar cesar arturo ernesto
    cristina ana carmen isabel lucía lucia rosa elena pilar marta alejandra gabriela claudia mónica silvia patricia
    joão joao paulo luiz antónio dilma lula jair fernanda
    vladimir dmitry dmitri sergei sergey aleksandr alexei alexey andrei andrey nikolai mikhail yuri igor oleg boris
    viktor victor ivan pavel maxim roman konstantin anatoly valery evgeny yevgeny natalia natalya olga tatiana tatyana
    svetlana irina ekaterina anastasia yelena ludmila galina volodymyr petro oleksandr yulia
    jan piotr andrzej krzysztof stanisław tomasz paweł marek jerzy lech jarosław donald ewa katarzyna małgorzata
    jiří pavel petr václav tomáš miloš zoltán viktor ferenc lászló istván györgy gábor ion nicolae traian
    lars erik anders nils johan magnus björn bjorn sven olof karin ingrid astrid kristina mette jens
    mohammed muhammad mohamed mohammad mohamad ahmed ahmad mahmoud mahmud ali hassan hasan hussein hussain omar umar
    khalid khaled abdul abdullah abdallah ibrahim ismail yusuf youssef mustafa mostafa hamid hamza karim bashar saddam
    osama tariq walid fatima aisha khadija zainab maryam amina layla leila noor nour salman faisal abdulaziz sultan
    mansour nasser samir rashid saeed said yasser bilal rami ziad hosni ayman hamad tamim
    recep mehmet ahmet ayşe emine fatma kemal ismet abdullah
    reza hossein mehdi javad hassan amir ebrahim qasem ashraf hamid gul
    benjamin yitzhak shimon moshe ariel avigdor ehud yair yossi tzipi golda menachem naftali
    narendra rahul sonia indira rajiv amit arvind sanjay vijay ravi rajesh suresh ramesh anil sunil ashok manmohan priya
    anjali deepak sachin virat shah imran nawaz benazir asif bilawal sheikh khaleda mujibur ranil mahinda gotabaya
    xi jiang hu deng zhou wei li wang zhang chen liu yang huang wu shinzo junichiro yoshihide fumio taro hiroshi takashi
    kenji yuki akira haruki naoto yukio naomi keiko kim park moon lee jung jong
    nguyen thaksin prayut yingluck joko susilo rodrigo ferdinand benigno gloria corazon mahathir najib anwar
    nelson thabo jacob cyril kofi goodluck muhammadu olusegun uhuru raila mwai jomo yoweri paul robert emmerson morgan
    joseph laurent ellen john-paul kwame julius samora haile meles abiy desmond winnie chinua wole
    barack hillary joe donald bill george ronald jimmy theresa boris tony margaret winston david keir rishi liz""".replace(
        "\n", " "
    )
)

BASED = _set("based born backed led style made run owned controlled held listed bound wide funded occupied sponsored")

# Words that begin a sentence with a capital and are no names.
COMMON_OPENERS = _set(
    """a about above according across after again against all almost along already also although always am amid among an
    and another any anyone anything are around as asked at back based be because become been before behind being below
    besides between beyond both but by called can cannot could currently dear despite did do does doing don done down
    during each earlier either else especially even eventually ever every everyone everything except few finally first
    firstly five following for former formerly four from full further furthermore get given go good got had has have
    having he hello hence her here hers herself him himself his how however i if in including indeed initially inside
    instead into is it its itself just keep last lastly late later latest least less let like look made mainly make many
    may maybe me meanwhile might mine more moreover most mostly much must my myself near nearly neither never
    nevertheless next nine no nobody none nor not nothing notably now of off often oh ok on once one only onto or
    originally other others otherwise our ours out outside over overall own per perhaps please possibly previously
    prior probably put quite rather read really recent recently regarding same says second secondly see seeing seen
    seven several shall she should show similarly simply since six so some somebody someone something sometimes
    soon speaking still such take ten than thank thanks that the their theirs them themselves then there therefore these
    they thing things third this those though three through throughout thus to today together tomorrow tonight too top
    toward towards twelve two under unless unlike until up upon us use used using usually various very via was watch we
    well were what whatever when whenever where whereas wherever whether which while who whoever whole whom whose why
    will with within without would yes yesterday yet you young your yours
    added asked born people members officials police government authorities residents women men children workers
    students experts critics protesters researchers scientists
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december jan feb mar apr jun jul aug sep sept oct nov dec""".replace("\n", " ")
)
