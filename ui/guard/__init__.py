"""What watches over the desk: the cover, idling, the platform's own lock and sleep, the check after sign-in."""
