"""The room `rapportdesk.desk.consent`, tested."""
