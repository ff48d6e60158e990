"""Built pages → tagged PDF documents."""
