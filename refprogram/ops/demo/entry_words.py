"""What the demo's entries say: a title, what got better, from what to what, and how it was done."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Story:
    """One entry. `factor` is a success factor of `awards.entries.enums`."""

    title: str
    factor: str
    what: str
    before: float
    after: float
    unit: str
    challenge: str
    solution: str

    @property
    def summary(self) -> str:
        """One sentence with the figures."""
        return f"{self.what}: from {self.before:g} to {self.after:g} {self.unit}, and it has stayed there since."


STORIES: Final = (
    Story("Books closed in three days", "time", "Days to close the month", 8, 3, "days",
          "Every month ended with two nights at the office, and the figures still came late.",
          "We match what comes in each evening, so that nothing waits for the end of the month."),
    Story("Half the empty kilometres", "cost", "Empty kilometres", 31, 15.5, "%",
          "Every third kilometre carried air, and nobody saw it before the invoice.",
          "Loads are offered to the truck that passes anyway, until an hour before it leaves."),
    Story("Right part, first visit", "quality", "Solved at the first visit", 64, 88, "%",
          "A technician without the right part drives twice, and the customer waits a week.",
          "The van is packed by what the machine reported at night."),
    Story("Invoices that pay themselves", "productivity", "Invoices handled per person and day", 42, 131, "invoices",
          "Four people typed what other systems had printed.",
          "What fits an order is booked by itself; people look only at what does not fit."),
    Story("A shift plan by Thursday", "process", "Changes to the plan after it was published", 27, 6, "a week",
          "The plan came out on Friday night and was wrong by Saturday.",
          "Wishes are in the plan from the start, and who swaps sees at once whether it is allowed."),
    Story("Less bread in the bin", "cost", "Bread thrown away", 9.4, 3.1, "%",
          "We baked for the best day of the week, every day.",
          "Each shop's order follows weather, school holidays and what was left the day before."),
    Story("Answers within the hour", "time", "Time to the first answer", 19, 0.8, "hours",
          "Questions lay in a shared mailbox until somebody had courage.",
          "Every question has an owner from the first minute, and the answers of the past are beside it."),
    Story("A warehouse that finds things", "productivity", "Picks per hour", 71, 118, "picks",
          "New colleagues walked twelve kilometres a day, most of it searching.",
          "The way through the hall is planned anew with each order."),
    Story("No surprise at the audit", "quality", "Findings in the yearly audit", 23, 2, "findings",
          "Evidence was collected in the three weeks before the auditors came.",
          "Each control leaves its proof on the day on which it runs."),
    Story("Machines that call first", "quality", "Unplanned standstill", 46, 11, "hours a year",
          "We heard of a fault when the line stood.",
          "Vibration of forty drives is watched, and the part is ordered before the shift ends."),
    Story("One form instead of nine", "process", "Days from application to decision", 34, 9, "days",
          "Nine departments asked the same family for the same papers.",
          "What was shown once is known to all who may know it."),
    Story("Energy by the hour", "cost", "Energy for each tonne", 412, 318, "kWh",
          "The furnace ran when the shift did, whatever the hour cost.",
          "Heats are planned into cheap hours without moving a delivery."),
    Story("Training that is used", "productivity", "Weeks until somebody works alone", 14, 6, "weeks",
          "New people watched others for a quarter of a year.",
          "Each task has a two-minute film made by who does it best."),
    Story("Seats that are not empty", "cost", "Appointments missed", 13.5, 4.2, "%",
          "Every eighth appointment was lost, while others waited for months.",
          "Who cannot come says so with one tap, and the next on the list is asked at once."),
    Story("The quiet night shift", "quality", "Alarms for each nurse and night", 187, 58, "alarms",
          "After the hundredth alarm nobody hears the one that counts.",
          "Limits follow the patient, and what needs no hand makes no noise."),
    Story("Contracts read in a day", "time", "Days until legal has answered", 12, 1.5, "days",
          "Each contract was read from the first to the last line by whoever had time.",
          "Only what differs from our own words is read by a person."),
    Story("A forecast people believe", "quality", "Error of the quarterly forecast", 18, 5, "%",
          "Everybody kept a reserve, and the sum was always wrong.",
          "The forecast shows what it was wrong about before, by name of the deal."),
    Story("Fewer boxes, same goods", "cost", "Shipments for the same tonnage", 5200, 3900, "a month",
          "Orders of one customer left on three trucks on one day.",
          "Orders wait for each other until noon where the customer agreed to it."),
    Story("Complaints that end", "time", "Days until a complaint is settled", 21, 4, "days",
          "A complaint went through five hands, and each asked for the number again.",
          "One person keeps it from the first call to the thank-you."),
    Story("Water where it is needed", "innovation", "Water for each hectare", 5.6, 3.7, "megalitres",
          "We watered by the calendar, also when it rained.",
          "Sensors and the forecast open the valves by night, field by field."),
    Story("Prices before the competition", "time", "Hours until an offer is out", 52, 6, "hours",
          "An offer needed four signatures and a table of 900 lines.",
          "What lies within the rules is priced at once, and the rest goes to one person."),
    Story("Students who stay", "quality", "Students who leave in the first year", 22, 13, "%",
          "We learned that somebody struggled when they had left.",
          "Tutors see who was absent twice, and call the same day."),
    Story("A port without queues", "time", "Minutes at the gate", 74, 19, "minutes",
          "Two hundred trucks came at eight and left at noon.",
          "Each truck has its quarter of an hour, and may swap it with another."),
    Story("Spare parts for the old ones", "uniqueness", "Machines over twenty years still in use", 310, 520, "machines",
          "Customers scrapped good machines for want of a bracket.",
          "We print from drawings of 1987, and lend the drawing to their own workshop."),
)  # fmt: skip
METHODS: Final = ("Our own reports, checked by controlling", "Twelve weeks before and after", "Export of the system",
                  "Measured by an outside auditor")  # fmt: skip
PERIODS: Final = ("First half against second half", "Last year against this year", "Q1 to Q3")
