"""The import: choose files, review what will happen, import, done."""
