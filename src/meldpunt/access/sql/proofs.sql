-- What somebody proves themselves by. No door reads or writes any of it: the functions of proving.sql do, as the owner.
-- Of a password there is the SHA-256 of its slow hash, so that what stands here opens nothing, also in a stolen backup.

-- What salts are made of. Each account has one that follows from its address, and so has each address without an account.
CREATE TABLE access_pepper (only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one), pepper bytea NOT NULL);
INSERT INTO access_pepper (pepper) SELECT sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));

CREATE TABLE access_password (
    account uuid PRIMARY KEY REFERENCES access_account,
    parameters text NOT NULL,
    verifier bytea NOT NULL CHECK (octet_length(verifier) = 32),
    -- From when its owner asks or approves that somebody else begins anew: a week, so that nobody makes two people for it.
    vouches_from timestamptz NOT NULL DEFAULT 'infinity'
);

-- The shared secret of an authenticator app (RFC 6238), and the last interval of which a code was used.
CREATE TABLE access_factor (
    account uuid PRIMARY KEY REFERENCES access_account,
    secret bytea NOT NULL CHECK (octet_length(secret) BETWEEN 10 AND 64),
    used_until bigint NOT NULL DEFAULT 0
);

CREATE TABLE access_recovery (
    account uuid NOT NULL REFERENCES access_account,
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    PRIMARY KEY (account, digest)
);

-- A guess is written down and committed before it is answered, so that no rollback takes it out of the count.
CREATE TABLE access_guess (
    id uuid PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('password', 'code', 'start')),
    name text NOT NULL CHECK (length(name) <= 300),
    digests bytea[] NOT NULL,
    at timestamptz NOT NULL,
    made_in xid8 NOT NULL,
    was_right boolean NOT NULL DEFAULT false,
    device bytea
);
CREATE INDEX access_guess_counted ON access_guess (kind, name, at);
CREATE INDEX access_guess_age ON access_guess (at);

-- Who failed from where, for the door to slow down one visitor. It binds nobody who has its password.
CREATE TABLE access_failure (address text NOT NULL, at timestamptz NOT NULL);
CREATE INDEX access_failure_counted ON access_failure (address, at);

CREATE TABLE access_session (
    digest bytea PRIMARY KEY CHECK (octet_length(digest) = 32),
    account uuid NOT NULL REFERENCES access_account,
    ends_at timestamptz NOT NULL,
    code_at timestamptz,
    device_at timestamptz
);
CREATE INDEX access_session_whose ON access_session (account);
CREATE INDEX access_session_age ON access_session (ends_at);

-- Browsers in which somebody came in whole, by the digest of what is in their cookie: wrong guesses of others do not block
-- them. It opens nothing.
CREATE TABLE access_device (
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    account uuid NOT NULL REFERENCES access_account,
    ends_at timestamptz NOT NULL,
    PRIMARY KEY (digest, account)
);
CREATE INDEX access_device_whose ON access_device (account);

-- Somebody who lost what they prove themselves by begins anew: who asked it, who approved, and what opens it once. The code
-- has two halves, of which each of the two knows one. Without `asked_by` the operator of the machine gave it.
CREATE TABLE access_newstart (
    id uuid PRIMARY KEY,
    account uuid NOT NULL REFERENCES access_account,
    asked_by uuid REFERENCES access_account,
    asked_at timestamptz NOT NULL,
    half bytea CHECK (octet_length(half) = 32),
    approved_by uuid REFERENCES access_account,
    approved_at timestamptz,
    digest bytea CHECK (octet_length(digest) = 32),
    used_at timestamptz,
    CHECK (asked_by <> account AND approved_by <> account AND asked_by <> approved_by),
    CHECK (asked_by IS NOT NULL OR approved_at IS NOT NULL),
    CHECK ((half IS NULL) = (approved_at IS NOT NULL))
);
CREATE INDEX access_newstart_whose ON access_newstart (account);
