"""Speaking with patients between visits: messages, calls, leaflets, rounds, and what they say back."""
