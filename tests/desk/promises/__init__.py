"""The room `rapportdesk.desk.promises`, tested."""
