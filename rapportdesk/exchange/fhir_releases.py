"""A file is read as one release of FHIR, R4B if that fits and STU3 if not; fhir.resources is what checks.

R4B differs from R4 in none of the resources that are kept. STU3 has one relationship where R4 has a list, `reason`
where R4 has `reasonCode`, and an animal's fields in Patient. fhir.resources is large and is imported only when there is
something for it to read.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from rapportdesk.exchange.faults import Fault, Unreadable
from rapportdesk.exchange.fhir_json import Entry, kept_text_is_sound, without_nulls

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """One release of FHIR: its name and the classes of fhir.resources that check it."""

    name: str
    classes: dict[str, Any]

    def validated(self, entry: Entry) -> Any:
        """Return a resource as an object of fhir.resources.

        Raises:
            Unreadable: It is not as this release says.
        """
        from pydantic import ValidationError

        resource = without_nulls(entry.resource or {})
        if not kept_text_is_sound(resource):
            raise Unreadable(Fault.LETTERS, item=entry.item)
        if not isinstance(resource.get("start", ""), str):  # fhir.resources takes a number for seconds
            raise Unreadable(Fault.FIELD, item=entry.item, field="Appointment.start")
        checker = self.classes[entry.resource_type]
        try:
            return checker.model_validate(resource)
        except RecursionError as fault:
            raise Unreadable(Fault.TOO_DEEP, item=entry.item) from fault
        except ValidationError as fault:
            raise _told(fault, entry, checker) from fault
        except (
            ValueError,
            TypeError,
            AttributeError,
            LookupError,
            ArithmeticError,
        ) as fault:  # from its own validators
            raise Unreadable(Fault.MALFORMED, item=entry.item) from fault


def in_a_release(read: Callable[[Release], T]) -> T:
    """Return what `read` makes of the first release in which it can read everything.

    Raises:
        Unreadable: There is none; what the newest release says is wrong.
    """
    first: Unreadable | None = None
    for release in _releases():
        try:
            return read(release)
        except Unreadable as wrong:
            first = first or wrong
    raise first or Unreadable(Fault.MALFORMED)


def _releases() -> tuple[Release, ...]:
    from fhir.resources import R4B, STU3

    kept = ("Patient", "RelatedPerson", "Appointment")
    return tuple(
        Release(name=name, classes={kind: module.get_fhir_model_class(kind) for kind in kept})
        for name, module in (("R4B", R4B), ("STU3", STU3))
    )


def _told(fault: Any, entry: Entry, checker: Any) -> Unreadable:
    """Return what is wrong by the standard's name of the field; a name that the file made up is not repeated."""
    wrong = fault.errors(include_url=False, include_context=False, include_input=False)[0]
    field = str(wrong["loc"][0]) if wrong["loc"] else ""
    known = field in checker.model_fields
    in_calendar = "date" not in wrong["type"] and field not in ("birthDate", "deceasedDateTime", "start", "end")
    return Unreadable(
        Fault.FIELD if in_calendar else Fault.DATE,
        item=entry.item,
        field=f"{entry.resource_type}.{field}" if known else entry.resource_type,
    )
