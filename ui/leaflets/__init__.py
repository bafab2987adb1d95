"""The library of leaflets."""
