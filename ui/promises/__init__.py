"""Promises and follow-up: the ledger, what can be done with one, a plan after a visit, and telling a clinician."""
