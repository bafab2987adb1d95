"""What is printed and written out."""
