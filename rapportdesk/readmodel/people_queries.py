"""The questions put to the index when somebody is looked for; each reads a range and stops when it has enough.

`:words` is a JSON list of beginnings that each must begin one of the person's words; `:spans` is a JSON list of first
and last birth date, or NULL. Kinds up to 2 are those found by their beginning (schema.WordKind).
"""

RECENT = "SELECT p.id FROM json_each(?) AS r JOIN person AS p ON p.patient = r.value ORDER BY r.key"

IDENTIFIER_IS = (
    "SELECT person FROM identifier WHERE folded = ? GROUP BY person ORDER BY max(value = ?) DESC, person LIMIT ?"
)

IDENTIFIER_BEGINS = """
SELECT DISTINCT person FROM identifier WHERE folded >= ? AND folded < ? || char(1114111) ORDER BY folded LIMIT ?"""

PHONE_ENDS = """
SELECT person, max(shared) FROM phone WHERE backwards >= ? AND backwards < ? || ':' GROUP BY person LIMIT ?"""

BORN = """
SELECT p.id FROM json_each(?) AS span
JOIN person AS p ON p.birth BETWEEN span.value ->> 0 AND span.value ->> 1
ORDER BY p.name, p.id LIMIT ?"""

NAMED_AMONG = """
WITH a AS (SELECT key, value AS person FROM json_each(:people))
SELECT a.person FROM a WHERE NOT EXISTS (
    SELECT 1 FROM json_each(:words) AS t WHERE NOT EXISTS (
        SELECT 1 FROM name_word AS b
        WHERE b.person = a.person AND b.word >= t.value AND b.word < t.value || '{' AND b.kind <= 2
    )
) AND (:spans IS NULL OR EXISTS (
    SELECT 1 FROM json_each(:spans) AS span JOIN person AS p ON p.id = a.person
    WHERE p.birth BETWEEN span.value ->> 0 AND span.value ->> 1
))
ORDER BY a.key"""

NAMED = """
SELECT a.person FROM name_word AS a
WHERE a.word >= :first AND a.word < :first || '{' AND a.kind <= 2 AND NOT EXISTS (
    SELECT 1 FROM json_each(:words) AS t WHERE NOT EXISTS (
        SELECT 1 FROM name_word AS b
        WHERE b.person = a.person AND b.word >= t.value AND b.word < t.value || '{' AND b.kind <= 2
    )
) AND (:spans IS NULL OR EXISTS (
    SELECT 1 FROM json_each(:spans) AS span JOIN person AS p ON p.id = a.person
    WHERE p.birth BETWEEN span.value ->> 0 AND span.value ->> 1
))
ORDER BY a.word, a.sort"""

HOW_MANY = "SELECT count(*) FROM (SELECT 1 FROM name_word WHERE word >= ?1 AND word < ?1 || '{' LIMIT 3000)"

INITIALS = "SELECT DISTINCT person FROM name_word WHERE word = ? AND kind = 3 ORDER BY sort LIMIT ?"

GUESSED = """
SELECT DISTINCT a.person FROM json_each(:guesses) AS g
JOIN name_word AS a ON a.word = g.value AND a.kind <= 2
WHERE NOT EXISTS (
    SELECT 1 FROM json_each(:others) AS t WHERE NOT EXISTS (
        SELECT 1 FROM name_word AS b
        WHERE b.person = a.person AND b.kind <= 2 AND (
            (b.word >= t.value ->> 0 AND b.word < (t.value ->> 0) || '{')
            OR b.word IN (SELECT value FROM json_each(t.value, '$[1]'))
        )
    )
)
ORDER BY g.key, a.sort LIMIT :limit"""
"""`:others` is a JSON list of pairs: the beginning that was typed, and the words it may have been meant for."""

WORDS_NEAR_BEGINNING = """
SELECT word FROM vocabulary WHERE word >= ?1 AND word < ?1 || '{'
UNION ALL SELECT word FROM vocabulary WHERE word >= ?2 AND word < ?2 || '{' AND ?2 <> ?1 LIMIT 20000"""

SHOW = "SELECT patient, name, called, own_script, birth, number, forms, latin FROM person WHERE id = ?"
