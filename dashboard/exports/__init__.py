"""The accounts to take away: tables for a spreadsheet, pages to print, one's own data, figures to compute again."""
