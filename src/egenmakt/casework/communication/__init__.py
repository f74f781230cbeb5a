"""Communication: all material of importance is put to the person before the decision, with time to answer.

FL 25 § with its lawful exceptions, FL 24 § oral information, LSS 8 a § to be heard by the board. Serves H-20.
"""
