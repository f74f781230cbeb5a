"""The generated documents, one module each. Each has `page() -> str`: the page as Markdown, its title first."""
