"""What may come in and what may go out: every rule that keeps a stranger's file from acting or leaking."""
