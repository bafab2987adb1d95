"""Speaking with patients between visits, tested."""
