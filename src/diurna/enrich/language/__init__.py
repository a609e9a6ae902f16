"""The English language model: sentences, entities and trees, as spaCy has them, at several times its speed."""
