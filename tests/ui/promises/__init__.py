"""Tests of the ledger, of follow-up plans and of telling a clinician, in the window."""
