"""Numbers -> pictures: charts, notebooks and pages."""
