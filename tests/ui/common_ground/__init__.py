"""What somebody who works here may talk about of themself, tested."""
