"""Tests of the dialogs of the house."""
