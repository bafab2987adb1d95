"""How long a name that is typed takes to be found among very many, by kind of query, in one run.

What is measured is the index's own answer, namesakes and all, in processor time of the thread (so that other work on
the machine counts little), with nothing remembered from the query before.
"""

import gc
import random
import string
import time
from collections.abc import Callable, Iterable, Mapping
from itertools import product

from rapportdesk.model.names import name_parts
from rapportdesk.model.patient import Patient
from rapportdesk.model.shown import SearchResults
from rapportdesk.readmodel import MemoryIndex
from tests.benchmarks.invented_people import invented_people

_SAMPLE = 200
_AT_ONCE = 5000


def measure_people_search(people: int, seed: int = 7) -> str:
    """Fill an index in memory with `people` and return the table."""
    index, sample = MemoryIndex(), list[Patient]()
    chance = random.Random(seed)  # noqa: S311  # a sample needs no secrecy
    started = time.thread_time()
    waiting: list[Patient] = []
    for number, patient in enumerate(invented_people(people, seed)):
        waiting.append(patient)
        if len(waiting) >= _AT_ONCE or number == people - 1:
            with index.writing():
                for each in waiting:
                    index.put_patient(each)
            sample += chance.sample(waiting, min(len(waiting), max(1, _SAMPLE * _AT_ONCE // people)))
            waiting.clear()
    filled = time.thread_time() - started
    gc.collect()
    gc.freeze()
    lines = [
        f"{people:,} people put in {filled:.0f} s ({people / filled:,.0f} a second)",
        f"{'typed':<22}{'n':>5}{'found':>7}{'p50 ms':>9}{'p99 ms':>9}{'max ms':>9}  the slowest",
    ]
    lines += [_line(kind, index.find_people, typed) for kind, typed in _typed(sample, chance).items()]
    return "\n".join(lines)


def _line(kind: str, find: Callable[[str], SearchResults], typed: Iterable[str]) -> str:
    times: list[tuple[float, str, int]] = []
    for text in typed:
        started = time.thread_time()
        found = find(text)
        times.append(((time.thread_time() - started) * 1000, text, len(found.hits)))
    times.sort()
    p50, p99 = times[len(times) // 2][0], times[min(len(times) - 1, len(times) * 99 // 100)][0]
    found_on_average = sum(hits for _took, _text, hits in times) / len(times)
    slowest, text, _hits = times[-1]
    return f"{kind:<22}{len(times):>5}{found_on_average:>7.1f}{p50:>9.2f}{p99:>9.2f}{slowest:>9.2f}  {text}"


def _typed(sample: list[Patient], chance: random.Random) -> Mapping[str, list[str]]:
    parts = [name_parts(patient.name) for patient in sample]
    several = [each for each in parts if len(each) > 1]
    long = [max(each, key=len) for each in parts if max(map(len, each)) > 4]
    dated = [patient for patient in sample if patient.birth_date is not None]
    return {
        "one letter": list(string.ascii_lowercase),
        "two letters": ["".join(pair) for pair in product("abcdefghijklmnoprstw", "aeiou")],
        "one and one": [f"{each[-1][0]} {each[0][0]}" for each in several],
        "two and two": [f"{each[-1][:2]} {each[0][:2]}" for each in several],
        "a word": [max(each, key=len) for each in parts],
        "the whole name": [patient.name for patient in sample],
        "a typing error": [_mistyped(word, chance) for word in long],
        "a mistyped beginning": [_mistyped(word, chance)[:5] for word in long],
        "errors in every word": [" ".join(_mistyped(word, chance) for word in each) for each in several],
        "nobody, one word": ["".join(chance.choices("qxzjv", k=length)) for length in range(3, 9) for _ in range(20)],
        "nobody, two words": [f"{each[-1]} {''.join(chance.choices('qxzjv', k=4))}" for each in several],
        "a sentence": ["the quick brown fox jumps", "leeks for the county show", "rings after five only"],
        "a birth date": [f"{patient.birth_date:%d/%m/%Y}" for patient in dated],
        "a name and a year": [f"{name_parts(each.name)[-1]} {each.birth_date:%Y}" for each in dated],
        "a day and a month": [f"{patient.birth_date:%d/%m}" for patient in dated],
        "a phone's ending": [patient.contact_points[0].value[-4:] for patient in sample],
        "a number": [patient.identifiers[0].value for patient in sample],
        "a number's beginning": [patient.identifiers[1].value[:3] for patient in sample],
    }


def _mistyped(word: str, chance: random.Random) -> str:
    """Return the word with two neighbouring letters exchanged."""
    if len(word) < 3:
        return word
    at = chance.randrange(1, len(word))
    return word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]
