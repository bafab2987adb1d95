"""What may be talked about with somebody, and how, tested."""
