"""Running the program: embedded servers, supervisor, tests, vendoring, and the tools of its operators."""
