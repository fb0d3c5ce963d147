"""Calendar programs as the checks drive them: each yields the ways into it, or says that it isn't installed."""
