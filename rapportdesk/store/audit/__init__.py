"""Who looked and what was done, and who was refused at the door."""
