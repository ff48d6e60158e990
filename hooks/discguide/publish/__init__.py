"""Built pages → the whole of site/: PDF, offline copy, compressed files, digest, put in place at once."""
