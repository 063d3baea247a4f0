"""From the text of a numbered statement to the pages of a bilingual site, one stage a module."""
