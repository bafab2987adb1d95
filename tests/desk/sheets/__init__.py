"""The room `rapportdesk.desk.sheets`, tested."""
