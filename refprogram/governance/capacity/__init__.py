"""What the program is asked to do, in working hours by kind of work and month; rooms above say it (`record_demand`)."""
