"""What things are called in the demo company. Invented; likeness to real companies or people is chance."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FIRST = _words(
    "Ada Aiko Amara Anders Anita Anna Arjun Beatriz Ben Carla Chiara Daniel David Diego Elena Emma Erik Fatima "
    "Felix Finn Grace Hana Hugo Ines Ivan Jan Javier Jonas Julia Kai Kofi Lars Laura Lea Leo Lucia Luis Maja "
    "Marco Maria Marta Mateo Mei Mia Nadia Nils Noor Olga Omar Paula Pedro Priya Ravi Rosa Ruben Sara Sofia "
    "Tariq Tom Yuki Yusuf Zoe"
)
LAST = _words(
    "Abe Adeyemi Alvarez Andersson Bakker Bauer Becker Berg Bianchi Bose Braun Carvalho Castro Chen Costa Dahl "
    "Diaz Dubois Eriksen Fischer Fontaine Garcia Gupta Haas Hansen Hoffmann Ito Ivanova Jansen Johansson Kaya "
    "Keller Khan Kim Koch Kowalski Kumar Lange Larsen Lehmann Lindqvist Lopez Marino Martin Mensah Meyer "
    "Moreau Mori Nakamura Navarro Nielsen Novak Okafor Oliveira Ortega Park Patel Pereira Petrov Raman Reyes "
    "Ricci Rossi Sato Schmidt Silva Singh Sousa Suzuki Takeda Tan Tanaka Torres Varga Visser Wagner Wang Weber "
    "Whitfield Yilmaz Zimmermann"
)
PLACES = _words(
    "Alder Amber Aurora Baltic Birch Blue Bright Cascade Castle Cedar Clear Coral Crescent Delta Eagle East "
    "Elm Emerald Falcon Fjord Garnet Golden Granite Green Harbor Hazel Heron High Iron Jade Juniper Kestrel "
    "Lake Laurel Linden Lumen Maple Marble Meridian Moss Nord North Oak Olive Onyx Orchid Pacific Pine Polar "
    "Quartz Raven Red River Rowan Sable Saffron Silver Solar South Sterling Stone Summit Swift Tamsin Terra "
    "Tidal Vantage Vega West Willow Zenith"
)
THINGS = _words(
    "bridge brook crest dale field ford gate grove haven hill light line mark mere mill mont peak point port "
    "ridge rock shore side spring star stead stone vale view ward water way well wick wood works yard"
)
# What customers use us for, and for whom their people speak: (word, how often).
USE_CASES = (
    ("Month-end closing", 22), ("Demand planning", 20), ("Field service", 18), ("Supplier portal", 14),
    ("Workforce planning", 14), ("Compliance reporting", 12),
)  # fmt: skip
PERSONAS = (
    ("CFO", 18), ("IT operations", 26), ("Head of supply chain", 20), ("Plant manager", 16), ("HR director", 10),
    ("", 10),
)  # fmt: skip
BY_INDUSTRY = {
    "Banking": ("Bank", "Financial", "Savings"),
    "Energy": ("Energy", "Power", "Grid"),
    "Healthcare": ("Hospitals", "Health", "Clinics"),
    "Insurance": ("Insurance", "Mutual", "Assurance"),
    "Life sciences": ("Pharma", "Biotech", "Labs"),
    "Logistics": ("Freight", "Shipping", "Logistics"),
    "Manufacturing": ("Precision", "Industries", "Machines"),
    "Public sector": ("Council", "County", "City"),
    "Retail": ("Foods", "Stores", "Market"),
    "Technology": ("Software", "Systems", "Data"),
    "Telecommunications": ("Telecom", "Networks", "Mobile"),
    "Transport": ("Rail", "Airways", "Transit"),
    "Utilities": ("Utilities", "Waters", "Services"),
}
REGIONS = {
    "EMEA": (
        *(("Germany", "Hamburg"), ("Germany", "Munich"), ("Netherlands", "Rotterdam"), ("United Kingdom", "Leeds")),
        *(
            ("Switzerland", "Basel"),
            ("Ireland", "Dublin"),
            ("Sweden", "Malmö"),
            ("Spain", "Bilbao"),
            ("Italy", "Turin"),
        ),
    ),
    "Americas": (
        *(("United States", "Denver"), ("United States", "Boston"), ("United States", "Portland")),
        *(("Canada", "Toronto"), ("Mexico", "Monterrey"), ("Brazil", "Curitiba"), ("Chile", "Santiago")),
    ),
    "APAC": (
        *(("Japan", "Nagoya"), ("Australia", "Brisbane"), ("New Zealand", "Auckland"), ("Singapore", "Singapore")),
        *(("India", "Pune"), ("South Korea", "Busan")),
    ),
}
TEAMS = {
    "EMEA": ("Nordics", "Central Europe"),
    "Americas": ("North America", "Latin America"),
    "APAC": ("Pacific", "Asia"),
}
PRODUCTS = {
    "Finance": ("Finance Ledger", "Finance Close"),
    "Supply": ("Supply Plan", "Supply Trace"),
    "Field": ("Field Service", "Field Crew"),
    "Insight": ("Insight Reports", "Insight Forecast"),
}
TITLES = (
    *("Chief operating officer", "Chief financial officer", "Chief information officer", "Head of planning"),
    *("Head of operations", "Controller", "Director of service", "Head of supply chain", "IT director", "VP Finance"),
)
WHYS = (
    "They closed their books in four days instead of eleven and told their peers about it.",
    "Cut empty runs by a third since spring; their planner shows the numbers to anyone who asks.",
    "Rolled out to 14 sites in nine months. Their project lead is proud of it and speaks well.",
    "Came back from a difficult start last year and now call us their best supplier.",
    "Their service crews finish two more visits a day. They have before and after measured.",
    "Replaced three systems with ours, on time; their CIO offered to talk about it.",
    "Forecast error went from 18 to 9 percent. They presented it at their own conference.",
    "Very happy since go-live, renewed for three years without being asked.",
)
COMMENTS = (
    "Answered exactly what I was afraid to ask.",
    "Friendly, honest about the first months, very helpful.",
    "A good talk; a little short.",
    "Convincing numbers, and they had lived through the same migration.",
    "Well prepared. I would ask them again.",
)
TOPICS = (
    "How long the roll-out really took",
    "Migration from a system of their own",
    "What their planners say after a year",
    "Cost against plan",
    "How support reacts when it matters",
)
