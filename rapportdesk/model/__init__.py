"""What is known about patients as people: frozen data in the field's own terms, no I/O and no decisions."""
