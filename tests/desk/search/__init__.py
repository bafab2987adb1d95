"""The room `rapportdesk.desk.search`, tested."""
