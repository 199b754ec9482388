"""What incentives mean for people's pay: worked out, shown, disputed, closed, handed to payroll; never paid from here.

`accruals` are the one kind of fact (append-only; a correction is a reversal and a new one). `escalating` is the pure
arithmetic of the escalator, `placing` that of SPIFFs. A month is closed by two people; its lines are what payroll gets.
"""
