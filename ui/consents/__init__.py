"""What patients agreed to: their whole history, taking down an answer, and what a manager looks after."""
