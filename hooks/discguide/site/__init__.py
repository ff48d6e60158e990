"""The built pages: the site builder that makes them, and what they must keep to."""
