"""`meldpunt bench [NAME] [--times N]`: measure, and print the limit beside each figure. Nothing here is asserted.

`intake` is the exception: it reports through the doors as they are served, kills them, and ends with 1 where a promise
was not kept. So does `floods`, which times the desk while reporters, mails and rows come in.

`matching` puts attribution, sightings and hunts beside the programs that others would take for them, and ends with 1
where an answer is not that of the specification.

`law` asks for many verdicts. `pages` plays the story on a database of its own, serves it on loopback and asks for
every page that the people of the story reach by links, at the desk, the portal and the public site. `--times 10` lets
ten times as many reports come in.
"""

from .command import run

__all__ = ["run"]
