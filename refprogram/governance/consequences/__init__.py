"""What follows when a goal is missed: notice, appeal, waiver, restriction or task, and its end."""
