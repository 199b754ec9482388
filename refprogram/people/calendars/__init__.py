"""Working time: calendars of places, and clocks that stand still at night, on holidays and while something waits."""
