"""The room `rapportdesk.desk.reach`, tested."""
