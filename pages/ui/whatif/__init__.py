"""What a committee asks of a draft, one question a file; each is answered only while its tab is open."""
