"""What the methods leave that have to do with how things are said: wording, common ground, feedback."""

from rapportdesk.model.common_ground import Interest
from tests.desk.audited import Case, nothing

OWN = "one's own interests, sealed for oneself alone: nobody is told that there are any"
SINGING = Interest(words="singing")

VOICE: dict[str, Case] = {
    "common_ground.keep": nothing(OWN, lambda w, _n: w.desk.common_ground.keep((SINGING,))),
    "common_ground.mine": nothing(OWN, lambda w, _n: w.desk.common_ground.mine()),
    "common_ground.remove": nothing(OWN, lambda w, _n: w.desk.common_ground.remove()),
    "wording.hints": nothing("reads what is being typed", lambda w, _n: w.desk.wording.hints("claims")),
}
