"""Statement: a numbered official text as data, from the file people edit to what pages show of it; knows no page."""
