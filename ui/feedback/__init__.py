"""What patients say of the practice: their form, what staff enter, and what a manager may see."""
