"""Contact safety in a few words each, for everybody at the desk, always: it protects, so it needs no consent."""

from rapportdesk.language import _
from rapportdesk.model.patient import ContactPoint, ContactSafety, ContactSystem, Patient
from rapportdesk.rules.wording.wording import time_words


def contact_cautions(patient: Patient) -> tuple[str, ...]:
    """Return what must not be done to reach the patient, and how it may be done, each once."""
    cautions = [caution for point in patient.contact_points for caution in _cautions(point, patient)]
    return tuple(dict.fromkeys(cautions))


def _cautions(point: ContactPoint, patient: Patient) -> list[str]:
    if point.safety is ContactSafety.UNSAFE:
        others = [each for each in patient.contact_points if each.system is point.system]
        if all(each.safety is ContactSafety.UNSAFE for each in others):
            return [_none_at_all(point.system)]
        return [_("never {value}").format(value=point.value)]
    said = []
    if point.safety is ContactSafety.ONLY_BETWEEN:
        said.append(_hours(point))
    if point.shared_with:
        said.append(_("{channel} shared: {who}").format(channel=_channel(point.system), who=point.shared_with))
    if point.may_say:
        said.append(_("{channel}: {words}").format(channel=_channel(point.system), words=point.may_say))
    return said


def _hours(point: ContactPoint) -> str:
    channel = _channel(point.system)
    if point.not_before is not None and point.not_after is not None:
        return _("{channel} only {start} to {end}").format(
            channel=channel, start=time_words(point.not_before), end=time_words(point.not_after)
        )
    if point.not_before is not None:
        return _("{channel} only from {start}").format(channel=channel, start=time_words(point.not_before))
    if point.not_after is not None:
        return _("{channel} only until {end}").format(channel=channel, end=time_words(point.not_after))
    return _("{channel} only at certain hours: ask").format(channel=channel)


def _channel(system: ContactSystem) -> str:
    return {
        ContactSystem.PHONE: _("phone"),
        ContactSystem.SMS: _("text messages"),
        ContactSystem.EMAIL: _("e-mail"),
        ContactSystem.POST: _("post"),
        ContactSystem.VOICEMAIL: _("voicemail"),
    }[system]


def _none_at_all(system: ContactSystem) -> str:
    return {
        ContactSystem.PHONE: _("no phone calls"),
        ContactSystem.SMS: _("no text messages"),
        ContactSystem.EMAIL: _("no e-mail"),
        ContactSystem.POST: _("no post"),
        ContactSystem.VOICEMAIL: _("no voicemail"),
    }[system]
