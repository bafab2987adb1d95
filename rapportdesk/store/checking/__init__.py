"""Everything in the file is opened and authenticated, and what does not is named."""
