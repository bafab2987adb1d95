"""The way in: who may sign in, signing in, the way back with a code, and whether the file is the one that was left."""
