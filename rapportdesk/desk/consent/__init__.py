"""What patients agreed to, by whose word, and the paper that proves it."""
