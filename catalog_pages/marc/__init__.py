"""MARC in and out: pure functions over bytes; nothing here touches the database."""
