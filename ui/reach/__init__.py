"""Reaching people: the call that comes in, the log of calls and messages, messages, and a round of them."""
