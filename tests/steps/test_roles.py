import pytest

from trustgraph.steps.roles import holds_role, role_tier


@pytest.mark.parametrize(
    ("position", "role", "holds"),
    [
        ("Chief Technology Officer", "CTO", True),
        ("CTO & Co-Founder", "chief technology officer", True),
        ("VP of Engineering", "Vice President Engineering", True),
        ("Engineer", "VP Engineering", False),
        ("Database Administrator", "data", False),  # whole words, never a substring
        ("Data Engineer", "", False),
        ("Data Engineer", "the of", False),
    ],
)
def test_a_title_holds_a_role_when_it_says_all_its_words(
    position: str, role: str, holds: bool
) -> None:
    assert holds_role(position, role) is holds


@pytest.mark.parametrize(
    ("position", "wanted", "tier"),
    [
        ("Head of Sales", "", "own"),  # decides
        ("HR Generalist", "data", "own"),  # human resources decides
        ("Data Analyst", "data platform lead", "own"),  # own function
        ("Senior Accountant", "data platform lead", "senior"),
        ("Team Lead Logistics", "data platform lead", "senior"),  # "lead" alone is no function
        ("Accountant", "data platform lead", "other"),
        ("", "data", "other"),
    ],
)
def test_the_tier_of_a_title(position: str, wanted: str, tier: str) -> None:
    assert role_tier(position, wanted) == tier
