"""Recovery sheets: made, listed, tried, renewed, and what their codes open."""
