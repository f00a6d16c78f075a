"""Where pages come from by themselves: e-paper sites, feeds, the drop folder.

Everything here ends in the same record: an `Issue` (a paper on a day) whose pages list articles that are already cut.
`issues.py` reads one, `storing.py` turns it into rows, `client.py` is the only way out to the network.
"""
