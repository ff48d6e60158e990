"""What takes long, needs a network or another machine: set-ups, Pythons, clocks, accidents. ``make endure`` runs it."""
