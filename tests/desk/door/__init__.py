"""The room `rapportdesk.desk.door`, tested."""
