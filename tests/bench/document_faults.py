"""How many of the faults put into finished documents are found, and how many clean ones alarm."""

from tests.core.documents.faults import tried

_ROUNDS, _SEED = 3, 20


def main() -> None:
    """Print the figures, fault by fault."""
    found, false = tried(_ROUNDS, _SEED)
    spoiled = sum(len(one) for one in found.values())
    print(f"{spoiled} documents with one fault each, from every template and language")
    for name, caught in found.items():
        print(f"  {name.replace('_', ' '):20} {sum(caught)} of {len(caught)} found")
    share = sum(map(sum, found.values())) / spoiled
    print(f"  {share:.1%} found; {sum(false)} of {len(false)} clean documents raised an alarm")


if __name__ == "__main__":
    main()
