"""The knowledge behind the guide, one package a room; .github/ARCHITECTURE.md has the picture.

Each room imports only what stands above it in this list:

    problems, history, text, html_tree   how every step names a fault; what git knows; reading text and built HTML
    security             only known files come in, only known markup goes out
    data                 docs/data → checked records (``Guide`` holds them all), and the open data made from them
    content              what a page's Markdown must keep to, with the line an editor sees, and may not lose
    render               the macros editors may use in a page, and their templates
    site                 the site builder, and what the built pages must keep to
    pdf                  built pages → tagged PDF
    publish, commands    build, check, diff, serve

The flow of a fact goes the same way: docs/ → security → data → content → render → site → pdf → publish.
"""
