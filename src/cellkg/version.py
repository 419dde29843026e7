"""The version of cellkg, in a module of its own so that rooms need not import the front door."""

__version__ = "0.1.0"
