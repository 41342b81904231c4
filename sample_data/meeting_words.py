"""How the meetings of Lindhamn put what they judge: what the numbers say, and what the group knows of each district."""

from __future__ import annotations

from sample_data.districts import DISTRICTS

FACTS = {
    "stands_out": "{name}: fler än väntat.",
    "near": "{name}: har stigit mest utan att sticka ut.",
    "above": "Klart fler händelser än väntat.",
    "most": "Flest händelser av alla områden under veckan.",
    "many": "Bland de områden som har flest händelser.",
    "mostly": "Mest: {names}.",
    "in_a_row": "I fokus för {count}:e mötet i rad.",
    "calmer": "Inte längre i fokus.",
    "watched": "Följs ett möte till.",
    "more": "{name} har rapporterat klart mer än vanligt: {reports} rapporter mot omkring {usual}.",
    "fewer": "{name} har rapporterat klart mindre än vanligt: {reports} rapporter mot omkring {usual}. "
    "Det behöver inte betyda att färre saker har hänt.",
}
"""Sentences about what the tool says. Without numbers of incidents: others read them who are not told small ones."""

_OF_CHARACTER = {
    "centre": (
        "Mycket folk i rörelse sent fredag och lördag.",
        "Få vuxna i en roll är kvar när butikerna har stängt.",
    ),
    "rental": ("Porttelefoner och lås är slitna i de äldre husen.", "Boende tar andra vägar hem efter mörkrets inbrott."),
    "mixed": ("Gångvägarna är mörka från klockan 17.", "Hyresvärden och skolan beskriver samma platser."),
    "villa": ("Husen står tomma på dagtid.", "Grannsamverkan är tunn på de nya gatorna."),
    "work": ("Området är tomt efter klockan 18.", "Grindar står öppna på helgen."),
    "rural": ("Långt mellan husen, och få som rör sig ute.", "Samma parkering nämns av flera."),
}  # fmt: skip
_OF_DISTRICT = {
    "0101": (
        "Krogarna på Skeppargatan stänger samtidigt, och det är långt till taxi.",
        "Parkeringshuset Ankaret är öppet hela natten utan bemanning.",
    ),
    "0102": (
        "Stortorget är tomt på vuxna när Gallerian Linden har stängt.",
        "Butikerna och väktarna beskriver samma tider, sen eftermiddag.",
        "Bänkarna vid biblioteket används av många sent på kvällen.",
    ),
    "0103": (
        "Många väntar vid Resecentrum efter sista bussen.",
        "Gångtunneln Ågatan är mörk och svår att överblicka.",
        "Ordningsvakterna ser mest mellan klockan 20 och 23.",
    ),
    "0105": (
        "Unga blir kvar vid busshållplatsen när skoldagen slutar.",
        "Öppna fredagar är slut för säsongen, och inget annat är öppet.",
    ),
    "0202": ("Gårdarna är öppna mot gatan, och få passerar på kvällen.", "Rondernas tider är kända. De behöver växla."),
    "0301": (
        "Boende undviker Norrby torg på kvällen.",
        "Torget är lätt att överblicka för den som vill sälja.",
        "Passen vid torget upphörde i slutet av juni.",
    ),
    "0302": (
        "De nya lamporna på stråket fungerar, men dungen bredvid är mörk.",
        "Fritidsgården Verkstan stänger klockan 21, och många blir kvar utanför.",
    ),
    "0401": (
        "Centrum är enda stället att vara på när fritidsgården har stängt.",
        "Många passerar centrum sent, mellan bussen och bostäderna.",
        "Fältgruppen känner dem som är där och vill hålla kvar sina kvällar.",
    ),
    "0501": (
        "Inne i Hagaparken är det mörkt, och få passerar efter klockan 18.",
        "Boende runt Hagatorget hör av sig om kvällarna.",
        "Källardörrar ställs upp, och förråden ligger innanför.",
        "Hyresvärden och fältgruppen ser samma sak, på samma tider.",
    ),
}  # fmt: skip


def circumstances() -> dict[str, list[str]]:
    """Return for each district (code) what the group says of it, one sentence after the other; never anything about persons."""
    return {one.code: list(_OF_DISTRICT.get(one.code) or _OF_CHARACTER[one.character]) for one in DISTRICTS}
