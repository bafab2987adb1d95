"""Every way to look for somebody, tried on names as people bear them, among a practice full of others."""

import pytest

from rapportdesk.model.identity import PatientId
from rapportdesk.model.patient import Patient
from rapportdesk.readmodel import MemoryIndex
from tests.benchmarks.invented_people import invented_people
from tests.readmodel.people import index_of, names, person

NIA = person("Nia Prydderch", "1958-03-14", number="NHS 485 777 3456", preferred="Nia fach", former=("Nia Quennell",))
LLYR = person("Llŷr ap Gwilym-Rhys", "1961-02-03", preferred="Ll")
LUKASZ = person("Łukasz Żółtowski", "1984-11-02", phone="+48 601 234 517")
ORSTED = person("Søren Ørsted", "1950-08-14")
STRASSE = person("Käthe Straßer-Weiß", "1977-09-09")
ONEILL = person("Caoimhe O'Neill", "1990-04-03", former=("Caoimhe Ní Bhriain",))
ALGHAMDI = person("Abd al-Rahman Al-Ghamdi", "1979-05-17", own_script="عبد الرحمن الغامدي")
MUHAMMAD = person("Muhammad Qureshi", "1969-01-31")
NGUYEN = person("Nguyễn Thị Bích Hằng", "1993-12-24", preferred="Bích")
OUYANG = person("Ouyang Xiuying", "1971-07-30", own_script="欧阳秀英")
KIM = person("Kim Min-jun", "2004-06-05", own_script="김민준")
SCRIPT = person("毛泽林", "1966-10-01")
SAKURA = person("さくら", "1988-04-04")
VANDERBERG = person("Joost-Jan van der Bergh", "1948-07-21")
HAUGH = person("Perdita Featherstone-Haugh", "1999-02-28")
ICELAND = person("Þóra Guðmundsdóttir", "1955-06-17")
SINGLE = person("Suharto", "1966-12-01")
LLORENTE = person("María José García-Llorente Ibáñez", "1972-03-19")
TAMIL = person("M. Venkataraghavan", "1963-05-05")
NDIAYE = person("Ousmane N’Diaye", "1981-08-08")
CYRILLIC = person("Олена Шевченко", "1986-08-24", phone="(0117) 496 0735")
THAI = person("ประเสริฐ วงศ์สว่าง", "1958-12-05")
EVERYBODY = (
    NIA, LLYR, LUKASZ, ORSTED, STRASSE, ONEILL, ALGHAMDI, MUHAMMAD, NGUYEN, OUYANG, KIM, SCRIPT, SAKURA, VANDERBERG,
    HAUGH, ICELAND, SINGLE, LLORENTE, TAMIL, NDIAYE, CYRILLIC, THAI,
)  # fmt: skip


@pytest.fixture(scope="module")
def index() -> MemoryIndex:
    """Everybody above among three hundred others."""
    return index_of(*invented_people(300), *EVERYBODY)


