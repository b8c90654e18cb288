"""One file per page; each defines PAGE (`policystudio.web.page.Page`): addresses, views, menu entry. Discovered."""
