"""Tests of `rapportdesk.desk`."""
