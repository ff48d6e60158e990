"""Limits that the guide's own words can outgrow: they stand a tenth above their goal, and say what to shorten."""


def keeps_to(goal: float, measured: float, message: str, unit: str, hint: str) -> None:
    """Fail when something is more than a tenth above its goal: work in progress is no fault, a trend is."""
    over = measured - goal
    assert measured <= 1.1 * goal, (
        f"{message}: {measured:,.0f} {unit}, {over:,.0f} above the goal of {goal:,.0f}; {hint}"
    )
