"""The demo county's three municipalities, their units, and who works in them. All staff are invented."""

from __future__ import annotations

from dataclasses import dataclass

from egenmakt.foundation.accounts.demo import demo_email
from egenmakt.foundation.identity.models import Role
from egenmakt.site.demo.names import Place

WHOLE = None


@dataclass(frozen=True)
class Member:
    """Someone who works in a municipality: the first part of the address, and the role in a unit (by its place
    among the municipality's units) or in all of it."""

    mailbox: str
    name: str
    title: str
    role: Role
    unit: int | None = WHOLE


@dataclass(frozen=True)
class Town:
    """A municipality of the county. `share` is how many of a hundred persons live there."""

    slug: str
    code: str
    name: str
    board: str
    address: str
    place: Place
    share: int
    units: tuple[str, ...]
    members: tuple[Member, ...]

    def email(self, mailbox: str) -> str:
        """The address one of the staff signs in with."""
        return demo_email(mailbox, self.slug)

    def holding(self, role: Role, unit: int) -> tuple[Member, ...]:
        """Those who hold a role in a unit, those of the whole municipality first."""
        found = [one for one in self.members if one.role is role and one.unit in (None, unit)]
        return tuple(sorted(found, key=lambda one: one.unit is not None))

    def member(self, mailbox: str) -> Member:
        """The member with a mailbox."""
        return next(one for one in self.members if one.mailbox == mailbox)


def _address(board: str, house: str, place: Place, phone: str, slug: str) -> str:
    return f"{board}\n{house}\n{place.code} {place.town}\n{phone}\nlss@{slug}.exempel\nhttps://{slug}.exempel"


_KRISTIANSTAD = Place("291 00", "Kristianstad")
_HJO = Place("544 00", "Hjo")
_ALVSBYN = Place("942 00", "Älvsbyn")

# The memorable addresses come first in every municipality: registrator@, handlaggare@, beslutsfattare@ …
TOWNS: tuple[Town, ...] = (
    Town(
        slug="kristianstad", code="1290", name="Kristianstad", board="Omsorgsnämnden", share=52,
        address=_address("Omsorgsnämnden", "Provhuset", _KRISTIANSTAD, "040-628 04 00", "kristianstad"),
        place=_KRISTIANSTAD, units=("LSS-enheten barn och unga", "LSS-enheten vuxna"),
        members=(
            Member("registrator", "Ingela Sandhag", "registrator", Role.REGISTRAR),
            Member("handlaggare", "Tove Lindehag", "LSS-handläggare", Role.CASE_OFFICER),
            Member("beslutsfattare", "Åsa Almlöf", "1:e LSS-handläggare", Role.DECISION_MAKER),
            Member("chef", "Eva Mellgård", "enhetschef", Role.UNIT_MANAGER, 0),
            Member("granskare", "Börje Hägglöf", "loggranskare", Role.CONTROLLER),
            Member("ekonom", "Malin Qvarnström", "ekonom", Role.ECONOMIST),
            Member("systemansvarig", "Dan Edqvist", "systemansvarig", Role.SYSADMIN),
            Member("lena.handlaggare", "Lena Bergvall", "LSS-handläggare", Role.CASE_OFFICER, 0),
            Member("samir.handlaggare", "Samir Jadallah", "LSS-handläggare", Role.CASE_OFFICER, 0),
            Member("jonna.handlaggare", "Jonna Östensjö", "LSS-handläggare", Role.CASE_OFFICER, 1),
            Member("ove.handlaggare", "Ove Rydmark", "LSS-handläggare", Role.CASE_OFFICER, 1),
            Member("nina.handlaggare", "Nina Kallio", "LSS-handläggare", Role.CASE_OFFICER, 1),
            Member("henrik.beslutsfattare", "Henrik Sjöqvist", "1:e LSS-handläggare", Role.DECISION_MAKER, 1),
            Member("petra.chef", "Petra Åkermark", "enhetschef", Role.UNIT_MANAGER, 1),
        ),
    ),
    Town(
        slug="hjo", code="1497", name="Hjo", board="Kommunstyrelsen", share=26,
        address=_address("Kommunstyrelsen", "Provgården", _HJO, "031-390 06 00", "hjo"),
        place=_HJO, units=("LSS-handläggningen",),
        members=(
            Member("registrator", "Gunvor Trygg", "registrator", Role.REGISTRAR),
            Member("handlaggare", "Karin Vidfors", "LSS-handläggare", Role.CASE_OFFICER),
            Member("beslutsfattare", "Mats Norrvik", "1:e LSS-handläggare", Role.DECISION_MAKER),
            Member("chef", "Susanne Fagerlund", "enhetschef", Role.UNIT_MANAGER),
            Member("granskare", "Rolf Aspegren", "loggranskare", Role.CONTROLLER),
            Member("ekonom", "Anki Tranvik", "ekonom", Role.ECONOMIST),
            Member("systemansvarig", "Jerker Sånger", "systemansvarig", Role.SYSADMIN),
            Member("ali.handlaggare", "Ali Rasouli", "LSS-handläggare", Role.CASE_OFFICER, 0),
            Member("ylva.handlaggare", "Ylva Djurberg", "LSS-handläggare", Role.CASE_OFFICER, 0),
        ),
    ),
    Town(
        slug="alvsbyn", code="2560", name="Älvsbyn", board="Socialnämnden", share=22,
        address=_address("Socialnämnden", "Provstugan", _ALVSBYN, "0980-31 92 00", "alvsbyn"),
        place=_ALVSBYN, units=("Myndighetsenheten",),
        members=(
            Member("registrator", "Berit Kinnunen", "registrator", Role.REGISTRAR),
            Member("handlaggare", "Per-Ola Snöbohm", "LSS-handläggare", Role.CASE_OFFICER),
            Member("beslutsfattare", "Marja Salmela", "1:e socialsekreterare", Role.DECISION_MAKER),
            Member("chef", "Roger Forsgård", "enhetschef", Role.UNIT_MANAGER),
            Member("granskare", "Elsie Pihlgren", "loggranskare", Role.CONTROLLER),
            Member("ekonom", "Tord Lövdahl", "ekonom", Role.ECONOMIST),
            Member("systemansvarig", "Sanna Tjärnberg", "systemansvarig", Role.SYSADMIN),
            Member("anna.handlaggare", "Anna Öhnell", "LSS-handläggare", Role.CASE_OFFICER, 0),
            Member("isak.handlaggare", "Isak Fjellner", "LSS-handläggare", Role.CASE_OFFICER, 0),
        ),
    ),
)  # fmt: skip
