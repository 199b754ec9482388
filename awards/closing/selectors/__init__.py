"""Reading the end of a contest: `feedback` (comments, bands), `circles` (who is thanked), `yields` (what came of it),

`leaning` (how strict a judge was).
"""
