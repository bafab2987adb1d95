"""Every thing has a random id that says nothing about it.

Ids are 32 lower-case hexadecimal digits (128 random bits): they stand unsealed in the file, so they may not be
counters, times or anything derived from a person.
"""

import os
from typing import NewType

PatientId = NewType("PatientId", str)
RecordId = NewType("RecordId", str)
StaffId = NewType("StaffId", str)
TopicHandle = NewType("TopicHandle", str)
"""Joins a patient's notes to a topic permission without naming the topic; random for each patient and topic."""


def new_id() -> str:
    """Return a fresh random id of 32 hexadecimal digits."""
    return os.urandom(16).hex()  # all that `secrets` does, which takes 4 ms to import before the sign-in is painted
