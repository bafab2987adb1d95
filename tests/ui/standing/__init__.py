"""Whether everything is here."""
