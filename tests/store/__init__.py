"""The vault's file, from outside and from inside."""
