"""Whether everything is here: checked when a manager asks, and what to do when it is not."""
