"""The command line: the only room that prints, and the only one that ends the process.

One file for every group of commands. The commands are imported when they are asked for, so that
a stored question is answered almost as fast as Python starts.
"""
