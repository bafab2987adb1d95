"""Faults of the world, made on purpose: nothing acknowledged is lost, and every vault opens again."""
