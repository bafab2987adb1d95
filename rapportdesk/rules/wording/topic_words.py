"""Topics in plain words: codes are for mapping and export, a person reads "sexual health" and "money"."""

from rapportdesk.language import _
from rapportdesk.model.names import name_parts
from rapportdesk.model.topic import HL7_SENSITIVITY_CODES, LOCAL_TOPIC_CODES, Permission, TopicPermission


def topic_name(code: str) -> str:
    """Return the plain words for a topic's code; the patient's own word stays as it is."""
    return _names().get(code, code)


def topic_names() -> dict[str, str]:
    """Return every code there is with its plain words, the local ones first, for choosing one."""
    names = _names()
    return {code: names[code] for code in (*LOCAL_TOPIC_CODES, *HL7_SENSITIVITY_CODES)}


def asking_sentence(topic: TopicPermission) -> str:
    """Return how to ask before raising a topic: the sentence kept with it, or the usual one."""
    if topic.asking_sentence:
        return topic.asking_sentence
    return _("“Would it be all right to talk about {topic}?”").format(topic=topic_name(topic.code))


def asking_suggestions(code: str) -> tuple[str, ...]:
    """Return ways to ask about a topic, the usual one first; what is typed over them is kept as typed."""
    name = topic_name(code)
    usual = _("“Would it be all right to talk about {topic}?”").format(topic=name)
    return (usual, *_own_suggestions().get(code, ()), *(words.format(topic=name) for words in _any_suggestions()))


def permission_line(topic: TopicPermission) -> str:
    """Return one line that says how a topic may be raised, for a card on which no note says it."""
    name = topic_name(topic.code)
    return _permission_patterns()[topic.permission].format(topic=name)


def same_topic(one: str, other: str) -> bool:
    """Return whether two names of topics are the same but for case, accents, spaces and hyphens."""
    return name_parts(one) == name_parts(other) or "".join(name_parts(one)) == "".join(name_parts(other))


def _permission_patterns() -> dict[Permission | None, str]:
    return {
        None: _("Not asked yet about {topic}"),
        Permission.WELCOME: _("Happy to talk about {topic}"),
        Permission.ASK_FIRST: _("Ask first about {topic}"),
        Permission.CLINICIAN_ONLY: _("Leave {topic} to the clinician"),
        Permission.PRIVATE_ROOM: _("Only in a private room: {topic}"),
        Permission.NOT_IN_FRONT_OF: _("Only when they are alone: {topic}"),
        Permission.DO_NOT_RAISE: _("Don’t raise {topic}"),
    }


def _any_suggestions() -> tuple[str, ...]:
    return (
        _("“Is there anything about {topic} that you would like us to know, or would you rather leave it?”"),
        _("“You once asked us to check first: may we speak about {topic} today?”"),
    )


def _own_suggestions() -> dict[str, tuple[str, ...]]:
    return {
        "bereavement": (_("“Would you like to talk about them today, or rather not?”"),),
        "weight": (_("“May we weigh you today? You don’t have to look, and you can say no.”"),),
        "money": (_("“Would it help to talk about what this costs, or shall we leave that?”"),),
        "prognosis": (_("“How much would you like to hear about what may lie ahead?”"),),
        "pregnancy-loss": (_("“Is it all right to mention what happened, or would you rather we didn’t?”"),),
        "SUD": (_("“We ask everybody about alcohol and drugs. Is now a good moment?”"),),
        "SEX": (_("“Some questions are rather private. May I ask them, or would you prefer somebody else to?”"),),
        "EMPL": (_("“Would you like to tell us how work is going?”"),),
    }


def _names() -> dict[str, str]:
    return {
        "bereavement": _("bereavement"),
        "weight": _("weight"),
        "money": _("money"),
        "immigration": _("immigration"),
        "pregnancy-loss": _("pregnancy loss"),
        "prognosis": _("prognosis"),
        "PSY": _("psychiatric care"),
        "MH": _("mental health"),
        "BH": _("behaviour and habits"),
        "SUD": _("alcohol and drugs"),
        "ETHUD": _("alcohol"),
        "OPIOIDUD": _("opioids"),
        "HIV": _("HIV"),
        "STD": _("sexually transmitted infections"),
        "SEX": _("sexual health"),
        "PREGNANT": _("pregnancy"),
        "SDV": _("sexual assault or violence at home"),
        "VIO": _("violence"),
        "MST": _("assault during military service"),
        "GDIS": _("genetic conditions"),
        "COGN": _("memory and thinking"),
        "DVD": _("developmental conditions"),
        "EMOTDIS": _("emotional difficulties"),
        "GENDER": _("gender"),
        "REL": _("religion"),
        "RACE": _("ethnic background"),
        "MARST": _("marriage and partnership"),
        "LIVARG": _("living arrangements"),
        "EMPL": _("work"),
        "ADOL": _("a young person’s private matters"),
        "PRS": _("what they asked to keep private"),
    }
