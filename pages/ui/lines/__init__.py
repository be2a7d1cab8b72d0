"""What the questions about lines share: how they are asked, drawn, and listed."""
