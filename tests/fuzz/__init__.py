"""Coverage-guided fuzzing of the importers, apart from the ordinary run: `python -m tests.fuzz ics --seconds 600`."""
