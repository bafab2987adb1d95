"""How everything looks: colours, type, the style sheet, painted words, tested."""
