"""Facts: the records of docs/data, read, validated, checked against each other, and published as open data."""
