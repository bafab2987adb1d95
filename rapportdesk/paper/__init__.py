"""What leaves the screen: pages to print, and the brief as text, HTML and JSON. One path sets every page."""
