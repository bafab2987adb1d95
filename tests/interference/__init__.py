"""Two vaults that differ only in what reception may not see are one vault to reception, wherever it looks."""
