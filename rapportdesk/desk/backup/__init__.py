"""Backups and restoring them, and what keeps the erased erased."""
