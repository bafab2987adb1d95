"""Numbered, append-only changes to the file's form; each in one transaction together with its record."""
