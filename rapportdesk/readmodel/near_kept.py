"""Whether somebody could be taken for somebody else is kept with their row, so that no list need ask it of everybody.

A name that comes, goes or changes puts everybody in doubt who is near it: more than need be, and never fewer. Doubt is
settled beside other work; whoever is listed before that is asked about then.
"""

import json

from rapportdesk.model.names import NameProfile
from rapportdesk.readmodel.database import Database
from rapportdesk.readmodel.near import candidates_for, profiles_of
from rapportdesk.readmodel.near_listed import with_namesakes

_IS_ANYTHING_SETTLED = "SELECT 1 FROM person WHERE near >= 0 LIMIT 1"
_DOUBT = "UPDATE person SET near = NULL WHERE near >= 0 AND id IN (SELECT value FROM json_each(?))"
_IN_DOUBT = "SELECT id FROM person WHERE near IS NULL ORDER BY id LIMIT ?"


def doubt_namesakes(connection: Database, profile: NameProfile) -> None:
    """Put everybody in doubt whom `compare` may find near `profile`: before its rows go, and after they have come."""
    if connection.execute(_IS_ANYTHING_SETTLED).fetchone() is not None:
        connection.execute(_DOUBT, [json.dumps(sorted(set(candidates_for(connection, profile))))])


def is_anybody_in_doubt(connection: Database) -> bool:
    """Return whether there is anything to settle."""
    return connection.execute(_IN_DOUBT, [1]).fetchone() is not None


def settle_namesakes(connection: Database, most: int) -> bool:
    """Settle it for some of those in doubt, at most so many; returns whether there may be more."""
    people = [person for (person,) in connection.execute(_IN_DOUBT, [most]).fetchall()]
    near = with_namesakes(connection, profiles_of(connection, people))
    connection.executemany("UPDATE person SET near = ? WHERE id = ?", [(int(each in near), each) for each in people])
    return len(people) == most
