"""Policy Studio: write, judge, review and hand out RAM policies for Alibaba Cloud KMS.

Start reading at `ram` (the language), then `validation`, `builders` and `exports`; all of that is pure Python. The
apps with tables are `audit`, `teams`, `accounts`, `policies` and `review`; `api`, `web` and `cli` are shells.
"""
