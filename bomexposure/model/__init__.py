"""The nouns of the program and the contracts of its tables; the lowest room of the house."""
