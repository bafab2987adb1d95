"""The sub-commands of `rapportdesk`, each a thin layer of words over the Desk."""
