"""Charts as SVG: geometry in Python, drawing in templates, colours by CSS custom properties."""
