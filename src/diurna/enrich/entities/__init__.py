"""Which entity a name is: candidates with scores and reasons, across spellings and outlets."""
