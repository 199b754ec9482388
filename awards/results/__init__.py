"""From ballots to a certified order: the numbers, the explanation, the two signatures, the publication."""
