"""Seeds: folders of text files that the knowledge base is imported from and exported to."""
