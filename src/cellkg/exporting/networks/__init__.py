"""What relates studies, for programs that draw and measure networks."""
