"""The investigation: the group of persons, life areas, and the child's own view.

Judgements are facts that a person enters, with evidence, who, when and why; nothing here decides by itself.
Serves H-03, H-05, H-08, H-09, H-10, H-16.
"""
