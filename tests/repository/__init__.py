"""What holds for the repository as a whole: its lock, its files, its fonts and icons."""
