"""Egenmakt: from paragraph to payment, one thread for everyone whom LSS concerns."""
