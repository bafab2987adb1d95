"""Who patients are and who is with them: cards, emergencies, deaths, and what went to the wrong person."""
