"""A key takes another one's place, and what lies under the former one is moved, tested."""
