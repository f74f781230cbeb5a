"""Staffing: who works when. Stands on casework; timekeeping will stand on it."""
