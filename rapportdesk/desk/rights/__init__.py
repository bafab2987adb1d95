"""What patients may ask of their data, and what the practice must be able to show."""
