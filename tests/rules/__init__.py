"""Tests of the rules: each row of the table, properties over all inputs, and what people read."""
