"""PDFs that citizens send: scanned for viruses, made anew from their pages in a limited process, scanned again."""
