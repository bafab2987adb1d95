"""Tests of bringing people and schedules in."""
