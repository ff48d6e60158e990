"""Words: what a page's Markdown and its front matter must keep to."""
