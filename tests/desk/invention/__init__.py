"""The room `rapportdesk.desk.invention`, tested."""
