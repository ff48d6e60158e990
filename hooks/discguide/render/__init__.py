"""Facts and words → HTML, through the templates in overrides/ alone."""
