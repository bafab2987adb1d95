"""The card of one patient, and what can be done with its lines."""
