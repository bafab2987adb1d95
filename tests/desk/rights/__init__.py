"""The room `rapportdesk.desk.rights`, tested."""
