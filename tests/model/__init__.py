"""Tests of the model: data and names."""
