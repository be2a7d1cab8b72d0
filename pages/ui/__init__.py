"""What pages share: session, links, words, frame, pickers, tables."""
