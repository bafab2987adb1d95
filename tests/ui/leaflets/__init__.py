"""The library of leaflets, tested."""
