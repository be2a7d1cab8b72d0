-- Drafts that somebody has saved. What a scenario says stands in its revisions, which are only ever added, so nothing
-- that was saved is lost; a deleted one keeps its row, so that a link to it can say by whom and when.

CREATE TABLE scenario (
    scenario_id VARCHAR PRIMARY KEY, revision INTEGER NOT NULL, -- the last one; a save must know it
    created_at TIMESTAMP NOT NULL, created_by VARCHAR NOT NULL, deleted_at TIMESTAMP, deleted_by VARCHAR
);

CREATE TABLE scenario_revision (
    scenario_id VARCHAR NOT NULL, revision INTEGER NOT NULL, name VARCHAR NOT NULL, note VARCHAR NOT NULL,
    baseline_hash VARCHAR NOT NULL, snapshot_id VARCHAR NOT NULL,
    source VARCHAR NOT NULL, -- the text of a rules.toml, faults and all
    saved_at TIMESTAMP NOT NULL, saved_by VARCHAR NOT NULL, PRIMARY KEY (scenario_id, revision)
);
