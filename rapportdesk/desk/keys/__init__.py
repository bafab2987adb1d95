"""Who holds which key: the password store, handing on, replacing, and taking away at once when somebody leaves."""
