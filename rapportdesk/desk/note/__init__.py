"""Notes, drafts and topics: written once, never lost, taken back step by step."""
