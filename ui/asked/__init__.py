"""Personal questions: what was asked already, and what nobody has asked yet."""
