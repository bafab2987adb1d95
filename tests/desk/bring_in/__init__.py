"""The room `rapportdesk.desk.bring_in`, tested."""
