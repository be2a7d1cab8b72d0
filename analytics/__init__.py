"""Tierdesk: a published standard turns a snapshot of customers into tiers with reasons."""
