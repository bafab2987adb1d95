"""The room `rapportdesk.desk.keys`, tested."""
