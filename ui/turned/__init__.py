"""The screen as it is turned to the patient: themself, and nobody and nothing else."""