@pytest.fixture(scope="module")
def few() -> MemoryIndex:
    """Everybody above."""
    return index_of(*EVERYBODY)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        # preferred and former names
        ("fach", NIA), ("fach prydd", NIA), ("quennell", NIA), ("nia quen", NIA), ("llyr gwil", LLYR), ("bich", NGUYEN),
        ("ni bhri", ONEILL), ("bhriain caoimhe", ONEILL),
        # any order, two and two letters, one and many
        ("pr ni", NIA), ("ni pr", NIA), ("Prydderch, Nia", NIA), ("gw ll", LLYR), ("zo lu", LUKASZ), ("or so", ORSTED),
        ("hang ng", NGUYEN), ("ng bi ha th", NGUYEN), ("ib ga ma", LLORENTE), ("llo jose", LLORENTE), ("xi ou", OUYANG),
        ("be va jo", VANDERBERG), ("al gh ab", ALGHAMDI), ("fe pe", HAUGH), ("gud th", ICELAND),
        # folded accents and letters
        ("lukasz zol", LUKASZ), ("Zoltowski", LUKASZ), ("orsted", ORSTED), ("ØRSTED", ORSTED), ("strasser", STRASSE),
        ("kathe weiss", STRASSE), ("Straßer", STRASSE), ("llyr", LLYR), ("hằng nguyễn bích", NGUYEN),
        ("thora gudmund", ICELAND), ("Þóra", ICELAND), ("ibanez", LLORENTE), ("oneill c", ONEILL),
        ("o'neill cao", ONEILL), ("O’Neill, Cao", ONEILL), ("o neill cao", ONEILL), ("ndiaye", NDIAYE),
        ("n'diaye ous", NDIAYE), ("n diaye ous", NDIAYE),
        # double-barrelled and with particles, together and apart
        ("featherstonehaugh", HAUGH), ("featherstone haugh", HAUGH), ("feather-haugh", HAUGH), ("haugh", HAUGH),
        ("vanderbergh", VANDERBERG), ("van der bergh", VANDERBERG), ("joostjan", VANDERBERG),
        ("vanderbergh joost", VANDERBERG), ("joostjan van", VANDERBERG),
        ("garciallorente", LLORENTE), ("alghamdi", ALGHAMDI), ("al ghamdi", ALGHAMDI), ("al-ghamdi abd", ALGHAMDI),
        # own script, its romanisation, and a single name
        ("欧阳", OUYANG),
        ("秀英", OUYANG), ("欧阳秀英", OUYANG), ("xiuying ouy", OUYANG), ("김민준", KIM), ("민준", KIM),
        ("kim min jun", KIM), ("minjun", KIM), ("毛", SCRIPT), ("泽林", SCRIPT), ("さくら", SAKURA), ("sakura", SAKURA),
        ("الغامدي", ALGHAMDI), ("шевч", CYRILLIC), ("shevchenko olena", CYRILLIC), ("ประเ", THAI), ("suharto", SINGLE),
        ("suh", SINGLE), ("m venkat", TAMIL), ("venkataraghavan m", TAMIL),
        # a number
        ("NHS4857773456", NIA), ("nhs 485-777-3456", NIA), ("4517", LUKASZ), ("601234517", LUKASZ), ("0735", CYRILLIC),
        ("0117 4960735", CYRILLIC),
    ],
)  # fmt: skip
def test_whoever_is_typed_is_found(index: MemoryIndex, few: MemoryIndex, typed: str, meant: Patient) -> None:
    assert meant.name in names(index.find_people(typed))
    assert names(few.find_people(typed)) == [meant.name], "and nobody else who is not typed"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        # a letter too many, too few, another, exchanged; in either word; while it is still being typed
        ("prydderhc", NIA), ("pryderch", NIA), ("prydderrch", NIA), ("prudderch", NIA), ("nai prydderch", NIA),
        ("pyrdd", NIA), ("zoltwoski", LUKASZ), ("lukazs zoltowski", LUKASZ), ("featherstoen haugh", HAUGH),
        ("gudmudsdotir", ICELAND), ("venkatarahgavan", TAMIL), ("ouynag", OUYANG), ("shevchneko", CYRILLIC),
        ("suhatro", SINGLE), ("garcia llornete ibanez", LLORENTE), ("al gahmdi rahman", ALGHAMDI),
        ("strassre weis", STRASSE), ("oersted", ORSTED), ("quenell", NIA),
        # by sound
        ("mohamed qureshi", MUHAMMAD), ("mohammad kureshi", MUHAMMAD), ("lukash zoltowski", LUKASZ),
        ("shevchenco", CYRILLIC), ("caoimhe oneel", ONEILL), ("fetherstone", HAUGH),
        # initials
        ("jv", VANDERBERG), ("jb", VANDERBERG), ("bj", VANDERBERG), ("pfh", HAUGH), ("jjb", VANDERBERG),
        ("np", NIA), ("PN", NIA),
    ],
)  # fmt: skip
def test_a_guess_finds_and_opens_nobody(few: MemoryIndex, typed: str, meant: Patient) -> None:
    found = few.find_people(typed)
    assert meant.name in names(found)
    assert not found.opens_on_enter


