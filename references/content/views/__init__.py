"""The pages of this room: lists, one story and its verbs, the library, share pages."""
