"""What follows from the statements: the closure that a build writes, and HermiT that checks it."""
