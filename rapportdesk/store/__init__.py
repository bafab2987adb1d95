"""The vault's file: plain rows of sealed bytes in SQLite, one connection, and a manifest that every write keeps."""
