"""Short harmless remarks about places, never about persons, for a few of the rows."""

from __future__ import annotations

NOTES: dict[str, tuple[str, ...]] = {
    "violence": (
        "Lugnt igen efter en halvtimme.",
        "Många åskådare på platsen.",
        "Samma plats som förra helgen.",
    ),
    "drugs": ("Återkommande på kvällstid.", "Nära lekplatsen.", "Städat och anmält till driften."),
    "theft": ("Låset uppbrutet.", "Ingen kamera på platsen.", "Andra gången denna månad."),
    "damage": (
        "Sanering beställd.",
        "Två rutor mot gården.",
        "Hela väggen mot gångvägen.",
        "Samma tagg som tidigare.",
    ),
    "fire": ("Släckt innan räddningstjänsten kom.", "Soprummet avstängt tills vidare."),
    "disorder": ("Upplöst utan åtgärd.", "Många boende har hört av sig.", "Flyttade vidare mot parken."),
    "traffic": ("Bommen är trasig.", "Sker mest efter skoltid.", "Farthinder efterfrågas."),
    "place": (
        "Tre lampor i rad är släckta.",
        "Felanmält till driften.",
        "Buskarna skymmer korsningen.",
        "Ingen går här på kvällen.",
    ),
    "positive": ("Mycket folk och god stämning.", "Nya bänkarna används flitigt."),
    "other": ("Vidarebefordrat till rätt förvaltning.",),
}
"""By group of the catalogue; groups that are missing here never carry a note."""

SHARE_WITH_NOTE = {"falt": 0.08, "polis": 0.0, "bostad": 0.05, "skola": 0.03, "vakt": 0.02}
