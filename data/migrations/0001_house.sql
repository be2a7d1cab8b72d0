-- The first shape of the store. Facts, profiles and keys live in one table a snapshot (facts_<id>, profile_<id>,
-- keys_<id>_<grid> and its siblings), made by the act that fills them.

CREATE TABLE guard (id INTEGER PRIMARY KEY, acts BIGINT NOT NULL);
INSERT INTO guard VALUES (1, 0);

CREATE TABLE event (
    seq BIGINT PRIMARY KEY, moment TIMESTAMP NOT NULL, actor VARCHAR NOT NULL, kind VARCHAR NOT NULL,
    body VARCHAR NOT NULL, previous VARCHAR NOT NULL, hash VARCHAR NOT NULL
);

CREATE TABLE customer (position BIGINT NOT NULL, customer_id VARCHAR NOT NULL); -- positions from 0, without a gap

CREATE TABLE snapshot (
    snapshot_id VARCHAR PRIMARY KEY, as_of DATE NOT NULL, period VARCHAR NOT NULL, revision INTEGER NOT NULL,
    supersedes VARCHAR, currency VARCHAR NOT NULL, contract_version INTEGER NOT NULL, digest VARCHAR NOT NULL,
    n_lines BIGINT NOT NULL, n_accepted BIGINT NOT NULL, n_rejected BIGINT NOT NULL,
    columns VARCHAR NOT NULL, -- contract columns that the mapping fills, as a JSON list
    created_at TIMESTAMP NOT NULL, created_by VARCHAR NOT NULL,
    intake_id VARCHAR, -- the import that made it
    UNIQUE (as_of, period, revision)
);

-- One import of a file (or of a folder's files of one period); a file of several periods makes several snapshots.
CREATE TABLE intake (
    intake_id VARCHAR PRIMARY KEY, file_name VARCHAR NOT NULL,
    file_sha256 VARCHAR NOT NULL, mapping_sha256 VARCHAR NOT NULL, mapping VARCHAR NOT NULL,
    n_lines BIGINT NOT NULL, n_accepted BIGINT NOT NULL, n_rejected BIGINT NOT NULL,
    loaded_at TIMESTAMP NOT NULL, loaded_by VARCHAR NOT NULL
);

CREATE TABLE finding (
    intake_id VARCHAR NOT NULL, period VARCHAR, code VARCHAR NOT NULL, column_name VARCHAR NOT NULL,
    severity VARCHAR NOT NULL, n_rows BIGINT NOT NULL, first_line BIGINT, example VARCHAR -- personal values masked
);

-- Personal data: the raw row as JSON. `line` counts records, the header as 1.
CREATE TABLE reject (
    intake_id VARCHAR NOT NULL, period VARCHAR, file_name VARCHAR NOT NULL, line BIGINT NOT NULL,
    codes VARCHAR NOT NULL, content VARCHAR NOT NULL
);

CREATE TABLE standard (
    standard_hash VARCHAR PRIMARY KEY, version VARCHAR NOT NULL, canonical VARCHAR NOT NULL, source VARCHAR NOT NULL,
    added_at TIMESTAMP NOT NULL, added_by VARCHAR NOT NULL
);

CREATE TABLE key_layer (
    snapshot_id VARCHAR NOT NULL, grid_hash VARCHAR NOT NULL, engine VARCHAR NOT NULL,
    built_at TIMESTAMP NOT NULL, PRIMARY KEY (snapshot_id, grid_hash)
);

CREATE TABLE run (
    run_id VARCHAR PRIMARY KEY, snapshot_id VARCHAR NOT NULL, standard_hash VARCHAR NOT NULL, grid_hash VARCHAR NOT NULL,
    engine VARCHAR NOT NULL, n_customers BIGINT NOT NULL, digest VARCHAR NOT NULL,
    started_at TIMESTAMP NOT NULL, finished_at TIMESTAMP NOT NULL, run_by VARCHAR NOT NULL,
    UNIQUE (snapshot_id, standard_hash)
);

CREATE TABLE signature (
    run_id VARCHAR NOT NULL, cell INTEGER NOT NULL, key BIGINT NOT NULL, n_customers BIGINT NOT NULL, assets BIGINT NOT NULL,
    contribution BIGINT NOT NULL, outcome TINYINT NOT NULL, tier TINYINT NOT NULL, score BIGINT NOT NULL,
    reasons BIGINT NOT NULL
);

CREATE TABLE proposal (
    proposal_id VARCHAR PRIMARY KEY, standard_hash VARCHAR NOT NULL, baseline_hash VARCHAR NOT NULL,
    snapshot_id VARCHAR NOT NULL, title VARCHAR NOT NULL, reason VARCHAR NOT NULL, impact VARCHAR NOT NULL,
    impact_hash VARCHAR NOT NULL, effective DATE NOT NULL, state VARCHAR NOT NULL,
    proposed_at TIMESTAMP NOT NULL, proposed_by VARCHAR NOT NULL,
    decided_at TIMESTAMP, decided_by VARCHAR, decision_note VARCHAR
);

CREATE TABLE publication (
    standard_hash VARCHAR PRIMARY KEY, proposal_id VARCHAR NOT NULL, effective DATE NOT NULL,
    published_at TIMESTAMP NOT NULL, published_by VARCHAR NOT NULL, serial INTEGER NOT NULL UNIQUE
);
