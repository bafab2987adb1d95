"""The room `rapportdesk.desk.people`, tested."""
