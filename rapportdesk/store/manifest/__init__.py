"""What every write counts, so that a row taken out, doubled or put back is noticed."""
