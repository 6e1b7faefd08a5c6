"""What people at the desk do with an enquiry."""
