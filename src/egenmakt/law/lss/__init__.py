"""The Act on support and service (LSS): who has a right to personal assistance, and for what.

What for: the rules of LSS 7 and 9 a–9 g §§, each as one function with its section. Serves K-02 … K-09, H-05,
H-10 and H-30. Vocabulary in `needs`; one moment of help in `moments`; children in `parental_deduction`;
the limit of age in `age_limit`; the right itself in `entitlement`.
"""
