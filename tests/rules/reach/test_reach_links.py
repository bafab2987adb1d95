"""A link carries exactly what was written; no address, number or text adds a part to it."""

from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapportdesk.errors import BadInput
from rapportdesk.model.patient import ContactSystem
from rapportdesk.rules.reach.reach_links import link

TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80)
EMAIL, SMS, PHONE = ContactSystem.EMAIL, ContactSystem.SMS, ContactSystem.PHONE


def parts(made: str) -> tuple[str, str, dict[str, list[str]]]:
    split = urlsplit(made)
    return split.scheme, unquote(split.path), parse_qs(split.query, keep_blank_values=True, strict_parsing=True)


@given(subject=TEXTS, text=TEXTS)
def test_an_e_mail_carries_its_words_and_no_other_header(subject: str, text: str) -> None:
    made = link(EMAIL, "nia@example.org", subject, text)
    assert made.isascii()
    scheme, to, query = parts(made)
    assert (scheme, to) == ("mailto", "nia@example.org")
    assert query == {"subject": [subject], "body": ["\r\n".join(text.splitlines())]}


@given(text=TEXTS)
def test_a_text_message_carries_its_words(text: str) -> None:
    scheme, to, query = parts(link(SMS, "07700 900 218", "", text))
    assert (scheme, to, query) == ("sms", "07700900218", {"body": [text]})


@pytest.mark.parametrize(
    ("value", "number"), [("01970 555 218", "01970555218"), ("+44 (0)1970-555.218", "+4401970555218")]
)
def test_a_number_is_dialled_without_what_only_people_read(value: str, number: str) -> None:
    assert link(PHONE, value, "", "") == f"tel:{number}"


@pytest.mark.parametrize(
    "value",
    ["", "nia", "nia@", "a@b.c, d@e.f", "a@b.c?bcc=x@y.z", "a@b.c\r\nBcc: x@y.z", "a b@c.d", "@b.c"],
)
def test_what_is_no_address_is_refused(value: str) -> None:
    with pytest.raises(BadInput, match="no e-mail address"):
        link(EMAIL, value, "s", "t")


@pytest.mark.parametrize("value", ["", "home", "12", "01970555218?body=x", "01970;ext=1", "٠١٩٧٠٥٥٥"])
def test_what_is_no_number_is_refused(value: str) -> None:
    for system in (SMS, PHONE):
        with pytest.raises(BadInput, match="no telephone number"):
            link(system, value, "s", "t")


@given(value=st.text(max_size=40))
def test_no_address_whatever_becomes_more_than_one(value: str) -> None:
    try:
        made = link(EMAIL, value, "s", "t")
    except BadInput:
        return
    assert set(parts(made)[2]) == {"subject", "body"}
    assert "," not in urlsplit(made).path


def test_a_letter_has_no_link() -> None:
    with pytest.raises(BadInput):
        link(ContactSystem.POST, "3 Heol y Bont", "s", "t")
