"""Invented people for trying, picturing and measuring; none of them lives."""
