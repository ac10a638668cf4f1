"""Pages as Lighthouse sees them, on this machine, served as GitHub Pages would serve them."""
