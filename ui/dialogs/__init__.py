"""The house's own dialogs: help, look, staff, sheets, secret, bringing files in."""
