"""Who judges what: the linear program, its preview and release."""
