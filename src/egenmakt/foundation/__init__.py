"""What every room stands on: the database, the clock, who is acting, who may see what, and what was done."""
