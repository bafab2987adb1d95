"""What was explained and understood, and how plainly it was put."""
