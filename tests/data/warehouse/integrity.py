"""What must hold of every generation: grains are unique, references resolve."""

from data.warehouse.reader import Warehouse
from data.warehouse.tables import tables


def broken_grains(warehouse: Warehouse) -> list[str]:
    """Tables with two rows of one grain, or a null in it."""
    return [
        table.name
        for table in tables()
        if warehouse.rows(
            f"""SELECT 1 FROM {table.name} GROUP BY ALL HAVING false
                UNION ALL
                SELECT 1 FROM (SELECT {", ".join(table.grain)} FROM {table.name})
                GROUP BY {", ".join(table.grain)}
                HAVING count(*) > 1 OR {" OR ".join(f"{name} IS NULL" for name in table.grain)}"""
        )
    ]


def broken_references(warehouse: Warehouse) -> list[str]:
    """References whose value is in no row of the dimension, or null."""
    return [
        f"{table.name}.{column}"
        for table in tables()
        for column, dimension in table.references
        if warehouse.rows(
            f"SELECT 1 FROM {table.name} ANTI JOIN {dimension} USING ({column}) LIMIT 1"
        )
    ]
