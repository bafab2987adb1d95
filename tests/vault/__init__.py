"""Keys, sealing and custody, without a database."""
