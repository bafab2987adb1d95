"""The vault's file: where it lies, how it is opened, the one connection to it, and its newest form."""
