"""The room `rapportdesk.desk.brief`, tested."""
