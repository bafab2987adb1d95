"""Notes, drafts and topics, tested."""