@pytest.mark.parametrize("typed", ["zzzz", "jjvv", "ooo", "xqj", "qqqqqq zz", "zzj"])
def test_letters_that_nobody_begins_with_find_nobody(few: MemoryIndex, typed: str) -> None:
    assert names(few.find_people(typed)) == []


@pytest.mark.parametrize(
    "written",
    [
        "17/5/1979", "17.05.79", "17-5-1979", "17 5 1979", "5/17/1979", "1979-05-17", "1979/5/17", "17051979",
        "170579", "19790517", "17 May 1979", "17th of May 1979", "May 17, 1979", "17. Mai 1979", "17 mai 1979",
        "17 de mayo de 1979", "17 de maio de 1979", "17 maggio 1979", "17 maja 1979", "17 Mai 79", "17 mei 1979",
        "17. května 1979", "1979. május 17.", "17 мая 1979", "17 травня 1979", "17 mayıs 1979", "17 Μαΐου 1979",
        "17 مايو 1979", "17 V 1979", "17.V.1979", "1979年5月17日", "1979년 5월 17일", "17/5/2522", "١٧/٥/١٩٧٩",
        "17-May-79", "17may1979", "1979 May 17",
    ],
)  # fmt: skip
def test_a_birth_date_is_found_however_it_is_written(index: MemoryIndex, written: str) -> None:
    assert ALGHAMDI.name in names(index.find_people(written))
    assert names(index.find_people(f"{written} ghamdi")) == [ALGHAMDI.name]
    assert ALGHAMDI.name not in names(index.find_people(f"{written} suharto"))


@pytest.mark.parametrize("partly", ["17 May", "17/5", "17.5.", "17th May", "May 1979", "05/1979", "17 maja"])
def test_a_day_or_a_month_finds_and_opens_nobody_without_a_name(index: MemoryIndex, partly: str) -> None:
    found = index.find_people(partly)
    assert ALGHAMDI.name in names(found)
    assert not found.opens_on_enter or len(found.hits) == 1
    assert names(index.find_people(f"al-gham {partly}")) == [ALGHAMDI.name]


def test_a_part_of_a_date_alone_opens_nobody() -> None:
    alone = index_of(person("Nia Prydderch", "1958-03-14"))
    assert alone.find_people("14/3/1958").opens_on_enter, "the control: a whole date may"
    for partly in ("14/3", "14 March", "March 1958"):
        assert names(alone.find_people(partly)) == ["Nia Prydderch"]
        assert not alone.find_people(partly).opens_on_enter


def test_todays_people_come_before_all_others_for_every_beginning(index: MemoryIndex) -> None:
    recent = [PatientId(each.id) for each in (TAMIL, NIA, LUKASZ)]
    for typed, first in (
        ("m", TAMIL),
        ("v", TAMIL),
        ("n", NIA),
        ("l", LUKASZ),
        ("p n", NIA),
        ("np", NIA),
        ("lz", LUKASZ),
    ):
        assert names(index.find_people(typed, recent=recent))[0] == first.name, typed


def test_the_order_depends_on_the_text_and_the_people_alone() -> None:
    people = [*invented_people(300), *EVERYBODY]
    one, other = index_of(*people), index_of(*reversed(people))
    typed = ["a", "s", "m", "an", "sm", "s m", "ja e", "prydderhc", "jo", "ma jo", "14/3", "1970 s", "07700"]
    before = [one.find_people(text) for text in typed]
    assert [one.find_people(text) for text in reversed(typed)] == before[::-1]
    assert [other.find_people(text) for text in typed] == before
    assert any(len(found.hits) > 5 for found in before)
