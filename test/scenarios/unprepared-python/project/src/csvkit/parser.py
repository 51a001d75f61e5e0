"""Reads one line of comma-separated values."""

import csv


def parse(line):  # @implements CSV-QUOTED
    return next(csv.reader([line]))
