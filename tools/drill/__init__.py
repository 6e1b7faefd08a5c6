"""The fault drill of the enquiries: people write while everything they need is shot at; then the books are balanced."""
