"""The program's charter: what it is for, what is in and out of its scope, its road and plan; versions and readers."""
