"""Publish: views become files (pages, data, pictures) and files become the site. Nothing here parses."""
