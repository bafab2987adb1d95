"""Whatever is kept of a patient: sealed to its place, opened and compared, and told of when it changed, tested."""
