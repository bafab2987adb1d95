"""The room `rapportdesk.desk.today`, tested."""
