"""Any number of invented people of many cultures from a seed, common names common and rare ones rare."""

import datetime as dt
import random
from collections.abc import Callable, Iterator

from rapportdesk.model.identity import PatientId
from rapportdesk.model.patient import ContactPoint, ContactSystem, Identifier, Patient

_WELSH = (
    "Nia Siân Gareth Rhodri Ffion Dilwyn Huw Gwen Mair Rhys Eleri Aled Betsan Owain Carys",
    "Prydderch Pritchard Jones Davies Evans Hughes Rees Bevan Llewellyn Griffiths Parry Vaughan Price Morgan Thomas",
)
_ENGLISH = (
    "Margaret John Susan David Catherine Katherine Stephen Steven Ann Anne Oliver Amelia George Jack Grace Sarah",
    "Smith Smyth Taylor Brown Wright Walker Green Hall Wood Clarke Fisher Shaw Cartwright Featherstone-Haugh Lee Leigh",
)
_IRISH = ("Aoife Siobhán Niamh Oisín Ciarán Saoirse", "O'Neill O’Brien Murphy Byrne Ó Súilleabháin Kelly")
_POLISH = (
    "Łukasz Tomasz Agnieszka Małgorzata Krzysztof Zofia Piotr Wojciech Katarzyna Paweł",
    "Kowalski Wójcik Nowak Wiśniewska Żółtowski Szczepański Dąbrowska Lewandowski Błaszczyk Grzybowska",
)
_GERMAN = ("Jürgen Björn Käthe Jörg Anna-Lena Günther", "Müller Groß Strauß Weiß Schäfer Köhler Schröder")
_NORDIC = ("Søren Åse Ólafur Guðrún Þóra Björk Jón", "Ørsted Lindqvist Åkesson Jónsson Guðmundsdóttir Sørensen")
_DUTCH = ("Anne-Marie Pieter Joost Saskia Willem", "van_der_Berg de_Vries van_Dijk Jansen ten_Brink")
_SPANISH = (
    "María_José Juan Mateo Lucía Íñigo Begoña João Conceição",
    "García-Llorente García_Márquez Núñez Fernández_de_la_Cruz Silva Muñoz Gonçalves",
)
_ARABIC = (
    "Mohammed Muhammad Fatima Yusuf Samira Ebrahim Leila Abd_al-Rahman Khadija Hussein",
    "Al-Rashid Haddad Ben_Saïd El_Amrani Bensaïd Hassan Ahmadi al-Masri",
)
_INDIAN = (
    "Priya Anjali Rajesh Lakshmi Venkataraman Suresh Kavita Harpreet Gurdeep",
    "Raghunathan Patel Singh Kaur Sharma Subramanian Thapa Chaudhary Iyer",
)
_VIETNAMESE = ("Thị_Hồng Văn_Minh Đức_Anh Ngọc_Lan Quốc", "Nguyễn Trần Lê Phạm Đặng Hoàng")
_CHINESE = ("Xiuying Wei Mei Jing Xiaoming Li Guoqiang", "Wang Zhang Li Chen Ouyang Xu Zhao")
_AFRICAN = ("Chidi Ngozi Kofi Abena Tewodros Amara Oluwaseun", "Okafor Mensah Adeyemi Tesfaye Diallo N'Diaye Nkrumah")
_SLAVIC = ("Olena Ivan Dmytro Zsófia László Ana Nikolaï", "Kovalenko Petrov Kovács Nagy Horvat Shevchenko")

_FAMILY_FIRST = (_VIETNAMESE, _CHINESE)
_CULTURES = (
    (_ENGLISH, 34), (_WELSH, 14), (_IRISH, 4), (_POLISH, 7), (_GERMAN, 5), (_NORDIC, 4), (_DUTCH, 4), (_SPANISH, 6),
    (_ARABIC, 6), (_INDIAN, 6), (_VIETNAMESE, 3), (_CHINESE, 3), (_AFRICAN, 3), (_SLAVIC, 3),
)  # fmt: skip
_OWN_SCRIPT = ("王秀英", "محمد الرشيد", "Олена Коваленко", "김민준", "さくら", "ประเสริฐ")
_ONSETS, _NUCLEI, _CODAS = (
    each.split(" ")
    for each in (
        "b br c ch d dr f fl g gr h j k kl l m n p pr qu r s sch sh st t th tr v w z",
        "a ai e ea i ie o oa ou u y",
        " l n r s t ck ld mb nd rn sk ton ley son wick ski",
    )
)


def invented_people(count: int, seed: int = 7) -> Iterator[Patient]:
    """Yield `count` people; the same seed gives the same people, ids included."""
    chance = random.Random(seed)  # noqa: S311  # invented people need no secrecy
    rare = [_rare_name(chance) for _ in range(max(count // 4, 100))]
    cultures, weights = [each for each, _ in _CULTURES], [weight for _, weight in _CULTURES]
    for number in range(count):
        names = chance.choices(cultures, weights)[0]
        given, family = (_common(chance, part.split()) for part in names)
        if chance.random() < 0.3:
            family = chance.choice(rare)
        if chance.random() < 0.06:
            given = chance.choice(rare)
        if chance.random() < 0.25:
            given += " " + _common(chance, names[0].split())
        yield _patient(chance, number, given, family, family_first=names in _FAMILY_FIRST)


def _patient(chance: random.Random, number: int, given: str, family: str, *, family_first: bool) -> Patient:
    name = f"{family} {given}" if family_first else f"{given} {family}"
    name = given if chance.random() < 0.005 else name  # a single name is a name
    return Patient(
        id=PatientId(f"{chance.getrandbits(128):032x}"),
        name=name,
        sort_name=f"{family}, {given}",
        own_script_name=chance.choice(_OWN_SCRIPT) if chance.random() < 0.03 else "",
        preferred_name=given[:3] if chance.random() < 0.15 else "",
        former_names=(f"{given} {_common(chance, _ENGLISH[1].split())}",) if chance.random() < 0.1 else (),
        birth_date=dt.date(1930, 1, 1) + dt.timedelta(days=chance.randrange(365 * 90)),
        identifiers=(Identifier(system="practice", value=str(400_000 + number)), Identifier(value=_nhs(chance))),
        contact_points=(
            ContactPoint(system=ContactSystem.PHONE, value=f"07700 {chance.randrange(10**6):06}"),
            ContactPoint(system=ContactSystem.SMS, value=f"+44 7{chance.randrange(10**9):09}"),
        ),
    )


def _common(chance: random.Random, names: list[str]) -> str:
    """Return one of `names`, the first ones oftener, as in any town."""
    return names[int(chance.random() ** 1.6 * len(names))].replace("_", " ")


def _rare_name(chance: random.Random) -> str:
    pick: Callable[[list[str]], str] = chance.choice
    return "".join(pick(_ONSETS) + pick(_NUCLEI) for _ in range(chance.choice((1, 2, 2, 3)))).capitalize() + pick(
        _CODAS
    )


def _nhs(chance: random.Random) -> str:
    digits = f"{chance.randrange(10**10):010}"
    return f"{digits[:3]} {digits[3:6]} {digits[6:]}"
