"""The quick line at the card's foot, and consent in the same place."""
