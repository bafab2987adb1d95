"""The room `rapportdesk.desk.backup`, tested."""
