"""Who looked: answered to the patient who asks, and listed for the manager."""
