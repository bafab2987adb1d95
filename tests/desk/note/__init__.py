"""The room `rapportdesk.desk.note`, tested."""
