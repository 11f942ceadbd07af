"""Charts on screen: each takes a FigureSpec or MapSpec and paints it with the theme's roles."""
