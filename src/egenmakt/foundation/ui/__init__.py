"""The parts every page is made of: layouts, components, pictures, drafts, and what two people do at once.

One set of parts in two densities and two themes; every page works without JavaScript, with the keyboard alone
and on a phone; nothing typed is lost. README.md is the contract for those who build pages.
Serves H-13 (what is due, seen at a glance), H-16, H-18 and every row that a page is needed for.
"""
