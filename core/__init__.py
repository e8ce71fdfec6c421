"""The domain: what the product knows and decides, without web, model or lake libraries."""
