-- Counters of log-in attempts, as JSON, shared by all processes of a door (cache.py).
CREATE TABLE web_cache (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE INDEX web_cache_expires ON web_cache (expires);
