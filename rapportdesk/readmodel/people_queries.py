"""The questions put to the index when somebody is looked for; each reads a range and stops when it has enough.

`:words` is a JSON list of beginnings that each must begin one of the person's words; `:spans` is a JSON list of first
and last birth date. A table that drives a question
stands first in a CROSS JOIN, which SQLite takes in the order written, so that rows come in the order they are listed.
"""

RECENT = """
SELECT p.id FROM json_each(?) AS r CROSS JOIN person AS p ON p.patient = r.value GROUP BY p.id ORDER BY min(r.key)"""

IDENTIFIER_IS = """
SELECT i.person FROM identifier AS i CROSS JOIN person AS p ON p.id = i.person
WHERE i.folded = ?1 GROUP BY i.person ORDER BY max(i.value = ?2) DESC, p.name, p.patient LIMIT ?3"""

IDENTIFIER_BEGINS = "SELECT person FROM identifier WHERE folded >= ?1 AND folded < ?1 || char(1114111) ORDER BY folded"

PHONE_ENDS = """
SELECT f.person, max(f.shared) FROM phone AS f CROSS JOIN person AS p ON p.id = f.person
WHERE f.backwards >= ?1 AND f.backwards < ?1 || ':' GROUP BY f.person ORDER BY p.name, p.patient LIMIT ?2"""

_ALL_BEGIN = """NOT EXISTS (
    SELECT 1 FROM json_each(:words) AS t WHERE NOT EXISTS (
        SELECT 1 FROM name_word AS b
        WHERE b.person = {person} AND b.word >= t.value AND b.word < t.value || '{{'
    )
)"""

BORN = f"""
SELECT p.id FROM json_each(:spans) AS span
CROSS JOIN person AS p ON p.birth BETWEEN span.value ->> 0 AND span.value ->> 1
WHERE {_ALL_BEGIN.format(person="p.id")} ORDER BY p.name, p.birth, p.patient LIMIT :limit"""  # noqa: S608  # fixed text # nosec B608

NAMED_AMONG = f"""
SELECT a.value FROM json_each(:people) AS a
WHERE {_ALL_BEGIN.format(person="a.value")} AND (:spans IS NULL OR EXISTS (
    SELECT 1 FROM json_each(:spans) AS span CROSS JOIN person AS p ON p.id = a.value
    WHERE p.birth BETWEEN span.value ->> 0 AND span.value ->> 1
)) ORDER BY a.key"""  # noqa: S608  # fixed text # nosec B608

BEGINS = """
SELECT person FROM name_word WHERE word >= ?1 AND word < ?1 || '{' ORDER BY word, sort, person"""

HOW_MANY_WORDS = """
SELECT count(*) FROM (SELECT 1 FROM vocabulary WHERE word >= ?1 AND word < ?1 || '{' LIMIT 4000)"""

TWO_BEGIN = """
SELECT p.person FROM vocabulary AS v
CROSS JOIN name_pair AS p ON p.one = v.word AND p.other >= :other AND p.other < :other || '{'
WHERE v.word >= :one AND v.word < :one || '{' ORDER BY p.one, p.other, p.parts, p.born, p.person"""

ALL_BEGIN = f"""
SELECT p.person FROM vocabulary AS v
CROSS JOIN name_pair AS p ON p.one = v.word AND p.other >= :other AND p.other < :other || '{{'
WHERE v.word >= :one AND v.word < :one || '{{' AND p.letters GLOB :letters AND {_ALL_BEGIN.format(person="p.person")}
ORDER BY p.one, p.other, p.parts, p.born, p.person"""  # noqa: S608  # fixed text # nosec B608
"""As `TWO_BEGIN`, with every other word in `:words`, and letters with which they begin: `*e*w*w*`, sorted.

Whoever has the letters is told by the pair's own row: to look for the words of each would bring a page of the file for
every person, 1,300 of them for three initials at 100,000 patients."""

JOINED_BEGINS = f"""
SELECT a.person FROM (
    SELECT person FROM name_word WHERE word >= :joined AND word < :joined || '{{' AND kind = 2
    ORDER BY word, sort, person LIMIT 400
) AS a WHERE {_ALL_BEGIN.format(person="a.person")}"""  # noqa: S608  # fixed text # nosec B608
"""A word written together that the name writes apart: "vanderberg anne". Of very many, the first ones."""

HAS_WORD = """
SELECT a.person FROM json_each(:guesses) AS g CROSS JOIN name_word AS a ON a.word = g.value
ORDER BY g.key, a.sort, a.person LIMIT :limit"""

HAS_BOTH = """
SELECT p.person FROM json_each(:ones) AS a CROSS JOIN json_each(:others) AS b
CROSS JOIN name_pair AS p ON p.one = a.value AND p.other = b.value LIMIT :limit"""

HAS_AND_BEGINS = """
SELECT p.person FROM json_each(:ones) AS a
CROSS JOIN name_pair AS p ON p.one = a.value AND p.other >= :other AND p.other < :other || '{' LIMIT :limit"""

WORDS_OF = """
SELECT n.person, n.word FROM json_each(?) AS p CROSS JOIN name_word AS n ON n.person = p.value AND n.kind < 2"""

IDS = "SELECT p.patient FROM json_each(?) AS hit CROSS JOIN person AS p ON p.id = hit.value ORDER BY hit.key"

SHOW = """
SELECT p.id, p.patient, p.name, p.called, p.own_script, p.birth, p.number, p.forms, p.latin, p.near
FROM json_each(?) AS hit CROSS JOIN person AS p ON p.id = hit.value ORDER BY hit.key"""
