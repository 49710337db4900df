"""The yearly statistics of civility work: returns of units -> facts -> rates, comparison and charts."""
