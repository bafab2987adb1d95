"""Rights over one's own data: asking what is kept, having it rest, objecting, erasing."""
