"""Rosters of whole-day shifts worked in runs: the instances researchers compare methods on, read, judged and solved.

Serves A-12. `read` refuses a faulty file with every fault, `judge` says what breaks the rules and what a roster costs,
`solve` finds rosters, improves them and proves how good they are. The methods and their limits are told in README.md.
"""
