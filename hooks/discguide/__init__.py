"""The knowledge behind the guide; imports no MkDocs, so that any site builder can use it.

The flow, one way only, and the module for each step:

    docs/ (words, facts, drawings)
      → file_gate          only files of known kinds come in
      → reading            YAML with the line and column of every value
      → fields, model      what a treatment, a reference, a term may say (``Guide`` holds them all)
      → checks             what must hold between records
      → macros, rendering  the words editors may use in a page, and their templates
      → source_checks      what a page's Markdown must keep to (page_gate, jinja_gate: may not hold;
                           markdown_slips: would lose its meaning)
      → html_gate, csp     what a built page may hold, and what a browser may do with it
      → site_checks        what the built pages must keep to (places: where an editor wrote it)
      → article            every fact of the clinic's article is told, no sentence of it copied
      → build              PDF, offline copy, compressed files, digest: made from the built pages alone

``check`` runs all of it but the last line, ``preview`` shows what ``check`` builds and says while someone writes, and
``problems`` is how every step tells a person what is wrong, where, and what to write instead.
"""
