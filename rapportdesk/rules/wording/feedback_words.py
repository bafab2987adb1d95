"""What the patient's form says, in the language they choose; the question is the Friends and Family Test's own."""

from collections.abc import Mapping
from gettext import NullTranslations

from babel import Locale
from babel.core import UnknownLocaleError

from rapportdesk.language import _ as spoken
from rapportdesk.model.feedback import Experience, FeedbackQuestion, FormWords

ENGLISH = "en_GB"


def form_words(language: str, translations: NullTranslations) -> FormWords:
    """Return everything the form says.

    Args:
        language: POSIX name of the language.
        translations: Its catalogue.
    """
    _ = translations.gettext
    questions = {
        FeedbackQuestion.OVERALL: _("Overall, how was your experience of our service?"),
        FeedbackQuestion.LISTENED: _("How well did we listen to you?"),
        FeedbackQuestion.EXPLAINED: _("How well did we explain things?"),
    }
    answers = {
        Experience.VERY_GOOD: _("Very good"),
        Experience.GOOD: _("Good"),
        Experience.NEITHER: _("Neither good nor poor"),
        Experience.POOR: _("Poor"),
        Experience.VERY_POOR: _("Very poor"),
        Experience.DONT_KNOW: _("Don’t know"),
    }
    return FormWords(
        language=language,
        own_name=own_name(language),
        right_to_left=_right_to_left(language),
        heading=_("Your experience"),
        questions=tuple(questions.items()),
        answers=tuple(answers.items()),
        why=_("Can you tell us why? (you may leave this empty)"),
        better=_("What could we have done better? (you may leave this empty)"),
        concern=_("Something worried me. Please look into it soon."),
        wants_answer=_("I would like an answer. You may keep my name with this."),
        anonymous=_("Without a name nobody here will know who wrote this, and we cannot answer."),
        thanks=_("Thank you."),
        answer_follows=_("We will get in touch with you."),
        invitation=_("If you like, you can also tell others: {address}"),
        hand_back=_("Please give this back to the desk."),
        next=_("Next"),
        back=_("Back"),
        send=_("Send"),
        staff=_("For staff"),
        step=_("{step} of {steps}"),
        not_kept=_("That could not be kept. Please tell the desk."),
    )


def question_words(question: FeedbackQuestion) -> str:
    """Return what a question is called in a list, in the language that is spoken."""
    return {
        FeedbackQuestion.OVERALL: spoken("Overall experience"),
        FeedbackQuestion.LISTENED: spoken("Being listened to"),
        FeedbackQuestion.EXPLAINED: spoken("Being told clearly"),
    }[question]


def note_words(answers: Mapping[FeedbackQuestion, Experience], why: str, better: str, said: FormWords) -> str:
    """Return what is kept with somebody's name: each question with its answer, and their words."""
    scale, asked = dict(said.answers), dict(said.questions)
    lines = [f"{asked[question]} {scale[answer]}." for question, answer in answers.items()]
    return "\n".join((*lines, *(words for words in (why, better) if words)))


def own_name(language: str) -> str:
    """Return what a language is called in itself: "Cymraeg"."""
    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return language
    name = locale.get_language_name(locale) or language
    return f"{name[:1].upper()}{name[1:]}"


def _right_to_left(language: str) -> bool:
    try:
        return Locale.parse(language).text_direction == "rtl"
    except (UnknownLocaleError, ValueError):
        return False
