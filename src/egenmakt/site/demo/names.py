"""Invented persons: names put together from lists, and numbers from ranges that are never issued.

Guarantees: the same random source gives the same persons; a number has an individual number from 980 to 999,
which Skatteverket keeps for tests and never issues, and the right check digit; addresses are on streets that
are made up, telephone numbers are those that Post- och telestyrelsen keeps for fiction.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Literal

from egenmakt.law.identity_numbers.luhn import check_digit

Sex = Literal["female", "male"]

NEVER_ISSUED = range(980, 1000)

WOMEN = (
    "Agnes", "Alva", "Amira", "Anneli", "Asta", "Aysel", "Birgitta", "Cornelia", "Daga", "Disa", "Ebba", "Elfrida",
    "Elin", "Embla", "Fatuma", "Freja", "Greta", "Gudrun", "Hanna", "Hedvig", "Idun", "Inga-Lill", "Ingrid", "Iris",
    "Johanna", "Juni", "Karin", "Kerstin", "Leila", "Linnéa", "Lovisa", "Maj-Britt", "Majken", "Maryam", "Melina",
    "My", "Märta", "Naima", "Nikolina", "Olga", "Parwana", "Ragnhild", "Ronja", "Rut", "Saga", "Selma", "Signe",
    "Siri", "Sólveig", "Stina", "Svea", "Thi Lan", "Tuva", "Tyra", "Ulla", "Vendela", "Viola", "Wilma", "Yrsa",
    "Zahra", "Åsa", "Åse-Marie", "Älva", "Örjana",
)  # fmt: skip
MEN = (
    "Abbe", "Adil", "Aksel", "Alfons", "Anders", "Arvid", "August", "Birger", "Björn", "Carl-Gustav", "Dag", "Dawit",
    "Ebbe", "Eino", "Elias", "Elof", "Emre", "Erland", "Felix", "Folke", "Frans", "Gösta", "Hampus", "Hjalmar",
    "Hugo", "Håkan", "Idris", "Ingvar", "Isak", "Jan-Erik", "Jonatan", "Jörgen", "Karim", "Kettil", "Knut", "Lars",
    "Leif", "Loke", "Love", "Malte", "Mattis", "Milan", "Mohamud", "Nils", "Olof", "Oskar", "Per-Olof", "Ragnar",
    "Rasmus", "Rune", "Rustam", "Sigge", "Sixten", "Sven-Åke", "Tage", "Torsten", "Tor", "Ture", "Urban", "Valter",
    "Viggo", "Vilgot", "Yusuf", "Åke", "Öivind", "Örjan",
)  # fmt: skip
FAMILIES = (
    "Abdi Warsame", "Ahlborg", "Alfredsson", "Almlöf", "Aspegren", "Backlund Ek", "Beckman", "Bergvall", "Björkdahl",
    "Blomstrand", "Boman Hägg", "Bränneby", "Cederqvist", "Dahlbäck", "Demirci", "Djurberg", "Edqvist", "Ekedahl",
    "Elfving", "Engmark", "Fagerlund", "Fjellner", "Forsgård", "Frostensson", "Gimbrant", "Granlöf", "Grönvall",
    "Haddad Nyman", "Hallgren Ås", "Hedengren", "Hjertqvist", "Holmsten", "Hägglöf", "Högfors", "Isgren", "Jadallah",
    "Jernberg", "Kallio", "Karlsten", "Kinnunen", "Klintberg", "Kovačević", "Kvarnlöf", "Lagerbäck", "Lannerheim",
    "Lidbrand", "Lindehag", "Ljungvall", "Lundmark-Öst", "Lövdahl", "Malmsjö", "Mattsby", "Mellgård", "Moberg Ström",
    "Mårdh", "Nordenbäck", "Norrvik", "Nyqvist", "Nässén", "Olovsdotter", "Osman Lind", "Palmblad", "Persdal",
    "Pihlgren", "Qvarnström", "Ramberg", "Rasouli", "Renbäck", "Rosengård", "Rydmark", "Rönnfors", "Salmela",
    "Sandhag", "Sjöqvist", "Skarpheden", "Snöbohm", "Sommarlind", "Stadigh", "Stenhammar", "Strandfors", "Sundvall",
    "Svartbäck", "Sånger", "Särnholm", "Söderqvist", "Tesfay", "Tillander", "Tjärnberg", "Tornblad", "Tranvik",
    "Trygg", "Ulvskog", "Vallmark", "Vidfors", "Viklander", "Vängman", "Wadman", "Westerlöv", "Yılmaz", "Zetterlind",
    "Åberg Sten", "Åhnstrand", "Åkermark", "Ängquist", "Öberg-Tall", "Öhnell", "Örtenblad", "Östensjö",
)  # fmt: skip
_STREETS_FIRST = (
    "Blåklocks", "Daggkåpe", "Fjärils", "Gärdsmyge", "Harsyre", "Humleblomme", "Järnnätte", "Kantarell", "Kvarnhjuls",
    "Lärksångs", "Mandelpils", "Nyponros", "Näckros", "Orrspels", "Prästkrage", "Rödhake", "Skogsduve", "Slåtter",
    "Svalbo", "Tjäder", "Vildkaprifol", "Vätte", "Ängsull", "Ödle",
)  # fmt: skip
_STREETS_LAST = ("vägen", "stigen", "gränden", "backen", "gången")


@dataclass(frozen=True, slots=True)
class Invented:
    """Someone made up. Never prints what it holds, as for a real person."""

    given_name: str
    family_name: str
    sex: Sex
    born: date
    number: str
    address: str
    phone: str

    def __repr__(self) -> str:
        return "Invented(…)"

    @property
    def name(self) -> str:
        """Given and family name."""
        return f"{self.given_name} {self.family_name}"


@dataclass(frozen=True, slots=True)
class Place:
    """The postal town that an address ends with; its code is one that no street has."""

    code: str
    town: str


class Names:
    """People of one municipality, drawn from one random source; no two have the same number or name."""

    def __init__(self, random: Random, place: Place, *, first_individual_number: int = 0) -> None:
        self._random = random
        self._place = place
        self._numbers: set[str] = set()
        self._names: set[tuple[str, str]] = set()
        self._given = {"female": self._endless(WOMEN), "male": self._endless(MEN)}
        self._families = self._endless(FAMILIES)
        self._first = first_individual_number

    def person(self, born: date, sex: Sex, *, family_name: str = "", address: str = "") -> Invented:
        """Someone born on the day; a relative shares family name and address with whom they are given."""
        given, family = next(self._given[sex]), family_name or next(self._families)
        while (given, family) in self._names:
            given = next(self._given[sex])
        self._names.add((given, family))
        return Invented(
            given, family, sex, born, self._number(born, sex), address or self.address(), self._phone()
        )

    def address(self) -> str:
        """A street, a number and a postal town, on a line each."""
        draw = self._random
        street = f"{draw.choice(_STREETS_FIRST)}{draw.choice(_STREETS_LAST)}"
        return f"{street} {draw.randint(1, 48)}\n{self._place.code} {self._place.town}"

    def _number(self, born: date, sex: Sex) -> str:
        for place in range(len(NEVER_ISSUED) // 2):
            number = never_issued(born, sex, place + self._first)
            if number not in self._numbers:
                self._numbers.add(number)
                return number
        raise ValueError("No number that is never issued is left on that day.")

    def _phone(self) -> str:
        return f"070-174 06 {self._random.randint(5, 99):02d}"

    def _endless(self, names: tuple[str, ...]) -> Iterator[str]:
        while True:
            shuffled = list(names)
            self._random.shuffle(shuffled)
            yield from shuffled


def never_issued(born: date, sex: Sex, place: int) -> str:
    """Twelve characters, `YYYYMMDDNNNN`: the place-th (0–9, then round) of the day's numbers never issued.

    The individual number is even for women and odd for men, as in those that are issued.
    """
    individual = NEVER_ISSUED.start + place % 10 * 2 + (sex == "male")
    nine = f"{born:%y%m%d}{individual:03d}"
    return f"{born:%Y%m%d}{individual:03d}{check_digit(nine)}"
