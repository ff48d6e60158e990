"""What a person asks for: check, diff, serve."""
