"""What each personal question is about, and one sentence to ask it with."""

from rapportdesk.language import _


def question_name(question: str) -> str:
    """Return what a question is about, in a few words; its id for one that has none."""
    return _words().get(question, (question, ""))[0]


def question_sentence(question: str) -> str:
    """Return the sentence to ask with; empty for a question that has none."""
    return _words().get(question, ("", ""))[1]


def _words() -> dict[str, tuple[str, str]]:
    return {
        "preferred-name": (_("what they like to be called"), _("“What would you like us to call you?”")),
        "say": (_("how to say their name"), _("“How do you say your name? I would like to get it right.”")),
        "pronouns": (_("pronouns"), _("“Which pronouns do you use, if any?”")),
        "language": (_("language"), _("“Which language do you like best for talking about your health?”")),
        "interpreter": (_("interpreter"), _("“Would you like an interpreter, and for which language?”")),
        "who-may-hear": (
            _("who may hear what"),
            _("“Is there anybody we may talk with about you, and what may they hear?”"),
        ),
        "what-matters": (
            _("what matters most"),
            _("“What is most important to you, that everybody here should know?”"),
        ),
        "how-to-communicate": (_("how to explain things"), _("“How do you like us to explain things to you?”")),
        "easier-here": (
            _("what makes coming here easier"),
            _("“Is there anything that would make coming here easier for you?”"),
        ),
        "please-dont": (_("what we should not do"), _("“Is there anything we should not do, or not bring up?”")),
    }
