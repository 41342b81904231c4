"""Words that Swedish police, municipalities and some open data write for types of the common catalogue.

One line per catalogue code: words in small letters, compared after `plain` of header_words. Words that a type's own name
contains need no line here.
"""

# ruff: noqa: E501 - one line per type, so that a word is found and added at a glance

from __future__ import annotations

from data_access.importers.header_words import plain

_LINES = """
assault: misshandel grov; grov misshandel; misshandel mot man; misshandel mot kvinna; misshandel utomhus; misshandel inomhus; våld; battery; assault; vållande till kroppsskada
fight: bråk; slagsmål; upplopp; våldsamt upplopp; fight
threat: olaga hot; hot; bombhot; olaga tvång; threat; intimidation
molestation: ofredande; trakasserier; ofredande förargelse; förargelseväckande beteende; harassment; stalking; förföljelse; olaga förföljelse
robbery_person: rån; personrån; rån väpnat; rån övrigt; grovt rån; åldringsrån; rån mot privatperson; robbery
staff_threat: våld mot tjänsteman; hot mot tjänsteman; våld hot mot tjänsteman; sabotage mot blåljusverksamhet; interference with public officer; hot mot personal; våld mot personal; hot och våld mot personal
sexual_harassment: sexuellt ofredande; sedlighetsbrott; blottning; public indecency; sexualbrott övrigt
sexual_assault: våldtäkt; sexualbrott; sexuellt övergrepp; sexuellt tvång; crim sexual assault; criminal sexual assault; sex offense
intimate_violence: våld i nära relation; relationsvåld; kvinnofridsbrott; grov kvinnofridskränkning; domestic violence
honour: hedersbrott; hedersrelaterat våld; hedersförtryck
shooting: skottlossning; skottlossning misstänkt; skjutning; dödsskjutning
explosion: detonation; sprängning; explosion; allmänfarlig ödeläggelse
weapon_seen: vapenlagen; vapenbrott; knivlagen; vapen; kniv; farligt föremål misstänkt; weapons violation; concealed carry license violation
drug_dealing: narkotikaförsäljning; narkotikahandel; langning av narkotika; langning narkotika; överlåtelse av narkotika; knarkförsäljning; droghandel
drug_use: narkotika; narkotikabrott; ringa narkotikabrott; narkotikainnehav; eget bruk; narkotikabruk; droger; narcotics; other narcotic violation
drug_litter: kanyler; sprutor; kanylfynd; narkotikarester
intoxicated: fylleri; fylleri lob; lob; berusad person; berusade; berusning; onykterhet
alcohol_supply: langning; alkohollagen; alkohollangning; liquor law violation
burglary_home: bostadsinbrott; inbrott i bostad; inbrott bostad; inbrott lägenhet; inbrott villa; villainbrott; lägenhetsinbrott; inbrottsstöld bostad; stöld inbrott bostad; residential burglary
burglary_storage: inbrott källare; källarinbrott; vindsinbrott; förrådsinbrott; inbrott förråd; inbrott vind; inbrott i källare; inbrott i förråd; inbrott i vind
burglary_premises: inbrott i lokal; inbrott skola; inbrott i skola; inbrott butik; inbrott i butik; inbrott företag; inbrott kontor; lokalinbrott; non residential burglary
vehicle_theft: motorfordon stöld; bilstöld; stöld av fordon; stöld av motorfordon; mopedstöld; tillgrepp av fortskaffningsmedel; fordonstillgrepp; mc stöld; motor vehicle theft
theft_from_vehicle: stöld ur fordon; stöld från fordon; stöld ur bil; bilinbrott; inbrott i bil; stöld ur och från fordon; stöld ur från motorfordon; stöld ur och från motorfordon
bicycle_theft: cykelstöld; stöld av cykel; stulen cykel; elcykelstöld; bike theft
shoplifting: snatteri; butiksstöld; stöld i butik; stöld butik; butikssnatteri; retail theft
pickpocketing: fickstöld; väskryckning; pocket picking; purse snatching
theft_other: stöld; grov stöld; ringa stöld; stöld inbrott; inbrott; övrig stöld; theft; burglary
fraud_person: bedrägeri; åldringsbrott; grovt bedrägeri; bedrägerier; vishing; deceptive practice; fraud
vandalism: skadegörelse; grov skadegörelse; åverkan; sabotage; skadegörelse övrigt; skadegörelse på fordon; criminal damage; vandalism
graffiti: klotter; graffiti; klotter och graffiti; skadegörelse klotter; skadegörelse genom klotter
broken_glass: krossad ruta; fönsterkross; glaskross; krossade rutor; krossat fönster; trasig ruta; fönsterkrossning; ruta krossad
arson: mordbrand; anlagd brand; brand anlagd; grov mordbrand; skadegörelse genom brand; arson
vehicle_fire: bilbrand; fordonsbrand; brand i fordon; brand i bil; mopedbrand
bin_fire: containerbrand; brand i container; papperskorgsbrand; soprumsbrand; brand i papperskorg; brand i soprum; brand i sopkärl
fireworks: fyrverkerier; smällare; pyroteknik; raketer; fyrverkeri; bangers
unsafe_gathering: otrygg samling; samling av personer; folksamling; gäng; otrygg gruppering; gruppering; ansamling; otrygg ansamling; samling
youth_disorder: ordningsstörning; ungdomar som stör; stökiga ungdomar; ungdomsstörning; ordningsstörning ungdomar; ordningsstörning unga; störande ungdomar
housing_disturbance: störning; bostadsstörning; störning i bostad; störande granne; störningsjour; lägenhetsbråk; bråk i bostad
noise: hög musik; fest; ljudstörning; oväsen; buller; hög volym; festande
trespass_stairwell: obehörig i trapphus; obehöriga; obehöriga i trapphus; obehörig; trapphus; olaga intrång; intrång; criminal trespass
hangout: tillhåll; sovplats; koja; hängställe
reckless_riding: buskörning; vårdslöshet i trafik; mopedbuskörning; bus körning; buskörning moped; buskörning mc; epa buskörning; reckless driving
moped_path: moped på gångbana; moped på gc väg; mopedåkning; mopedkörning på gångväg; moped på cykelväg
speeding: fortkörning; hastighetsöverträdelse; hög hastighet; hastighet
traffic_danger: trafikfara; farlig trafikmiljö; trafikmiljö; trafikhinder
poor_lighting: dålig belysning; trasig belysning; mörkt; belysning; trasig lampa; släckt belysning; mörk plats; bristande belysning; belysning ur funktion; gatubelysning; lighting
overgrown: buskage; växtlighet; skymd sikt; igenvuxet; vegetation; häckar; sly
littering: nedskräpning; skräp; skräpigt; litter
dumped_waste: dumpning; dumpat skräp; grovsopor; sopor; soptippning; olovlig soptippning; dumpade sopor
deserted: ödslig plats; ödsligt; öde plats; övergiven plats; ödehus
disrepair: trasigt; slitage; bristande underhåll; eftersatt underhåll; underhåll; förfall
open_entrance: trasigt lås; trasig port; trasig dörr; öppen port; uppbruten dörr; trasig entré; skalskydd; port; trasigt lås eller port; låsskada
abandoned_vehicle: övergiven bil; skrotbil; övergivet fordon; skrotbilar; övergiven cykel
recruitment: rekrytering; rekrytering av barn; rekrytering till gäng
undue_influence: otillåten påverkan; tystnadskultur; hot mot vittne
hate: hatbrott; hets mot folkgrupp; hakkors; extremism; extremistiska symboler; rasism; hate crime
rumours: rykten; ryktesspridning; oro; sociala medier
bullying: mobbning; kränkning; kränkande behandling; skolbråk; bullying
safe_place: trygg plats; trivsam plats; safe place
other: annat; övrigt; övrigt brott; other; other offense; other offence; non criminal; non criminal subject specified; diverse
"""


def _words() -> dict[str, str]:
    words = {}
    for line in _LINES.strip().splitlines():
        code, _, names = line.partition(":")
        words |= {plain(name): code for name in names.split(";")}
    return words


CATEGORY_WORDS: dict[str, str] = _words()
"""Word (after `plain`) -> catalogue code."""
