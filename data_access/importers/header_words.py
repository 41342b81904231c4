"""Words that column headings are written with, most telling first, for each canonical column.

Compared after `plain`: small letters, words apart, no punctuation.
"""

from __future__ import annotations

import re

_CAMEL = re.compile(r"(?<=[a-zåäö])(?=[A-ZÅÄÖ])")
_BARE = str.maketrans("åäöéü", "aaoeu")
_NOT_WORD = re.compile(r"[\W_]+")


def plain(header: str) -> str:
    """Return a heading in small letters with single spaces: `BrottsDatum_från` -> `brotts datum från`."""
    return _NOT_WORD.sub(" ", _CAMEL.sub(" ", header)).strip().casefold()


def folded(header: str) -> str:
    """Return a heading as `plain` does, also without dots and rings: many programs cannot write them."""
    return plain(header).translate(_BARE)


def _words(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.replace("\n", " ").split(","))


HEADER_WORDS: dict[str, tuple[str, ...]] = {
    "source_key": _words(
        """ärendenummer, ärendenr, ärende nr, ärende id, ärendeid, händelse id, händelseid, incident id, event id,
        diarienummer, dnr, anmälningsnummer, rapportnummer, rapport id, löpnummer, löpnr, uuid, guid, id, case number,
        case id, k nummer, knummer, k nr, referens, record id, incident number, report number, ärende, rapport, nummer, key"""
    ),
    "category": _words(
        """brottskod, händelsekod, typkod, kategorikod, category code, kategori, category, händelsetyp, brottstyp,
        typ av händelse, typ av brott, incidenttyp, rapporttyp, ärendetyp, felkod, primary type, event type, offence type,
        offense type, incident type, crime type, typ, type, brottskategori, kod, code, rubricering, brottsrubricering,
        händelse, brott, offence, offense, crime, fbi code, iucr, vad, what"""
    ),
    "category_text": _words(
        """brottskod text, brottskodstext, kodtext, kod text, klartext, brottstext, brottsbenämning, benämning,
        händelsetyp text, kategori text, kategorinamn, typ text, typtext, category text, category name, type text,
        händelsetext, rubricering, brottsrubricering, brott"""
    ),
    "occurred_from": _words(
        """occurred from, brottsdatum från, brottstid från, händelsedatum från, händelsetid från, datum från, från datum,
        tidpunkt från, begånget från, från och med, fr o m, from, från, startdatum, starttidpunkt, starttid, start,
        tidigast, brottsdatum start, date from, start date, start time, earliest"""
    ),
    "occurred_to": _words(
        """occurred to, brottsdatum till, brottstid till, händelsedatum till, händelsetid till, datum till, till datum,
        tidpunkt till, begånget till, till och med, t o m, tom, to, till, slutdatum, sluttidpunkt, sluttid, slut, senast,
        brottsdatum slut, date to, end date, end time, end, latest"""
    ),
    "date": _words(
        """händelsedatum, brottsdatum, datum och tid, datum tid, datumtid, tidpunkt, händelsetid, händelsetidpunkt,
        inträffade, inträffad, incident date, occurred, occurred at, event date, date time, datetime, datum, date,
        timestamp, tidsstämpel, när, when, dag, day, skapad, created, rapportdatum, anmälningsdatum, reported date"""
    ),
    "time": _words(
        """klockslag, tid från, klockslag från, tid, kl, klockan, time, time from, händelsetid, brottstid, starttid,
        tidpunkt, time of day, brottstid från"""
    ),
    "time_to": _words("tid till, klockslag till, brottstid till, time to, sluttid, till kl, end time, till"),
    "x": _words(
        """longitude, longitud, long, lon, lng, sweref e, sweref99 e, sweref 99 e, easting, e koordinat, koordinat e,
        e, ost, öst, östlig, x koordinat, xkoordinat, xkoord, koordinat x, x coordinate, coordinate x, x coord, x"""
    ),
    "y": _words(
        """latitude, latitud, lat, sweref n, sweref99 n, sweref 99 n, northing, n koordinat, koordinat n, n, nord,
        nordlig, norr, y koordinat, ykoordinat, ykoord, koordinat y, y coordinate, coordinate y, y coord, y"""
    ),
    "gps": _words(
        """gps, location gps, latlon, lat lon, latlong, lat long, lat lng, koordinater, koordinat, coordinates, position,
        geo point, point, geometri, geometry, wkt, plats, location"""
    ),
    "area_code": _words(
        """områdeskod, område kod, områdes id, områdesid, områdesnummer, omr kod, omrkod, deso, deso kod, desokod, regso,
        regso kod, regsokod, distriktskod, distrikt kod, stadsdelskod, delområdeskod, delområde kod, do kod, nyko,
        nyckelkod, area code, area id, district code, community area, kommunkod, kommun kod, område, delområde,
        distrikt, stadsdel, district, neighbourhood code, area, beat"""
    ),
    "area_name": _words(
        """områdesnamn, område namn, område, delområde, stadsdel, stadsdelsnamn, distrikt, distriktsnamn, bostadsområde,
        area name, district name, area, district, neighbourhood, neighborhood, location name, ort, kommun, kommunnamn,
        regso namn"""
    ),
    "police_reported": _words(
        """polisanmäld, polisanmält, polisanmälan, anmäld till polis, anmäld till polisen, anmält till polis, anmäld,
        anmält, police reported, reported to police, polis anmäld, polis"""
    ),
    "severity": _words(
        "allvarlighetsgrad, allvarlighet, allvarsgrad, allvar, svårighetsgrad, severity, grad, prioritet"
    ),
    "certainty": _words(
        "säkerhet, tillförlitlighet, visshet, källsäkerhet, certainty, confidence, hur känt, hur vet vi, iakttaget, uppgift"
    ),
    "note": _words(
        """anteckning, anteckningar, notering, noteringar, kommentar, fritext, beskrivning, anmärkning, note, notes,
        comment, comments, remarks, text"""
    ),
}

ALL_WORDS = frozenset(folded(word) for words in HEADER_WORDS.values() for word in words)
