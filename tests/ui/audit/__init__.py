"""Tests of the record of who looked, on the screen."""
