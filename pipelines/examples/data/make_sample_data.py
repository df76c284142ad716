"""Make the sample data set: customers of a telephone company, some of whom left.

The same seed gives the same bytes on every machine. With --defect the file has the same shape but breaks the suite
`default` of data-validation, in ways that real exports break: a repeated id, a missing value, a negative charge, an
unknown contract.
"""

import argparse
import csv
import math
import random
from pathlib import Path

COLUMNS = [
    "customer_id",
    "tenure_months",
    "monthly_charge",
    "support_calls",
    "late_payments",
    "contract_months",
    "churned",
]


def customers(rows: int, seed: int) -> list[list[str]]:
    """Rows whose label follows the features closely enough for a linear model to learn."""
    chance = random.Random(seed)
    table = []
    for number in range(1, rows + 1):
        tenure = chance.randint(0, 72)
        charge = round(chance.uniform(15, 120), 2)
        calls = min(int(chance.expovariate(0.6)), 12)
        late = min(int(chance.expovariate(0.9)), 8)
        contract = chance.choice([1, 12, 24])
        score = 1.9 * calls + 1.5 * late + 0.045 * charge - 0.11 * tenure - 0.16 * contract
        churned = chance.random() < 1 / (1 + math.exp(-2 * (score - 0.6)))
        table.append(
            [f"C{number:05d}", str(tenure), f"{charge:.2f}", str(calls), str(late), str(contract), f"{churned:d}"]
        )
    return table


def break_rows(table: list[list[str]]) -> None:
    """Damage a few rows in place, one kind of damage each."""
    table[3][0] = table[2][0]
    table[10][1] = ""
    table[20][2] = "-49.90"
    table[30][5] = "6"


def write(file: Path, table: list[list[str]]) -> None:
    """Write the rows as CSV below the column names, making the folder."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(table)


def main() -> None:
    parser = argparse.ArgumentParser(description="Make the sample data set as CSV.")
    parser.add_argument("file", type=Path, help="file to write, such as raw/customers.csv")
    parser.add_argument("--rows", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=42)
    parser.add_argument("--defect", action="store_true", help="break the data-validation suite `default`")
    options = parser.parse_args()
    if not 100 <= options.rows <= 1_000_000:
        parser.error("--rows must be between 100 and 1000000")

    table = customers(options.rows, options.seed)
    if options.defect:
        break_rows(table)
    write(options.file, table)


if __name__ == "__main__":
    main()
