"""How a person becomes rows: everything by which somebody may look for them, folded the way a query is folded."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator

from rapportdesk.model.identity import PatientId
from rapportdesk.model.names import NameProfile, name_parts, sort_key
from rapportdesk.model.names import profile as profile_of
from rapportdesk.model.patient import ContactSystem, Patient
from rapportdesk.readmodel.database import Database
from rapportdesk.readmodel.name_pairs import joined_forms, put_pairs, remove_pairs
from rapportdesk.readmodel.near import profile_from
from rapportdesk.readmodel.near_kept import doubt_namesakes
from rapportdesk.readmodel.schema import WordKind
from rapportdesk.readmodel.vocabulary import put_word, remove_word

_PHONES = frozenset({ContactSystem.PHONE, ContactSystem.SMS, ContactSystem.VOICEMAIL})
_IDEOGRAPHS = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]{2,12}")
_NOT_ALPHANUMERIC = re.compile(r"[\W_]+")
_COMPARED = frozenset({WordKind.NAME, WordKind.FORMER})


def storable(text: str) -> str:
    """Return `text` without lone surrogates, which no database takes."""
    return text.encode("utf-8", "replace").decode("utf-8")


def fold_identifier(value: str) -> str:
    """Return a number as it is compared however it was grouped: "999-12 9623" is "999129623"."""
    return _NOT_ALPHANUMERIC.sub("", storable(unicodedata.normalize("NFKC", value[:200]).casefold()))


def phone_digits(value: str) -> str:
    """Return the digits of a phone number in ASCII."""
    return "".join(str(unicodedata.digit(letter)) for letter in value[:100] if letter.isdecimal())


def put_person(connection: Database, patient: Patient) -> bool:
    """Put the person's rows in place of those they had; the row's number stays theirs.

    Returns:
        False when they were there just so, and nothing was written.
    """
    found_by, identifiers, phones = name_words(patient), sorted(identifier_rows(patient)), sorted(phone_rows(patient))
    person, sort = person_row(patient), sort_text(patient)
    digest = digest_of(person, sorted(found_by), identifiers, phones, sort)
    if connection.execute("SELECT 1 FROM person WHERE patient = ? AND digest = ?", (patient.id, digest)).fetchone():
        return False
    row, before, near = _compared(connection, patient.id) or (None, None, None)
    compared = profile_of(patient)
    is_called_otherwise = before != compared
    if row is not None and before is not None:
        if is_called_otherwise:
            near = None
            doubt_namesakes(connection, before)
        _take_away(connection, row)
    row = connection.execute(
        "INSERT INTO person VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id", (row, *person, near, digest)
    ).fetchall()[0][0]
    connection.executemany(
        "INSERT INTO name_word VALUES (?, ?, ?, ?)", [(word, sort, row, int(kind)) for word, kind in found_by]
    )
    connection.executemany("INSERT OR IGNORE INTO identifier VALUES (?, ?, ?)", [(*each, row) for each in identifiers])
    connection.executemany("INSERT INTO phone VALUES (?, ?, ?)", [(end, row, shared) for end, shared in phones])
    for word in sorted({word for word, kind in found_by if kind in _COMPARED}):
        put_word(connection, word)
    put_pairs(connection, row)
    if is_called_otherwise:
        doubt_namesakes(connection, compared)
    return True


def remove_person(connection: Database, patient: PatientId) -> None:
    """Take the person's rows away, and words that nobody else has."""
    had = _compared(connection, patient)
    if had is not None:
        row, compared, _near = had
        doubt_namesakes(connection, compared)
        _take_away(connection, row)


def _compared(connection: Database, patient: PatientId) -> tuple[int, NameProfile, int | None] | None:
    """Return the number of a person's row, what they are compared by, and whether anybody is near them, if known."""
    query = "SELECT id, forms, latin, birth, near FROM person WHERE patient = ?"
    found = connection.execute(query, [patient]).fetchone()
    if found is None:
        return None
    row, forms, latin, birth, near = found
    return row, profile_from(forms, latin, birth), near


