"""What LSS leaves open for personal assistance, and the ways it can be read."""

from __future__ import annotations

from egenmakt.law.rules import Reading

READINGS = (
    Reading(
        name="deduction_from_all_assistants",
        question="deduction_and_second_assistant",
        sentence="Föräldraavdraget görs en gång från hela behovet, den andra assistentens tid inräknad.",
        source="Ingen lagtext säger hur 9 a § femte stycket och 9 f § LSS möts. Avdraget är fast per barn och dygn "
        "(bilagan till förordningen 1993:1090), inte per assistent",
        usual=True,
    ),
    Reading(
        name="deduction_from_first_assistant",
        question="deduction_and_second_assistant",
        sentence="Föräldraavdraget görs bara från den första assistentens tid: en vårdnadshavare ersätter en assistent.",
        source="Ingen lagtext säger hur 9 a § femte stycket och 9 f § LSS möts. Läsningen bygger på att normalt "
        "föräldraansvar är en persons hjälp; ingen domstol har prövat den",
    ),
)
