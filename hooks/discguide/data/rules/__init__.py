"""What must hold between facts: each check is a small function that yields faults."""
