"""Small widgets that several screens are built from."""
