"""Measurements, run by hand: nothing here is collected by the tests, and no test asserts a time."""
