-- How many reports the filters leave, counted no further than %(most)s: a million need not be read to say that.
SELECT count(*) FROM (SELECT {narrowed} LIMIT %(most)s) AS counted
