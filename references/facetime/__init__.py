"""Face time of customers with our executives: whom one can invite, what stands against it, what their pages show."""
