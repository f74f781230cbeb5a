"""Who decides and who pays: the municipality, or Försäkringskassan when basic needs pass the threshold."""

from __future__ import annotations

from egenmakt.law.lss.needs import Answer, Word
from egenmakt.law.rules import rule


class Decider(Word):
    """What comes of an application: who is to grant it, that it is refused, or that it cannot be told yet."""

    STATE = "state"
    MUNICIPALITY = "municipality"
    REFUSED = "refused"
    UNCLEAR = "unclear"


@rule("51 kap. 3 §", act="SFB", version="2010:110", valid_from="2011-01-01")
def above_threshold(basic_after_s: int, basic_needs_threshold: int) -> bool:
    """Rätt till assistansersättning kräver grundläggande behov på mer än tjugo timmar i veckan i
    genomsnitt, efter föräldraavdrag. Exakt tjugo timmar räcker inte."""
    return basic_after_s > basic_needs_threshold * 3600


@rule("9 §", part="2", version="2010:480", valid_from="2011-01-01")
def outcome(right: Answer, above_threshold: bool) -> Decider:
    """Kommunen svarar för assistansen till den del behovet inte täcks av assistansersättning från
    Försäkringskassan."""
    if right == Answer.NO:
        return Decider.REFUSED
    if right == Answer.UNKNOWN:
        return Decider.UNCLEAR
    if above_threshold:
        return Decider.STATE
    return Decider.MUNICIPALITY


@rule("9 §", part="2", version="2010:480", valid_from="2011-01-01")
def total_s(outcome: Decider, most_s: int) -> int:
    """Beviljad tid i veckan är grundläggande och andra personliga behov tillsammans; inget när rätten
    saknas eller är oklar."""
    if outcome in (Decider.STATE, Decider.MUNICIPALITY):
        return most_s
    return 0


@rule("51 kap. 22 §", act="SFB", version="2010:110", valid_from="2011-01-01")
def municipal_share_s(outcome: Decider, total_s: int, municipal_share_hours: int) -> int:
    """Kommunen betalar hela den assistans den själv beviljar, och de första tjugo timmarna i veckan av den
    som staten beviljar."""
    if outcome == Decider.STATE and total_s > municipal_share_hours * 3600:
        return municipal_share_hours * 3600
    return total_s
