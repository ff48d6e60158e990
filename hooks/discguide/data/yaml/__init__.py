"""YAML as editors write it: read with the line of every value, and explained where it cannot be read."""
