"""The set-up script and the recipes."""
