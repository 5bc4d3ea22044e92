"""Orders in from spreadsheets: the file, the addresses, and taking in what was confirmed."""
