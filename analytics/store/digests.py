"""The digest of a snapshot, taken again from what is kept."""

import duckdb

from analytics.intake.contract import Contract
from analytics.store.snapshots import Snapshot, digest_sql, facts_table, profile_table


def digest_again(cursor: duckdb.DuckDBPyConnection, contract: Contract, snapshot: Snapshot) -> str:
    """The digest over facts, profiles and customer numbers as they stand in the store now."""
    facts = ", ".join(f"f.{column.name}" for column in contract.facts)
    personal = ", ".join(f"p.{column.name}" for column in contract.profile if column.name != "customer_id")
    rows = (
        f"SELECT c.customer_id, {facts}, {personal} FROM {facts_table(snapshot.snapshot_id)} AS f "
        f"JOIN {profile_table(snapshot.snapshot_id)} AS p ON p.position = f.position "
        "JOIN customer AS c ON c.position = f.position"
    )
    (row,) = cursor.execute(f"SELECT {digest_sql(contract, snapshot.columns)} FROM ({rows})").fetchall()
    return str(row[0])