def _take_away(connection: Database, row: int) -> None:
    had = connection.execute("SELECT DISTINCT word FROM name_word WHERE person = ? AND kind <= 1", [row]).fetchall()
    remove_pairs(connection, row)
    connection.execute("DELETE FROM name_word WHERE person = ?", [row])
    connection.execute("DELETE FROM identifier WHERE person = ?", [row])
    connection.execute("DELETE FROM phone WHERE person = ?", [row])
    connection.execute("DELETE FROM person WHERE id = ?", [row])
    for (word,) in had:
        remove_word(connection, word)


def row_of(connection: Database, patient: PatientId) -> int | None:
    """Return the number of the person's row, or None."""
    found = connection.execute("SELECT id FROM person WHERE patient = ?", [patient]).fetchone()
    return int(found[0]) if found else None


def people_with_identifier(connection: Database, value: str) -> tuple[PatientId, ...]:
    """Answer `SearchIndex.by_identifier`: white space around it aside, every character counts."""
    found = connection.execute(
        "SELECT p.patient FROM identifier AS i JOIN person AS p ON p.id = i.person WHERE i.value = ? ORDER BY p.id",
        [storable(value.strip())],
    )
    return tuple(PatientId(patient) for (patient,) in found)


def name_words(patient: Patient) -> frozenset[tuple[str, WordKind]]:
    """Return every folded word that finds the person by a name."""
    names = (patient.name, patient.preferred_name, patient.own_script_name)
    words = {(word, kind) for name in names for word, kind in _words_of(name, WordKind.NAME)}
    for former in patient.former_names:
        words.update(_words_of(former, WordKind.FORMER))
    for form in profile_of(patient).forms:
        words.update((part, WordKind.NAME) for part in form)
        words.update((joined, WordKind.JOINED) for joined in joined_forms(form))
    return frozenset(words)


def person_row(patient: Patient) -> tuple[str, str, str, str, str | None, str, str, int, int]:
    """Return the columns of `person` after its id."""
    profile = profile_of(patient)
    return (
        patient.id,
        storable(patient.name),
        storable(patient.called),
        storable(patient.own_script_name),
        patient.birth_date.isoformat() if patient.birth_date else None,
        storable(patient.identifiers[0].value) if patient.identifiers else "",
        json.dumps(profile.forms),
        int(profile.latin),
        int(patient.deceased),
    )


def digest_of(*content: object) -> bytes:
    """Return what tells whether rows changed; the index is encrypted, so a short one gives nothing away."""
    return hashlib.blake2b(repr(content).encode("utf-8", "surrogatepass"), digest_size=8).digest()


def sort_text(patient: Patient) -> str:
    """Return what people with the same word are listed by: their name as it is sorted, then their birth date."""
    born = patient.birth_date.isoformat() if patient.birth_date else ""
    return f"{storable(sort_key(patient.sort_name or patient.name)[0][:40])} {born}"


def identifier_rows(patient: Patient) -> Iterator[tuple[str, str]]:
    """Return folded and exact value of each identifier."""
    for identifier in patient.identifiers:
        if folded := fold_identifier(identifier.value):
            yield folded, storable(identifier.value.strip())


def phone_rows(patient: Patient) -> Iterable[tuple[str, int]]:
    """Return each phone number backwards, and whether somebody else answers it too."""
    shared: dict[str, int] = {}
    for point in patient.contact_points:
        if point.system in _PHONES and len(digits := phone_digits(point.value)) >= 4:
            backwards = digits[::-1]
            shared[backwards] = max(shared.get(backwards, 0), int(bool(point.shared_with.strip())))
    return shared.items()


def _words_of(name: str, kind: WordKind) -> Iterator[tuple[str, WordKind]]:
    parts = name_parts(name)
    for position, part in enumerate(parts):
        yield part, kind
        if position < len(parts) - 1:
            yield "".join(parts[position:]), WordKind.JOINED
    for written in _IDEOGRAPHS.findall(name[:200]):  # no gap says where the given name begins
        for position in range(1, len(written)):
            for part in name_parts(written[position:]):
                yield part, kind
