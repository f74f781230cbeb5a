"""Personal assistance assessed: facts in, a timeline of hours and the findings that explain it out.

What for: the one computation behind the moments editor, the decision, its letter and the command line.
Serves K-02 … K-09, H-10, H-28 and H-30. Facts in `facts`, their JSON in `reading`, the rules made
ready to be run in `in_force`, the computation in `assessing`, its answer in `assessed`, the explanation in
`explaining`,
what would have given another answer in `why_not` (by `changes`), the hash that names the edition of
the law in `catalogue`.
"""
